import { AppError } from '../../shared/errors.ts';
import type { Job } from '../../shared/models/job.ts';
import { endAttempt, openAttempt } from '../database/attempts.ts';
import { markEnded } from '../database/jobs.ts';
import { ProviderError } from '../providers/provider.ts';
import { costOfCancelled } from './attempt-cost.ts';
import { NotNow } from './not-now.ts';
import { cancelAtService } from './cancel-at-service.ts';
import type { RunJobDependencies } from './job-dependencies.ts';
import type { JobMemory } from './job-routing.ts';
import { FailedAttempt, keepCancelled } from './make-images.ts';
import { report } from './report.ts';
import { reportOfAll } from './report-of-all.ts';

/** Ends a job that the user cancelled, here and at the service; what arrived of it is kept. */
export async function endCancelled(job: Job, error: unknown, dependencies: RunJobDependencies): Promise<void> {
  const { database, log, now, providers, results, routing } = dependencies;
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
    // This run may not have begun it.
    routing.settle(attempt.id);
  }
  database.write((writer) => {
    markEnded(writer, job.id, { state: 'cancelled', at: now(), error: null });
  });
}

/** The end of the job, and of the attempt that it failed with, in one transaction. */
export function endFailed(
  { job, memory }: { readonly job: Job; readonly memory: JobMemory },
  thrown: unknown,
  dependencies: RunJobDependencies,
): void {
  const { database, log, now } = dependencies;
  const error = thrown instanceof FailedAttempt ? thrown.failure : thrown instanceof NotNow ? thrown.reason : thrown;
  const isKnown = error instanceof ProviderError || error instanceof AppError;
  if (!isKnown) log.error('job failed', error, { jobId: job.id });
  const needsAnswer = isKnown && (error.code === 'unknown_outcome' || error.code === 'priceRose');
  const isCancelledThere = error instanceof ProviderError && error.code === 'cancelled';
  const ownReport = isKnown
    ? report(error)
    : ({ code: 'internal', message: 'Something went wrong inside Easel. The log has the details.' } as const);
  database.write((writer) => {
    if (thrown instanceof FailedAttempt) thrown.end(writer);
    markEnded(writer, job.id, {
      state: needsAnswer ? 'needs_attention' : isCancelledThere ? 'cancelled' : 'failed',
      at: now(),
      error: needsAnswer ? ownReport : (reportOfAll(job, memory, writer, dependencies) ?? ownReport),
    });
  });
}
