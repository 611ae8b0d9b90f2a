import type { Reader, Writer } from './database.ts';

export function isQueuePaused(reader: Reader): boolean {
  return reader.get<{ value: string }>(`SELECT value FROM library_facts WHERE name = 'queue-paused'`)?.value === 'yes';
}

export function setQueuePaused(writer: Writer, paused: boolean): void {
  writer.run(
    `INSERT INTO library_facts (name, value) VALUES ('queue-paused', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    paused ? 'yes' : 'no',
  );
}

/** SQLite's own check of the file; an empty list is a clean bill. */
export function databaseDamage(reader: Reader): string[] {
  const answers = reader.all<{ quick_check: string }>('PRAGMA quick_check').map((row) => row.quick_check);
  const orphans = reader
    .all<{ table: string }>('PRAGMA foreign_key_check')
    .map((row) => `A row of ${row.table} points nowhere.`);
  return [...answers.filter((answer) => answer !== 'ok'), ...orphans];
}
