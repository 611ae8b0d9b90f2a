import type { LedgerEntry } from '../../shared/models/costs.ts';
import { costFromColumns, type CostColumns } from './cost-columns.ts';
import type { Reader } from './database.ts';
import type { TimeSpan } from './usage-report.ts';

/** An entry and where it stands in its table: newest first, by `at` and then by `row`. */
export interface LedgerRow {
  readonly row: number;
  readonly entry: LedgerEntry;
}

/** Everything before this moment, and of the moment itself the rows below `row`. */
export interface Before {
  readonly at: number;
  readonly row: number;
}

type EntryRow = CostColumns & Omit<LedgerEntry, 'kind' | 'cost'> & { readonly row: number };

/** Attempts with one provider that may have cost something, newest first: all but those that are known to have been free. */
export function chargedAttempts(
  reader: Reader,
  provider: string,
  { from }: Pick<TimeSpan, 'from'>,
  before: Before,
  limit: number,
): LedgerRow[] {
  return reader
    .all<EntryRow>(
      `SELECT rowid AS row, id, started_at AS at, job_id AS jobId, provider, model,
         coalesce(json_extract(request, '$.project'), 'default') AS project, state AS outcome,
         (SELECT count(*) FROM images WHERE attempt_id = attempts.id) AS images,
         cost_kind AS costKind, cost_usd AS costUsd, reserved_usd AS reservedUsd, remote_id AS remoteId
       FROM attempts INDEXED BY attempts_by_provider
       WHERE provider = ? AND started_at >= ? AND (started_at, rowid) < (?, ?)
         AND (cost_kind <> 'reported' OR cost_usd > 0)
       ORDER BY started_at DESC, rowid DESC LIMIT ?`,
      provider,
      from,
      before.at,
      before.row,
      limit,
    )
    .map(asLedgerRow('attempt'));
}

/** Likewise the trainings, with whichever provider. One that waits to be sent has cost nothing yet. */
export function chargedTrainings(
  reader: Reader,
  { from }: Pick<TimeSpan, 'from'>,
  before: Before,
  limit: number,
): LedgerRow[] {
  return reader
    .all<EntryRow>(
      `SELECT rowid AS row, id, started_at AS at, NULL AS jobId, provider, name AS model, NULL AS project, state AS outcome,
         0 AS images, cost_kind AS costKind, cost_usd AS costUsd, NULL AS reservedUsd, remote_id AS remoteId
       FROM trainings INDEXED BY trainings_by_start
       WHERE started_at >= ? AND (started_at, rowid) < (?, ?)
         AND state <> 'queued' AND (cost_kind <> 'reported' OR cost_usd > 0)
       ORDER BY started_at DESC, rowid DESC LIMIT ?`,
      from,
      before.at,
      before.row,
      limit,
    )
    .map(asLedgerRow('training'));
}

function asLedgerRow(kind: LedgerEntry['kind']) {
  return ({ row, costKind, costUsd, ...entry }: EntryRow): LedgerRow => ({
    row,
    entry: { ...entry, kind, cost: costFromColumns({ costKind, costUsd }) },
  });
}
