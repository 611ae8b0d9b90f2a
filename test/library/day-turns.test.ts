import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addAttempt } from '../spending-history.ts';
import { RoutingSettings, type Spending } from '../../src/shared/models/routing.ts';
import type { Database } from '../../src/main/database/database.ts';
import { openAccounts } from '../../src/main/database/open-accounts.ts';
import { openDatabase } from '../../src/main/database/open-database.ts';
import { createEvents } from '../../src/main/events.ts';
import { silentLog } from '../../src/main/log.ts';
import { createRouting } from '../../src/main/routing/routing.ts';

let root: string;
let database: Database;
const closers: (() => void)[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-days-'));
  database = openDatabase(root, 'write');
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
  database.close();
  rmSync(root, { recursive: true, force: true });
  vi.useRealTimers();
});
// Ids never go back in time: the test files that follow begin with others.
afterAll(() => {
  vi.resetModules();
});

/** Routing of a library in which a dollar was spent just now, and what it tells of spending from then on. */
function routingAt(date: Date): Spending[] {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: date });
  addAttempt(database, { at: Date.now(), provider: 'fal', model: 'm', cost: { kind: 'reported', usd: 1 } });
  const events = createEvents();
  const told: Spending[] = [];
  events.listen((event) => {
    if (event.kind === 'routingChanged') told.push(event.routing.spending);
  });
  const inForce = RoutingSettings.parse({ caps: { day: 1 } });
  const accounts = openAccounts({ folder: root, access: 'write', log: silentLog });
  closers.push(() => {
    accounts.close();
  });
  const routing = createRouting({
    database,
    accounts,
    providers: {
      list: () => [],
      status: () => Promise.reject(new Error('nobody')) as never,
      ensureFresh: () => Promise.resolve(),
    },
    settings: () => ({ inForce, overrides: [] }),
    scores: () => ({}),
    ratings: () => ({}),
    inputSize: () => Promise.reject(new Error('no picture')),
    events,
    log: silentLog,
    now: Date.now,
    isReadOnly: false,
    onFailure: () => undefined,
  });
  closers.push(routing.close);
  expect(routing.state().spending).toEqual({ day: 1, month: 1 });
  return told;
}

const minutes = (count: number): void => void vi.advanceTimersByTime(count * 60_000);

describe('what is spent', () => {
  it('is told anew as soon as another day begins, and once', () => {
    const told = routingAt(new Date(2026, 10, 28, 22, 0, 30));
    minutes(119);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(31_000);
    expect(told).toEqual([{ day: 0, month: 1 }]);
    minutes(60 * 23);
    expect(told).toHaveLength(1);
  });

  it('is told anew with another month', () => {
    const told = routingAt(new Date(2026, 10, 30, 23, 59));
    vi.advanceTimersByTime(61_000);
    expect(told).toEqual([{ day: 0, month: 0 }]);
  });

  it('is told anew where a computer has slept over midnight, and where its clock was set to another day', () => {
    const told = routingAt(new Date(2026, 10, 27, 12, 0));
    vi.setSystemTime(new Date(2026, 10, 28, 9, 0));
    minutes(1.1);
    expect(told).toEqual([{ day: 0, month: 1 }]);
    vi.setSystemTime(new Date(2026, 10, 27, 12, 30));
    minutes(1.1);
    expect(told).toEqual([
      { day: 0, month: 1 },
      { day: 1, month: 1 },
    ]);
  });

  it('is told no more once the library is closed', () => {
    const told = routingAt(new Date(2026, 10, 28, 22, 0));
    for (const close of closers.splice(0)) close();
    minutes(60 * 5);
    expect([told, vi.getTimerCount()]).toEqual([[], 0]);
  });
});
