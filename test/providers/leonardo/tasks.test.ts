import { describe, expect, it } from 'vitest';
import type { Task } from '../../../src/main/providers/provider.ts';
import { failureOf, makeInput } from '../comfyui/requests.ts';
import { collectAll, lucidOrigin, makeRequest, never, open, sentOf, submitted } from './setup.ts';

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

  it('is the newest of several that are alike', async () => {
    const { provider } = await open();
    const request = makeRequest(lucidOrigin);
    await submitted(provider, request);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { remoteId } = await submitted(provider, request);
    expect(await provider.find?.(sentOf(request), { signal: never() })).toMatchObject({ task: { remoteId } });
  });

  it('is none of an older one, another size, model or prompt', async () => {
    const { provider } = await open();
    const request = makeRequest(lucidOrigin);
    await submitted(provider, request);
    const hour = 3_600_000;
    for (const other of [
      { sentAt: Date.now() + hour },
      { width: 512 },
      { model: '05ce0082-2d80-4a2d-8653-4d1c85e2418e' },
      { prompt: 'a lighthouse at dawn' },
    ]) {
      expect(await provider.find?.(sentOf(request, other), { signal: never() })).toEqual({ state: 'absent' });
    }
  });

  it('may be on another page of a long list whose order nobody knows', async () => {
    const { fake, provider } = await open();
    const old = (index: number) => ({ id: String(index), prompt: 'x', createdAt: '2026-01-01T00:00:00.000' });
    const generations = [
      ...Array.from({ length: 49 }, (_, index) => old(index)),
      { ...old(49), createdAt: '2026-01-02' },
    ];
    const me = { user_details: [{ user: { id: 'me' } }] };
    const ask = async (listed: unknown) => {
      fake.addFault({ on: 'free', kind: 'status', status: 200, json: me, times: 1 });
      fake.addFault({ on: 'free', kind: 'status', status: 200, json: { generations: listed }, times: 1 });
      return provider.find?.(sentOf(makeRequest(lucidOrigin)), { signal: never() });
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
