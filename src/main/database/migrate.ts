import Sqlite from 'better-sqlite3';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';

const files = import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true });

/** Numbered, never edited: the file's place in this list is the version it leads to. */
const migrations = Object.keys(files)
  .sort()
  .map((name) => files[name] ?? '');

export const latestVersion = migrations.length;

/** Brings a library from `version` to the latest one. A library with content is first copied to `<root>/backups/`. */
export function migrate(connection: Sqlite.Database, root: string, version: number): void {
  if (version > 0) backUp(connection, root, version);
  // A table that is made anew must not take along what refers to it; what it refers to is checked before the commit.
  connection.pragma('foreign_keys = OFF');
  for (let next = version + 1; next <= latestVersion; next += 1) {
    connection.transaction(() => {
      connection.exec(migrations[next - 1] ?? '');
      if ((connection.pragma('foreign_key_check') as unknown[]).length > 0) throw damaged(root);
      connection.pragma(`user_version = ${next}`);
    })();
  }
  connection.pragma('foreign_keys = ON');
}

function backUp(connection: Sqlite.Database, root: string, version: number): void {
  const folder = join(root, 'backups');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `library-version-${version}.db`);
  // A copy of a migration that was cut short is of the same version: the new one is as good.
  rmSync(path, { force: true });
  connection.prepare('VACUUM INTO ?').run(path);
  const copy = new Sqlite(path, { readonly: true });
  const isWhole = copy.pragma('integrity_check', { simple: true }) === 'ok';
  copy.close();
  if (!isWhole) throw damaged(root);
}

function damaged(root: string): AppError {
  return new AppError(
    'libraryDamaged',
    `The library in ${root} is damaged, so it was not changed. Put back a copy of its database.`,
  );
}
