import type { Cost } from '../../shared/models/cost.ts';
import { costFromColumns, type CostColumns } from './cost-columns.ts';
import type { Reader } from './database.ts';

/** Figures of one hour of a model in a project. `hour` is in milliseconds since 1970, amounts are US dollars. */
export interface UsageRow {
  readonly hour: number;
  readonly provider: string;
  readonly model: string;
  readonly project: string;
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly images: number;
  readonly kept: number;
  readonly reportedUsd: number;
  readonly estimatedUsd: number;
  readonly heldUsd: number;
  readonly unknownCosts: number;
}

/** How many images of an hour took how long: a bucket of time-buckets.ts. */
export interface TimesRow {
  readonly hour: number;
  readonly provider: string;
  readonly model: string;
  /** Empty where it is not known: an older Easel did not count by project. */
  readonly project: string;
  readonly bucket: number;
  readonly images: number;
}

/** Milliseconds since 1970: `from` counts, `to` does not. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** The next rows after one of the page before, in the order of their key: by hour, provider, model, project. */
export function usagePage(reader: Reader, span: TimeSpan, after: UsageRow | null, limit: number): UsageRow[] {
  return reader.all<UsageRow>(
    `SELECT hour, provider, model, project, attempts, succeeded, failed, images, kept, reported_usd AS reportedUsd,
       estimated_usd AS estimatedUsd, held_usd AS heldUsd, unknown_costs AS unknownCosts
     FROM usage WHERE (hour, provider, model, project) > (?, ?, ?, ?) AND hour < ?
     ORDER BY hour, provider, model, project LIMIT ?`,
    // Nothing is called by an empty name, so that all of the first hour comes after it.
    after?.hour ?? span.from,
    after?.provider ?? '',
    after?.model ?? '',
    after?.project ?? '',
    span.to,
    limit,
  );
}

/** Likewise, by hour, provider, model, project, bucket. */
export function timesPage(reader: Reader, span: TimeSpan, after: TimesRow | null, limit: number): TimesRow[] {
  return reader.all<TimesRow>(
    `SELECT hour, provider, model, project, bucket, images FROM usage_times
     WHERE (hour, provider, model, project, bucket) > (?, ?, ?, ?, ?) AND hour < ?
     ORDER BY hour, provider, model, project, bucket LIMIT ?`,
    after?.hour ?? span.from,
    after?.provider ?? '',
    after?.model ?? '',
    after?.project ?? '',
    after?.bucket ?? -1,
    span.to,
    limit,
  );
}

/** What a training cost that has ended. `row` is its place among those that began in the same moment. */
export interface TrainingCost {
  readonly row: number;
  readonly at: number;
  readonly provider: string;
  readonly cost: Cost;
}

/** Trainings that have ended, of those that began in that time, the oldest first. */
export function trainingCosts(
  reader: Reader,
  span: TimeSpan,
  after: TrainingCost | null,
  limit: number,
): TrainingCost[] {
  return reader
    .all<Omit<TrainingCost, 'cost'> & CostColumns>(
      `SELECT rowid AS row, started_at AS at, provider, cost_kind AS costKind, cost_usd AS costUsd
       FROM trainings INDEXED BY trainings_by_start WHERE (started_at, rowid) > (?, ?) AND started_at < ?
         AND state IN ('succeeded', 'failed', 'cancelled', 'unknown')
       ORDER BY started_at, rowid LIMIT ?`,
      after?.at ?? span.from,
      after?.row ?? 0,
      span.to,
      limit,
    )
    .map(({ costKind, costUsd, ...row }) => ({ ...row, cost: costFromColumns({ costKind, costUsd }) }));
}

/** Providers that anything was ever sent to, by name: one look into the index for each. */
export function usedProviders(reader: Reader): string[] {
  const found: string[] = [];
  for (;;) {
    const next = reader.get<{ provider: string }>(
      `SELECT provider FROM attempts INDEXED BY attempts_by_provider WHERE provider > ? ORDER BY provider LIMIT ?`,
      found.at(-1) ?? '',
      1,
    );
    if (!next) return found;
    found.push(next.provider);
  }
}
