import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addAttempt, addTraining, type PastAttempt } from '../spending-history.ts';
import { RoutingSettings } from '../../src/shared/models/routing.ts';
import { attemptById, endAttempt } from '../../src/main/database/attempts.ts';
import type { Database } from '../../src/main/database/database.ts';
import { openAccounts } from '../../src/main/database/open-accounts.ts';
import { openDatabase } from '../../src/main/database/open-database.ts';
import { createEvents } from '../../src/main/events.ts';
import { silentLog } from '../../src/main/log.ts';
import { createRouting } from '../../src/main/routing/routing.ts';

/** Noon of the last day but one of a month. */
const noon = new Date(2026, 10, 29, 12).getTime();
const dayMs = 86_400_000;
let folder: string;
const closers: (() => void)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'easel-caps-'));
});
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
  rmSync(folder, { recursive: true, force: true });
});

/** An Easel of its own over one library, all on one data folder. `before`: what is in it already. */
function easelOn(name: string, before: (database: Database) => void = () => undefined) {
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  const database = openDatabase(root, 'write');
  before(database);
  const accounts = openAccounts({ folder, access: 'write', log: silentLog });
  const routing = createRouting({
    database,
    accounts,
    providers: {
      list: () => [],
      status: () => {
        throw new Error('nobody');
      },
      ensureFresh: () => Promise.resolve(),
    },
    settings: () => ({ inForce: RoutingSettings.parse({}), overrides: [] }),
    scores: () => ({}),
    ratings: () => ({}),
    inputSize: () => Promise.reject(new Error('no picture')),
    events: createEvents(),
    log: silentLog,
    now: () => noon,
    isReadOnly: false,
    onFailure: () => undefined,
  });
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    routing.close();
    accounts.close();
    database.close();
  };
  closers.push(close);
  return {
    database,
    close,
    refresh: routing.refreshSpending,
    spent: () => routing.state().spending,
    begin: (usd: number): string => {
      const id = addAttempt(database, { ...charge(0), at: noon, state: null, reservedUsd: usd });
      routing.begin(attemptById(database.read, id)!, false);
      return id;
    },
    end: (id: string, usd: number): void => {
      database.write((writer) => {
        endAttempt(writer, id, { state: 'succeeded', at: noon, cost: { kind: 'reported', usd } });
      });
      routing.settle(id);
    },
  };
}

const charge = (usd: number, ago = 0): PastAttempt => ({
  at: noon - ago,
  provider: 'fal',
  model: 'm',
  cost: { kind: 'reported', usd },
});

describe('what is spent', () => {
  it('in one library counts in all others of the data folder, from before it is sent until it is known', () => {
    const [one, other] = [easelOn('one'), easelOn('other')];
    const id = one.begin(2);
    expect([one.spent(), other.spent()]).toEqual([
      { day: 2, month: 2 },
      { day: 2, month: 2 },
    ]);
    other.begin(0.5);
    one.end(id, 1.5);
    expect([one.spent(), other.spent()]).toEqual([
      { day: 2, month: 2 },
      { day: 2, month: 2 },
    ]);
    // Free after all.
    one.end(one.begin(4), 0);
    expect(other.spent().day).toBe(2);
  });

  it('before others could see it is seen once its library is opened: what a day and a month cost, and trainings', () => {
    const other = easelOn('other');
    const one = easelOn('one', (database) => {
      addAttempt(database, charge(1));
      addAttempt(database, charge(2, 2 * dayMs));
      addAttempt(database, charge(100, 40 * dayMs));
      addTraining(database, {
        at: noon - 1000,
        provider: 'fal',
        state: 'succeeded',
        cost: { kind: 'reported', usd: 4 },
      });
    });
    expect([one.spent(), other.spent()]).toEqual([
      { day: 5, month: 7 },
      { day: 5, month: 7 },
    ]);
  });

  it('stays set aside after a crash until the library is opened again, and knows', () => {
    const crashed = easelOn('one');
    const id = crashed.begin(2);
    crashed.close();
    const other = easelOn('other');
    expect(other.spent().day).toBe(2);
    easelOn('one', (database) => {
      database.write((writer) => {
        endAttempt(writer, id, { state: 'failed', at: noon, cost: { kind: 'reported', usd: 0 } });
      });
    });
    expect(other.spent().day).toBe(0);
  });

  it('counts once where a library was moved', () => {
    const before = easelOn('one', (database) => addAttempt(database, charge(3)));
    before.close();
    renameSync(join(folder, 'one'), join(folder, 'moved'));
    const [moved, other] = [easelOn('moved'), easelOn('other')];
    expect([moved.spent().day, other.spent().day]).toEqual([3, 3]);
  });

  it('is not forgotten where an older copy of a library is put back', () => {
    easelOn('one', (database) => addAttempt(database, charge(3))).close();
    cpSync(join(folder, 'one'), join(folder, 'backup'), { recursive: true });
    const later = easelOn('one');
    later.end(later.begin(4), 4);
    later.close();
    rmSync(join(folder, 'one'), { recursive: true });
    renameSync(join(folder, 'backup'), join(folder, 'one'));
    const again = easelOn('one');
    expect([again.spent().day, easelOn('other').spent().day]).toEqual([7, 7]);
  });

  it('is seen by others as what was decided about it later', () => {
    const [one, other] = [easelOn('one'), easelOn('other')];
    const id = addAttempt(one.database, { ...charge(0), cost: { kind: 'unknown' }, state: 'unknown', reservedUsd: 2 });
    one.refresh();
    expect(other.spent().day).toBe(2);
    one.database.write((writer) => {
      writer.run(`UPDATE attempts SET cost_kind = 'reported', cost_usd = 0.5 WHERE id = ?`, id);
    });
    one.refresh();
    expect(other.spent().day).toBe(0.5);
  });
});
