import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Job } from '../../shared/models/job.ts';
import {
  attemptsOfJob,
  openAttempt,
  shortAttempt,
  unansweredAttempt,
  type StoredAttempt,
} from '../database/attempts.ts';
import { imageIndexesOfJob } from '../database/images.ts';
import { isCancelRequested, markEnded, markRunning } from '../database/jobs.ts';
import { putBack } from '../database/queued-jobs.ts';
import { failureWords, secondsText } from '../../shared/routing/skip-reasons.ts';
import { ProviderError } from '../providers/provider.ts';
import { beginAttempt } from './begin-attempt.ts';
import { NotNow } from './not-now.ts';
import { asRetryable, decideNext } from './decide-next.ts';
import { endCancelled, endFailed } from './end-job.ts';
import { FailedAttempt, makeImages, type OpenRun } from './make-images.ts';
import type { RunJobDependencies } from './job-dependencies.ts';
import { forgetFailures, type JobMemory } from './job-routing.ts';
import { stopReasons } from './stop-reasons.ts';
import { wait } from './wait.ts';

/** How a run of a job ended: `away`: it waits for its provider; `waiting`: for its turn. Both are in the queue again. */
export type JobEnd = 'ended' | 'away' | 'waiting';

/** A run of a job. `memory` outlives it while the job waits for its turn; `arrived` is called once the job's provider is chosen. */
export interface JobRun {
  readonly job: Job;
  readonly memory: JobMemory;
  readonly arrived: () => void;
}

/**
 * Works on one job until it has ended, has to wait for its provider or its turn, or Easel closes. Never throws for what a
 * provider does.
 */
export async function runJob(run: JobRun, dependencies: RunJobDependencies, signal: AbortSignal): Promise<JobEnd> {
  const { job } = run;
  const { database, board, now, tell } = dependencies;
  const attempts = followAttempts(dependencies);
  try {
    // Begun or succeeded, a job that a power loss sets back is just looked at once more: its attempts and images are safe.
    database.writeRepeatable((writer) => {
      markRunning(writer, job.id, now());
    });
    tell(job.id);
    await makeAllImages(run, attempts, dependencies, signal);
    database.writeRepeatable((writer) => {
      markEnded(writer, job.id, { state: 'succeeded', at: now(), error: null });
    });
  } catch (error) {
    const isClosing = signal.aborted && signal.reason === stopReasons.close;
    const hasFailed = error instanceof FailedAttempt || error instanceof ProviderError;
    // What is open stays open: the next start takes it up where it stands. What has ended is noted as it ended.
    if (isClosing && !hasFailed) return 'ended';
    const isCancelled = (): boolean => signal.aborted && signal.reason !== stopReasons.close;
    if (error === stopReasons.cancel || isCancelled()) {
      await endCancelled(job, error, dependencies);
    } else if (error instanceof NotNow && isWaitedFor(error, dependencies)) {
      database.writeRepeatable((writer) => {
        putBack(writer, job.id);
      });
      return 'waiting';
    } else {
      const isToWait = !isClosing && (await isAway(job, error, dependencies));
      // While its provider was asked how it is.
      if (isCancelled()) await endCancelled(job, error, dependencies);
      else if (isToWait) {
        database.write((writer) => {
          if (error instanceof FailedAttempt) error.end(writer);
          putBack(writer, job.id);
        });
        return 'away';
      } else endFailed(run, error, dependencies);
    }
  } finally {
    attempts.settle();
    run.arrived();
    board.end(job.id);
  }
  tell(job.id);
  return 'ended';
}

/** A turn always comes. A cool-down ends as well, but is no wait for somebody who asked for one picture in a terminal. */
function isWaitedFor({ waitsFor }: NotNow, { waitsForProviders, waitsForCoolDowns }: RunJobDependencies): boolean {
  return waitsForProviders || waitsFor === 'turn' || (waitsFor === 'coolDown' && waitsForCoolDowns);
}

/** Tells routing of the attempts of this run, each as soon as it may have ended. */
function followAttempts({ routing }: RunJobDependencies): Attempts {
  const open = new Map<string, number | null>();
  return {
    begun: (attempt) => void open.set(attempt.id, null),
    failed: (attemptId, { retryAfterMs }) => void open.set(attemptId, retryAfterMs),
    settle: () => {
      for (const [id, retryAfterMs] of open) routing.settle(id, retryAfterMs);
    },
  };
}

interface Attempts {
  begun(attempt: Pick<StoredAttempt, 'id'>): void;
  /** What the service asked for must be known when the end is told. */
  failed(attemptId: string, failure: ProviderError): void;
  settle(): void;
}

/** Whether the job failed because nobody is there to do it. The provider is asked, so that everybody sees how it stands. */
async function isAway(
  job: Job,
  thrown: unknown,
  { database, providers, waitsForProviders }: RunJobDependencies,
): Promise<boolean> {
  const error = thrown instanceof FailedAttempt ? thrown.failure : thrown instanceof NotNow ? thrown.reason : thrown;
  if (!(error instanceof ProviderError || error instanceof AppError)) return false;
  // A service's own report of the end is no absence: another run would be paid again.
  if (error instanceof ProviderError && error.isFinal) return false;
  const isAccepted = error instanceof AppError && error.details.isAccepted === true;
  const provider = attemptsOfJob(database.read, job.id).at(-1)?.provider ?? job.request.provider;
  if (provider === undefined || (!isAccepted && !mayMeanAway.includes(error.code))) return false;
  const { health } = await providers.check(provider);
  if (!waitsForProviders || isCancelRequested(database.read, job.id)) return false;
  // What was accepted is asked about until it has ended, however the service stands.
  if (isAccepted) return true;
  // A key that is refused does not come back by itself; one that is locked does.
  return health.state !== 'ready' && health.state !== 'keyRefused' && health.state !== 'keyMissing';
}

const mayMeanAway: readonly ErrorCode[] = ['network', 'timeout', 'offline', 'auth'];

/** So long a job stays with a service that asked to be left alone. */
const longestPauseHereMs = 60_000;

async function makeAllImages(
  run: JobRun,
  attempts: Attempts,
  dependencies: RunJobDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { job, memory } = run;
  const { database, board, providers, routing } = dependencies;
  for (;;) {
    if (isCancelRequested(database.read, job.id)) throw stopReasons.cancel;
    signal.throwIfAborted();
    // A crash came between the question to the user and its mark at the job.
    const question = unansweredAttempt(database.read, job.id);
    if (question) throw new ProviderError('unknown_outcome', question.error?.message ?? 'This may have been charged.');
    const short = shortAttempt(database.read, job.id);
    if (short && isPaid(short, dependencies)) throw missingPictures();
    let next: OpenRun | null = null;
    try {
      next = await nextAttempt(run, dependencies, signal);
      if (next === null) return;
      attempts.begun(next.attempt);
      const done = imageIndexesOfJob(database.read, job.id).length;
      board.begin(job.id, next.provider.manifest.name, { done, total: job.request.count });
      await makeImages(next, dependencies, signal);
      attempts.settle();
      board.imagesDone(job.id, imageIndexesOfJob(database.read, job.id).length);
      forgetFailures(memory);
    } catch (error) {
      if (next && error instanceof FailedAttempt) attempts.failed(next.attempt.id, error.failure);
      const failure = asRetryable(error, next);
      const isStopped = (): boolean => signal.aborted;
      if (!failure || isStopped()) throw error;
      const say = (what: string): void => {
        const stage = sentence(`${failureWords[failure.code]}; ${what}`);
        board.progress(job.id, { fraction: null, stage, queuePosition: null });
      };
      const onWait = (): void => {
        say('waiting for news of the others');
      };
      const decision = await decideNext(run, failure, dependencies, { signal, onWait });
      if (isStopped() || decision.next === 'fail' || decision.next === 'askUser') throw error;
      if (error instanceof FailedAttempt) database.write(error.end);
      attempts.settle();
      if (decision.next === 'elsewhere') {
        say('another one is asked');
        continue;
      }
      const pause = pauseMs(failure.provider, dependencies);
      say(`asking again in ${secondsText(Math.max(decision.inMs, pause))}`);
      // A longer one is waited for in the queue, where the job's turn comes when the pause is over.
      if (pause <= longestPauseHereMs) await wait(Math.max(decision.inMs, pause), signal);
      if (failure.code === 'network') await providers.check(failure.provider);
    }
  }

  /** A service that asked to be left alone is not asked again before that. */
  function pauseMs(provider: string, { now }: RunJobDependencies): number {
    const standing = routing.state().standings.find((known) => known.provider === provider);
    return Math.max(0, (standing?.pausedUntil ?? 0) - now());
  }
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function isPaid({ provider }: StoredAttempt, { providers }: RunJobDependencies): boolean {
  return providers.list().find(({ manifest }) => manifest.id === provider)?.manifest.kind === 'cloud';
}

/** A crash came between an attempt that made fewer pictures than it was to make and the end of its job. */
function missingPictures(): ProviderError {
  const message =
    'Some of the pictures were withheld, or could not be read. Retry makes the missing ones, at their price.';
  return new ProviderError('server', message, { isFinal: true });
}

/** What a restart left open, else a new attempt. */
async function nextAttempt(
  { job, memory, arrived }: JobRun,
  dependencies: RunJobDependencies,
  signal: AbortSignal,
): Promise<OpenRun | null> {
  const attempt = openAttempt(dependencies.database.read, job.id);
  if (!attempt) {
    const onWork = (provider: string, stage: string): void => {
      const done = imageIndexesOfJob(dependencies.database.read, job.id).length;
      dependencies.board.begin(job.id, provider, { done, total: job.request.count });
      dependencies.board.progress(job.id, { fraction: null, stage, queuePosition: null });
    };
    return beginAttempt(job, { failed: memory.failed, arrived, patience: dependencies, onWork }, dependencies, signal);
  }
  arrived();
  dependencies.routing.resume(attempt);
  return { attempt, provider: await dependencies.providers.open(attempt.provider), request: null };
}
