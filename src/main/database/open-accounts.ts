import Sqlite from 'better-sqlite3';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { createDatabase, type Database, type Writer } from './database.ts';
import { readStandings, type StoredStanding } from './standings.ts';

/** An attempt that was sent, whichever library it belongs to. `startedAt`: milliseconds since 1970. */
export interface Start {
  readonly id: string;
  readonly provider: string;
  readonly startedAt: number;
}

/**
 * What services expect of whoever holds an account with them, whichever library is open: how much was sent lately, who asked to be
 * left alone, whose breaker is open. Nothing here throws: what can't be kept is logged, and generation goes on.
 */
export interface Accounts {
  /** False: all of it is forgotten when Easel ends. */
  readonly isKept: boolean;
  standings(): StoredStanding[];
  /** Attempts that began after this, in milliseconds since 1970; in no order. */
  startsSince(since: number): Start[];
  /** Another Easel may have kept a longer pause meanwhile: that one stays. */
  keep(standing: StoredStanding, now: number): void;
  /** Takes over what a library says of services that nothing is known of here. False: it could not. */
  adopt(standings: readonly StoredStanding[]): boolean;
  noteStart(start: Start): void;
  /** It begins anew: no pause is left of it. */
  forget(provider: string): void;
  close(): void;
}

/** Easel's own mark, as in a library, and the version of these tables. */
const applicationId = 0x4561734c;
const version = 1;
/** Limits are by the minute; the rest is for clocks that are set. */
const keptMs = 3_600_000;
/** Milliseconds; nobody holds these few rows for longer than a moment. */
const waitsForOthers = 500;

const tables = `
  CREATE TABLE standings (provider TEXT PRIMARY KEY NOT NULL, breaker TEXT NOT NULL, paused_until INTEGER, pause_ms INTEGER) STRICT;
  CREATE TABLE starts (id TEXT PRIMARY KEY NOT NULL, provider TEXT NOT NULL, started_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX starts_by_time ON starts (started_at);
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${version};
`;

/**
 * Opens `<folder>/accounts.db`, making it; several Easels may have it open. `read` makes and changes nothing. Where it can't be
 * used, all is kept in memory, for as long as the program runs; a damaged one is set aside, since it is about the last minutes only.
 */
export function openAccounts({
  folder,
  access,
  log,
}: {
  readonly folder: string;
  readonly access: 'read' | 'write';
  readonly log: Log;
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
    return accountsIn(openToWrite(path), { isKept: true, log });
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

function openToWrite(path: string): Database {
  try {
    return openFile(path);
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || !/^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) throw error;
    renameSync(path, `${path}.damaged`);
    for (const ending of ['-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
    return openFile(path);
  }
}

function openFile(path: string): Database {
  const connection = new Sqlite(path, { timeout: waitsForOthers });
  try {
    useLog(connection);
    // A power loss may take the last moments along; the crash of a program takes nothing.
    connection.pragma('synchronous = NORMAL');
    connection
      .transaction(() => {
        if (connection.pragma('user_version', { simple: true }) === 0) connection.exec(tables);
      })
      .immediate();
    assertVersion(connection);
    const [state] = connection.pragma('quick_check(1)', { simple: false }) as { quick_check: string }[];
    if (state?.quick_check !== 'ok') throw new Sqlite.SqliteError(`${path} is damaged.`, 'SQLITE_CORRUPT');
    return createDatabase(connection, path, () => undefined);
  } catch (error) {
    connection.close();
    throw error;
  }
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

function accountsIn(database: Database, { isKept, log }: { readonly isKept: boolean; readonly log: Log }): Accounts {
  const attempt = <Result>(what: string, otherwise: Result, work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      log.error(what, error);
      return otherwise;
    }
  };
  const change = (work: (writer: Writer) => void): boolean =>
    attempt('what a service asked for could not be kept', false, () => {
      database.writeRepeatable(work);
      return true;
    });
  const save = (writer: Writer, { provider, breaker, pausedUntil, pauseMs }: StoredStanding): void => {
    writer.run(
      `INSERT INTO standings (provider, breaker, paused_until, pause_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (provider) DO UPDATE SET breaker = excluded.breaker, paused_until = excluded.paused_until, pause_ms = excluded.pause_ms`,
      provider,
      JSON.stringify(breaker),
      pausedUntil,
      pauseMs,
    );
  };
  return {
    isKept,
    standings: () => attempt('what services asked for could not be read', [], () => readStandings(database.read)),
    startsSince: (since) =>
      attempt('what was sent lately could not be read', [], () =>
        database.read.all<Start>(
          `SELECT id, provider, started_at AS startedAt FROM starts WHERE started_at > ? LIMIT ?`,
          since,
          100_000,
        ),
      ),
    keep: (standing, now) => {
      change((writer) => {
        const before = writer.get<{ pausedUntil: number; pauseMs: number }>(
          `SELECT paused_until AS pausedUntil, pause_ms AS pauseMs FROM standings
           WHERE provider = ? AND paused_until > ? AND paused_until <= ? + pause_ms`,
          standing.provider,
          Math.max(now, standing.pausedUntil ?? 0),
          // One that ends later than it was to last is of a clock that was set back.
          now,
        );
        save(writer, { ...standing, ...before });
      });
    },
    adopt: (standings) =>
      change((writer) => {
        const known = new Set(readStandings(writer).map(({ provider }) => provider));
        for (const standing of standings) if (!known.has(standing.provider)) save(writer, standing);
      }),
    noteStart: ({ id, provider, startedAt }) => {
      change((writer) => {
        writer.run(`INSERT OR IGNORE INTO starts (id, provider, started_at) VALUES (?, ?, ?)`, id, provider, startedAt);
        writer.run(`DELETE FROM starts WHERE started_at < ?`, startedAt - keptMs);
      });
    },
    forget: (provider) => {
      change((writer) => {
        writer.run(`DELETE FROM standings WHERE provider = ?`, provider);
      });
    },
    close: () => {
      database.close();
    },
  };
}
