import Sqlite from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';

/** Turns an error of SQLite into one of the error table where it has words of its own; anything else is returned as it is. */
export function asDatabaseProblem(error: unknown, databasePath: string): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  const { code } = error;
  const because = { cause: error };
  if (code === 'SQLITE_FULL') {
    return new AppError(
      'diskFull',
      `The disk that holds ${databasePath} is full. Free some space and try again.`,
      {},
      because,
    );
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new AppError(
      'libraryDamaged',
      `The library's database ${databasePath} is damaged, and Easel has left it as it is. Put back a copy of it (the library's "backups" folder may hold one), or open another library.`,
      {},
      because,
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM' || code === 'SQLITE_CANTOPEN') {
    return new AppError(
      'libraryNotWritable',
      `Easel can't write ${databasePath}. Check the folder's permissions, or choose another library folder.`,
      {},
      because,
    );
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new AppError(
      'libraryMissing',
      `The disk that holds ${databasePath} does not answer. Connect it again, then try again.`,
      {},
      because,
    );
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new AppError(
      'libraryBusy',
      `Another program is using ${databasePath}. Close it, then try again.`,
      {},
      because,
    );
  }
  return error;
}
