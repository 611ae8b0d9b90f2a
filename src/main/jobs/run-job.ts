import { AppError, type ErrorCode, type ErrorReport } from '../../shared/errors.ts';
import type { Cost } from '../../shared/models/cost.ts';
import type { Job } from '../../shared/models/job.ts';
import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import { priceOf } from '../../shared/routing/price.ts';
import { attemptsOfJob, endAttempt, openAttempt, type StoredAttempt } from '../database/attempts.ts';
import type { Writer } from '../database/database.ts';
import { imageIndexesOfJob } from '../database/images.ts';
import { isCancelRequested, markEnded, markRunning, putBack } from '../database/jobs.ts';
import { ProviderError, type ImageProvider } from '../providers/provider.ts';
import { afterFailure } from './after-failure.ts';
import { beginAttempt, knownModel, type BeginDependencies, type BegunAttempt } from './begin-attempt.ts';
import { asProviderError, cancelAtService, runAttempt, type AttemptDependencies } from './run-attempt.ts';
import { stopReasons } from './stop-reasons.ts';
import { wait } from './wait.ts';

interface Result {
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly seed: number | null;
}

export interface RunJobDependencies extends AttemptDependencies, BeginDependencies {
  readonly providers: BeginDependencies['providers'] & { check(id: string): Promise<ProviderStatus> };
  readonly results: {
    store(
      origin: Pick<StoredAttempt, 'jobId' | 'provider' | 'model' | 'request' | 'dropped' | 'remoteId'> & {
        attemptId: string;
        cost: Cost;
        generationMs: number | null;
        notAi: boolean;
        revisedPrompt: string | null;
      },
      results: readonly Result[],
      settle: (writer: Writer) => void,
    ): Promise<string[]>;
    leftBehind(attemptId: string): Promise<Result[]>;
    drop(attemptId: string): Promise<void>;
  };
  /** A job whose provider is away goes back to the queue and waits for it, instead of failing. */
  readonly waitsForProviders: boolean;
  /** Tells everybody how the job and the queue stand now. */
  readonly tell: (jobId: string) => void;
}

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
    // The attempt stays open: the next start takes it up where it stands.
    if (signal.aborted && signal.reason === stopReasons.close) return 'ended';
    if (signal.aborted || error === stopReasons.cancel) await endCancelled(job, dependencies);
    else if (await isAway(job, error, dependencies)) {
      database.write((writer) => {
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
  error: unknown,
  { database, providers, waitsForProviders }: RunJobDependencies,
): Promise<boolean> {
  const isTrouble = (error instanceof ProviderError || error instanceof AppError) && mayMeanAway.includes(error.code);
  const provider = attemptsOfJob(database.read, job.id).at(-1)?.provider ?? job.request.provider;
  if (!isTrouble || provider === undefined) return false;
  const { health } = await providers.check(provider);
  // A key that is refused does not come back by itself; one that is locked does.
  const comesBack = health.state !== 'ready' && health.state !== 'keyRefused' && health.state !== 'keyMissing';
  return waitsForProviders && comesBack && !isCancelRequested(database.read, job.id);
}

const mayMeanAway: readonly ErrorCode[] = ['network', 'timeout', 'offline', 'auth'];

async function makeAllImages(job: Job, dependencies: RunJobDependencies, signal: AbortSignal): Promise<void> {
  const { database, board, chance, providers } = dependencies;
  for (let tries = 1; ;) {
    if (isCancelRequested(database.read, job.id)) throw stopReasons.cancel;
    try {
      const next = await nextAttempt(job, dependencies);
      if (next === null) return;
      const done = imageIndexesOfJob(database.read, job.id).length;
      board.begin(job.id, next.provider.manifest.name, { done, total: job.request.count });
      await makeImages(next, dependencies, signal);
      board.imagesDone(job.id, imageIndexesOfJob(database.read, job.id).length);
      tries = 1;
    } catch (error) {
      signal.throwIfAborted();
      // The service worked and gave up by its own report; another run would be paid again.
      if (error instanceof ProviderError && error.isFinal && error.code === 'timeout') throw error;
      const failure = asRetryable(error);
      if (!failure) throw error;
      const decision = afterFailure({
        code: failure.code,
        tries,
        retryAfterMs: failure.retryAfterMs,
        chance: chance(),
      });
      if (decision.next !== 'retry') throw error;
      tries += 1;
      await wait(decision.inMs, signal);
      if (failure.code === 'network' && failure.provider) await providers.check(failure.provider);
    }
  }
}

/** What a restart left open, else a new attempt. */
async function nextAttempt(
  job: Job,
  dependencies: RunJobDependencies,
): Promise<(Omit<BegunAttempt, 'request'> & { request: BegunAttempt['request'] | null }) | null> {
  const attempt = openAttempt(dependencies.database.read, job.id);
  if (!attempt) return beginAttempt(job, dependencies);
  return { attempt, provider: await dependencies.providers.open(attempt.provider), request: null };
}

async function makeImages(
  run: { attempt: StoredAttempt; provider: ImageProvider; request: BegunAttempt['request'] | null },
  dependencies: RunJobDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { attempt, provider } = run;
  const { results } = dependencies;
  const left = run.request ? [] : await results.leftBehind(attempt.id);
  if (left.length > 0 && left.length === attempt.imageCount) {
    await keep(attempt, provider, left, null, dependencies);
    return;
  }
  let failure: ProviderError;
  try {
    const outcome = await runAttempt(run, dependencies, signal);
    if (outcome.state === 'finished') {
      if (outcome.images.length === 0)
        throw new ProviderError('server', `${provider.manifest.name} finished, but sent no picture.`);
      const { submission } = outcome;
      const images = outcome.images.map((image, at) => ({ ...image, index: attempt.firstIndex + at }));
      const dropped = [...attempt.dropped, ...(submission.dropped ?? [])];
      await keep(
        { ...attempt, dropped, revisedPrompt: submission.revisedPrompt ?? null },
        provider,
        images,
        submission.cost ?? null,
        dependencies,
      );
      return;
    }
    failure = lostTask(attempt, provider, outcome.wasAccepted);
  } catch (error) {
    signal.throwIfAborted();
    // A disk that can't take the picture says nothing about the provider: the attempt stays open, so that it can be fetched again.
    if (error instanceof AppError) throw error;
    failure = asProviderError(error, provider.manifest.name);
    if (failure.cause !== undefined && failure !== error)
      dependencies.log.error('attempt failed', error, { provider: attempt.provider });
  }
  if (left.length > 0) {
    // What had arrived before the crash is kept; the rest is made anew.
    await keep(attempt, provider, left, null, dependencies);
    return;
  }
  endFailedAttempt(attempt, failure, provider.manifest.kind !== 'cloud', dependencies);
  throw failure;
}

async function keep(
  attempt: StoredAttempt & { revisedPrompt?: string | null },
  provider: ImageProvider,
  images: readonly Result[],
  reported: Cost | null,
  { results, providers, now }: RunJobDependencies,
): Promise<void> {
  const total =
    reported ??
    usualCost(attempt, knownModel(providers.list(), attempt.provider, attempt.model), provider, images.length);
  const each: Cost = total.kind === 'unknown' ? total : { ...total, usd: total.usd / images.length };
  const generationMs = Math.round((now() - attempt.startedAt) / images.length);
  await results.store(
    {
      ...attempt,
      revisedPrompt: attempt.revisedPrompt ?? null,
      attemptId: attempt.id,
      cost: each,
      generationMs,
      notAi: provider.manifest.notAi,
    },
    images,
    (writer) => {
      endAttempt(writer, attempt.id, { state: 'succeeded', at: now(), cost: total });
    },
  );
}

/** What a finished attempt cost where the service does not tell: nothing on the user's own machine. */
function usualCost(
  { request, reservedUsd, imageCount }: StoredAttempt,
  model: Model | null,
  { manifest }: ImageProvider,
  images: number,
): Cost {
  if (manifest.kind !== 'cloud') return { kind: 'reported', usd: 0 };
  const { width = null, height = null, seconds = null } = request;
  const now: Cost = model ? priceOf(model, { count: images, width, height, seconds }) : { kind: 'unknown' };
  if (now.kind !== 'unknown' || reservedUsd === null) return now;
  return { kind: 'estimated', usd: (reservedUsd * images) / imageCount };
}

/** What it means that a service does not know a task depends on whether it could have cost something. */
function lostTask(attempt: StoredAttempt, { manifest }: ImageProvider, wasAccepted: boolean): ProviderError {
  const { name, kind } = manifest;
  if (kind === 'cloud' && wasAccepted) {
    const message = `${name} accepted this and no longer knows it, so it may have been charged and its result is gone. Look at your account there before you send it again.`;
    return new ProviderError('unknown_outcome', message);
  }
  if (kind === 'cloud') {
    const message = `Easel stopped before ${name} had answered, so this may have been charged. Look at your account there before you send it again.`;
    return new ProviderError('unknown_outcome', message);
  }
  const message = attempt.task
    ? `${name} no longer knows this run: it, or Easel, was restarted meanwhile. Nothing came of it; retry to run it again.`
    : 'Easel was closed before this was finished. Nothing came of it; retry to run it again.';
  return new ProviderError('task_lost', message);
}

/** Refused before any work was done: surely nothing was charged. */
const refusals: readonly ErrorCode[] = [
  'auth',
  'quota',
  'rate_limit',
  'invalid_request',
  'content_policy',
  'network',
  'offline',
];

function endFailedAttempt(
  attempt: StoredAttempt,
  failure: ProviderError,
  isFree: boolean,
  { database, now }: RunJobDependencies,
): void {
  database.write((writer) => {
    const isKnown = failure.code !== 'unknown_outcome';
    const free: Cost = { kind: 'reported', usd: 0 };
    const cost = failure.cost ?? (isFree || refusals.includes(failure.code) ? free : { kind: 'unknown' as const });
    endAttempt(writer, attempt.id, { state: isKnown ? 'failed' : 'unknown', at: now(), error: report(failure), cost });
  });
}

async function endCancelled(job: Job, dependencies: RunJobDependencies): Promise<void> {
  const { database, log, now, providers, results } = dependencies;
  const attempt = openAttempt(database.read, job.id);
  if (attempt) {
    await cancelAtService(attempt, await providers.open(attempt.provider), log);
    await results.drop(attempt.id);
  }
  database.write((writer) => {
    if (attempt) endAttempt(writer, attempt.id, { state: 'cancelled', at: now() });
    markEnded(writer, job.id, { state: 'cancelled', at: now(), error: null });
  });
}

function endFailed(job: Job, error: unknown, { database, log, now }: RunJobDependencies): void {
  const isKnown = error instanceof ProviderError || error instanceof AppError;
  if (!isKnown) log.error('job failed', error, { jobId: job.id });
  const needsAnswer = isKnown && (error.code === 'unknown_outcome' || error.code === 'priceRose');
  const isCancelledThere = error instanceof ProviderError && error.code === 'cancelled';
  database.write((writer) => {
    markEnded(writer, job.id, {
      state: needsAnswer ? 'needs_attention' : isCancelledThere ? 'cancelled' : 'failed',
      at: now(),
      error: isKnown
        ? report(error)
        : { code: 'internal', message: 'Something went wrong inside Easel. The log has the details.' },
    });
  });
}

function report(error: ProviderError | AppError): ErrorReport {
  if (error instanceof AppError) return { code: error.code, message: error.message, details: error.details };
  const details = error.providerText === null ? {} : { providerText: error.providerText };
  return { code: error.code, message: error.message, details };
}

/** Failures that the policy table decides on; everything else ends the job at once. */
function asRetryable(
  error: unknown,
): { code: ProviderError['code']; retryAfterMs: number | null; provider: string | null } | null {
  if (error instanceof ProviderError) return { code: error.code, retryAfterMs: error.retryAfterMs, provider: null };
  if (error instanceof AppError && error.code === 'network' && error.details.isAccepted !== true) {
    const provider = typeof error.details.provider === 'string' ? error.details.provider : null;
    return { code: 'network', retryAfterMs: null, provider };
  }
  return null;
}
