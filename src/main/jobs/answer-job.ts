import { AppError } from '../../shared/errors.ts';
import type { Job } from '../../shared/models/job.ts';
import type { ProviderManifest } from '../../shared/models/provider.ts';
import { endAttempt, markAnswered, reopenAttempt, unansweredAttempt } from '../database/attempts.ts';
import type { Database, Writer } from '../database/database.ts';
import { agreeToPrice, jobById, markEnded } from '../database/jobs.ts';
import { requeue } from '../database/queued-jobs.ts';
import type { Log } from '../log.ts';
import type { Found, ImageProvider } from '../providers/provider.ts';
import { findLost } from './find-lost.ts';

const checkTimeoutMs = 60_000;

export interface CheckAnswer {
  readonly outcome: 'found' | 'absent' | 'unsure';
  readonly message: string;
}

/** What the user says about a job that may have been charged, or whose price rose. All throw AppError for any other job. */
export function createAnswers(dependencies: {
  database: Database;
  providers: { open(id: string): Promise<ImageProvider> };
  log: Log;
  now: () => number;
}) {
  const { database, providers, log, now } = dependencies;

  const waiting = (id: string): Job => {
    const job = jobById(database.read, id);
    if (!job) throw new AppError('notFound', `There is no job ${id} in this library.`);
    if (job.state === 'needs_attention') return job;
    throw new AppError('wrongState', `Job ${id} is ${job.state}; it does not wait for an answer.`);
  };
  return {
    check: async (id: string): Promise<CheckAnswer> => {
      waiting(id);
      const attempt = unansweredAttempt(database.read, id);
      if (!attempt) {
        throw new AppError('wrongState', `Nothing of job ${id} is lost. Send it at the new price, or give it up.`);
      }
      const provider = await providers.open(attempt.provider);
      const { name } = provider.manifest;
      const signal = AbortSignal.timeout(checkTimeoutMs);
      const found = await findLost(attempt, provider, { database, log, now, signal }).catch((error: unknown): Found => {
        if (signal.aborted) return { state: 'unsure' };
        throw error;
      });
      const settle = (change: (writer: Writer) => void): void => {
        database.write((writer) => {
          // Two windows may ask at the same time: the first answer counts.
          if (jobById(writer, id)?.state !== 'needs_attention' || unansweredAttempt(writer, id)?.id !== attempt.id) {
            throw new AppError('wrongState', `Job ${id} was decided about meanwhile.`);
          }
          change(writer);
        });
      };
      switch (found.state) {
        case 'found':
          settle((writer) => {
            reopenAttempt(writer, attempt.id, found.task);
            requeue(writer, id);
          });
          return { outcome: 'found', message: `${name} has it. Easel goes on with it; nothing is sent again.` };
        case 'absent': {
          const message = `${name} never got it, so nothing was charged. Retry sends it.`;
          const error = { code: 'network', message } as const;
          settle((writer) => {
            endAttempt(writer, attempt.id, { state: 'failed', at: now(), error, cost: { kind: 'reported', usd: 0 } });
            markEnded(writer, id, { state: 'failed', at: now(), error });
          });
          return { outcome: 'absent', message };
        }
        case 'unsure': {
          const where = whereUsageIsSeen(provider.manifest);
          return { outcome: 'unsure', message: `${name} can't tell what became of it. Look at ${where}, then decide.` };
        }
      }
    },
    sendAgain: (id: string): void => {
      const { error, agreedUsd: agreed } = waiting(id);
      database.write((writer) => {
        const usd = error?.code === 'priceRose' ? error.details?.usd : undefined;
        const lost = unansweredAttempt(writer, id);
        if (typeof usd === 'number') agreeToPrice(writer, id, usd);
        // A second charge is what the user has just agreed to.
        else if (agreed !== null && lost?.reservedUsd) agreeToPrice(writer, id, agreed + lost.reservedUsd);
        markAnswered(writer, id);
        requeue(writer, id);
      });
    },
    giveUp: (id: string): void => {
      const { error } = waiting(id);
      database.write((writer) => {
        markAnswered(writer, id);
        markEnded(writer, id, { state: 'cancelled', at: now(), error });
      });
    },
  };
}

function whereUsageIsSeen({ usageUrl, docsUrl }: ProviderManifest): string {
  if (usageUrl !== undefined) return `your account there (${usageUrl})`;
  return docsUrl === null ? 'your account there' : `your account there (its documentation: ${docsUrl})`;
}
