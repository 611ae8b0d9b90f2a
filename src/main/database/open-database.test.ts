import Sqlite from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { openDatabase } from './open-database.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-database-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'nothing thrown';
};
const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('openDatabase', () => {
  it('makes a library and opens it again with what was written', () => {
    const first = openDatabase(root, 'write');
    first.write((writer) => writer.run(`INSERT INTO library_facts (name, value) VALUES (?, ?)`, 'colour', 'green'));
    first.close();
    const second = openDatabase(root, 'write');
    expect(second.read.get(`SELECT value FROM library_facts WHERE name = ?`, 'colour')).toEqual({ value: 'green' });
    second.close();
  });

  it('opens one that was left in the midst of being made, once it may write', () => {
    const half = join(root, 'half');
    mkdirSync(half);
    const making = new Sqlite(join(root, 'making.db'));
    making.pragma('cache_size = 2');
    making.exec('CREATE TABLE something (words TEXT); BEGIN');
    // More than it holds in memory, so that its journal is on disk and has to be rolled back.
    for (let row = 0; row < 200; row += 1) making.prepare('INSERT INTO something VALUES (?)').run('x'.repeat(2_000));
    copyFileSync(join(root, 'making.db'), join(half, 'library.db'));
    copyFileSync(join(root, 'making.db-journal'), join(half, 'library.db-journal'));
    making.close();
    expect(codeOf(() => openDatabase(half, 'read'))).toBe('libraryBusy');
    const database = openDatabase(half, 'write');
    expect(database.read.get('SELECT count(*) AS rows FROM something')).toEqual({ rows: 0 });
    expect(database.read.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    database.close();
  });

  it('keeps the promises that money rests on: WAL, full synchronisation, foreign keys', () => {
    const database = openDatabase(root, 'write');
    expect(database.read.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(database.read.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
    expect(database.read.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    database.close();
  });

  it('waits for the disk again after what need not be waited for, whether that worked or not', () => {
    const database = openDatabase(root, 'write');
    const synchronous = (): unknown => database.read.get(`PRAGMA synchronous`);
    const full = synchronous();
    let during: unknown;
    database.writeRepeatable((writer) => {
      during = synchronous();
      writer.run(`INSERT INTO library_facts (name, value) VALUES ('colour', 'green')`);
    });
    expect(during).not.toEqual(full);
    expect(synchronous()).toEqual(full);
    expect(() => database.writeRepeatable((writer) => writer.run(`INSERT INTO nowhere VALUES (1)`))).toThrow('nowhere');
    expect(synchronous()).toEqual(full);
    expect(database.read.get(`SELECT value FROM library_facts WHERE name = 'colour'`)).toEqual({ value: 'green' });
    database.close();
  });

  it('tells a second Easel that the library is taken, and lets it in afterwards', () => {
    const first = openDatabase(root, 'write');
    expect(codeOf(() => openDatabase(root, 'write'))).toBe('libraryBusy');
    const reader = openDatabase(root, 'read');
    expect(reader.read.all('SELECT id FROM jobs')).toEqual([]);
    reader.close();
    first.close();
    openDatabase(root, 'write').close();
  });

  it('refuses a library of a newer Easel and leaves every byte of it alone', () => {
    openDatabase(root, 'write').close();
    const path = join(root, 'library.db');
    const raw = new Sqlite(path);
    raw.pragma('user_version = 999');
    raw.pragma('wal_checkpoint(TRUNCATE)');
    raw.close();
    const before = { hash: hashOf(path), files: readdirSync(root) };
    expect(codeOf(() => openDatabase(root, 'write'))).toBe('libraryNewer');
    expect(codeOf(() => openDatabase(root, 'read'))).toBe('libraryNewer');
    expect({ hash: hashOf(path), files: readdirSync(root) }).toEqual(before);
  });

  it('refuses what is no database, or belongs to somebody else, and leaves it alone', () => {
    const path = join(root, 'library.db');
    writeFileSync(path, 'This is a shopping list. '.repeat(20));
    const before = hashOf(path);
    expect(codeOf(() => openDatabase(root, 'write'))).toBe('libraryDamaged');
    expect(hashOf(path)).toBe(before);
    rmSync(path);
    const foreign = new Sqlite(path);
    foreign.pragma('application_id = 12345');
    foreign.exec('CREATE TABLE recipes (name TEXT)');
    foreign.close();
    expect(codeOf(() => openDatabase(root, 'write'))).toBe('libraryDamaged');
  });

  it('names a database that is damaged inside when it meets the damage', () => {
    const database = openDatabase(root, 'write');
    database.write((writer) => {
      for (let index = 0; index < 500; index += 1) {
        writer.run(`INSERT INTO library_facts (name, value) VALUES (?, ?)`, `fact ${index}`, 'x'.repeat(400));
      }
    });
    database.close();
    const path = join(root, 'library.db');
    const bytes = readFileSync(path);
    bytes.fill(0xab, 4096 * 2);
    writeFileSync(path, bytes);
    const outcome = codeOf(() => {
      const damaged = openDatabase(root, 'write');
      try {
        damaged.read.all(`SELECT name, value FROM library_facts ORDER BY name`);
      } finally {
        damaged.close();
      }
    });
    expect(outcome).toBe('libraryDamaged');
  });

  it('takes back everything of a change that fails half-way', () => {
    const database = openDatabase(root, 'write');
    expect(() =>
      database.write((writer) => {
        writer.run(`INSERT INTO library_facts (name, value) VALUES ('half', 'done')`);
        throw new Error('power cut');
      }),
    ).toThrow('power cut');
    expect(database.read.all('SELECT name FROM library_facts')).toEqual([]);
    database.close();
  });

  it('says that there is no library yet where a reader finds none', () => {
    expect(codeOf(() => openDatabase(root, 'read'))).toBe('libraryMissing');
    expect(readdirSync(root)).toEqual([]);
  });
});
