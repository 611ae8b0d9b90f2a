import { totalCost } from '../../shared/models/cost.ts';
import type { Attempt, Job, ListedJob } from '../../shared/models/job.ts';

/** A job with what its attempts, oldest first, come to. */
export function listedJob(job: Job, attempts: readonly Attempt[]): ListedJob {
  const last = attempts.at(-1);
  const ended = attempts.filter(({ endedAt }) => endedAt !== null);
  return {
    ...job,
    provider: last?.provider ?? job.request.provider ?? null,
    model: last?.model ?? job.request.model ?? null,
    cost: ended.length === 0 ? null : totalCost(ended.map(({ cost }) => cost)),
  };
}
