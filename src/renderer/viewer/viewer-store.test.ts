import { describe, expect, it, vi } from 'vitest';
import type { ImageDetails } from '../../shared/models/image.ts';
import { exampleSummary } from '../ui/examples-for-tests.ts';
import type { Toast } from '../ui/toast.ts';
import { createViewerStore } from './viewer-store.ts';

const image = (id: string): ImageDetails => ({ id, path: `images/${id}.png`, altText: null }) as ImageDetails;

function build() {
  const waiting = new Map<string, (answer: ImageDetails) => void>();
  const toasts: Toast[] = [];
  let said: string | null = null;
  const client = {
    library: {
      image: ({ id }: { id: string }) =>
        id === 'gone'
          ? Promise.reject(new Error('There is no such image.'))
          : new Promise<ImageDetails>((resolve) => waiting.set(id, resolve)),
      setAltText: vi.fn(({ id, altText }: { id: string; altText: string | null }) => {
        if (altText === 'refused') return Promise.reject(new Error('The disk is full.'));
        const answer = { id, altText, before: said };
        said = altText;
        return Promise.resolve(answer);
      }),
      path: ({ image: id }: { image: string }) => Promise.resolve({ path: `/library/images/${id}.png` }),
    },
    system: { revealImage: vi.fn(() => Promise.reject(new Error('No file manager.'))) },
  };
  const rateImages = vi.fn(() => Promise.resolve());
  const store = createViewerStore({ client, rateImages, notify: (toast) => toasts.push(toast) });
  return { store, waiting, toasts, client, rateImages };
}

describe('viewer store', () => {
  it('shows the details of the image that was asked for last, whatever answers last', async () => {
    const { store, waiting } = build();
    const first = store.getState().load('first');
    const second = store.getState().load('second');
    waiting.get('second')?.(image('second'));
    await second;
    waiting.get('first')?.(image('first'));
    await first;
    expect(store.getState()).toMatchObject({ details: { id: 'second' }, path: '/library/images/second.png' });
  });

  it('says why details are missing, and forgets that with the next image', async () => {
    const { store, waiting } = build();
    await store.getState().load('gone');
    expect(store.getState()).toMatchObject({ details: null, error: { message: 'There is no such image.' } });
    const next = store.getState().load('next');
    waiting.get('next')?.(image('next'));
    await next;
    expect(store.getState()).toMatchObject({ details: { id: 'next' }, error: null });
  });

  const opened = async () => {
    const built = build();
    const load = built.store.getState().load('first');
    built.waiting.get('first')?.(image('first'));
    await load;
    return { ...built, altText: () => built.store.getState().details?.altText };
  };

  it('keeps and removes what an image shows, and Undo brings back what was there before', async () => {
    const { store, toasts, altText, client } = await opened();
    expect(await store.getState().saveAltText('first', 'A fox.')).toBe(true);
    expect(await store.getState().saveAltText('first', 'A fox, asleep.')).toBe(true);
    expect(altText()).toBe('A fox, asleep.');
    expect(await store.getState().saveAltText('first', null)).toBe(true);
    expect(altText()).toBeNull();
    const undo = toasts.map((toast) => toast.action?.run);
    undo[2]?.();
    await vi.waitFor(() => expect(altText()).toBe('A fox, asleep.'));
    undo[1]?.();
    await vi.waitFor(() => expect(altText()).toBe('A fox.'));
    undo[0]?.();
    await vi.waitFor(() => expect(altText()).toBeNull());
    expect(client.library.setAltText).toHaveBeenCalledTimes(6);
    expect(toasts).toHaveLength(3);
  });

  it('says when a text could not be kept, and goes on showing the old one', async () => {
    const { store, toasts, altText } = await opened();
    await store.getState().saveAltText('first', 'A fox.');
    expect(await store.getState().saveAltText('first', 'refused')).toBe(false);
    expect(altText()).toBe('A fox.');
    expect(toasts.at(-1)).toMatchObject({ kind: 'error', error: { message: 'The disk is full.' } });
  });

  it('takes over what another window said of the image that is looked at, and of no other', async () => {
    const { store, altText } = await opened();
    store.getState().imagesChanged([{ ...exampleSummary(1), id: 'second', altText: 'A hen.' }]);
    expect(altText()).toBeNull();
    store.getState().imagesChanged([{ ...exampleSummary(1), id: 'first', altText: 'A fox.' }]);
    expect(altText()).toBe('A fox.');
  });

  it('rates, and shows what is pushed of the rating', async () => {
    const { store, rateImages } = await opened();
    await store.getState().rate('first', 4);
    expect(rateImages).toHaveBeenCalledWith(['first'], 4);
    store.getState().imagesChanged([{ ...exampleSummary(1), id: 'first', rating: 4 }]);
    expect(store.getState().details?.rating).toBe(4);
  });

  it('knows what was said of an image while its details were on the way', async () => {
    const { store, waiting } = await opened();
    const load = store.getState().load('second');
    store.getState().imagesChanged([{ ...exampleSummary(1), id: 'second', rating: 3 }]);
    expect(store.getState()).toMatchObject({ details: { id: 'first' }, news: { id: 'second', rating: 3 } });
    waiting.get('second')?.(image('second'));
    await load;
    expect(store.getState()).toMatchObject({ details: { id: 'second', rating: 3 }, news: null });
  });

  it('tells when the file manager cannot be opened', async () => {
    const { store, toasts } = build();
    await store.getState().reveal('first');
    expect(toasts).toMatchObject([{ kind: 'error', error: { message: 'No file manager.' } }]);
  });
});
