import Sqlite from 'better-sqlite3';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { accountsIn, type Accounts } from './accounts.ts';
import { createDatabase, type Database } from './database.ts';

/** Easel's own mark, as in a library, and the version of these tables. */
const applicationId = 0x4561734c;
const version = 1;
/** Milliseconds; nobody holds these few rows for longer than a moment. */
const waitsForOthers = 500;

const tables = `
  CREATE TABLE standings (provider TEXT PRIMARY KEY NOT NULL, breaker TEXT NOT NULL, paused_until INTEGER, pause_ms INTEGER, tried_since INTEGER) STRICT;
  CREATE TABLE starts (id TEXT PRIMARY KEY NOT NULL, provider TEXT NOT NULL, started_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX starts_by_time ON starts (started_at);
  CREATE TABLE spent (id TEXT PRIMARY KEY NOT NULL, library TEXT NOT NULL, started_at INTEGER NOT NULL, usd REAL NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX spent_by_time ON spent (started_at, library, usd);
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${version};
`;

/**
 * Opens `<folder>/accounts.db`, making it; several Easels may have it open. `read` makes and changes nothing. Where it can't be
 * used, all is kept in memory, for as long as the program runs; a damaged one is set aside, since a library notes again what it spent, and the rest is about the last minutes only.
 */
export function openAccounts({
  folder,
  access,
  log,
  now = Date.now(),
}: {
  readonly folder: string;
  readonly access: 'read' | 'write';
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now?: number;
}): Accounts {
  const path = join(folder, 'accounts.db');
  const inMemory = (): Accounts => accountsIn(openMemory(), { isKept: false, log });
  if (access === 'read') {
    try {
      return accountsIn(openToRead(path), { isKept: false, log });
    } catch {
      return inMemory();
    }
  }
  try {
    mkdirSync(folder, { recursive: true });
    return accountsIn(openToWrite(path, now), { isKept: true, log });
  } catch (error) {
    log.error('what services asked for is not kept beyond this run', error);
    return inMemory();
  }
}

function openMemory(): Database {
  const connection = new Sqlite(':memory:');
  connection.exec(tables);
  return createDatabase(connection, ':memory:', () => undefined);
}

function openToRead(path: string): Database {
  const connection = new Sqlite(path, { readonly: true, timeout: waitsForOthers });
  try {
    assertVersion(connection);
    return createDatabase(connection, path, () => undefined);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function openToWrite(path: string, now: number): Database {
  try {
    return openFile(path, now);
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || !/^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) throw error;
    renameSync(path, `${path}.damaged`);
    for (const ending of ['-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
    return openFile(path, now);
  }
}

function openFile(path: string, now: number): Database {
  const connection = new Sqlite(path, { timeout: waitsForOthers });
  try {
    // Before anything is changed in a file that another program may have put there.
    if (!isEmpty(connection)) assertVersion(connection);
    useLog(connection);
    // A power loss may take the last moments along; the crash of a program takes nothing.
    connection.pragma('synchronous = NORMAL');
    connection
      .transaction(() => {
        if (isEmpty(connection)) connection.exec(tables);
      })
      .immediate();
    assertVersion(connection);
    const [state] = connection.pragma('quick_check(1)', { simple: false }) as { quick_check: string }[];
    if (state?.quick_check !== 'ok') throw new Sqlite.SqliteError(`${path} is damaged.`, 'SQLITE_CORRUPT');
    // Later than now: the clock was set back since. They were sent just now at worst, and are not to count anew at every start.
    connection.prepare(`UPDATE starts SET started_at = ? WHERE started_at > ?`).run(now, now);
    return createDatabase(connection, path, () => undefined);
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Nobody has made anything in it yet. */
function isEmpty(connection: Sqlite.Database): boolean {
  const { made } = connection.prepare<[], { made: number }>(`SELECT count(*) AS made FROM sqlite_schema`).get() ?? {
    made: 0,
  };
  return (
    made === 0 &&
    connection.pragma('user_version', { simple: true }) === 0 &&
    connection.pragma('application_id', { simple: true }) === 0
  );
}

/** Of two that open a new file at the same time, one is told that it is busy, and the other has done it. */
function useLog(connection: Sqlite.Database): void {
  try {
    connection.pragma('journal_mode = WAL');
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
  }
}

function assertVersion(connection: Sqlite.Database): void {
  const found = connection.pragma('user_version', { simple: true });
  const owner = connection.pragma('application_id', { simple: true });
  if (found !== version || owner !== applicationId)
    throw new Error(`accounts.db is of another version: ${String(found)}.`);
}
