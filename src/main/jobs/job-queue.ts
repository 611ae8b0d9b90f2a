import { AppError } from '../../shared/errors.ts';
import type { Job } from '../../shared/models/job.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { emptyRoutingState } from '../../shared/models/routing.ts';
import { planRoute } from '../../shared/routing/plan-route.ts';
import { isQueuePaused } from '../database/facts.ts';
import { jobById, queuedJobsFor, queueState, requestCancel, requeueAccepted, runningJobs } from '../database/jobs.ts';
import type { Events } from '../events.ts';
import { oncePerTurn } from './once-per-turn.ts';
import type { RunJobDependencies } from './job-dependencies.ts';
import { runJob } from './run-job.ts';
import { stopReasons } from './stop-reasons.ts';

/** Jobs looked at, of each provider, to find one that may run. */
const lookAhead = 100;
/** How long the queue rests after a job could not even be noted as failed: its disk is full, or gone. */
const restAfterTroubleMs = 5_000;
/** For a job whose provider is not known yet. */
const unknownProviderAtOnce = 1;

export interface Work {
  /** Nothing but these jobs; everything that waits, where it is left out. */
  readonly only?: readonly string[];
  /** Jobs whose provider is away wait for it, as in a program that stays open; otherwise they fail. */
  readonly waitsForProviders: boolean;
}

export interface JobQueue {
  /** Begins to run what waits. */
  start(work: Work): void;
  /** Something changed that may let a job start. It is looked into once, however many say so in one go. */
  wake(): void;
  /** The queue stands differently: everybody hears how, once however many say so in one go. */
  tell(): void;
  /** Stops a running job, here and at the service, and waits until that is recorded. */
  stop(jobId: string): Promise<void>;
  /** Resolves when the job has ended. Rejects with AppError where that can't be recorded, because of a full disk for example. */
  ended(jobId: string): Promise<Job>;
  /** Leaves running jobs as they stand; the next start takes them up. */
  close(): Promise<void>;
}

export function createJobQueue(
  dependencies: Omit<RunJobDependencies, 'tell' | 'waitsForProviders'> & { events: Events },
): JobQueue {
  const { database, events, providers, log, now } = dependencies;
  const running = new Map<string, { provider: string; controller: AbortController; finished: Promise<void> }>();
  const waiters = new Map<string, { resolve: () => void; reject: (error: unknown) => void }[]>();
  let isStarted = false;
  let restTimer: NodeJS.Timeout | null = null;
  let isClosed = false;
  let only: ReadonlySet<string> | null = null;
  let waitsForProviders = false;
  /** Jobs that found their provider away, until something is heard of a provider, or some time has passed. */
  let resting = new Set<string>();

  const news = oncePerTurn(
    () => {
      events.emit({ kind: 'queueChanged', queue: queueState(database.read) });
    },
    (error) => {
      log.error('the queue could not be read', error);
    },
  );

  const tell = (jobId: string): void => {
    const job = jobById(database.read, jobId);
    if (!job) return;
    events.emit({ kind: 'jobChanged', job });
    news.ask();
    if (job.state === 'queued' || job.state === 'running') return;
    for (const waiter of waiters.get(jobId) ?? []) waiter.resolve();
    waiters.delete(jobId);
  };

  const providerOf = (job: Job, statuses: readonly ProviderStatus[]): string | null =>
    job.request.provider ??
    planRoute({ request: job.request, providers: statuses, routing: emptyRoutingState, inputSize: null, now: now() })
      .ranked[0]?.provider ??
    null;

  const hasRoom = (provider: string | null, statuses: readonly ProviderStatus[]): boolean => {
    const limit =
      statuses.find(({ manifest }) => manifest.id === provider)?.manifest.limits.atOnce ?? unknownProviderAtOnce;
    const busy = [...running.values()].filter((run) => run.provider === (provider ?? '')).length;
    return busy < limit;
  };

  const isWaitedFor = (provider: string | null, statuses: readonly ProviderStatus[]): boolean =>
    waitsForProviders &&
    statuses.some(
      ({ manifest, health }) =>
        manifest.id === provider && ['unreachable', 'offline', 'locked', 'checking'].includes(health.state),
    );

  const begin = (job: Job, provider: string | null): void => {
    const controller = new AbortController();
    const finished = runJob(job, { ...dependencies, waitsForProviders, tell }, controller.signal)
      .then((end) => {
        if (end === 'ended') return;
        resting.add(job.id);
        tell(job.id);
        rest();
      })
      .catch((error: unknown) => {
        log.error('the queue could not run a job', error, { jobId: job.id });
        resting.add(job.id);
        for (const waiter of waiters.get(job.id) ?? []) waiter.reject(error);
        waiters.delete(job.id);
        rest();
      })
      .finally(() => {
        running.delete(job.id);
        starts.ask();
      });
    running.set(job.id, { provider: provider ?? '', controller, finished });
  };

  const rest = (): void => {
    restTimer ??= setTimeout(() => {
      restTimer = null;
      resting = new Set();
      starts.ask();
    }, restAfterTroubleMs);
  };

  const startJobs = (): void => {
    if (!isStarted || isClosed) return;
    const statuses = providers.list();
    const mayRun = (job: Job): boolean =>
      !running.has(job.id) && !resting.has(job.id) && (only === null || only.has(job.id));
    // Work that an earlier run left under way goes on even while the queue is paused: it may be finished, or paid, already.
    for (const job of runningJobs(database.read).filter(mayRun)) begin(job, providerOf(job, statuses));
    if (isQueuePaused(database.read) && only === null) return;
    for (const id of ['', ...statuses.map(({ manifest }) => manifest.id)]) {
      if (id !== '' && !hasRoom(id, statuses)) continue;
      const waiting = only === null ? queuedJobsFor(database.read, id, lookAhead) : onlyQueued(only, id);
      for (const job of waiting.filter(mayRun)) {
        const provider = providerOf(job, statuses);
        if (hasRoom(provider, statuses) && !isWaitedFor(provider, statuses)) begin(job, provider);
      }
    }
  };

  const starts = oncePerTurn(startJobs, (error) => {
    log.error('the queue could not start a job', error);
    rest();
  });

  const stopListening = events.listen((event) => {
    if (event.kind !== 'providerChanged' || event.provider.health.state !== 'ready') return;
    resting = new Set();
    starts.ask();
  });

  const onlyQueued = (ids: ReadonlySet<string>, provider: string): Job[] =>
    [...ids]
      .flatMap((id) => jobById(database.read, id) ?? [])
      .filter(({ state, request }) => state === 'queued' && (request.provider ?? '') === provider);

  return {
    start: (work) => {
      isStarted = true;
      only = work.only ? new Set(work.only) : null;
      waitsForProviders = work.waitsForProviders;
      if (only === null) database.writeRepeatable(requeueAccepted);
      startJobs();
    },
    wake: starts.ask,
    tell: news.ask,
    stop: async (jobId) => {
      database.write((writer) => {
        requestCancel(writer, jobId);
      });
      // One that an earlier run of Easel left under way is taken up just to be ended.
      const job = jobById(database.read, jobId);
      if (!running.has(jobId) && job) begin(job, null);
      const run = running.get(jobId);
      run?.controller.abort(stopReasons.cancel);
      await run?.finished;
    },
    ended: async (jobId) => {
      const job = jobById(database.read, jobId);
      if (!job) throw new AppError('notFound', `There is no job ${jobId}.`);
      if (job.state === 'queued' || job.state === 'running') {
        await new Promise<void>((resolve, reject) => {
          waiters.set(jobId, [...(waiters.get(jobId) ?? []), { resolve, reject }]);
        });
      }
      return jobById(database.read, jobId) ?? job;
    },
    close: async () => {
      isClosed = true;
      stopListening();
      if (restTimer) clearTimeout(restTimer);
      for (const run of running.values()) run.controller.abort(stopReasons.close);
      await Promise.all([...running.values()].map((run) => run.finished));
      starts.cancel();
      news.cancel();
    },
  };
}
