import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fileKindOf } from '../../../src/main/providers/file-kind.ts';
import type { InputImage, ProviderRequest } from '../../../src/main/providers/provider.ts';
import { otherKey } from '../../fakes/stability/service.ts';
import { collectAll, failureOf, makeInput, makeRequest, never, taskIn } from '../comfyui/requests.ts';
import { model, open, sentParts, startStability } from './stand.ts';

const wide = (width: number, height: number): InputImage => ({ ...makeInput(64, 64), width, height });

function creative(fields: Partial<ProviderRequest> = {}): ProviderRequest {
  return makeRequest(model('upscale-creative'), { image: makeInput(64, 64), style: 'cinematic', ...fields });
}

describe('inpainting', () => {
  it('sends image and mask as they are: white is changed there, too', async () => {
    const { fake, provider } = await startStability();
    const image = makeInput(96, 64);
    const mask = makeInput(96, 64, 5);
    const request = makeRequest(model('inpaint'), { image, mask, negativePrompt: 'people', seed: 3 });
    const submission = await provider.submit(request, { signal: never() });
    expect(submission).toMatchObject({ state: 'finished', images: [{ seed: 3 }] });
    expect(await sentParts(fake)).toEqual({
      prompt: 'a lighthouse at dusk',
      negative_prompt: 'people',
      seed: '3',
      image: 'image/png',
      mask: 'image/png',
    });
    const { body } = fake.requests[0]!;
    expect(body.includes(Buffer.from(mask.bytes))).toBe(true);
    expect(body.includes(Buffer.from(image.bytes))).toBe(true);
  });
});

describe('upscaling', () => {
  it('makes four times the sides, and sends neither prompt nor seed to the fast one', async () => {
    const { fake, provider } = await startStability();
    const request = makeRequest(model('upscale-fast'), { image: makeInput(40, 32), outputFormat: 'png' });
    const submission = await provider.submit(request, { signal: never() });
    if (submission.state !== 'finished') throw new Error('not finished');
    expect(await sharp(submission.images[0]!.bytes).metadata()).toMatchObject({ width: 160, height: 128 });
    expect(submission.images[0]!.seed).toBeNull();
    expect(await sentParts(fake)).toEqual({ image: 'image/png', output_format: 'png' });
  });

  it('takes a prompt with the conservative one', async () => {
    const { fake, provider } = await startStability();
    const request = makeRequest(model('upscale-conservative'), { image: makeInput(64, 64) });
    const submission = await provider.submit(request, { signal: never() });
    expect(submission).toMatchObject({ state: 'finished' });
    expect(submission).not.toHaveProperty('revisedPrompt');
    expect(await sentParts(fake)).toMatchObject({ prompt: 'a lighthouse at dusk' });
    expect(fake.charges).toMatchObject([{ usd: 0.4 }]);
  });

  it.each(['upscale-conservative', 'upscale-creative'])(
    'says what it sent to %s, which wants a prompt, in place of none',
    async (id) => {
      const { fake, provider } = await startStability({ stepMs: 0 });
      const first = await provider.submit(makeRequest(model(id), { image: makeInput(64, 64), prompt: '' }), {
        signal: never(),
      });
      const end = first.state === 'pending' ? await provider.collect(first.task, { signal: never() }) : first;
      const { prompt } = await sentParts(fake);
      expect(prompt).toMatch(/same picture/);
      expect(end).toMatchObject({ state: 'finished', revisedPrompt: prompt });
    },
  );

  it.each([
    ['upscale-fast', wide(1200, 1200), /1,024 to 1,048,576 pixels/],
    ['upscale-conservative', wide(300, 100), /2.5 to 1/],
    ['upscale-creative', wide(2000, 600), /4,096 to 1,048,576 pixels/],
    ['remove-background', wide(3000, 2000), /4,096 to 4,194,304 pixels/],
    ['remove-background', wide(4000, 40), /sides of 64 pixels/],
  ])('refuses before it sends what %s does not take', async (id, image, words) => {
    const { fake, provider } = await startStability();
    const failure = await failureOf(provider.submit(makeRequest(model(id), { image }), { signal: never() }));
    expect(failure.code).toBe('invalid_request');
    expect(failure.message).toMatch(words);
    expect(fake.requests).toHaveLength(0);
  });

  it('does not send more than ten megabytes', async () => {
    const { fake, provider } = await startStability();
    const image = { ...makeInput(64, 64), bytes: new Uint8Array(11_000_000) };
    const failure = await failureOf(provider.submit(makeRequest(model('inpaint'), { image }), { signal: never() }));
    expect(failure).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('10 MB') });
    expect(fake.requests).toHaveLength(0);
  });
});

describe('removing a background', () => {
  it('sends no prompt', async () => {
    const { fake, provider } = await startStability();
    const request = makeRequest(model('remove-background'), { image: makeInput(64, 64), outputFormat: 'webp' });
    const submission = await provider.submit(request, { signal: never() });
    if (submission.state !== 'finished') throw new Error('not finished');
    expect(fileKindOf(submission.images[0]!.bytes)?.kind).toBe('webp');
    expect(await sentParts(fake)).toEqual({ image: 'image/png', output_format: 'webp' });
  });

  it('offers only formats that can be transparent', () => {
    expect(model('remove-background').choices.outputFormats).toEqual(['png', 'webp']);
  });
});

describe('creative upscaling, which is slow', () => {
  it('answers with a task that can be asked about, also after a restart', async () => {
    const { fake, provider } = await startStability();
    const submission = await provider.submit(creative({ seed: 11 }), { signal: never() });
    expect(submission).toMatchObject({ state: 'pending', askAgainInMs: 10_000 });
    expect(fake.requests[0]?.headers.accept).toBe('application/json');
    const task = JSON.parse(JSON.stringify(taskIn(submission))) as ReturnType<typeof taskIn>;
    const images = await collectAll(open(fake), task);
    expect(images).toMatchObject([{ seed: 11 }]);
    expect(fake.charges).toMatchObject([{ id: task.remoteId, usd: 0.6 }]);
  });

  it('can be fetched again', async () => {
    const { provider } = await startStability();
    const task = taskIn(await provider.submit(creative(), { signal: never() }));
    const [one] = await collectAll(provider, task);
    const [other] = await collectAll(provider, task);
    expect(Buffer.from(one!.bytes).equals(Buffer.from(other!.bytes))).toBe(true);
  });

  it('tells its price', async () => {
    const { provider } = await startStability({ stepMs: 0 });
    const task = taskIn(await provider.submit(creative(), { signal: never() }));
    expect(await provider.collect(task, { signal: never() })).toMatchObject({ cost: { kind: 'estimated', usd: 0.6 } });
  });

  it('is pending while it works', async () => {
    const { provider } = await startStability({ stepMs: 60_000 });
    const task = taskIn(await provider.submit(creative(), { signal: never() }));
    expect(await provider.collect(task, { signal: never() })).toMatchObject({
      state: 'pending',
      task,
      askAgainInMs: 10_000,
    });
  });

  it('is lost where the service does not know it', async () => {
    const { provider } = await startStability();
    expect(await provider.collect({ remoteId: 'a'.repeat(64) }, { signal: never() })).toEqual({ state: 'lost' });
  });

  it('is not lost, only out of reach, with another key', async () => {
    const { fake, provider } = await startStability({ stepMs: 0 });
    const task = taskIn(await provider.submit(creative(), { signal: never() }));
    expect(JSON.stringify(task)).not.toContain(fake.keys.apiKey);
    const failure = await failureOf(open(fake, otherKey).collect(task, { signal: never() }));
    expect(failure).toMatchObject({ code: 'auth', isFinal: false });
    expect(failure.message).toContain('another API key');
    expect((await open(fake).collect(task, { signal: never() })).state).toBe('finished');
    const unknown = { ...task, remoteId: 'a'.repeat(64) };
    expect(await provider.collect(unknown, { signal: never() })).toEqual({ state: 'lost' });
  });

  it.each([
    { kind: 'status', status: 500 },
    { kind: 'status', status: 429, retryAfter: '1' },
    { kind: 'html' },
    { kind: 'cutJson' },
    { kind: 'resetAfter' },
  ] as const)('is not asked about sooner after a failure (%j)', async (fault) => {
    const { fake, provider } = await startStability();
    const task = taskIn(await provider.submit(creative(), { signal: never() }));
    fake.addFault({ on: 'poll', times: 1, ...fault });
    const failure = await failureOf(provider.collect(task, { signal: never() }));
    expect(failure.isFinal).toBe(false);
    expect(failure.retryAfterMs).toBeGreaterThanOrEqual(10_000);
  });

  it('may be asked about again at once where the question never left', async () => {
    const { fake, provider } = await startStability();
    const task = taskIn(await provider.submit(creative(), { signal: never() }));
    await fake.close();
    const failure = await failureOf(open(fake).collect(task, { signal: never() }));
    expect(failure).toMatchObject({ code: 'network', retryAfterMs: null });
  });

  it('never puts anything but an id into an address', async () => {
    const { fake, provider } = await startStability();
    expect(await provider.collect({ remoteId: '../v1/user/balance' }, { signal: never() })).toEqual({ state: 'lost' });
    expect(fake.requests).toHaveLength(0);
  });

  it('fails for good with its price where the result was blurred', async () => {
    const { provider } = await startStability({ stepMs: 0 });
    const task = taskIn(await provider.submit(creative({ prompt: 'something unsafe' }), { signal: never() }));
    const failure = await failureOf(provider.collect(task, { signal: never() }));
    expect(failure).toMatchObject({ code: 'content_policy', isFinal: true, cost: { kind: 'estimated', usd: 0.6 } });
  });

  it('goes on after a result that could not be fetched', async () => {
    const { fake, provider } = await startStability({ stepMs: 0 });
    const task = taskIn(await provider.submit(creative(), { signal: never() }));
    for (const kind of ['resetAfter', 'cutJson', 'html'] as const) {
      fake.addFault({ on: 'poll', kind, times: 1 });
      const failure = await failureOf(provider.collect(task, { signal: never() }));
      expect(failure.isFinal).toBe(false);
      expect(['network', 'server']).toContain(failure.code);
    }
    expect(await provider.collect(task, { signal: never() })).toMatchObject({ state: 'finished' });
    expect(fake.charges).toHaveLength(1);
  });

  it('takes a result that comes as JSON', async () => {
    const { fake, provider } = await startStability({ stepMs: 0 });
    const image = Buffer.from(makeInput(64, 64).bytes).toString('base64');
    const task = taskIn(await provider.submit(creative({ seed: 11 }), { signal: never() }));
    fake.addFault({
      on: 'poll',
      kind: 'statusAfter',
      status: 200,
      times: 1,
      json: { image, finish_reason: 'SUCCESS', seed: 5 },
    });
    expect(await provider.collect(task, { signal: never() })).toMatchObject({
      state: 'finished',
      images: [{ seed: 5 }],
    });
  });

  it('does not know how it ended where the answer has no id', async () => {
    const { fake, provider } = await startStability();
    fake.addFault({ on: 'pay', kind: 'statusAfter', status: 200, json: { id: '../../etc' } });
    expect((await failureOf(provider.submit(creative(), { signal: never() }))).code).toBe('unknown_outcome');
  });
});
