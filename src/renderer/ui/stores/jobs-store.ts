import { createStore, type StoreApi } from 'zustand/vanilla';
import type { QueueState } from '../../../shared/models/events.ts';
import type { Job, JobProgress, JobWithAttempts } from '../../../shared/models/job.ts';
import type { Client } from '../../backend/client.ts';
import { readError } from '../../backend/read-error.ts';
import { translate } from '../../i18n/i18n.ts';
import type { Notify } from '../toast.ts';

type JobsById = Readonly<Record<string, Job>>;

/** What a provider says became of a request whose answer was lost. */
export type CheckAnswer = Omit<Awaited<ReturnType<Client['jobs']['check']>>, 'job'>;

/** The jobs of the queue drawer: waiting, running, and ended but not cleared. Failures of actions become toasts. */
export interface JobsState {
  readonly loaded: boolean;
  /** How often everything was read anew. */
  readonly loads: number;
  readonly queue: QueueState;
  readonly jobs: JobsById;
  readonly progress: Readonly<Record<string, JobProgress>>;
  /** By id of a job that needs an answer: what its provider said when it was asked last. */
  readonly checked: Readonly<Record<string, CheckAnswer>>;
  /** Jobs whose provider is being asked. */
  readonly checking: ReadonlySet<string>;
  readonly load: (signal?: AbortSignal) => Promise<void>;
  /** Another library: nothing known is true of it. */
  readonly forget: () => void;
  readonly jobChanged: (job: Job) => void;
  readonly jobsRemoved: (ids: readonly string[]) => void;
  readonly jobProgress: (progress: JobProgress) => void;
  readonly queueChanged: (queue: QueueState) => void;
  /** A toast offers to queue it again, as after `cancelQueued`; or says that it was finished already. */
  readonly cancel: (id: string) => Promise<void>;
  readonly retry: (id: string) => Promise<void>;
  /** Asks the provider whether a request whose answer was lost arrived; what it says is in `checked` and, where the job moves on, in a toast. */
  readonly check: (id: string) => Promise<void>;
  /** The user's yes to a second charge or to a higher price. */
  readonly sendAgain: (id: string) => Promise<void>;
  readonly giveUp: (id: string) => Promise<void>;
  readonly putFirst: (id: string) => Promise<void>;
  /** Moves a queued job in front of another one; null moves it to the end. Shown at once. */
  readonly move: (id: string, before: string | null) => Promise<void>;
  readonly pause: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly cancelQueued: () => Promise<void>;
  readonly clearEnded: () => Promise<void>;
  /** Jobs that were done, with each try, as far as somebody looked at them. */
  readonly tried: Readonly<Record<string, JobWithAttempts>>;
  /** Reads the tries of a job once; a failure leaves them out. */
  readonly loadTried: (id: string) => Promise<void>;
  /** A job with each try; null when it can't be read. */
  readonly attempts: (id: string) => Promise<JobWithAttempts | null>;
}

const noQueue: QueueState = { paused: false, queued: 0, running: 0, failed: 0 };
const byId = (jobs: readonly Job[]): JobsById => Object.fromEntries(jobs.map((job) => [job.id, job]));
const without = <Value>(record: Readonly<Record<string, Value>>, ids: readonly string[]): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).filter(([id]) => !ids.includes(id)));

/** Longest running first. */
export function runningJobs(jobs: JobsById): Job[] {
  return Object.values(jobs)
    .filter(({ state }) => state === 'running')
    .sort((a, b) => (a.startedAt ?? a.createdAt) - (b.startedAt ?? b.createdAt));
}

/** In the order they will run. */
export function queuedJobs(jobs: JobsById): Job[] {
  return Object.values(jobs)
    .filter(({ state }) => state === 'queued')
    .sort((a, b) => a.position - b.position || a.createdAt - b.createdAt);
}

/** Newest end first. */
export function endedJobs(jobs: JobsById): Job[] {
  return Object.values(jobs)
    .filter(({ state }) => state !== 'queued' && state !== 'running')
    .sort((a, b) => (b.endedAt ?? b.createdAt) - (a.endedAt ?? a.createdAt));
}

export function createJobsStore(parts: {
  readonly client: Pick<Client, 'jobs'>;
  readonly notify: Notify;
}): StoreApi<JobsState> {
  const { jobs: client } = parts.client;

  return createStore<JobsState>((set, get) => {
    const complain = (error: unknown): void => parts.notify({ kind: 'error', error: readError(error) });
    const put = (job: Job): void =>
      set(({ jobs, progress, checked }) => ({
        jobs: { ...jobs, [job.id]: job },
        progress: job.state === 'running' ? progress : without(progress, [job.id]),
        ...(job.state !== 'needs_attention' && job.id in checked && { checked: without(checked, [job.id]) }),
      }));
    /** Pushes come another way than answers and may be faster: an answer never undoes what was pushed since it was asked for. */
    const attempt = async (id: string, call: Promise<Job>): Promise<Job | null> => {
      const before = get().jobs[id];
      try {
        const job = await call;
        if (get().jobs[id] === before) put(job);
        return job;
      } catch (error) {
        complain(error);
        return null;
      }
    };
    const setChecking = (id: string, isChecking: boolean): void => {
      const checking = new Set(get().checking);
      if (isChecking) checking.add(id);
      else checking.delete(id);
      set({ checking });
    };
    const changeQueue = async (call: Promise<QueueState>): Promise<void> => {
      const before = get().queue;
      try {
        const queue = await call;
        if (get().queue === before) set({ queue });
      } catch (error) {
        complain(error);
      }
    };

    return {
      loaded: false,
      loads: 0,
      queue: noQueue,
      jobs: {},
      progress: {},
      checked: {},
      tried: {},
      checking: new Set<string>(),
      load: async (signal) => {
        const { state, running, queued, ended, progress } = await client.queue(undefined, { signal });
        set({
          loaded: true,
          loads: get().loads + 1,
          queue: state,
          jobs: byId([...running, ...queued, ...ended]),
          progress: Object.fromEntries(progress.map((entry) => [entry.jobId, entry])),
        });
      },
      forget: () => set({ loaded: false, queue: noQueue, jobs: {}, progress: {}, checked: {}, tried: {} }),
      jobChanged: put,
      jobsRemoved: (ids) =>
        set(({ jobs, progress, checked, tried }) => ({
          tried: without(tried, ids),
          jobs: without(jobs, ids),
          progress: without(progress, ids),
          checked: without(checked, ids),
        })),
      jobProgress: (progress) => set((state) => ({ progress: { ...state.progress, [progress.jobId]: progress } })),
      queueChanged: (queue) => set({ queue }),
      cancel: async (id) => {
        const job = await attempt(id, client.cancel({ id }));
        if (job === null) return;
        if (job.state !== 'cancelled') {
          // It ended by itself before the word arrived; a failure tells of itself.
          if (job.state === 'succeeded') parts.notify({ kind: 'info', message: translate('ui:jobs.tooLate') });
          return;
        }
        const message = translate('ui:jobs.cancelled', { count: 1 });
        parts.notify({
          kind: 'info',
          message,
          action: { label: translate('ui:jobs.queueAgain'), run: () => void get().retry(id) },
        });
      },
      retry: async (id) => {
        await attempt(id, client.retry({ id }));
      },
      check: async (id) => {
        setChecking(id, true);
        try {
          const before = get().jobs[id];
          const { job, ...answer } = await client.check({ id });
          if (get().jobs[id] === before) put(job);
          // A job that goes on leaves its row, and the words with it.
          if (answer.outcome === 'unsure') set(({ checked }) => ({ checked: { ...checked, [id]: answer } }));
          else parts.notify({ kind: 'info', message: answer.message });
        } catch (error) {
          complain(error);
        } finally {
          setChecking(id, false);
        }
      },
      sendAgain: async (id) => {
        await attempt(id, client.sendAgain({ id }));
      },
      giveUp: async (id) => {
        await attempt(id, client.giveUp({ id }));
      },
      putFirst: async (id) => {
        await attempt(id, client.putFirst({ id }));
      },
      move: async (id, before) => {
        const job = get().jobs[id];
        if (job === undefined) return;
        const others = queuedJobs(get().jobs).filter((other) => other.id !== id);
        const place = before === null ? others.length : others.findIndex((other) => other.id === before);
        const previous = others[place - 1]?.position;
        const next = others[place]?.position;
        const position =
          previous !== undefined && next !== undefined ? (previous + next) / 2 : (next ?? (previous ?? 0) + 2) - 1;
        const moved = { ...job, position };
        put(moved);
        const answer = await attempt(id, client.move({ id, before }));
        if (answer === null && get().jobs[id] === moved) put(job);
      },
      pause: () => changeQueue(client.pause()),
      resume: () => changeQueue(client.resume()),
      cancelQueued: async () => {
        try {
          const { cancelled } = await client.cancelQueued();
          if (cancelled.length === 0) return;
          const queueAgain = async (): Promise<void> => {
            for (const id of cancelled) await get().retry(id);
          };
          const message = translate('ui:jobs.cancelled', { count: cancelled.length });
          parts.notify({
            kind: 'info',
            message,
            action: { label: translate('ui:jobs.queueAgain'), run: () => void queueAgain() },
          });
        } catch (error) {
          complain(error);
        }
      },
      clearEnded: async () => {
        try {
          const { cleared } = await client.clearEnded();
          get().jobsRemoved(cleared);
          if (cleared.length > 0) parts.notify({ kind: 'info', message: translate('ui:jobs.cleared') });
        } catch (error) {
          complain(error);
        }
      },
      loadTried: async (id) => {
        if (id in get().tried) return;
        try {
          const job = await client.show({ id });
          set(({ jobs, tried }) => (id in jobs ? { tried: { ...tried, [id]: job } } : {}));
        } catch {
          // The row says what is known without it.
        }
      },
      attempts: async (id) => {
        try {
          return await client.show({ id });
        } catch (error) {
          complain(error);
          return null;
        }
      },
    };
  });
}
