import type { Cost } from '../../shared/models/cost.ts';
import { bucketOf } from '../../shared/routing/time-buckets.ts';
import { costFromColumns, type CostColumns } from './cost-columns.ts';
import type { Reader, Writer } from './database.ts';

interface CountedRow extends CostColumns {
  readonly provider: string;
  readonly model: string;
  readonly project: string;
  readonly state: 'sending' | 'pending' | 'succeeded' | 'failed' | 'cancelled' | 'unknown';
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly reservedUsd: number | null;
  readonly hour: number | null;
  readonly isFallback: 0 | 1;
  readonly images: number;
  readonly kept: number;
}

/** The beginning of the hour of this computer's clock, in milliseconds since 1970. */
export function hourOf(at: number): number {
  return new Date(at).setMinutes(0, 0, 0);
}

/**
 * What an attempt counts against the caps, in US dollars: what it cost, or, while that is not known, what it was expected to. An
 * attempt of which neither is known counts nothing: with a cap, none is sent.
 */
export function countedUsd(cost: Cost, reservedUsd: number | null): number {
  return cost.kind === 'unknown' ? (reservedUsd ?? 0) : cost.usd;
}

/** Adds an attempt that has ended to the figures of its hour. Does nothing for one that is there already, or has not ended. */
export function countUsage(writer: Writer, attemptId: string): void {
  const row = countedRow(writer, attemptId);
  if (row?.hour !== null || row.endedAt === null) return;
  const hour = hourOf(row.startedAt);
  writer.run(`UPDATE attempts SET usage_hour = ? WHERE id = ?`, hour, attemptId);
  add(writer, { ...row, hour }, 1);
}

/** Takes an attempt out of the figures again, before it changes. */
export function uncountUsage(writer: Writer, attemptId: string): void {
  const row = countedRow(writer, attemptId);
  const hour = row?.hour ?? null;
  if (!row || hour === null) return;
  add(writer, { ...row, hour }, -1);
  writer.run(`UPDATE attempts SET usage_hour = NULL WHERE id = ?`, attemptId);
}

/** What counts against the caps since then, in US dollars: attempts and trainings that began, those under way included. */
export function spentSince(reader: Reader, since: number): number {
  const sums = reader.get<{ ended: number | null; open: number | null; trainings: number | null }>(
    `SELECT (SELECT sum(reported_usd + estimated_usd + held_usd) FROM usage WHERE hour >= ?) AS ended,
            (SELECT sum(reserved_usd) FROM attempts INDEXED BY attempts_open WHERE state IN ('sending', 'pending') AND started_at >= ?) AS open,
            (SELECT sum(cost_usd) FROM trainings WHERE started_at >= ?) AS trainings`,
    hourOf(since),
    since,
    since,
  );
  return (sums?.ended ?? 0) + (sums?.open ?? 0) + (sums?.trainings ?? 0);
}

function countedRow(reader: Reader, id: string): CountedRow | undefined {
  return reader.get<CountedRow>(
    `SELECT provider, model, coalesce(json_extract(request, '$.project'), 'default') AS project, state, started_at AS startedAt,
       ended_at AS endedAt, reserved_usd AS reservedUsd, cost_kind AS costKind, cost_usd AS costUsd, usage_hour AS hour,
       coalesce(json_array_length(route, '$.fellBackFrom'), 0) > 0 AS isFallback,
       (SELECT count(*) FROM images WHERE attempt_id = attempts.id) AS images,
       (SELECT count(*) FROM images WHERE attempt_id = attempts.id AND trashed_at IS NULL) AS kept
     FROM attempts WHERE id = ?`,
    id,
  );
}

function add(writer: Writer, row: CountedRow & { readonly hour: number }, sign: 1 | -1): void {
  const cost = costFromColumns(row);
  const usdIf = (kind: Cost['kind']): number => (cost.kind === kind ? sign * countedUsd(cost, row.reservedUsd) : 0);
  const hasFailed = row.state === 'failed' || row.state === 'unknown';
  writer.run(
    `INSERT INTO usage (hour, provider, model, project, attempts, succeeded, failed, fallbacks, images, kept, reported_usd, estimated_usd, held_usd, unknown_costs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (hour, provider, model, project) DO UPDATE SET
       attempts = attempts + excluded.attempts, succeeded = succeeded + excluded.succeeded, failed = failed + excluded.failed,
       fallbacks = fallbacks + excluded.fallbacks, images = images + excluded.images, kept = kept + excluded.kept,
       reported_usd = reported_usd + excluded.reported_usd, estimated_usd = estimated_usd + excluded.estimated_usd,
       held_usd = held_usd + excluded.held_usd, unknown_costs = unknown_costs + excluded.unknown_costs`,
    row.hour,
    row.provider,
    row.model,
    row.project,
    sign,
    row.state === 'succeeded' ? sign : 0,
    hasFailed ? sign : 0,
    sign * row.isFallback,
    sign * row.images,
    sign * row.kept,
    usdIf('reported'),
    usdIf('estimated'),
    usdIf('unknown'),
    cost.kind === 'unknown' ? sign : 0,
  );
  if (row.state !== 'succeeded' || row.images === 0 || row.endedAt === null) return;
  writer.run(
    `INSERT INTO usage_times (hour, provider, model, project, bucket, images) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (hour, provider, model, project, bucket) DO UPDATE SET images = images + excluded.images`,
    row.hour,
    row.provider,
    row.model,
    row.project,
    bucketOf((row.endedAt - row.startedAt) / row.images),
    sign * row.images,
  );
}
