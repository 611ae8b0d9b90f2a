import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { openDatabase } from '../../src/main/database/open-database.ts';

/** What a careful program without Easel would use: a connection of its own with the same pragmas, on the same schema. */
export function openBareConnection(root: string): Sqlite.Database {
  openDatabase(root, 'write').close();
  const connection = new Sqlite(join(root, 'library.db'));
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('fullfsync = ON');
  connection.pragma('foreign_keys = ON');
  return connection;
}

export function openBareReader(root: string): Sqlite.Database {
  return new Sqlite(join(root, 'library.db'), { readonly: true });
}
