import { describe, expect, it, vi } from 'vitest';
import type { Job } from '../../../shared/models/job.ts';
import { exampleId, exampleJob } from '../examples-for-tests.ts';
import { createJobsStore, endedJobs, queuedJobs, runningJobs } from './jobs-store.ts';

type Client = Parameters<typeof createJobsStore>[0]['client'];
const queue = { paused: false, queued: 0, running: 0, failed: 0 };

function setUp(jobs: Record<string, unknown> = {}) {
  const notify = vi.fn();
  const store = createJobsStore({ client: { jobs } as unknown as Client, notify });
  const put = (...all: Job[]): void => all.forEach((job) => store.getState().jobChanged(job));
  return { store, notify, put, waiting: () => queuedJobs(store.getState().jobs).map(({ id }) => id) };
}
const [one, two, three] = [exampleJob(1), exampleJob(2), exampleJob(3)];
const progressOf = (jobId: string) => ({
  jobId,
  provider: 'comfyui',
  imagesDone: 0,
  imagesTotal: 1,
  fraction: 0.5,
  stage: '',
  queuePosition: null,
  previewVersion: 1,
  secondsLeft: null,
});

describe('the queue', () => {
  it('is what the program says after loading, and nothing else', async () => {
    const running = exampleJob(4, { state: 'running' });
    const answer = { state: queue, running: [running], queued: [two], ended: [], progress: [progressOf(running.id)] };
    const { store, put } = setUp({ queue: () => Promise.resolve(answer) });
    put(one);
    await store.getState().load();
    expect(Object.keys(store.getState().jobs)).toEqual([running.id, two.id]);
    expect(store.getState().progress[running.id]?.fraction).toBe(0.5);
  });

  it('is sorted by what happens next and what happened last', () => {
    const jobs = {
      a: exampleJob(1, { position: 2 }),
      b: exampleJob(2, { position: 1 }),
      c: exampleJob(3, { state: 'running', startedAt: 5 }),
      d: exampleJob(4, { state: 'running', startedAt: 4 }),
      e: exampleJob(5, { state: 'failed', endedAt: 1 }),
      f: exampleJob(6, { state: 'needs_attention', endedAt: 2 }),
    };
    expect(queuedJobs(jobs)).toEqual([jobs.b, jobs.a]);
    expect(runningJobs(jobs)).toEqual([jobs.d, jobs.c]);
    expect(endedJobs(jobs)).toEqual([jobs.f, jobs.e]);
  });

  it('forgets the progress of a job that ended', () => {
    const { store, put } = setUp();
    put(exampleJob(1, { state: 'running' }));
    store.getState().jobProgress(progressOf(one.id));
    put(exampleJob(1, { state: 'succeeded' }));
    expect(store.getState().progress).toEqual({});
  });

  it('drops what was cleared', () => {
    const { store, put } = setUp();
    put(one, two);
    store.getState().jobsRemoved([one.id]);
    expect(Object.keys(store.getState().jobs)).toEqual([two.id]);
  });
});

describe('an answer that is slower than the pushes', () => {
  it('does not take a job back to how it was', async () => {
    const answer = Promise.withResolvers<Job>();
    const { store, put } = setUp({ retry: () => answer.promise });
    put(exampleJob(1, { state: 'failed' }));
    const retrying = store.getState().retry(one.id);
    put(exampleJob(1, { state: 'running' }), exampleJob(1, { state: 'succeeded' }));
    answer.resolve(exampleJob(1, { state: 'queued' }));
    await retrying;
    expect(store.getState().jobs[one.id]?.state).toBe('succeeded');
  });

  it('does not take the numbers of the queue back to how they were', async () => {
    const answer = Promise.withResolvers<typeof queue>();
    const { store } = setUp({ resume: () => answer.promise });
    const resuming = store.getState().resume();
    store.getState().queueChanged({ ...queue, running: 2 });
    answer.resolve(queue);
    await resuming;
    expect(store.getState().queue.running).toBe(2);
  });

  it('does not put a job back into the list that was cleared away meanwhile', async () => {
    const answer = Promise.withResolvers<Job>();
    const { store, put } = setUp({ cancel: () => answer.promise });
    put(one);
    const cancelling = store.getState().cancel(one.id);
    store.getState().jobsRemoved([one.id]);
    answer.resolve(exampleJob(1, { state: 'cancelled' }));
    await cancelling;
    expect(store.getState().jobs).toEqual({});
  });
});

describe('moving a job', () => {
  it.each([
    [three.id, one.id, [three.id, one.id, two.id]],
    [three.id, two.id, [one.id, three.id, two.id]],
    [one.id, null, [two.id, three.id, one.id]],
    [one.id, three.id, [two.id, one.id, three.id]],
  ])('is seen at once, before the program has answered', (id, before, order) => {
    const { store, put, waiting } = setUp({ move: () => new Promise(() => undefined) });
    put(one, two, three);
    void store.getState().move(id, before);
    expect(waiting()).toEqual(order);
  });

  it('is taken back when the program refuses', async () => {
    const { store, put, waiting, notify } = setUp({ move: () => Promise.reject(new Error('It runs already.')) });
    put(one, two, three);
    await store.getState().move(three.id, one.id);
    expect(waiting()).toEqual([one.id, two.id, three.id]);
    expect(notify).toHaveBeenCalledWith({ kind: 'error', error: { code: 'internal', message: 'It runs already.' } });
  });
});

describe('cancelling', () => {
  it('can be undone', async () => {
    const retry = vi.fn(() => Promise.resolve(one));
    const { store, notify } = setUp({ cancel: () => Promise.resolve(exampleJob(1, { state: 'cancelled' })), retry });
    await store.getState().cancel(one.id);
    expect(store.getState().jobs[one.id]?.state).toBe('cancelled');
    const toast = notify.mock.calls[0]?.[0] as { action: { run: () => void } };
    toast.action.run();
    await vi.waitFor(() => expect(store.getState().jobs[one.id]?.state).toBe('queued'));
  });

  it('all that wait can be undone, in the same order', async () => {
    const retried: string[] = [];
    const retry = ({ id }: { id: string }) => {
      retried.push(id);
      return Promise.resolve(exampleJob(1));
    };
    const ids = [exampleId(3), exampleId(1), exampleId(2)];
    const { store, notify } = setUp({ cancelQueued: () => Promise.resolve({ cancelled: ids }), retry });
    await store.getState().cancelQueued();
    const toast = notify.mock.calls[0]?.[0] as { action: { run: () => void } };
    toast.action.run();
    await vi.waitFor(() => expect(retried).toEqual(ids));
  });

  it('says that it came too late when the job was finished meanwhile', async () => {
    const { store, notify } = setUp({ cancel: () => Promise.resolve(exampleJob(1, { state: 'succeeded' })) });
    await store.getState().cancel(one.id);
    expect(store.getState().jobs[one.id]?.state).toBe('succeeded');
    expect(notify).toHaveBeenCalledExactlyOnceWith({
      kind: 'info',
      message: 'It was finished before it could be cancelled.',
    });
  });

  it.each(['failed', 'needs_attention', 'running'] as const)('does not claim it of a job that is %s', async (state) => {
    const { store, notify } = setUp({ cancel: () => Promise.resolve(exampleJob(1, { state })) });
    await store.getState().cancel(one.id);
    expect(notify).not.toHaveBeenCalled();
  });

  it('says so when it failed', async () => {
    const { store, notify } = setUp({ cancel: () => Promise.reject(new Error('It ended already.')) });
    await store.getState().cancel(one.id);
    expect(notify).toHaveBeenCalledExactlyOnceWith({
      kind: 'error',
      error: { code: 'internal', message: 'It ended already.' },
    });
  });
});

it('forgets the queue of another library', () => {
  const { store, put } = setUp();
  put(one);
  store.getState().forget();
  expect(store.getState()).toMatchObject({ jobs: {}, loaded: false });
});

it('pauses and goes on as the program says', async () => {
  const { store } = setUp({
    pause: () => Promise.resolve({ ...queue, paused: true }),
    resume: () => Promise.resolve(queue),
  });
  await store.getState().pause();
  expect(store.getState().queue.paused).toBe(true);
  await store.getState().resume();
  expect(store.getState().queue.paused).toBe(false);
});

describe('a job that needs an answer', () => {
  const asking = exampleJob(1, { state: 'needs_attention' });

  it('keeps what its provider said as long as it waits, and tells the rest in a toast', async () => {
    const answers = [
      { outcome: 'unsure', message: 'It can’t tell.', job: asking },
      { outcome: 'found', message: 'It has it.', job: exampleJob(1, { state: 'running' }) },
    ];
    const { store, put, notify } = setUp({ check: () => Promise.resolve(answers.shift()) });
    put(asking);
    await store.getState().check(asking.id);
    expect(store.getState().checked[asking.id]).toEqual({ outcome: 'unsure', message: 'It can’t tell.' });
    expect(notify).not.toHaveBeenCalled();
    await store.getState().check(asking.id);
    expect(notify).toHaveBeenCalledWith({ kind: 'info', message: 'It has it.' });
    expect(store.getState()).toMatchObject({ checked: {}, jobs: { [asking.id]: { state: 'running' } } });
    expect(store.getState().checking.size).toBe(0);
  });

  it('is sent again or given up only when the user says so, and a refusal is told', async () => {
    const sendAgain = vi.fn(() => Promise.resolve(exampleJob(1)));
    const giveUp = vi.fn(() => Promise.reject(new Error('It ended.')));
    const { store, put, notify } = setUp({ sendAgain, giveUp });
    put(asking);
    await store.getState().giveUp(asking.id);
    expect(notify).toHaveBeenCalledWith(expect.objectContaining({ kind: 'error' }));
    await store.getState().sendAgain(asking.id);
    expect(sendAgain).toHaveBeenCalledExactlyOnceWith({ id: asking.id });
    expect(store.getState().jobs[asking.id]?.state).toBe('queued');
  });
});
