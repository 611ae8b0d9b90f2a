import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Job } from '../../shared/models/job.ts';
import {
  attemptsOfJob,
  endAttempt,
  openAttempt,
  shortAttempt,
  unansweredAttempt,
  type StoredAttempt,
} from '../database/attempts.ts';
import { imageIndexesOfJob } from '../database/images.ts';
import { isCancelRequested, markEnded, markRunning, putBack } from '../database/jobs.ts';
import { ProviderError } from '../providers/provider.ts';
import { afterFailure } from './after-failure.ts';
import { costOfCancelled } from './attempt-cost.ts';
import { beginAttempt } from './begin-attempt.ts';
import { cancelAtService } from './cancel-at-service.ts';
import { FailedAttempt, keepCancelled, makeImages, type OpenRun } from './make-images.ts';
import { report } from './report.ts';
import type { RunJobDependencies } from './job-dependencies.ts';
import { stopReasons } from './stop-reasons.ts';
import { wait } from './wait.ts';

/**
 * Works on one job until it has ended, has to wait for its provider, or Easel closes. Answers `away` for a job that went
 * back to the queue. Never throws for what a provider does.
 */
export async function runJob(
  job: Job,
  dependencies: RunJobDependencies,
  signal: AbortSignal,
): Promise<'ended' | 'away'> {
  const { database, board, now, tell } = dependencies;
  // Begun or succeeded, a job that a power loss sets back is just looked at once more: its attempts and images are safe.
  database.writeRepeatable((writer) => {
    markRunning(writer, job.id, now());
  });
  tell(job.id);
  try {
    await makeAllImages(job, dependencies, signal);
    database.writeRepeatable((writer) => {
      markEnded(writer, job.id, { state: 'succeeded', at: now(), error: null });
    });
  } catch (error) {
    const isClosing = signal.aborted && signal.reason === stopReasons.close;
    const hasFailed = error instanceof FailedAttempt || error instanceof ProviderError;
    // What is open stays open: the next start takes it up where it stands. What has ended is noted as it ended.
    if (isClosing && !hasFailed) return 'ended';
    if (error === stopReasons.cancel || (signal.aborted && !isClosing)) {
      await endCancelled(job, error, dependencies);
    } else if (!isClosing && (await isAway(job, error, dependencies))) {
      database.write((writer) => {
        if (error instanceof FailedAttempt) error.end(writer);
        putBack(writer, job.id);
      });
      return 'away';
    } else endFailed(job, error, dependencies);
  } finally {
    board.end(job.id);
  }
  tell(job.id);
  return 'ended';
}

/** Whether the job failed because nobody is there to do it. The provider is asked, so that everybody sees how it stands. */
async function isAway(
  job: Job,
  thrown: unknown,
  { database, providers, waitsForProviders }: RunJobDependencies,
): Promise<boolean> {
  const error = thrown instanceof FailedAttempt ? thrown.failure : thrown;
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

async function makeAllImages(job: Job, dependencies: RunJobDependencies, signal: AbortSignal): Promise<void> {
  const { database, board, chance, providers } = dependencies;
  for (let tries = 1; ;) {
    if (isCancelRequested(database.read, job.id)) throw stopReasons.cancel;
    signal.throwIfAborted();
    // A crash came between the question to the user and its mark at the job.
    const question = unansweredAttempt(database.read, job.id);
    if (question) throw new ProviderError('unknown_outcome', question.error?.message ?? 'This may have been charged.');
    const short = shortAttempt(database.read, job.id);
    if (short && isPaid(short, dependencies)) throw missingPictures();
    try {
      const next = await nextAttempt(job, dependencies, signal);
      if (next === null) return;
      const done = imageIndexesOfJob(database.read, job.id).length;
      board.begin(job.id, next.provider.manifest.name, { done, total: job.request.count });
      await makeImages(next, dependencies, signal);
      board.imagesDone(job.id, imageIndexesOfJob(database.read, job.id).length);
      tries = 1;
    } catch (error) {
      const retryable = asRetryable(error);
      if (!retryable || signal.aborted) throw error;
      const { code, retryAfterMs } = retryable;
      const decision = afterFailure({ code, tries, retryAfterMs, chance: chance() });
      if (decision.next !== 'retry') throw error;
      if (error instanceof FailedAttempt) database.write(error.end);
      tries += 1;
      await wait(decision.inMs, signal);
      if (code === 'network' && retryable.provider) await providers.check(retryable.provider);
    }
  }
}

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
async function nextAttempt(job: Job, dependencies: RunJobDependencies, signal: AbortSignal): Promise<OpenRun | null> {
  const attempt = openAttempt(dependencies.database.read, job.id);
  if (!attempt) return beginAttempt(job, dependencies, signal);
  return { attempt, provider: await dependencies.providers.open(attempt.provider), request: null };
}

/** Failures that the policy table decides on; everything else ends the job at once, as does what a service calls the end. */
function asRetryable(
  error: unknown,
): { code: ProviderError['code']; retryAfterMs: number | null; provider: string | null } | null {
  if (error instanceof FailedAttempt) {
    const { code, retryAfterMs, isFinal } = error.failure;
    return isFinal ? null : { code, retryAfterMs, provider: null };
  }
  if (error instanceof AppError && error.code === 'network' && error.details.isAccepted !== true) {
    const provider = typeof error.details.provider === 'string' ? error.details.provider : null;
    return { code: 'network', retryAfterMs: null, provider };
  }
  return null;
}

async function endCancelled(job: Job, error: unknown, dependencies: RunJobDependencies): Promise<void> {
  const { database, log, now, providers, results } = dependencies;
  if (error instanceof FailedAttempt) database.write(error.end);
  const attempt = openAttempt(database.read, job.id);
  if (attempt) {
    const provider = await providers.open(attempt.provider);
    const made = await cancelAtService(attempt, provider, log);
    const arrived = provider.manifest.kind === 'cloud' ? await results.leftBehind(attempt.id) : [];
    const images = made ? made.images.map((image, at) => ({ ...image, index: attempt.firstIndex + at })) : arrived;
    if (images.length > 0) await keepCancelled(attempt, provider, images, made?.cost ?? null, dependencies);
    else await results.drop(attempt.id);
    // Still open where nothing had come of it, or nothing that can be kept.
    if (openAttempt(database.read, job.id)) {
      database.write((writer) => {
        const cost = made?.cost ?? costOfCancelled(provider);
        endAttempt(writer, attempt.id, { state: 'cancelled', at: now(), cost });
      });
    }
  }
  database.write((writer) => {
    markEnded(writer, job.id, { state: 'cancelled', at: now(), error: null });
  });
}

/** The end of the job, and of the attempt that it failed with, in one transaction. */
function endFailed(job: Job, thrown: unknown, { database, log, now }: RunJobDependencies): void {
  const error = thrown instanceof FailedAttempt ? thrown.failure : thrown;
  const isKnown = error instanceof ProviderError || error instanceof AppError;
  if (!isKnown) log.error('job failed', error, { jobId: job.id });
  const needsAnswer = isKnown && (error.code === 'unknown_outcome' || error.code === 'priceRose');
  const isCancelledThere = error instanceof ProviderError && error.code === 'cancelled';
  database.write((writer) => {
    if (thrown instanceof FailedAttempt) thrown.end(writer);
    markEnded(writer, job.id, {
      state: needsAnswer ? 'needs_attention' : isCancelledThere ? 'cancelled' : 'failed',
      at: now(),
      error: isKnown
        ? report(error)
        : { code: 'internal', message: 'Something went wrong inside Easel. The log has the details.' },
    });
  });
}
