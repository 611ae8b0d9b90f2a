import { AppError } from '../../shared/errors.ts';
import type { Job } from '../../shared/models/job.ts';
import { openAttempts } from '../database/attempts.ts';
import { isQueuePaused } from '../database/facts.ts';
import { jobById, queueState, requestCancel, runningJobIds } from '../database/jobs.ts';
import { firstQueuedId, lanesOfQueued, queuedJobsAtWork, requeueAccepted } from '../database/queued-jobs.ts';
import type { Events } from '../events.ts';
import { oncePerTurn } from './once-per-turn.ts';
import { choose, questionOf, type Patience } from './choose.ts';
import { createEndWaiters } from './end-waiters.ts';
import type { RunJobDependencies } from './job-dependencies.ts';
import { newMemory, type JobMemory } from './job-routing.ts';
import { runJob } from './run-job.ts';
import { createSetAside } from './set-aside.ts';
import { stopReasons } from './stop-reasons.ts';
import { readWaitingJobs, type WaitingJobs } from './waiting-jobs.ts';

/** Jobs in a row that have to wait before those behind them in their lane are left for later: most likely they wait for the same. */
const mostWaiting = 16;
/** Jobs that look for somebody at once: they will most likely find the same. */
const mostLooking = 4;

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
  dependencies: Omit<RunJobDependencies, 'tell' | 'waitsForProviders' | 'waitsForCoolDowns'> & { events: Events },
): JobQueue {
  const { database, events, providers, routing, log } = dependencies;
  const running = new Map<string, { controller: AbortController; finished: Promise<void> }>();
  /** What jobs that wait for their turn have been through. */
  const memories = new Map<string, JobMemory>();
  const waiters = createEndWaiters();
  const aside = createSetAside(() => {
    starts.ask();
  });
  let isStarted = false;
  let isClosed = false;
  let only: ReadonlySet<string> | null = null;
  let waitsForProviders = false;
  /** Jobs that look for somebody who can do them, since nobody was ready when they began. */
  let looking = 0;

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
    waiters.ended(jobId);
  };

  /** A job that was queued anew begins anew. */
  const memoryOf = ({ id, startedAt }: Job): JobMemory =>
    (startedAt === null ? undefined : memories.get(id)) ?? newMemory();

  const begin = (job: Job, provider: string | null): void => {
    const controller = new AbortController();
    const memory = memoryOf(job);
    const leave = provider === null ? look() : routing.expect(provider);
    const arrived = (): void => {
      leave();
      // Whose turn it is has changed with the choice.
      starts.ask();
    };
    const run = { job, memory, arrived };
    const finished = runJob(run, { ...dependencies, ...patience(), tell }, controller.signal)
      .then((end) => {
        if (end === 'ended') {
          memories.delete(job.id);
          aside.routingChanged();
          return;
        }
        if (end === 'waiting') {
          memories.set(job.id, memory);
          aside.untilRoutingChanges(job.id);
        } else {
          memories.delete(job.id);
          aside.untilRested(job.id);
        }
        tell(job.id);
      })
      .catch((error: unknown) => {
        log.error('the queue could not run a job', error, { jobId: job.id });
        aside.untilRested(job.id);
        waiters.failed(job.id, error);
      })
      .finally(() => {
        leave();
        running.delete(job.id);
        starts.ask();
      });
    running.set(job.id, { controller, finished });
  };

  const patience = (): Patience => ({ waitsForProviders, waitsForCoolDowns: only === null });

  /** One more looks for somebody, until the returned function is called. */
  const look = (): (() => void) => {
    looking += 1;
    let isOver = false;
    return () => {
      if (!isOver) looking -= 1;
      isOver = true;
    };
  };

  const waitingJobs = (): WaitingJobs => {
    const known = new Set(providers.list().map(({ manifest }) => manifest.id));
    // Jobs for somebody who can't take one now are not even read, unless nobody waits and they fail.
    const isOpen = (lane: string): boolean => !waitsForProviders || !known.has(lane) || routing.hasRoom(lane);
    return readWaitingJobs(database.read, lanesOfQueued(database.read).filter(isOpen));
  };

  /** Starts it unless it has to wait. */
  const beginIfItMay = (job: Job): boolean => {
    const isNew = job.startedAt === null;
    const { ask, soFar } = questionOf(job, memoryOf(job).failed, database.read, { isNew });
    const statuses = providers.list();
    const choice = choose(job, routing.plan(ask), soFar, { patience: patience(), statuses });
    if (choice.kind !== 'nobody') {
      if (choice.candidate.waits) return false;
      begin(job, choice.candidate.provider);
      return true;
    }
    // Somebody who was never asked may be ready.
    const mayFind = statuses.some(({ manifest, enabled, health }) => {
      return enabled && manifest.kind !== 'builtin' && health.checkedAt === null;
    });
    if ((choice.mayWait && !mayFind) || looking >= mostLooking) return false;
    begin(job, null);
    return true;
  };

  const startWaiting = (): void => {
    // What was sent is asked about, whoever else has room.
    for (const job of queuedJobsAtWork(database.read).filter(mayRun)) begin(job, null);
    if (only !== null) {
      const asked = [...only].flatMap((id) => jobById(database.read, id) ?? []);
      for (const job of asked.filter((one) => isQueued(one) && mayRun(one))) beginIfItMay(job);
      return;
    }
    const jobs = waitingJobs();
    const waiting = new Map<string, number>();
    for (let next = jobs.next(); next !== null; next = jobs.next()) {
      const { job, lane } = next;
      if (!mayRun(job)) continue;
      if (beginIfItMay(job)) waiting.delete(lane);
      else {
        const inARow = (waiting.get(lane) ?? 0) + 1;
        waiting.set(lane, inARow);
        if (lane === job.request.provider || inARow >= mostWaiting) jobs.leave(lane);
      }
    }
  };

  const mayRun = (job: Job): boolean =>
    !running.has(job.id) && !aside.has(job.id) && (only === null || only.has(job.id));

  const startJobs = (): void => {
    if (!isStarted || isClosed) return;
    // Work that an earlier run left under way goes on even while the queue is paused: it may be finished, or paid, already.
    for (const id of runningJobIds(database.read).filter((one) => !running.has(one))) {
      const job = jobById(database.read, id);
      if (job && mayRun(job)) begin(job, null);
    }
    if (isQueuePaused(database.read) && only === null) return;
    startWaiting();
    aside.routingChangesIn(firstQueuedId(database.read) === null ? null : routing.changesInMs());
  };

  const starts = oncePerTurn(startJobs, (error) => {
    log.error('the queue could not start a job', error);
    aside.rest();
  });

  const stopListening = events.listen((event) => {
    // Cancelled while it waited, for example.
    if (event.kind === 'jobChanged' && !['queued', 'running'].includes(event.job.state)) memories.delete(event.job.id);
    const isBack = event.kind === 'providerChanged' && event.provider.health.state === 'ready';
    if (isBack) aside.providerIsBack();
    // Another strategy, or limit, may let a job start.
    if (isBack || event.kind === 'settingsChanged' || event.kind === 'routingChanged') {
      aside.routingChanged();
      starts.ask();
    }
  });

  return {
    start: (work) => {
      isStarted = true;
      only = work.only ? new Set(work.only) : null;
      waitsForProviders = work.waitsForProviders;
      if (only === null) database.writeRepeatable(requeueAccepted);
      // What earlier runs left under way for other jobs is not waited for: nobody here would notice its end.
      else {
        for (const attempt of openAttempts(database.read)) if (!only.has(attempt.jobId)) routing.abandon(attempt);
      }
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
      if (job.state === 'queued' || job.state === 'running') await waiters.wait(jobId);
      return jobById(database.read, jobId) ?? job;
    },
    close: async () => {
      isClosed = true;
      stopListening();
      for (const run of running.values()) run.controller.abort(stopReasons.close);
      await Promise.all([...running.values()].map((run) => run.finished));
      // Those runs may have set their jobs aside.
      aside.close();
      starts.cancel();
      news.cancel();
    },
  };
}

function isQueued({ state }: Job): boolean {
  return state === 'queued';
}
