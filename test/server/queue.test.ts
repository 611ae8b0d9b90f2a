import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeComfyui, type FakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import { newPlace, runEasel, type Place } from '../run-easel.ts';
import { startServe, until, type Served } from './start-serve.ts';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly error: { code: string } | null;
  readonly imageIds: readonly string[];
}
interface Queue {
  readonly state: { paused: boolean; queued: number; running: number; failed: number };
  readonly running: readonly Job[];
  readonly queued: readonly Job[];
  readonly ended: readonly Job[];
}

let place: Place;
let fake: FakeComfyui;
let served: Served;
const start = (): Promise<Served> => startServe(place, { environment: { EASEL_COMFYUI_URL: fake.url } });
beforeEach(async () => {
  place = newPlace();
  fake = await startFakeComfyui();
  served = await start();
});
afterEach(async () => {
  await served.stop();
  await fake.close();
  place.remove();
});

const builtin = { provider: 'builtin', width: 64, height: 64 };
const comfyui = { provider: 'comfyui', width: 64, height: 64, steps: 4 };
const create = (prompt: string, more: object = builtin): Promise<Job> =>
  served.call<Job>('jobs/create', { prompt, ...more });
const queue = (): Promise<Queue> => served.call<Queue>('jobs/queue');
const idsOf = async (): Promise<string[]> => (await queue()).queued.map(({ id }) => id);
const stateOf = async (id: string): Promise<string> => (await served.call<Job>('jobs/show', { id })).state;

describe('the queue', () => {
  it('starts nothing while it is paused, and goes on in its order when it is resumed', async () => {
    expect(await served.call('jobs/pause')).toMatchObject({ paused: true });
    const [one, two, three] = [await create('one'), await create('two'), await create('three')];
    expect(await idsOf()).toEqual([one.id, two.id, three.id]);
    expect((await queue()).running).toEqual([]);

    await served.call('jobs/putFirst', { id: three.id });
    expect(await idsOf()).toEqual([three.id, one.id, two.id]);
    await served.call('jobs/move', { id: three.id, before: two.id });
    expect(await idsOf()).toEqual([one.id, three.id, two.id]);
    await served.call('jobs/move', { id: one.id, before: null });
    expect(await idsOf()).toEqual([three.id, two.id, one.id]);
    await served.call('jobs/move', { id: two.id, before: two.id });
    expect(await idsOf()).toEqual([three.id, two.id, one.id]);
    const front = await create('front', { ...builtin, front: true });
    expect(await idsOf()).toEqual([front.id, three.id, two.id, one.id]);

    await served.call('jobs/resume');
    await until(async () => (await queue()).ended.length === 4);
    const { ended, state } = await queue();
    expect(ended.map((job) => job.state)).toEqual(Array(4).fill('succeeded'));
    expect(state).toEqual({ paused: false, queued: 0, running: 0, failed: 0 });
  });

  it('keeps its order and its pause through a restart', async () => {
    await served.call('jobs/pause');
    const [one, two, three] = [await create('one'), await create('two'), await create('three')];
    await served.call('jobs/putFirst', { id: two.id });
    expect((await served.stop()).code).toBe(0);
    served = await start();
    expect(await idsOf()).toEqual([two.id, one.id, three.id]);
    expect((await queue()).state).toMatchObject({ paused: true, queued: 3, running: 0 });
  });

  it('cancels one that waits, all that wait, and clears what has ended, pictures kept', async () => {
    const done = await create('done');
    await until(async () => (await stateOf(done.id)) === 'succeeded');
    await served.call('jobs/pause');
    const [one, two, three] = [await create('one'), await create('two'), await create('three')];
    expect(await served.call<Job>('jobs/cancel', { id: two.id })).toMatchObject({ state: 'cancelled' });
    expect(await served.call('jobs/cancelQueued')).toEqual({ cancelled: [one.id, three.id] });
    expect(await served.call('jobs/cancelQueued')).toEqual({ cancelled: [] });
    const { cleared } = await served.call<{ cleared: string[] }>('jobs/clearEnded');
    expect([...cleared].sort()).toEqual([done.id, one.id, two.id, three.id].sort());
    expect((await queue()).ended).toEqual([]);
    expect((await served.call<{ images: unknown[] }>('library/list', {})).images).toHaveLength(1);
    expect(await stateOf(done.id)).toBe('succeeded');
  });

  it('refuses what a job in its state can not do', async () => {
    const done = await create('done');
    await until(async () => (await stateOf(done.id)) === 'succeeded');
    for (const [operation, input] of [
      ['jobs/cancel', { id: done.id }],
      ['jobs/retry', { id: done.id }],
      ['jobs/putFirst', { id: done.id }],
      ['jobs/move', { id: done.id, before: null }],
    ] as const) {
      expect(await served.fail(operation, input)).toMatchObject({ status: 409, code: 'wrongState' });
    }
  });

  it('queues a cancelled job again and runs it, once more with the same seed', async () => {
    await served.call('jobs/pause');
    const job = await served.call<Job & { request: { seed: number } }>('jobs/create', { prompt: 'again', ...builtin });
    await served.call('jobs/cancel', { id: job.id });
    expect(await served.call<Job>('jobs/retry', { id: job.id })).toMatchObject({
      state: 'queued',
      request: { seed: job.request.seed },
    });
    await served.call('jobs/resume');
    await until(async () => (await stateOf(job.id)) === 'succeeded');
  });

  it('gives ComfyUI no more than it takes at once, and keeps another provider busy meanwhile', async () => {
    fake.settings.held = true;
    const [one, two, three] = [
      await create('one', comfyui),
      await create('two', comfyui),
      await create('three', comfyui),
    ];
    const other = await create('other');
    await until(async () => (await stateOf(other.id)) === 'succeeded');
    await until(() => fake.promptsSeen.length === 2);
    expect([await stateOf(one.id), await stateOf(two.id), await stateOf(three.id)]).toEqual([
      'running',
      'running',
      'queued',
    ]);
    expect(await served.call('jobs/cancelQueued')).toEqual({ cancelled: [three.id] });
    fake.settings.held = false;
    // Both were handed over in the same moment: which of them ComfyUI takes first is its own affair.
    await until(async () => (await stateOf(one.id)) === 'succeeded' && (await stateOf(two.id)) === 'succeeded');
    expect(fake.promptsSeen).toHaveLength(2);
  });

  it('cancels a running job here and there, this one only', async () => {
    fake.settings.held = true;
    const job = await create('one', comfyui);
    await until(() => fake.runningId() !== null);
    const bystander = fake.addBystander();
    expect(await served.call<Job>('jobs/cancel', { id: job.id })).toMatchObject({ state: 'cancelled', imageIds: [] });
    fake.settings.held = false;
    await until(() => fake.history.has(bystander));
    expect(fake.history.get(bystander)?.status.status_str).toBe('success');
  });

  it('goes on with the next job after one has failed, and lets the failed one be retried', async () => {
    fake.addFaults({ on: 'run', kind: 'error', afterSteps: 1 });
    const [bad, good] = [await create('bad', comfyui), await create('good', comfyui)];
    await until(async () => (await stateOf(good.id)) === 'succeeded');
    expect(await served.call<Job>('jobs/show', { id: bad.id })).toMatchObject({
      state: 'failed',
      error: { code: 'server' },
    });
    expect((await queue()).state.failed).toBe(1);
    await served.call('jobs/retry', { id: bad.id });
    await until(async () => (await stateOf(bad.id)) === 'succeeded');
    expect((await queue()).state.failed).toBe(0);
  });

  it('leaves a running job to the next start when Easel is asked to stop', async () => {
    fake.settings.held = true;
    const job = await create('long', comfyui);
    await until(() => fake.runningId() !== null);
    expect(await served.stop('SIGTERM')).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(fake.runningId()).not.toBeNull();
    fake.settings.held = false;
    const resumed = await runEasel(place, ['jobs', 'resume'], { environment: { EASEL_COMFYUI_URL: fake.url } });
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.stdout).toContain(`${job.id}  succeeded`);
    expect(fake.promptsSeen).toHaveLength(1);
    served = await start();
  });
});
