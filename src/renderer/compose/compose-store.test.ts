import { describe, expect, it, vi } from 'vitest';
import { emptyRoutingState } from '../../shared/models/routing.ts';
import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import { AppError } from '../../shared/errors.ts';
import { exampleImage, exampleJob, exampleModel, exampleProvider, memoryStorage } from '../ui/examples-for-tests.ts';
import { createComposeStore, type ComposeParts } from './compose-store.ts';

const uploaded = { id: `${'a'.repeat(64)}.png`, width: 900, height: 600, format: 'png' as const };

function setUp(change: Partial<Omit<ComposeParts, 'client'>> = {}) {
  const create = vi.fn(() => Promise.resolve(exampleJob(1)));
  const notify = vi.fn<ComposeParts['notify']>();
  const storage = memoryStorage();
  const store = createComposeStore({
    // Only `create` is called.
    client: { jobs: { create } } as unknown as ComposeParts['client'],
    upload: () => Promise.resolve(uploaded),
    download: () => Promise.resolve(new Blob(['bytes'])),
    providers: () => [exampleProvider()],
    routing: () => emptyRoutingState,
    now: () => 0,
    storage,
    notify,
    ...change,
  });
  return { store, create, notify, storage };
}

describe('the editor', () => {
  it('queues the request that the draft means', async () => {
    const { store, create } = setUp();
    store.getState().change({ prompt: 'a fox', seed: 5 });
    await expect(store.getState().generate({ front: true })).resolves.toMatchObject({ state: 'queued' });
    expect(create).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ prompt: 'a fox', seed: 5, provider: 'comfyui', model: 'sdxl', front: true }),
    );
  });

  it('sends nothing while a number in the form can’t be used', async () => {
    const { store, create } = setUp();
    const { change, markNumber, generate } = store.getState();
    change({ prompt: 'a fox' });
    markNumber('Images', true);
    markNumber('Seed', true);
    markNumber('Seed', false);
    await expect(generate({ front: false })).resolves.toBeNull();
    expect(create).not.toHaveBeenCalled();
    markNumber('Images', false);
    await generate({ front: false });
    expect(create).toHaveBeenCalledOnce();
  });

  it('names nobody where Easel finds who does it', async () => {
    const providers = [exampleProvider(), exampleProvider({ id: 'fal', kind: 'cloud' })];
    const { store, create } = setUp({ providers: () => providers });
    store.getState().change({ prompt: 'a fox', wishes: { ...store.getState().draft.wishes, tier: 'fast' } });
    await store.getState().generate({ front: false });
    expect(create).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ wishes: { tier: 'fast' } }));
    expect(create).toHaveBeenCalledExactlyOnceWith(
      expect.not.objectContaining({ provider: expect.anything() as unknown }),
    );
  });

  it('leaves the seed to the program when each job wants a new one', async () => {
    const { store, create } = setUp();
    store.getState().change({ prompt: 'a fox', seed: 5 });
    await store.getState().generate({ front: false, newSeed: true });
    expect(create).toHaveBeenCalledExactlyOnceWith(expect.not.objectContaining({ seed: expect.anything() as unknown }));
    expect(store.getState().draft.seed).toBe(5);
  });

  it('does not queue the same enlargement again and again', async () => {
    const upscaler = exampleModel({ operations: ['upscale'], parameters: [] });
    const { store, create } = setUp({ providers: () => [exampleProvider({ models: [upscaler] })] });
    await store.getState().setPicture('image', new Blob(['bytes']));
    await expect(store.getState().generate({ front: false, newSeed: true })).resolves.toBeNull();
    expect(create).not.toHaveBeenCalled();
    await expect(store.getState().generate({ front: false })).resolves.not.toBeNull();
  });

  it('sends nothing while something is missing', async () => {
    const { store, create } = setUp();
    await expect(store.getState().generate({ front: false })).resolves.toBeNull();
    expect(create).not.toHaveBeenCalled();
  });

  it('does not queue twice when the button is pressed twice', async () => {
    const { store, create } = setUp();
    store.getState().change({ prompt: 'a fox' });
    await Promise.all([store.getState().generate({ front: false }), store.getState().generate({ front: false })]);
    expect(create).toHaveBeenCalledOnce();
  });

  it('queues two drafts that follow each other quickly', async () => {
    const { store, create } = setUp();
    store.getState().change({ prompt: 'a fox' });
    const first = store.getState().generate({ front: false });
    store.getState().change({ prompt: 'an owl' });
    await Promise.all([first, store.getState().generate({ front: false })]);
    expect(create).toHaveBeenCalledTimes(2);
  });

  it('tells why the program refused, and can be used again', async () => {
    const { store, create, notify } = setUp();
    create.mockRejectedValueOnce(new Error('The disk is full.'));
    store.getState().change({ prompt: 'a fox' });
    await expect(store.getState().generate({ front: false })).resolves.toBeNull();
    expect(notify).toHaveBeenCalledWith({ kind: 'error', error: { code: 'internal', message: 'The disk is full.' } });
    await store.getState().generate({ front: false });
    expect(create).toHaveBeenCalledTimes(2);
  });

  it('is as it was left after the window was closed', () => {
    const { store, storage } = setUp();
    store.getState().change({ prompt: 'a fox', aspect: '3:2' });
    expect(setUp({ storage }).store.getState().draft).toMatchObject({ prompt: 'a fox', aspect: '3:2' });
  });

  it('starts with an empty draft when the stored one is damaged', () => {
    const storage = memoryStorage();
    storage.setItem('easel-draft', '{"state":{"draft":7},"version":1}');
    expect(setUp({ storage }).store.getState().draft.prompt).toBe('');
  });

  it('keeps what the user set when a model can’t do it', () => {
    const { store } = setUp({ providers: () => [exampleProvider({ models: [exampleModel({ parameters: [] })] })] });
    store.getState().change({ prompt: 'a fox', steps: 40 });
    store.getState().change({ choice: { provider: 'comfyui', model: 'sdxl' } });
    expect(store.getState().draft.steps).toBe(40);
  });
});

describe('a text that comes from elsewhere', () => {
  const fox = exampleImage(1, { seed: 7, request: { prompt: 'a fox', negativePrompt: 'blur', count: 4 } });
  const words = { prompt: 'an owl', negativePrompt: '', promptOptions: noPromptOptions };

  it.each(['prompt', 'all', 'remix'] as const)('can be sent back for the whole draft as it was: %s', (what) => {
    const { store, notify } = setUp();
    store.getState().change({ prompt: 'my own words', negativePrompt: 'text', count: 3, steps: 40 });
    const before = store.getState().draft;
    store.getState().applyRecall(fox, what);
    expect(store.getState().draft).toMatchObject({ prompt: 'a fox', count: what === 'all' ? 1 : 3 });
    expect(notify).toHaveBeenCalledOnce();
    notify.mock.calls[0]?.[0].action?.run();
    expect(store.getState().draft).toEqual(before);
  });

  it('can be sent back, too, when it is no picture’s', () => {
    const { store, notify } = setUp();
    store.getState().change({ prompt: 'my own words', promptOptions: { ...noPromptOptions, locked: ['own'] } });
    const before = store.getState().draft;
    store.getState().takeWords(words);
    expect(store.getState().draft).toMatchObject(words);
    notify.mock.calls[0]?.[0].action?.run();
    expect(store.getState().draft).toEqual(before);
  });

  it('says nothing where nothing goes by it', () => {
    const { store, notify } = setUp();
    store.getState().takeWords(words);
    store.getState().takeWords(words);
    store.getState().applyRecall(fox, 'seed');
    store.getState().applyRecall(fox, 'size');
    expect(notify).not.toHaveBeenCalled();
  });
});

describe('a reference', () => {
  it('gives the picture its shape', async () => {
    const { store } = setUp();
    await store.getState().setPicture('image', new Blob(['bytes']));
    expect(store.getState().draft).toMatchObject({
      image: { id: uploaded.id, width: 900, height: 600 },
      aspect: 'reference',
    });
  });

  it('that is no image is refused in the program’s own words, beside the field', async () => {
    const upload = () => Promise.reject(new AppError('referenceUnreadable', 'This file isn’t an image.'));
    const { store, notify } = setUp({ upload });
    await store.getState().setPicture('mask', new Blob(['text']));
    expect(store.getState().uploadError.mask).toEqual({
      code: 'referenceUnreadable',
      message: 'This file isn’t an image.',
    });
    expect(store.getState().uploading.mask).toBe(false);
    expect(notify).not.toHaveBeenCalled();
  });

  it('takes its mask and its shape with it when it goes', async () => {
    const { store } = setUp();
    await store.getState().setPicture('image', new Blob(['bytes']));
    await store.getState().setPicture('mask', new Blob(['bytes']));
    store.getState().removePicture('image');
    expect(store.getState().draft).toMatchObject({ image: null, mask: null, aspect: '1:1' });
  });

  it('can be an image of the library', async () => {
    const download = vi.fn(() => Promise.resolve(new Blob(['bytes'])));
    const { store } = setUp({ download });
    await store.getState().takeReference('image-id');
    expect(download).toHaveBeenCalledWith('image-id', expect.any(AbortSignal));
    expect(store.getState().draft.image?.id).toBe(uploaded.id);
  });

  it('that was taken away while it was read does not come back', async () => {
    const late = Promise.withResolvers<typeof uploaded>();
    const { store } = setUp({ upload: () => late.promise });
    const setting = store.getState().setPicture('image', new Blob(['bytes']));
    store.getState().removePicture('image');
    late.resolve(uploaded);
    await setting;
    expect(store.getState().draft.image).toBeNull();
    expect(store.getState().uploading.image).toBe(false);
  });

  it('that was chosen last is the one that counts, whichever arrives first', async () => {
    const slow = Promise.withResolvers<typeof uploaded>();
    const newer = { ...uploaded, id: `${'b'.repeat(64)}.png` };
    const upload = vi.fn(() => Promise.resolve(newer)).mockReturnValueOnce(slow.promise);
    const { store } = setUp({ upload });
    const first = store.getState().setPicture('image', new Blob(['first']));
    await Promise.resolve();
    await store.getState().setPicture('image', new Blob(['second']));
    slow.resolve(uploaded);
    await first;
    expect(store.getState().draft.image?.id).toBe(newer.id);
  });

  it('whose refusal arrives after a newer one was chosen does not complain about the newer one', async () => {
    const slow = Promise.withResolvers<typeof uploaded>();
    const upload = vi.fn(() => Promise.resolve(uploaded)).mockReturnValueOnce(slow.promise);
    const { store } = setUp({ upload });
    const first = store.getState().setPicture('image', new Blob(['text']));
    await Promise.resolve();
    await store.getState().setPicture('image', new Blob(['bytes']));
    slow.reject(new AppError('referenceUnreadable', 'This file isn’t an image.'));
    await first;
    expect(store.getState().uploadError.image).toBeNull();
  });

  it('on its way gives way to a recall', async () => {
    const late = Promise.withResolvers<typeof uploaded>();
    const { store } = setUp({ upload: () => late.promise });
    const setting = store.getState().setPicture('image', new Blob(['bytes']));
    store.getState().applyRecall(exampleImage(1, { request: { prompt: 'a fox' } }), 'remix');
    late.resolve(uploaded);
    await setting;
    expect(store.getState().draft.image).toBeNull();
    expect(store.getState().uploading.image).toBe(false);
  });

  it('on its way is waited for: a picture without it is not what was asked', async () => {
    const { store, create } = setUp({ upload: () => new Promise(() => undefined) });
    store.getState().change({ prompt: 'a fox' });
    void store.getState().setPicture('image', new Blob(['bytes']));
    await expect(store.getState().generate({ front: false })).resolves.toBeNull();
    expect(create).not.toHaveBeenCalled();
  });

  it('that is no longer in the library says so in the program’s words', async () => {
    const download = () => Promise.reject(new AppError('libraryMissing', 'The file of this image is not there.'));
    const { store } = setUp({ download });
    await store.getState().takeReference('image-id');
    expect(store.getState().uploadError.image).toMatchObject({ message: 'The file of this image is not there.' });
  });

  it('comes back with a recall', () => {
    const { store } = setUp();
    store.getState().applyRecall(exampleImage(1, { request: { prompt: 'a fox', image: uploaded.id } }), 'all');
    expect(store.getState().draft).toMatchObject({ prompt: 'a fox', image: { id: uploaded.id }, seed: 7 });
  });
});
