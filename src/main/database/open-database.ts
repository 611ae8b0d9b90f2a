import Sqlite from 'better-sqlite3';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { createDatabase, type Database } from './database.ts';
import { asDatabaseProblem } from './database-problem.ts';
import { lockLibrary } from './library-lock.ts';
import { latestVersion, migrate } from './migrate.ts';

/** Marks a SQLite file as an Easel library: "EasL". */
const applicationId = 0x4561734c;
/** Older releases can damage a WAL that two connections checkpoint. */
const oldestSafeSqlite = '3.51.3';

export function databasePath(root: string): string {
  return join(root, 'library.db');
}

/**
 * Opens `<root>/library.db`, making or migrating it. `write` takes the library for this process alone; `read` takes
 * nothing and works beside another Easel. Refuses a database of a newer Easel, of another program, or a damaged one,
 * without touching it. Throws AppError.
 */
export function openDatabase(root: string, access: 'read' | 'write'): Database {
  const path = databasePath(root);
  const exists = existsSync(path);
  if (exists) refuseForeignFile(path);
  else if (access === 'read') {
    throw noLibrary(root);
  }
  const release = access === 'write' ? lockLibrary(root) : () => undefined;
  let connection: Sqlite.Database | undefined;
  try {
    if (exists) refuseNewer(path, root);
    connection = new Sqlite(path, { readonly: access === 'read', timeout: 5000 });
    assertSafeSqlite(connection);
    if (access === 'write') {
      connection.pragma('journal_mode = WAL');
      connection.pragma('synchronous = FULL');
      connection.pragma('fullfsync = ON');
      connection.pragma(`application_id = ${applicationId}`);
    }
    connection.pragma('foreign_keys = ON');
    const version = Number(connection.pragma('user_version', { simple: true }));
    if (version < latestVersion) {
      if (access === 'read') {
        throw notReadYet(root);
      }
      migrate(connection, root, version);
    }
    return createDatabase(connection, path, release);
  } catch (error) {
    connection?.close();
    release();
    if (isHalfMade(error)) throw notReadYet(root);
    throw asDatabaseProblem(error, path);
  }
}

/** Reads the file's header without SQLite, which would write next to it. Layout: https://sqlite.org/fileformat2.html#the_database_header */
function refuseForeignFile(path: string): void {
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  try {
    const length = readSync(file, header, 0, 100, 0);
    // An empty file is what a crash right after the creation leaves.
    if (length === 0) return;
    if (length < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
      throw new AppError(
        'libraryDamaged',
        `${path} is not a database, or is damaged at its beginning. Easel has left it as it is. Put back a copy of it, or open another library.`,
      );
    }
    const owner = header.readUInt32BE(68);
    if (owner !== applicationId && owner !== 0) {
      throw new AppError('libraryDamaged', `${path} belongs to another program. Choose another library folder.`);
    }
    if (header.readUInt32BE(60) > latestVersion) throw newerLibrary(path);
  } finally {
    closeSync(file);
  }
}

/** The mark may still be in the write-ahead log, which a connection that can't write reads without folding it in. */
function refuseNewer(path: string, root: string): void {
  const reader = new Sqlite(path, { readonly: true, timeout: 5000 });
  try {
    if (Number(reader.pragma('user_version', { simple: true })) > latestVersion) throw newerLibrary(root);
  } catch (error) {
    // Left in the midst of being made, before it had a write-ahead log: its header says which version it was.
    if (!isHalfMade(error)) throw error;
  } finally {
    reader.close();
  }
}

/** What is said where a library is needed, and none was made yet. */
export function noLibrary(root: string): AppError {
  return new AppError('libraryMissing', `There is no library in ${root} yet. Generating a first picture makes one.`);
}

function notReadYet(root: string): AppError {
  const message = `The library in ${root} is of an older Easel and has to be brought up to date first. Start \`easel serve\` with it once, or open it in the desktop program.`;
  return new AppError('libraryBusy', message);
}

/** A transaction has to be rolled back, which only a connection that may write does. */
function isHalfMade(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code === 'SQLITE_READONLY_ROLLBACK';
}

function newerLibrary(where: string): AppError {
  return new AppError(
    'libraryNewer',
    `The library ${where} was made by a newer Easel. Update Easel to open it; nothing in it was changed.`,
  );
}

function assertSafeSqlite(connection: Sqlite.Database): void {
  const version =
    connection.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get()?.version ?? '0';
  if (version.localeCompare(oldestSafeSqlite, undefined, { numeric: true }) < 0) {
    throw new AppError('internal', `SQLite ${version} can damage libraries; Easel needs ${oldestSafeSqlite} or newer.`);
  }
}
