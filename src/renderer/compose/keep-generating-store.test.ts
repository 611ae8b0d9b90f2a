import { describe, expect, it, vi } from 'vitest';
import type { Job, JobState } from '../../shared/models/job.ts';
import { emptyRoutingState } from '../../shared/models/routing.ts';
import { exampleJob, exampleProvider, memoryStorage } from '../ui/examples-for-tests.ts';
import { createJobsStore } from '../ui/stores/jobs-store.ts';
import { createComposeStore, type ComposeParts } from './compose-store.ts';
import { createKeepGeneratingStore } from './keep-generating-store.ts';

/** A program that numbers its jobs and ends them when a test says so. */
function setUp() {
  const made: Job[] = [];
  const requests: Record<string, unknown>[] = [];
  const create = vi.fn((request: Record<string, unknown>) => {
    requests.push(request);
    const job = exampleJob(made.length + 1);
    made.push(job);
    return Promise.resolve(job);
  });
  const notify = vi.fn();
  const announce = vi.fn();
  const client = { jobs: { create } } as unknown as ComposeParts['client'];
  const jobs = createJobsStore({ client, notify });
  const compose = createComposeStore({
    client,
    upload: () => Promise.reject(new Error('unused')),
    download: () => Promise.reject(new Error('unused')),
    providers: () => [exampleProvider()],
    routing: () => emptyRoutingState,
    now: () => 0,
    storage: memoryStorage(),
    notify,
  });
  compose.getState().change({ prompt: 'a fox', seed: 7 });
  const store = createKeepGeneratingStore({
    generate: compose.getState().generate,
    jobs: { now: () => jobs.getState().jobs, subscribe: jobs.subscribe },
    notify,
    announce,
  });
  const ends = (number: number, state: JobState): void => jobs.getState().jobChanged(exampleJob(number, { state }));
  /** Waits until so many jobs were made and their numbers told. */
  const madeSoon = async (count: number) => {
    await vi.waitFor(() => expect(made).toHaveLength(count));
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  /** Long enough for a job to be queued, if one were. */
  const nothingMore = async (count: number) => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(made).toHaveLength(count);
  };
  return { store, jobs, compose, create, made, requests, notify, announce, ends, madeSoon, nothingMore };
}

describe('generating forever', () => {
  it('queues the next job when its own has ended well, and not before', async () => {
    const { store, ends, madeSoon, nothingMore } = setUp();
    store.getState().start();
    await madeSoon(1);
    ends(1, 'running');
    await nothingMore(1);
    ends(1, 'succeeded');
    await madeSoon(2);
    ends(2, 'succeeded');
    await madeSoon(3);
    expect(store.getState()).toMatchObject({ on: true, done: 2 });
  });

  it('takes what is in the editor then', async () => {
    const { store, compose, ends, madeSoon, requests } = setUp();
    store.getState().start();
    await madeSoon(1);
    compose.getState().change({ prompt: 'an owl' });
    ends(1, 'succeeded');
    await madeSoon(2);
    expect(requests.map(({ prompt }) => prompt)).toEqual(['a fox', 'an owl']);
  });

  it('draws new seeds although one is kept, and leaves that one in the editor', async () => {
    const { store, compose, requests, madeSoon } = setUp();
    store.getState().start();
    await madeSoon(1);
    expect(requests[0]).not.toHaveProperty('seed');
    expect(compose.getState().draft.seed).toBe(7);
  });

  it('does not miss a job that ended before its number was told', async () => {
    const { store, create, ends, madeSoon, made } = setUp();
    create.mockImplementationOnce(() => {
      const job = exampleJob(1);
      made.push(job);
      ends(1, 'succeeded');
      return Promise.resolve(job);
    });
    store.getState().start();
    await madeSoon(2);
  });

  it.each([
    ['failed', /didn’t work/],
    ['needs_attention', /didn’t work/],
    ['cancelled', /cancelled/],
  ] as const)('stops by itself when its job is %s, and says so', async (state, words) => {
    const { store, ends, madeSoon, nothingMore, notify } = setUp();
    store.getState().start();
    await madeSoon(1);
    ends(1, state);
    expect(store.getState().on).toBe(false);
    expect(notify).toHaveBeenCalledExactlyOnceWith({ kind: 'info', message: expect.stringMatching(words) as string });
    await nothingMore(1);
  });

  it('does not mind the jobs of others', async () => {
    const { store, ends, madeSoon, nothingMore } = setUp();
    store.getState().start();
    await madeSoon(1);
    ends(50, 'failed');
    ends(51, 'succeeded');
    await nothingMore(1);
    expect(store.getState().on).toBe(true);
  });

  it('waits with a job that waits, for example because the queue is paused', async () => {
    const { store, jobs, ends, madeSoon, nothingMore } = setUp();
    jobs.getState().queueChanged({ paused: true, queued: 0, running: 0, failed: 0 });
    store.getState().start();
    await madeSoon(1);
    ends(1, 'queued');
    await nothingMore(1);
    expect(store.getState().on).toBe(true);
    ends(1, 'succeeded');
    await madeSoon(2);
  });

  it('goes on after a time without connection in which its job ended', async () => {
    const { store, jobs, ends, madeSoon } = setUp();
    store.getState().start();
    await madeSoon(1);
    ends(1, 'running');
    jobs.setState({ jobs: { other: exampleJob(9), [exampleJob(1).id]: exampleJob(1, { state: 'succeeded' }) } });
    await madeSoon(2);
  });

  it('stops when its job is in the queue no more, as after another library was opened', async () => {
    const { store, jobs, ends, madeSoon, nothingMore } = setUp();
    store.getState().start();
    await madeSoon(1);
    ends(1, 'running');
    jobs.getState().forget();
    expect(store.getState().on).toBe(false);
    await nothingMore(1);
  });

  it('stops when the next job can’t be queued', async () => {
    const { store, compose, ends, madeSoon, notify } = setUp();
    store.getState().start();
    await madeSoon(1);
    compose.getState().change({ prompt: '' });
    ends(1, 'succeeded');
    await vi.waitFor(() => expect(store.getState().on).toBe(false));
    expect(notify).toHaveBeenCalledOnce();
  });

  it('lets the job under way go on when it is stopped, and queues no other', async () => {
    const { store, ends, madeSoon, nothingMore, announce, notify } = setUp();
    store.getState().start();
    await madeSoon(1);
    ends(1, 'running');
    store.getState().stop();
    ends(1, 'succeeded');
    await nothingMore(1);
    expect(announce.mock.calls).toEqual([
      ['Keeps generating until you stop it.'],
      ['Stopped generating after 0 jobs.'],
    ]);
    expect(notify).not.toHaveBeenCalled();
  });

  it('runs once, however often it is switched off and on while the program answers', async () => {
    const { store, create, ends, madeSoon, nothingMore } = setUp();
    const late = Promise.withResolvers<Job>();
    create.mockReturnValueOnce(late.promise);
    store.getState().start();
    store.getState().stop();
    store.getState().start();
    store.getState().start();
    await madeSoon(1);
    // The job of the run that was stopped: not the one that is waited for now.
    late.resolve(exampleJob(80));
    await late.promise;
    ends(80, 'succeeded');
    await nothingMore(1);
    ends(1, 'succeeded');
    await madeSoon(2);
  });
});
