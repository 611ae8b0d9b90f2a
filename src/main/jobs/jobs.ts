import { AppError } from '../../shared/errors.ts';
import type { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Job, JobState, JobWithAttempts, ListedJob } from '../../shared/models/job.ts';
import type { ResolvedPrompt } from '../../shared/models/prompt-stages.ts';
import type { QueueState } from '../../shared/models/events.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { Size } from '../../shared/routing/fit-request.ts';
import { attemptsOfJob, markAnswered, openAttempt } from '../database/attempts.ts';
import type { Database, Writer } from '../database/database.ts';
import { setQueuePaused } from '../database/facts.ts';
import { clearEnded, endedJobs, jobById, markEnded, newestJobs, queueState, runningJobs } from '../database/jobs.ts';
import {
  cancelAllQueued,
  firstQueuedId,
  insertJobs,
  type NewJob,
  moveQueued,
  queuedJobs,
  requeue,
} from '../database/queued-jobs.ts';
import type { Events } from '../events.ts';
import type { Log } from '../log.ts';
import { newId } from '../new-id.ts';
import type { ImageProvider } from '../providers/provider.ts';
import { step } from '../step.ts';
import { createAnswers } from './answer-job.ts';
import type { JobRouting } from './job-routing.ts';
import { createFirstLook } from './first-look.ts';
import type { JobQueue } from './job-queue.ts';
import { listedJob } from './listed-job.ts';
import type { ProgressBoard } from './progress-board.ts';

/** Seeds that are drawn stay in 32 bits, which every service takes. */
const drawnSeeds = 2 ** 32;
/** Jobs shown in each part of the queue drawer. */
const shownAtMost = 500;

/** What a user can do with jobs. */
export function createJobs(dependencies: {
  database: Database;
  events: Events;
  queue: JobQueue;
  board: ProgressBoard;
  providers: { list(): ProviderStatus[]; status(id: string): ProviderStatus; open(id: string): Promise<ImageProvider> };
  routing: JobRouting;
  log: Log;
  inputSize: (id: string) => Promise<Size>;
  /** What comes of wildcards, choices and variables, for each image; null where there are none. Rejects with AppError. */
  resolvePrompts: (request: GenerationRequest) => Promise<readonly ResolvedPrompt[] | null> | null;
  now: () => number;
  /** 0 to 1, for seeds nobody chose. */
  chance: () => number;
}) {
  const { database, events, queue, board, providers, routing, inputSize, resolvePrompts, log, now, chance } =
    dependencies;
  const lookFirst = createFirstLook({ providers, routing });
  const answers = createAnswers({ database, providers, log, now });

  const job = (id: string): Job => {
    const found = jobById(database.read, id);
    if (!found) throw new AppError('notFound', `There is no job ${id} in this library.`);
    return found;
  };
  const tellQueue = (): QueueState => {
    const state = queueState(database.read);
    events.emit({ kind: 'queueChanged', queue: state });
    return state;
  };
  const tellJob = (id: string): Job => {
    const changed = job(id);
    events.emit({ kind: 'jobChanged', job: changed });
    tellQueue();
    // Those behind it may have waited only because of it.
    queue.wake();
    return changed;
  };

  const sizeOf = async (request: GenerationRequest): Promise<Size | null> => {
    const size = request.image === undefined ? null : await inputSize(request.image);
    if (request.mask !== undefined) await inputSize(request.mask);
    return size;
  };

  const add = async (
    requests: readonly GenerationRequest[],
    front: boolean,
    alongside?: (writer: Writer, added: readonly Job[]) => void,
  ): Promise<Job[]> => {
    const look = lookFirst();
    const fresh: NewJob[] = [];
    for (const asked of requests) {
      // Drawn here, so that every attempt and every image of the job counts from the same one.
      const request =
        asked.seed === undefined ? { ...asked, seed: Math.floor(chance() * drawnSeeds), isSeedDrawn: true } : asked;
      const agreedUsd = look.priceOf(asked, await sizeOf(asked));
      const resolving = resolvePrompts(request);
      const resolved = resolving === null ? null : await resolving;
      fresh.push({ id: newId(), agreedUsd, createdAt: now(), request, resolved });
    }
    const added = database.write((writer) => {
      const inserted = insertJobs(writer, fresh, front);
      alongside?.(writer, inserted);
      return inserted;
    });
    step('job-recorded');
    for (const one of added) events.emit({ kind: 'jobChanged', job: one });
    queue.tell();
    queue.wake();
    return added;
  };

  return {
    /**
     * Puts requests into the queue: all of them, or none. They are on disk when this resolves, and with them what `alongside`
     * writes in the same transaction.
     */
    add,
    create: async ({ front, ...request }: GenerationRequest & { front: boolean }): Promise<Job> => {
      const [added] = await add([request], front);
      if (!added) throw new AppError('internal', 'The job was not added.');
      return added;
    },
    /** What a request may cost, in US dollars; null: nobody knows. Rejects with AppError for what can't ever work. */
    priceOf: async (request: GenerationRequest): Promise<number | null> => {
      await resolvePrompts({ seed: 0, ...request });
      return lookFirst().priceOf(request, await sizeOf(request));
    },
    list: (page: {
      state?: JobState | undefined;
      limit: number;
      before?: string | undefined;
    }): { jobs: ListedJob[]; next: string | null } => {
      const jobs = newestJobs(database.read, {
        limit: page.limit,
        ...(page.state === undefined ? {} : { state: page.state }),
        ...(page.before === undefined ? {} : { before: page.before }),
      });
      return {
        jobs: jobs.map((one) => listedJob(one, attemptsOfJob(database.read, one.id))),
        next: jobs.length === page.limit ? (jobs.at(-1)?.id ?? null) : null,
      };
    },
    show: (id: string): JobWithAttempts => ({ ...job(id), attempts: attemptsOfJob(database.read, id) }),
    queue: () => ({
      state: queueState(database.read),
      running: runningJobs(database.read),
      queued: queuedJobs(database.read, shownAtMost),
      ended: endedJobs(database.read, shownAtMost),
      progress: board.all(),
    }),
    preview: (id: string) => board.previewOf(id),
    cancel: async (id: string): Promise<Job> => {
      const { state } = job(id);
      // One that went back to the queue may still be at work somewhere.
      if (state === 'running' || ((state === 'queued' || state === 'failed') && openAttempt(database.read, id))) {
        await queue.stop(id);
        return job(id);
      }
      if (state !== 'queued' && state !== 'needs_attention') {
        throw new AppError('wrongState', `Job ${id} has ended already (${state}), so there is nothing to cancel.`);
      }
      database.write((writer) => {
        markEnded(writer, id, { state: 'cancelled', at: now(), error: null });
      });
      return tellJob(id);
    },
    retry: (id: string): Job => {
      const { state } = job(id);
      if (state === 'needs_attention') {
        throw new AppError(
          'wrongState',
          `Job ${id} waits for your answer: it may have been charged, or costs more now. Check it, send it again, or give it up.`,
        );
      }
      if (state !== 'failed' && state !== 'cancelled') {
        throw new AppError('wrongState', `Job ${id} is ${state}. Only a failed or cancelled job can be retried.`);
      }
      database.write((writer) => {
        markAnswered(writer, id);
        requeue(writer, id);
      });
      const changed = tellJob(id);
      queue.wake();
      return changed;
    },
    check: async (id: string) => {
      const answer = await answers.check(id);
      routing.refreshSpending();
      const changed = tellJob(id);
      queue.wake();
      return { ...answer, job: changed };
    },
    sendAgain: (id: string): Job => {
      answers.sendAgain(id);
      const changed = tellJob(id);
      queue.wake();
      return changed;
    },
    giveUp: (id: string): Job => {
      answers.giveUp(id);
      return tellJob(id);
    },
    pause: (): QueueState => {
      database.write((writer) => {
        setQueuePaused(writer, true);
      });
      return tellQueue();
    },
    resume: (): QueueState => {
      database.write((writer) => {
        setQueuePaused(writer, false);
      });
      queue.wake();
      return tellQueue();
    },
    move: ({ id, before }: { id: string; before: string | null }): Job => {
      if (job(id).state !== 'queued')
        throw new AppError('wrongState', `Job ${id} does not wait in the queue any more.`);
      database.write((writer) => {
        if (id !== before) moveQueued(writer, id, before);
      });
      return tellJob(id);
    },
    putFirst: (id: string): Job => {
      if (job(id).state !== 'queued')
        throw new AppError('wrongState', `Job ${id} does not wait in the queue any more.`);
      database.write((writer) => {
        const first = firstQueuedId(writer);
        if (first !== null && first !== id) moveQueued(writer, id, first);
      });
      return tellJob(id);
    },
    cancelQueued: (): { cancelled: string[] } => {
      const cancelled = database.write((writer) => cancelAllQueued(writer, now()));
      for (const id of cancelled) events.emit({ kind: 'jobChanged', job: job(id) });
      tellQueue();
      return { cancelled };
    },
    clearEnded: (): { cleared: string[] } => {
      const cleared = database.write((writer) => clearEnded(writer));
      if (cleared.length > 0) events.emit({ kind: 'jobsRemoved', ids: cleared });
      tellQueue();
      return { cleared };
    },
  };
}
