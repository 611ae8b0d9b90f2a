import { describe, expect, it } from 'vitest';
import type { Task } from '../../../src/main/providers/provider.ts';
import { failureOf } from '../comfyui/requests.ts';
import { collectAll, makeRequest, never, open } from './setup.ts';

const minute = 60_000;

async function submitted(studio: Awaited<ReturnType<typeof open>>, fields = {}): Promise<Task> {
  const first = await studio.provider.submit(makeRequest('runware:101@1', fields), { signal: never() });
  if (first.state !== 'pending') throw new Error('expected a task');
  return first.task;
}

describe('a task of Runware', () => {
  it('is named by the attempt, before it is sent', async () => {
    const { provider } = await open();
    const request = makeRequest('runware:101@1');
    expect(provider.taskFor?.(request).remoteId).toBe(request.attemptId);
  });

  it('is found by its name when the answer was lost, and paid once', async () => {
    const { fake, provider, reopen } = await open();
    const request = makeRequest('runware:101@1');
    const task = JSON.parse(JSON.stringify(provider.taskFor?.(request))) as Task;
    fake.addFault({ on: 'pay', kind: 'resetAfter', times: 1 });
    expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe('unknown_outcome');
    expect((await collectAll(reopen(), task)).images).toHaveLength(1);
    expect(fake.charges).toHaveLength(1);
  });

  it('that was accepted before counts as accepted, not as refused', async () => {
    const { fake, provider } = await open();
    const request = makeRequest('runware:101@1');
    await provider.submit(request, { signal: never() });
    const again = await provider.submit(request, { signal: never() });
    expect(again.state).toBe('pending');
    expect(fake.charges).toHaveLength(1);
    expect(fake.duplicates).toEqual([]);
  });

  it('tells its progress', async () => {
    const studio = await open({ stepMs: 10_000_000 });
    const task = await submitted(studio);
    const queued = await studio.provider.collect(task, { signal: never() });
    expect(queued).toMatchObject({ state: 'pending', progress: { stage: 'Waiting in the queue of Runware' } });
    studio.fake.addFault({
      on: 'poll',
      kind: 'status',
      status: 200,
      times: 1,
      json: { data: [{ taskUUID: task.remoteId, status: 'processing', progress: 40 }] },
    });
    const running = await studio.provider.collect(task, { signal: never() });
    expect(running).toMatchObject({ progress: { fraction: 0.4, queuePosition: 0 } });
  });

  it('is pending under a word for it that nobody has heard of', async () => {
    const studio = await open();
    const task = await submitted(studio);
    const json = { data: [{ taskUUID: task.remoteId, status: 'thawing' }] };
    studio.fake.addFault({ on: 'poll', kind: 'status', status: 200, times: 1, json });
    expect((await studio.provider.collect(task, { signal: never() })).state).toBe('pending');
  });

  it('keeps results that are told only once', async () => {
    const studio = await open({ stepMs: 10_000_000 });
    const task = await submitted(studio, { count: 2 });
    const say = (imageUUID: string) => {
      const imageURL = `http://127.0.0.1:1/${imageUUID}.png`;
      const json = { data: [{ taskUUID: task.remoteId, status: 'success', imageUUID, imageURL }] };
      studio.fake.addFault({ on: 'poll', kind: 'status', status: 200, times: 1, json });
    };
    say('one');
    const first = await studio.provider.collect(task, { signal: never() });
    if (first.state !== 'pending') throw new Error('expected to wait for the second');
    say('two');
    // Both are known now, so it goes to fetch them, from where nobody listens.
    const failure = await failureOf(studio.provider.collect(first.task, { signal: never() }));
    expect(failure).toMatchObject({ code: 'network', isFinal: false });
  });

  it('takes no entry for another task as its own', async () => {
    const studio = await open();
    const task = await submitted(studio);
    const json = {
      data: [{ taskUUID: 'another', status: 'success', imageUUID: 'x', imageURL: 'http://127.0.0.1:1/x.png' }],
      errors: [{ taskUUID: 'another', code: 'inferenceError', status: 'error' }],
    };
    studio.fake.addFault({ on: 'poll', kind: 'status', status: 200, times: 1, json });
    expect((await studio.provider.collect(task, { signal: never() })).state).toBe('pending');
  });

  it('is asked about ever more rarely', async () => {
    const clock = { now: Date.now() };
    const studio = await open({ stepMs: 10_000_000 });
    const provider = studio.reopen({ now: () => clock.now });
    const first = await provider.submit(makeRequest('runware:101@1'), { signal: never() });
    if (first.state !== 'pending') throw new Error('expected a task');
    expect(first.askAgainInMs).toBe(1000);
    clock.now += 10 * minute;
    expect(await provider.collect(first.task, { signal: never() })).toMatchObject({ askAgainInMs: 10_000 });
  });

  it('is fetched later when its pictures can not be had at once', async () => {
    const studio = await open();
    const task = await submitted(studio);
    studio.fake.addFault({ on: 'file', kind: 'status', status: 503, times: 1 });
    const failure = await failureOf(collectAll(studio.provider, task));
    expect(failure).toMatchObject({ code: 'server', isFinal: false });
    expect((await collectAll(studio.reopen(), task)).images).toHaveLength(1);
    expect(studio.fake.charges).toHaveLength(1);
  });
});

describe('a task of which Runware says nothing', () => {
  const silence = { on: 'poll', kind: 'status', status: 200, times: 1, json: { data: [] } } as const;

  it('may still begin', async () => {
    const studio = await open();
    const task = await submitted(studio);
    studio.fake.addFault(silence);
    expect((await studio.provider.collect(task, { signal: never() })).state).toBe('pending');
  });

  it('is looked up in the archive after a while', async () => {
    const studio = await open();
    const task = await submitted(studio);
    await collectAll(studio.provider, task);
    studio.fake.addFault(silence);
    const later = studio.reopen({ now: () => Date.now() + 30 * minute });
    expect((await later.collect(task, { signal: never() })).state).toBe('finished');
  });

  it.each([true, false])(
    'is lost once it is of no use any more, if the archive knows nothing (silent: %s)',
    async (isSilent) => {
      const studio = await open({ isSilentOnUnknown: isSilent });
      const task = await submitted(studio);
      studio.fake.addFault(silence);
      const later = studio.reopen({ now: () => Date.now() + 30 * minute });
      const gone = { ...task, remoteId: crypto.randomUUID() };
      expect(await later.collect(gone, { signal: never() })).toEqual({ state: 'lost' });
    },
  );

  it('is not taken for accepted where nobody ever said so: the user decides', async () => {
    const { fake, provider, reopen } = await open({ isSilentOnUnknown: true });
    const request = makeRequest('runware:101@1');
    const task = JSON.parse(JSON.stringify(provider.taskFor?.(request))) as Task;
    fake.addFault({ on: 'pay', kind: 'resetBefore', times: 1 });
    expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe('unknown_outcome');
    expect(await reopen().collect(task, { signal: never() })).toEqual({ state: 'lost' });
  });

  it('goes on where it was accepted after all', async () => {
    const { fake, provider, reopen } = await open({ isSilentOnUnknown: true, stepMs: 10_000_000 });
    const request = makeRequest('runware:101@1');
    const task = JSON.parse(JSON.stringify(provider.taskFor?.(request))) as Task;
    await provider.submit(request, { signal: never() });
    const seen = await reopen().collect(task, { signal: never() });
    if (seen.state !== 'pending') throw new Error('expected a task');
    fake.addFault(silence);
    expect((await reopen().collect(seen.task, { signal: never() })).state).toBe('pending');
  });

  it('is lost at once where the service says so', async () => {
    const { provider } = await open();
    const task = provider.taskFor?.(makeRequest('runware:101@1'));
    expect(task && (await provider.collect(task, { signal: never() }))).toEqual({ state: 'lost' });
  });
});
