import type { Spent } from './accounts.ts';
import type { Reader } from './database.ts';

/** The file of this library, with symbolic links followed: two libraries never have the same one. */
export function libraryFile(reader: Reader): string {
  return reader.get<{ file: string }>(`SELECT file FROM pragma_database_list WHERE name = 'main'`)?.file ?? '';
}

/** Every attempt and training that began since then and counts against the caps, as `countedUsd` has it; in no order. */
export function countedSince(reader: Reader, since: number): Omit<Spent, 'library'>[] {
  return reader.all(
    `SELECT id, started_at AS startedAt, coalesce(cost_usd, reserved_usd) AS usd
     FROM attempts WHERE started_at >= ? AND coalesce(cost_usd, reserved_usd) > 0
     UNION ALL
     SELECT id, started_at, cost_usd FROM trainings WHERE started_at >= ? AND cost_usd > 0
     LIMIT ?`,
    since,
    since,
    1_000_000,
  );
}

/** Whether this library has an attempt, or a training, of that id. */
export function hasCharge(reader: Reader, id: string): boolean {
  return (
    reader.get(`SELECT 1 FROM attempts WHERE id = ?`, id) !== undefined ||
    reader.get(`SELECT 1 FROM trainings WHERE id = ?`, id) !== undefined
  );
}
