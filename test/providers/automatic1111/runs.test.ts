import { describe, expect, it, vi } from 'vitest';
import { fileKindOf } from '../../../src/main/providers/file-kind.ts';
import { failureOf, never, recordEvents, taskIn, waitFor, collectAll } from '../comfyui/requests.ts';
import type { Fake } from '../../fakes/kit/fake-types.ts';
import { asStranger, finish, openAgain, requestFor, startStand, untilBusy } from './stand.ts';

const signal = never();
const interrupts = (fake: { requests: readonly { path: string }[] }): number =>
  fake.requests.filter(({ path }) => path === '/sdapi/v1/interrupt').length;
/** The status of the answer, or null where the server is closed before. */
const drawForStranger = (fake: Fake, id?: string): Promise<number | null> =>
  asStranger(fake, 'txt2img', {
    prompt: 'not ours',
    width: 64,
    height: 64,
    steps: 20,
    ...(id === undefined ? {} : { force_task_id: id }),
  }).then(
    ({ status }) => status,
    () => null,
  );

describe('a run', () => {
  it('is handed over at once, tells how far it is, and shows what it draws', async () => {
    const { provider } = await startStand({}, { stepMs: 40 });
    const request = await requestFor(provider, 'v1-5');
    const before = performance.now();
    const task = taskIn(await provider.submit(request, { signal }));
    expect(performance.now() - before).toBeLessThan(200);
    const seen = recordEvents(provider, task);
    expect(await collectAll(provider, task)).toHaveLength(1);
    expect(seen.stages()).toContain('Sampling');
    expect(seen.collectNows()).toBeGreaterThan(0);
    const previews = seen.previews();
    expect(previews).toHaveLength(1);
    expect(previews[0]?.kind === 'preview' && fileKindOf(previews[0].bytes)?.kind).toBe('jpg');
  });

  it.each([
    ['AUTOMATIC1111 without its page', { knowsIds: false }],
    ['SD.Next', { kind: 'sdnext' }],
  ] as const)('tells the same with %s, which knows no ids', async (_name, flavour) => {
    const { provider } = await startStand(flavour, { stepMs: 40 });
    const task = taskIn(await provider.submit(await requestFor(provider, 'xl_base', { steps: 20 }), { signal }));
    const seen = recordEvents(provider, task);
    await collectAll(provider, task);
    expect(seen.stages().some((stage) => /^Sampling, step \d+ of 20$/.test(stage))).toBe(true);
    expect(seen.previews()).toHaveLength(1);
  });

  it('says that it loads a model, and where it stands in the queue', async () => {
    const { fake, provider } = await startStand({ knowsIds: false }, { stepMs: 40 });
    const request = await requestFor(provider, 'xl_base');
    const loading = recordEvents(provider, taskIn(await provider.submit(request, { signal })));
    await waitFor('the loading', () => loading.stages().includes('Loading model'));
    const withIds = await startStand({}, { stepMs: 40 });
    void drawForStranger(withIds.fake, 'task(other)');
    void drawForStranger(withIds.fake, 'task(another)');
    await waitFor('the stranger', () => withIds.fake.charges.length === 2);
    const own = await withIds.provider.submit(await requestFor(withIds.provider, 'v1-5'), { signal });
    const waiting = recordEvents(withIds.provider, taskIn(own));
    await waitFor('the queue', () =>
      waiting.events.some((event) => event.kind === 'progress' && event.progress.queuePosition === 2),
    );
    expect(fake.charges).toHaveLength(1);
  });

  it('never shows a stranger’s picture as its own', async () => {
    const { fake, provider } = await startStand({ knowsIds: false }, { stepMs: 60 });
    const request = await requestFor(provider, 'v1-5');
    void drawForStranger(fake);
    await untilBusy(fake);
    const task = taskIn(await provider.submit(request, { signal }));
    const seen = recordEvents(provider, task);
    await collectAll(provider, task);
    expect(seen.previews()).toEqual([]);
    expect(fake.requests.some(({ query }) => query.includes('skip_current_image=false'))).toBe(false);
  });

  it('can be collected again, and is unknown to the next start of Easel', async () => {
    const { fake, provider } = await startStand();
    const task = taskIn(await provider.submit(await requestFor(provider, 'v1-5'), { signal }));
    const kept = JSON.parse(JSON.stringify(task)) as typeof task;
    const [first] = await collectAll(provider, kept);
    const [again] = await collectAll(provider, kept);
    expect(Buffer.from(first!.bytes).equals(again!.bytes)).toBe(true);
    expect(await openAgain(fake).collect(kept, { signal })).toEqual({ state: 'lost' });
  });

  it('waits as long as the server shows that it works, and no longer', async () => {
    const slow = await startStand({}, { stepMs: 150 }, { patienceMs: 100 });
    expect((await finish(slow.provider, await requestFor(slow.provider, 'v1-5'))).images).toHaveLength(1);
    const dead = await startStand({}, { stepMs: 5 }, { patienceMs: 100 });
    dead.fake.addFault({ on: 'pay', kind: 'hang', times: 1 });
    const failure = await failureOf(finish(dead.provider, await requestFor(dead.provider, 'v1-5')));
    expect(failure).toMatchObject({ code: 'timeout', isFinal: true });
  });

  it('has no limit of time of its own', async () => {
    const { fake, provider } = await startStand({}, { stepMs: 20 });
    const request = await requestFor(provider, 'v1-5');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const task = taskIn(await provider.submit(request, { signal }));
      while (fake.charges.length === 0) await new Promise((resolve) => setImmediate(resolve));
      // The call waits, and whatever would give it up within hours does so now.
      vi.advanceTimersByTime(6 * 3_600_000);
      vi.useRealTimers();
      expect(await collectAll(provider, task)).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends with the connection, so that it is run again', async () => {
    const { fake, provider } = await startStand();
    const request = await requestFor(provider, 'v1-5');
    fake.addFault({ on: 'pay', kind: 'resetAfter', times: 1 });
    expect(await failureOf(finish(provider, request))).toMatchObject({ code: 'network', isFinal: true });
  });
});

describe('cancelling', () => {
  it.each([
    ['AUTOMATIC1111', {}],
    ['AUTOMATIC1111 without its page', { knowsIds: false }],
    ['SD.Next', { kind: 'sdnext' }],
  ] as const)('stops the run of %s, and takes its half-finished picture for none', async (_name, flavour) => {
    const { fake, provider } = await startStand(flavour, { stepMs: 200 });
    const task = taskIn(await provider.submit(await requestFor(provider, 'xl_base'), { signal }));
    await waitFor('the start', () => fake.charges.length === 1);
    expect(await provider.cancel?.(task, { signal })).toBe(true);
    await waitFor('the interrupt', () => interrupts(fake) > 0);
    expect(await failureOf(provider.collect(task, { signal }))).toMatchObject({ code: 'cancelled', isFinal: true });
    expect(await provider.cancel?.(task, { signal })).toBe(false);
  });

  it('does not touch a stranger’s run; ours is stopped when its turn comes', async () => {
    const { fake, provider } = await startStand({}, { stepMs: 60 });
    const request = await requestFor(provider, 'v1-5');
    const stranger = drawForStranger(fake, 'task(other)');
    await untilBusy(fake);
    const task = taskIn(await provider.submit(request, { signal }));
    await waitFor('ours', () => fake.charges.length === 2);
    expect(await provider.cancel?.(task, { signal })).toBe(true);
    expect(interrupts(fake)).toBe(0);
    expect(await stranger).toBe(200);
    await waitFor('our turn', () => interrupts(fake) > 0);
  });

  it('leaves alone what may be a stranger’s, where the server knows no ids', async () => {
    const { fake, provider } = await startStand({ knowsIds: false }, { stepMs: 60 });
    const request = await requestFor(provider, 'v1-5');
    const stranger = drawForStranger(fake);
    await untilBusy(fake);
    const task = taskIn(await provider.submit(request, { signal }));
    await provider.cancel?.(task, { signal });
    await stranger;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(interrupts(fake)).toBe(0);
  });

  it('after a restart stops only what the server knows by our id', async () => {
    const { fake, provider } = await startStand({}, { stepMs: 200 });
    const task = taskIn(await provider.submit(await requestFor(provider, 'v1-5'), { signal }));
    await untilBusy(fake);
    const again = openAgain(fake);
    expect(await again.cancel?.({ remoteId: 'task(unknown)' }, { signal })).toBe(false);
    expect(await again.cancel?.(task, { signal })).toBe(true);
    expect(interrupts(fake)).toBe(1);
  });

  it('by somebody in the web UI is no success', async () => {
    const { fake, provider } = await startStand({}, { stepMs: 100 });
    const task = taskIn(await provider.submit(await requestFor(provider, 'v1-5'), { signal }));
    await untilBusy(fake);
    await asStranger(fake, 'interrupt', {});
    expect(await failureOf(collectAll(provider, task))).toMatchObject({ code: 'cancelled', isFinal: true });
  });
});
