import { AppError } from '../../shared/errors.ts';
import type { Cost } from '../../shared/models/cost.ts';
import { attemptById, endAttempt, type StoredAttempt } from '../database/attempts.ts';
import type { Reader, Writer } from '../database/database.ts';
import { imageIndexesOfJob } from '../database/images.ts';
import { markEnded } from '../database/jobs.ts';
import { ProviderError, type ImageProvider } from '../providers/provider.ts';
import { costOfFailure, costOfSuccess } from './attempt-cost.ts';
import { knownModel, type BegunAttempt } from './begin-attempt.ts';
import { report } from './report.ts';
import { asProviderError, runAttempt } from './run-attempt.ts';
import type { Result, RunJobDependencies } from './job-dependencies.ts';

export interface OpenRun {
  readonly attempt: StoredAttempt;
  readonly provider: ImageProvider;
  /** Null where an earlier run of Easel sent it. */
  readonly request: BegunAttempt['request'] | null;
}

/**
 * An attempt has failed. It is not ended yet: whoever decides what follows writes both in one transaction, so that a crash in between
 * can't make a question to the user into a second charge.
 */
export class FailedAttempt extends Error {
  override readonly name = 'FailedAttempt';
  readonly failure: ProviderError;
  readonly end: (writer: Writer) => void;
  constructor(failure: ProviderError, end: (writer: Writer) => void) {
    super(failure.message, { cause: failure });
    this.failure = failure;
    this.end = end;
  }
}

/**
 * Brings one attempt to its end and keeps what came of it. Throws FailedAttempt, AppError for a disk that can't take the pictures (the
 * attempt then stays open), ProviderError where it succeeded with fewer pictures than were asked for, and the signal's reason.
 */
export async function makeImages(run: OpenRun, dependencies: RunJobDependencies, signal: AbortSignal): Promise<void> {
  const { attempt, provider } = run;
  const { manifest } = provider;
  const left = run.request ? [] : await dependencies.results.leftBehind(attempt.id);
  if (left.length > 0 && left.length === attempt.imageCount) {
    await keep(attempt, provider, left, { cost: null, state: 'succeeded' }, dependencies);
    return;
  }
  let failure: ProviderError;
  try {
    const outcome = await runAttempt(run, dependencies, signal);
    if (outcome.state === 'finished') {
      await keepFinished(attempt, provider, outcome.submission, dependencies);
      return;
    }
    failure = lostTask(attempt, provider, outcome.wasAccepted);
  } catch (error) {
    if (error instanceof AppError || error instanceof TooFewImages) throw error;
    if (signal.aborted && !(error instanceof ProviderError && error.code !== 'cancelled')) throw signal.reason;
    failure = asProviderError(error, manifest.name);
    if (failure.cause !== undefined && failure !== error)
      dependencies.log.error('attempt failed', error, { provider: attempt.provider });
  }
  if (left.length > 0 && manifest.kind !== 'cloud') {
    // What had arrived before the crash is kept; the rest is made anew, since it costs nothing.
    await keep(attempt, provider, left, { cost: null, state: 'succeeded' }, dependencies);
    return;
  }
  if (left.length > 0) {
    // The whole attempt was paid: what arrived is kept, and the rest is the user's to decide.
    await keep(attempt, provider, left, { cost: null, state: 'unknown' }, dependencies);
    throw new ProviderError(
      'unknown_outcome',
      `${left.length} of ${attempt.imageCount} pictures arrived before Easel was stopped; the others were lost, and may have been charged.`,
    );
  }
  const { database, now } = dependencies;
  const wasAccepted = attemptById(database.read, attempt.id)?.state === 'pending';
  throw new FailedAttempt(failure, (writer) => {
    endAttempt(writer, attempt.id, {
      state: failure.code === 'unknown_outcome' ? 'unknown' : 'failed',
      at: now(),
      error: report(failure),
      cost: costOfFailure(failure, provider, wasAccepted),
    });
  });
}

/** The attempt is over and paid, but some of its pictures were withheld or could not be read. */
export class TooFewImages extends ProviderError {}

async function keepFinished(
  attempt: StoredAttempt,
  provider: ImageProvider,
  submission: Extract<Awaited<ReturnType<typeof runAttempt>>, { state: 'finished' }>['submission'],
  dependencies: RunJobDependencies,
): Promise<void> {
  const { name } = provider.manifest;
  const dropped = [...attempt.dropped, ...(submission.dropped ?? [])];
  const images = submission.images.map((image, at) => ({ ...image, index: attempt.firstIndex + at }));
  if (images.length === 0)
    throw new ProviderError('server', `${name} finished, but sent no picture.`, { isFinal: true });
  const origin = { ...attempt, dropped, revisedPrompt: submission.revisedPrompt ?? null };
  const { firstIndex, imageCount, jobId } = attempt;
  const tooFew = (reader: Reader): TooFewImages | null => {
    const ofAttempt = imageIndexesOfJob(reader, jobId).filter((at) => at >= firstIndex && at < firstIndex + imageCount);
    if (ofAttempt.length >= imageCount || provider.manifest.kind !== 'cloud') return null;
    const reasons = (submission.dropped ?? []).map(({ note }) => note).join(' ');
    const isWithheld = images.length < imageCount;
    return new TooFewImages(
      isWithheld ? 'content_policy' : 'server',
      `${name} made ${ofAttempt.length} of ${imageCount} pictures. ${isWithheld ? reasons : 'The others could not be read and were set aside in the folder recovered.'} Retry makes the missing ones, at their price.`.replaceAll(
        '  ',
        ' ',
      ),
      { isFinal: true },
    );
  };
  const { database, now } = dependencies;
  await keep(
    origin,
    provider,
    images,
    { cost: submission.cost ?? null, state: 'succeeded' },
    dependencies,
    (writer) => {
      // With the attempt: after a crash in between, the next start would buy the others again.
      const error = tooFew(writer);
      if (error) markEnded(writer, jobId, { state: 'failed', at: now(), error: report(error) });
    },
  );
  const error = tooFew(database.read);
  if (error) throw error;
}

/** Stores results and ends their attempt, in one transaction with `settle`. */
async function keep(
  attempt: StoredAttempt & { revisedPrompt?: string | null },
  provider: ImageProvider,
  images: readonly Result[],
  end: { cost: Cost | null; state: 'succeeded' | 'unknown' | 'cancelled' },
  { results, providers, now }: RunJobDependencies,
  settle?: (writer: Writer) => void,
): Promise<void> {
  const model = knownModel(providers.list(), attempt.provider, attempt.model);
  const paidFor = end.state === 'succeeded' ? images.length : attempt.imageCount;
  const total = end.cost ?? costOfSuccess(attempt, model, provider, paidFor);
  const each: Cost = total.kind === 'unknown' ? total : { ...total, usd: total.usd / paidFor };
  await results.store(
    {
      ...attempt,
      revisedPrompt: attempt.revisedPrompt ?? null,
      attemptId: attempt.id,
      cost: each,
      generationMs: Math.round((now() - attempt.startedAt) / images.length),
      notAi: provider.manifest.notAi,
    },
    images,
    (writer) => {
      endAttempt(writer, attempt.id, { state: end.state, at: now(), cost: total });
      settle?.(writer);
    },
  );
}

/** Keeps what came of an attempt that the user had cancelled too late, and ends it. Free work that was cancelled is dropped. */
export async function keepCancelled(
  attempt: StoredAttempt,
  provider: ImageProvider,
  images: readonly Result[],
  cost: Cost | null,
  dependencies: RunJobDependencies,
): Promise<void> {
  try {
    await keep(attempt, provider, images, { cost, state: 'cancelled' }, dependencies);
  } catch (error) {
    // Set aside as it came; the job is cancelled all the same.
    dependencies.log.error('what came of a cancelled attempt could not be kept', error, { provider: attempt.provider });
  }
}

/** What it means that a service does not know a task depends on whether it could have cost something. */
function lostTask(attempt: StoredAttempt, { manifest }: ImageProvider, wasAccepted: boolean): ProviderError {
  const { name, kind } = manifest;
  if (kind === 'cloud') {
    const what = wasAccepted
      ? `${name} accepted this and no longer knows it, so it may have been charged and its result is gone.`
      : `Easel stopped before ${name} had answered, so this may have been charged.`;
    return new ProviderError('unknown_outcome', `${what} Look at your account there before you send it again.`);
  }
  const message = attempt.task
    ? `${name} no longer knows this run: it, or Easel, was restarted meanwhile. Nothing came of it; retry to run it again.`
    : 'Easel was closed before this was finished. Nothing came of it; retry to run it again.';
  return new ProviderError('task_lost', message);
}
