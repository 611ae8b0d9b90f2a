import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { asDatabaseProblem } from './database-problem.ts';

/**
 * Holds a library for one Easel. The lock is an exclusive transaction on a small file of its own, so the operating
 * system lets go of it however the program ends. Answers the function that releases it.
 */
export function lockLibrary(root: string): () => void {
  const path = join(root, 'library.lock');
  let connection: Sqlite.Database | undefined;
  try {
    connection = new Sqlite(path, { timeout: 300 });
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection?.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new AppError(
        'libraryBusy',
        `Another Easel has the library in ${root} open. Use that one, or close it and try again.`,
        {},
        { cause: error },
      );
    }
    throw asDatabaseProblem(error, path);
  }
  const held = connection;
  return () => {
    held.close();
  };
}
