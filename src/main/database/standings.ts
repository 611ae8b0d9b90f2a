import type { ErrorCode } from '../../shared/errors.ts';
import type { Operation } from '../../shared/models/generation-request.ts';
import { Breaker } from '../../shared/models/routing.ts';
import { costFromColumns, type CostColumns } from './cost-columns.ts';
import type { Cost } from '../../shared/models/cost.ts';
import type { Log } from '../log.ts';
import type { Reader, Writer } from './database.ts';

/** What outlives a restart of a provider's standing. `pausedUntil`: milliseconds since 1970. */
export interface StoredStanding {
  readonly provider: string;
  readonly breaker: Breaker;
  readonly pausedUntil: number | null;
  /** How long the pause was to be, in milliseconds. */
  readonly pauseMs: number | null;
  /** Since when a half-open provider may be tried, or its probe began; milliseconds since 1970. Null: nobody knows, or it is not. */
  readonly triedSince: number | null;
}

/** A row as it stands in a table. */
export type StandingRow = Omit<StoredStanding, 'breaker'> & { readonly breaker: string };

/** What an older Easel kept in a library. */
export function readStandings(reader: Reader, log: Log): StoredStanding[] {
  return standingsFrom(
    reader.all<StandingRow>(
      `SELECT provider, breaker, paused_until AS pausedUntil, pause_ms AS pauseMs, NULL AS triedSince FROM standings LIMIT ?`,
      1000,
    ),
    log,
  );
}

/** One that can't be read is left out: it is forgotten how that provider stands, and nothing else. */
export function standingsFrom(rows: readonly StandingRow[], log: Log): StoredStanding[] {
  return rows.flatMap((row) => {
    try {
      return [{ ...row, breaker: Breaker.parse(JSON.parse(row.breaker)) }];
    } catch (error) {
      log.error(`how ${row.provider} stands could not be read, and is forgotten`, error);
      return [];
    }
  });
}

/** They have been taken over. */
export function dropStandings(writer: Writer): void {
  writer.run(`DELETE FROM standings`);
}

/** It begins anew. */
export function dropStanding(writer: Writer, provider: string): void {
  writer.run(`DELETE FROM standings WHERE provider = ?`, provider);
}

/** An attempt that has not ended, or began a short while ago: what the limits of its provider count. */
export interface StartedAttempt {
  readonly id: string;
  readonly provider: string;
  readonly startedAt: number;
  readonly isOpen: boolean;
}

/** Until `until`: one that has ended and began later than that is of a clock that was set back. */
export function startedAttempts(reader: Reader, since: number, until: number): StartedAttempt[] {
  const columns = `id, provider, started_at AS startedAt, state IN ('sending', 'pending') AS isOpen`;
  const open = reader.all<Omit<StartedAttempt, 'isOpen'> & { isOpen: 0 | 1 }>(
    `SELECT ${columns} FROM attempts INDEXED BY attempts_open WHERE state IN ('sending', 'pending') LIMIT ?`,
    10_000,
  );
  const recent = reader.all<Omit<StartedAttempt, 'isOpen'> & { isOpen: 0 | 1 }>(
    `SELECT ${columns} FROM attempts WHERE started_at > ? AND started_at <= ? ORDER BY started_at LIMIT ?`,
    since,
    until,
    100_000,
  );
  const byId = new Map(
    [...open, ...recent].map((attempt) => [attempt.id, { ...attempt, isOpen: attempt.isOpen === 1 }]),
  );
  return [...byId.values()].sort((one, other) => one.startedAt - other.startedAt);
}

/** How an attempt ended, for those who learn from it. */
export interface EndedAttempt {
  readonly model: string;
  readonly operation: Operation;
  readonly succeeded: boolean;
  /** Why not. */
  readonly code: ErrorCode | null;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly cost: Cost;
  readonly images: number;
  /** It was the one try of a breaker that was half open. */
  readonly isProbe: boolean;
}

/** The last attempts with a provider that have ended, oldest first. */
export function lastEndedAttempts(reader: Reader, provider: string, limit: number): EndedAttempt[] {
  return reader
    .all<Omit<EndedAttempt, 'succeeded' | 'isProbe' | 'cost'> & CostColumns & { succeeded: 0 | 1; isProbe: 0 | 1 }>(
      `SELECT model, coalesce(json_extract(request, '$.operation'), 'textToImage') AS operation, state = 'succeeded' AS succeeded,
         json_extract(error, '$.code') AS code, started_at AS startedAt, coalesce(ended_at, started_at) AS endedAt,
         cost_kind AS costKind, cost_usd AS costUsd, image_count AS images,
         coalesce(json_extract(route, '$.isTry'), 0) AS isProbe
       FROM attempts WHERE provider = ? AND state IN ('succeeded', 'failed', 'unknown') ORDER BY started_at DESC LIMIT ?`,
      provider,
      limit,
    )
    .map(({ costKind, costUsd, succeeded, isProbe, ...row }) => ({
      ...row,
      succeeded: succeeded === 1,
      isProbe: isProbe === 1,
      cost: costFromColumns({ costKind, costUsd }),
    }))
    .reverse();
}

/** How many attempts there ever were, or a little more: what counts turns over restarts. */
export function attemptsSoFar(reader: Reader): number {
  return reader.get<{ last: number | null }>(`SELECT max(rowid) AS last FROM attempts`)?.last ?? 0;
}
