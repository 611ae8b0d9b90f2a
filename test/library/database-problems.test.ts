import Sqlite from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newPlace, runEasel, type Place } from '../run-easel.ts';
import { startServe } from '../server/start-serve.ts';
import { expectNoStack, expectPlainFailure } from '../terminal/plain-failure.ts';

const generate = ['generate', 'a fern', '--provider', 'builtin', '--size', '64x64'];
let place: Place;
let database: string;
beforeEach(() => {
  place = newPlace();
  database = join(place.library, 'library.db');
  mkdirSync(place.library, { recursive: true });
});
afterEach(() => {
  place.remove();
});

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** What is wrong with the database, made on purpose, and what Easel must say. */
const cases: readonly (readonly [string, () => Promise<void> | void, RegExp])[] = [
  [
    'no database at all',
    () => {
      writeFileSync(database, 'This is a shopping list. '.repeat(50));
    },
    /not a database, or is damaged at its beginning.*Put back a copy/,
  ],
  [
    'the database of another program',
    () => {
      const foreign = new Sqlite(database);
      foreign.pragma('application_id = 12345');
      foreign.exec('CREATE TABLE recipes (name TEXT)');
      foreign.close();
    },
    /belongs to another program\. Choose another library folder/,
  ],
  [
    'the library of a newer Easel',
    async () => {
      await runEasel(place, generate);
      const newer = new Sqlite(database);
      newer.pragma('user_version = 999');
      newer.pragma('wal_checkpoint(TRUNCATE)');
      newer.close();
    },
    /made by a newer Easel\. Update Easel/,
  ],
  [
    'a database with its first page overwritten',
    async () => {
      await runEasel(place, generate);
      overwrite(0, 4096);
    },
    /damaged.*Put back a copy/,
  ],
];

function overwrite(at: number, length: number): void {
  const file = openSync(database, 'r+');
  writeSync(file, Buffer.alloc(length, 0xa5), 0, length, at);
  closeSync(file);
}

describe('a library.db that is not ours to use', () => {
  it.each(cases)('is refused by every door and left byte for byte: %s', async (_, prepare, message) => {
    await prepare();
    const before = { hash: hashOf(database), files: readdirSync(place.library).sort() };
    expectPlainFailure(await runEasel(place, generate), 4, message);
    expectPlainFailure(await runEasel(place, ['library', 'list']), 4, message);
    const served = await startServe(place);
    expect(served.stderr()).toMatch(message);
    const { library } = await served.call<{ library: { state: string; problem: { message: string } } }>('system/info');
    expect(library.state).toBe('failed');
    expect(library.problem.message).toMatch(message);
    expect(await served.stop()).toMatchObject({ code: 0 });
    expect({
      hash: hashOf(database),
      files: readdirSync(place.library).filter((name) => before.files.includes(name)),
    }).toEqual(before);
  });

  it('is said to be damaged where the damage is further in, by whatever meets it', async () => {
    await runEasel(place, generate);
    overwrite(4096, readFileSync(database).length - 4096);
    for (const words of [generate, ['library', 'list'], ['library', 'verify'], ['jobs', 'resume']]) {
      const outcome = await runEasel(place, words);
      expectNoStack(outcome);
      expect(outcome.code, `${words.join(' ')}: ${outcome.stdout}${outcome.stderr}`).toBe(4);
      expect(outcome.stdout + outcome.stderr).toMatch(/damaged|malformed/i);
    }
  });
});
