import { describe, expect, it } from 'vitest';
import type { Task } from '../../../src/main/providers/provider.ts';
import { failureOf, makeInput } from '../comfyui/requests.ts';
import { collectAll, fluxDev, lucidOrigin, makeRequest, never, open, sentOf, submitted } from './setup.ts';

const throughJson = (task: Task): Task => JSON.parse(JSON.stringify(task)) as Task;

describe('a task of Leonardo', () => {
  it('is collected after a restart', async () => {
    const { provider, reopen } = await open();
    const tasks = [
      await submitted(provider, makeRequest(lucidOrigin)),
      await submitted(provider, makeRequest('universal-upscaler', { operation: 'upscale', image: makeInput(32, 32) })),
    ];
    for (const task of tasks) expect((await collectAll(reopen(), throughJson(task))).images).toHaveLength(1);
  });

  it('is pending while the service works, and asked about ever more rarely', async () => {
    const clock = { now: Date.now() };
    const { reopen } = await open({ stepMs: 10_000_000 });
    const provider = reopen({ now: () => clock.now });
    const task = await submitted(provider, makeRequest(lucidOrigin));
    expect(await provider.collect(task, { signal: never() })).toMatchObject({ state: 'pending', askAgainInMs: 2500 });
    clock.now += 120_000;
    expect(await provider.collect(task, { signal: never() })).toMatchObject({ askAgainInMs: 10_000 });
  });

  it('is lost where the service answers with nothing', async () => {
    const { provider } = await open();
    const task = await submitted(provider, makeRequest(lucidOrigin));
    expect(await provider.collect({ ...task, remoteId: 'unknown' }, { signal: never() })).toEqual({ state: 'lost' });
    const variation = { ...task, kind: 'variation', remoteId: 'unknown' };
    expect(await provider.collect(variation, { signal: never() })).toEqual({ state: 'lost' });
  });

  it('is fetched later when its pictures can not be had at once', async () => {
    const { fake, provider } = await open();
    const task = await submitted(provider, makeRequest(lucidOrigin));
    fake.addFault({ on: 'file', kind: 'status', status: 503, times: 1 });
    expect(await failureOf(collectAll(provider, task))).toMatchObject({ code: 'server', isFinal: false });
    expect((await collectAll(provider, task)).images).toHaveLength(1);
  });

  it('that ended on the way to a larger picture has failed for good', async () => {
    const { fake, provider } = await open();
    const request = makeRequest('universal-upscaler', { operation: 'upscale', image: makeInput(32, 32) });
    const task = await submitted(provider, request);
    const json = { generated_image_variation_generic: [{ status: 'FAILED', url: null }] };
    fake.addFault({ on: 'poll', kind: 'status', status: 200, json, times: 1 });
    const failure = await failureOf(provider.collect(task, { signal: never() }));
    expect(failure).toMatchObject({ code: 'server', isFinal: true });
  });
});

describe('a request to Leonardo whose answer was lost', () => {
  it('is found among the generations of the account, and paid once', async () => {
    const { fake, provider, reopen } = await open();
    await submitted(provider, makeRequest(lucidOrigin, { prompt: 'something else' }));
    const request = makeRequest(lucidOrigin, { prompt: 'the lost one' });
    fake.addFault({ on: 'pay', kind: 'resetAfter', times: 1 });
    expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe('unknown_outcome');
    const found = await reopen().find?.(sentOf(request), { signal: never() });
    if (found?.state !== 'found') throw new Error('it was not found');
    expect((await collectAll(reopen(), throughJson(found.task))).images).toHaveLength(1);
    expect(fake.charges).toHaveLength(2);
  });

  it('is found on the second interface and as a video, too', async () => {
    const { provider } = await open();
    for (const request of [
      makeRequest('nano-banana-2', { prompt: 'one of the second' }),
      makeRequest('MOTION2', { prompt: 'a moving one', height: 720, width: 1280 }),
    ]) {
      const task = await submitted(provider, request);
      const found = await provider.find?.(sentOf(request), { signal: never() });
      expect(found).toMatchObject({ state: 'found', task: { remoteId: task.remoteId } });
      if (found?.state === 'found') expect((await collectAll(provider, found.task)).images).toHaveLength(1);
    }
  });

  it('is told by its seed from another attempt with the same prompt', async () => {
    const { provider } = await open();
    const first = makeRequest(lucidOrigin, { seed: 7, count: 4 });
    const second = makeRequest(lucidOrigin, { seed: 11, count: 4 });
    const { remoteId } = await submitted(provider, first);
    expect(await provider.find?.(sentOf(first), { signal: never() })).toMatchObject({ task: { remoteId } });
    expect(await provider.find?.(sentOf(second), { signal: never() })).toEqual({ state: 'unsure' });
    const { remoteId: other } = await submitted(provider, second);
    expect(await provider.find?.(sentOf(second), { signal: never() })).toMatchObject({ task: { remoteId: other } });
  });

  it('is told by its seed as it was sent, in the range of the model', async () => {
    const { provider } = await open();
    const request = makeRequest(fluxDev, { seed: 9_007_199_254_740_991 });
    const { remoteId } = await submitted(provider, request);
    expect(await provider.find?.(sentOf(request), { signal: never() })).toMatchObject({ task: { remoteId } });
  });

  it.each([lucidOrigin, 'nano-banana-2'])('may be either of two that are alike (%s)', async (id) => {
    const { provider } = await open();
    const request = makeRequest(id);
    await submitted(provider, request);
    await submitted(provider, request);
    expect(await provider.find?.(sentOf(request), { signal: never() })).toEqual({ state: 'unsure' });
  });

  it('is found by another size than it was asked for, and never with more pictures', async () => {
    const { provider } = await open({ sizeStep: 100 });
    const request = makeRequest('nano-banana-2', { count: 2 });
    const task = await submitted(provider, request);
    const sent = sentOf(request);
    expect(await provider.find?.(sent, { signal: never() })).toMatchObject({ task: { remoteId: task.remoteId } });
    await collectAll(provider, task);
    expect(await provider.find?.({ ...sent, count: 1 }, { signal: never() })).toEqual({ state: 'unsure' });
  });

  it('surely never arrived only once it would long be listed', async () => {
    const { reopen } = await open({ listsAfterMs: 100_000 });
    const request = makeRequest(lucidOrigin);
    const sent = sentOf(request);
    const provider = reopen();
    await submitted(provider, request);
    expect(await provider.find?.(sent, { signal: never() })).toEqual({ state: 'unsure' });
    const neverSent = sentOf(makeRequest(lucidOrigin, { prompt: 'never sent' }));
    for (const [laterMs, state] of [
      [119_000, 'unsure'],
      [121_000, 'absent'],
    ] as const) {
      const later = reopen({ now: () => neverSent.sentAt + laterMs });
      expect(await later.find?.(neverSent, { signal: never() })).toEqual({ state });
    }
  });

  it.each([-600_000, 600_000])(
    'is found and missed by the clock of the service (%i ms ahead)',
    async (clockAheadMs) => {
      const { provider } = await open({ clockAheadMs });
      const request = makeRequest(lucidOrigin);
      const earlier = await submitted(provider, request);
      const sent = sentOf(request);
      expect(await provider.find?.(sent, { signal: never() })).toMatchObject({ task: { remoteId: earlier.remoteId } });
      const muchLater = { ...sent, sentAt: sent.sentAt + 300_000 };
      expect(await provider.find?.(muchLater, { signal: never() })).toEqual({ state: 'unsure' });
    },
  );

  it.each([
    ['another model', { model: '05ce0082-2d80-4a2d-8653-4d1c85e2418e' }],
    ['another prompt', { prompt: 'a lighthouse at dawn' }],
  ])('is none of %s', async (_what, other) => {
    const { provider, reopen } = await open();
    const request = makeRequest(lucidOrigin);
    await submitted(provider, request);
    const later = reopen({ now: () => Date.now() + 180_000 });
    expect(await later.find?.(sentOf(request, other), { signal: never() })).toEqual({ state: 'absent' });
  });

  it('may be on another page of a long list whose order nobody knows', async () => {
    const { fake, reopen } = await open();
    const old = (index: number) => ({ id: String(index), prompt: 'x', createdAt: '2026-01-01T00:00:00.000' });
    const generations = [
      ...Array.from({ length: 49 }, (_, index) => old(index)),
      { ...old(49), createdAt: '2026-01-02' },
    ];
    const me = { user_details: [{ user: { id: 'me' } }] };
    const ask = async (listed: unknown) => {
      fake.addFault({ on: 'free', kind: 'status', status: 200, json: me, times: 1 });
      fake.addFault({ on: 'free', kind: 'status', status: 200, json: { generations: listed }, times: 1 });
      const later = reopen({ now: () => Date.now() + 180_000 });
      return later.find?.(sentOf(makeRequest(lucidOrigin)), { signal: never() });
    };
    expect(await ask(generations)).toEqual({ state: 'unsure' });
    expect(await ask([...generations].reverse())).toEqual({ state: 'absent' });
  });

  it('can not be told of a picture that was enlarged', async () => {
    const { provider } = await open();
    const request = makeRequest('universal-upscaler', { operation: 'upscale', image: makeInput(32, 32), prompt: '' });
    expect(await provider.find?.(sentOf(request), { signal: never() })).toEqual({ state: 'unsure' });
  });
});
