import type { Reader } from './database.ts';

/** What one model did in one hour, over all projects. */
export interface UsageOfHour {
  /** Milliseconds since 1970 at its beginning. */
  readonly hour: number;
  readonly provider: string;
  readonly model: string;
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly fallbacks: number;
  readonly images: number;
  readonly kept: number;
  readonly reportedUsd: number;
  readonly estimatedUsd: number;
  readonly heldUsd: number;
  readonly unknownCosts: number;
}

/** Images of one model and project in one hour that took about the same time. */
export interface TimesOfHour {
  readonly hour: number;
  readonly provider: string;
  readonly model: string;
  readonly project: string;
  readonly bucket: number;
  readonly images: number;
}

interface Page<Row> {
  /** Milliseconds since 1970: hours from this one on. */
  readonly from: number;
  readonly limit: number;
  /** The last row of the page before. */
  readonly after: Row | null;
}

/** In the order of hour, provider and model. */
export function usageByHour(reader: Reader, { from, limit, after }: Page<UsageOfHour>): UsageOfHour[] {
  return reader.all<UsageOfHour>(
    `SELECT hour, provider, model, sum(attempts) AS attempts, sum(succeeded) AS succeeded, sum(failed) AS failed,
       sum(fallbacks) AS fallbacks, sum(images) AS images, sum(kept) AS kept, sum(reported_usd) AS reportedUsd,
       sum(estimated_usd) AS estimatedUsd, sum(held_usd) AS heldUsd, sum(unknown_costs) AS unknownCosts
     FROM usage WHERE (hour, provider, model) > (?, ?, ?) GROUP BY hour, provider, model
     ORDER BY hour, provider, model LIMIT ?`,
    ...(after ? [after.hour, after.provider, after.model] : [from - 1, '', '']),
    limit,
  );
}

/** In the order of hour, provider, model, project and bucket. */
export function timesByHour(reader: Reader, { from, limit, after }: Page<TimesOfHour>): TimesOfHour[] {
  return reader.all<TimesOfHour>(
    `SELECT hour, provider, model, project, bucket, images FROM usage_times
     WHERE (hour, provider, model, project, bucket) > (?, ?, ?, ?, ?)
     ORDER BY hour, provider, model, project, bucket LIMIT ?`,
    ...(after ? [after.hour, after.provider, after.model, after.project, after.bucket] : [from - 1, '', '', '', -1]),
    limit,
  );
}
