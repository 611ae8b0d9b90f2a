import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closedBreaker } from '../../shared/routing/breaker.ts';
import { silentLog, type Log } from '../log.ts';
import type { Accounts } from './accounts.ts';
import { openAccounts } from './open-accounts.ts';
import type { StoredStanding } from './standings.ts';

const now = 1_800_000_000_000;
const minuteMs = 60_000;
let folder: string;
let opened: Accounts[] = [];
let complaints: string[] = [];
const log: Log = { ...silentLog, error: (phrase) => void complaints.push(phrase) };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'easel-accounts-'));
  complaints = [];
});
afterEach(() => {
  for (const accounts of opened) accounts.close();
  opened = [];
  rmSync(folder, { recursive: true, force: true });
});

const open = (access: 'read' | 'write' = 'write', at = folder, when = now + minuteMs): Accounts => {
  const accounts = openAccounts({ folder: at, access, log, now: when });
  opened.push(accounts);
  return accounts;
};
const path = (): string => join(folder, 'accounts.db');
const standing = (more: Partial<StoredStanding> = {}): StoredStanding => ({
  provider: 'fal',
  breaker: closedBreaker,
  pausedUntil: null,
  pauseMs: null,
  triedSince: null,
  ...more,
});
const paused = (ms: number): StoredStanding => standing({ pausedUntil: now + ms, pauseMs: ms });
const open30 = {
  ...closedBreaker,
  state: 'open' as const,
  until: now + 30_000,
  openings: 1,
  reason: 'server' as const,
};
const halfOpen = { state: 'half_open' as const, until: null };

/** Does this a hundred times in each of three programs; how each of them ended, and what it complained of. */
function threePrograms(work: string): Promise<string[]> {
  const script = `
    import { openAccounts } from ${JSON.stringify(new URL('open-accounts.ts', import.meta.url).href)};
    const log = { info() {}, warn() {}, error(phrase, error) { console.error(phrase, error); }, close: async () => {} };
    const accounts = openAccounts({ folder: process.argv[1], access: 'write', log, now: ${now + minuteMs} });
    for (let n = 0; n < 100; n += 1) { ${work} }
    accounts.close();
  `;
  const run = (): Promise<string> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder]);
      let said = '';
      child.stderr.on('data', (text) => (said += String(text)));
      child.on('close', (code) => {
        resolve(`${code} ${said}`.trim());
      });
    });
  return Promise.all([run(), run(), run()]);
}

describe('accounts', () => {
  it('know after any mix of notes, restarts and two Easels what was sent, and how each service stands', () => {
    const command = fc.oneof(
      fc.record({ kind: fc.constant('start' as const), who: fc.nat({ max: 1 }), id: fc.nat({ max: 30 }) }),
      fc.record({ kind: fc.constant('keep' as const), who: fc.nat({ max: 1 }), failures: fc.nat({ max: 5 }) }),
      fc.record({ kind: fc.constant('restart' as const), who: fc.nat({ max: 1 }) }),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        const place = mkdtempSync(join(folder, 'mix-'));
        const two = [open('write', place), open('write', place)];
        const started = new Map<string, number>();
        let failuresInARow: number | null = null;
        commands.forEach((step, at) => {
          if (step.kind === 'start') {
            const id = `a${step.id}`;
            if (!started.has(id)) started.set(id, now + at);
            two[step.who]!.noteStart({ id, provider: 'fal', startedAt: now + at });
          } else if (step.kind === 'keep') {
            failuresInARow = step.failures;
            two[step.who]!.keep(standing({ breaker: { ...closedBreaker, failuresInARow } }), now + at);
          } else {
            two[step.who]!.close();
            two[step.who] = open('write', place);
          }
          for (const accounts of two) {
            const starts = accounts.startsSince(now - 1);
            expect(new Map(starts.map(({ id, startedAt }) => [id, startedAt]))).toEqual(started);
            expect(accounts.standings()?.map(({ breaker }) => breaker.failuresInARow)).toEqual(
              failuresInARow === null ? [] : [failuresInARow],
            );
          }
        });
        for (const accounts of two) accounts.close();
      }),
      { numRuns: 40 },
    );
    expect(complaints).toEqual([]);
  });

  it('keep the longer of two pauses, whichever Easel heard of it, until the service begins anew', () => {
    const [one, other] = [open(), open()];
    one.keep(paused(90_000), now);
    other.keep(standing({ breaker: open30 }), now);
    expect(open().standings()).toEqual([{ ...paused(90_000), breaker: open30 }]);
    other.keep(paused(120_000), now);
    expect(open().standings()).toEqual([{ ...paused(120_000), breaker: open30 }]);
    // It is over.
    other.keep(standing(), now + 120_000);
    expect(open().standings()).toEqual([standing()]);
    one.keep(paused(90_000), now);
    one.forget('fal');
    one.keep(standing(), now);
    expect(open().standings()).toEqual([standing()]);
  });

  it.each([
    ['a failure that is not enough to open it', { ...closedBreaker, failuresInARow: 2 }, false],
    ['the shorter one of another outage', { ...open30, until: now + 20_000, reason: 'network' }, false],
    ['the end of an absence that is not why it opened', { ...open30, ...halfOpen, reason: 'network' }, false],
    ['the end of an absence before it opened once more', { ...open30, ...halfOpen, openings: 0 }, false],
    ['a longer one', { ...open30, until: now + 60_000 }, true],
    ['the same cool-down, shortened', { ...open30, until: now + 10_000 }, true],
    ['the end of the absence that opened it', { ...open30, ...halfOpen }, true],
    ['a success, or a reset', closedBreaker, true],
  ] as const)('after a breaker that another Easel opened, know of %s', (_what, breaker, isNews) => {
    const [one, other] = [open(), open()];
    one.keep(standing({ breaker: open30 }), now);
    other.keep(standing({ breaker }), now + 1_000);
    expect(open().standings()).toEqual([standing({ breaker: isNews ? breaker : open30 })]);
    // Its cool-down is over.
    other.keep(standing({ breaker }), now + 30_000);
    expect(open().standings()).toEqual([standing({ breaker })]);
  });

  it('keep since when one that is half open is tried', () => {
    const tried = standing({ breaker: { ...open30, ...halfOpen }, triedSince: now - 5_000 });
    open().keep(tried, now);
    expect(open().standings()).toEqual([tried]);
    open().keep(standing(), now);
    expect(open().standings()).toEqual([standing()]);
  });

  it('forget how one service stands where its row can not be read, and no other', () => {
    const accounts = open();
    accounts.keep(paused(90_000), now);
    accounts.keep(standing({ provider: 'astria', breaker: open30 }), now);
    const file = new Sqlite(path());
    file.exec(`UPDATE standings SET breaker = '{"state"' WHERE provider = 'fal'`);
    file.close();
    expect(open().standings()).toEqual([standing({ provider: 'astria', breaker: open30 })]);
    expect(complaints).toEqual(['how fal stands could not be read, and is forgotten']);
    accounts.keep(standing(), now);
    expect(accounts.standings()).toHaveLength(2);
  });

  it('let a pause go that ends later than it was to last, since the clock was set back', () => {
    const accounts = open();
    accounts.keep(paused(90_000), now);
    accounts.keep(standing(), now - 3_600_000);
    expect(accounts.standings()).toEqual([standing()]);
  });

  it('take over from a library only what they do not know', () => {
    const accounts = open();
    accounts.keep(paused(90_000), now);
    const astria = standing({ provider: 'astria', breaker: open30 });
    expect(accounts.adopt([standing(), astria])).toBe(true);
    expect(accounts.standings()).toEqual(expect.arrayContaining([paused(90_000), astria]));
  });

  it('take what began later than now, since the clock was set back, for just now, once', () => {
    open().noteStart({ id: 'a', provider: 'fal', startedAt: now });
    const setBack = now - 3_600_000;
    expect(open('write', folder, setBack).startsSince(0)).toEqual([{ id: 'a', provider: 'fal', startedAt: setBack }]);
    expect(open('write', folder, setBack + 2 * minuteMs).startsSince(setBack + minuteMs)).toEqual([]);
  });

  it('hold no more than the last hour', () => {
    const accounts = open();
    for (let minute = 0; minute < 200; minute += 1) {
      accounts.noteStart({ id: `a${minute}`, provider: 'fal', startedAt: now + minute * minuteMs });
    }
    expect(accounts.startsSince(0)).toHaveLength(61);
  });

  it('add up what other libraries spent by an index, and forget it after two months', () => {
    const accounts = open();
    const day = 86_400_000;
    for (const [id, library, ago] of [
      ['a', 'one', 0],
      ['b', 'other', 0],
      ['c', 'other', 10],
      ['d', 'other', 80],
    ] as const) {
      accounts.noteSpent({ id, library, startedAt: now - ago * day, usd: 1 });
    }
    expect([accounts.spentElsewhere('one', now), accounts.spentElsewhere('one', 0)]).toEqual([1, 3]);
    accounts.settleSpent('one', now, { counted: [], isKnown: () => true });
    expect([accounts.spentElsewhere('one', 0), accounts.spentElsewhere('nobody', 0)]).toEqual([2, 2]);
    const file = new Sqlite(path());
    const plan = file
      .prepare('EXPLAIN QUERY PLAN SELECT sum(usd) AS usd FROM spent WHERE started_at >= ? AND library <> ?')
      .all(0, '') as { detail: string }[];
    expect(plan.map(({ detail }) => detail)).toEqual([
      'SEARCH spent USING COVERING INDEX spent_by_time (started_at>?)',
    ]);
    file.close();
  });

  it('lose nothing where several programs begin to use them at the same moment', { timeout: 30_000 }, async () => {
    const words = await threePrograms(
      `accounts.noteStart({ id: process.pid + '-' + n, provider: 'fal', startedAt: ${now} + n });`,
    );
    expect(words).toEqual(['0', '0', '0']);
    expect(open().startsSince(0)).toHaveLength(300);
  });

  it('let only one of several programs decide at a time', { timeout: 30_000 }, async () => {
    // Each start is called by how many there were before: of two that decide at the same moment, one is lost.
    const words = await threePrograms(
      `accounts.alone(() => accounts.noteStart({ id: String(accounts.startsSince(0).length), provider: 'fal', startedAt: ${now} + n }));`,
    );
    expect(words).toEqual(['0', '0', '0']);
    expect(open().startsSince(0)).toHaveLength(300);
  });

  it('keep what was noted of what was decided alone, and tell what went wrong', () => {
    const [one, other] = [open(), open()];
    expect(
      one.alone(() => {
        one.noteStart({ id: 'a', provider: 'fal', startedAt: now });
        return one.startsSince(0).length;
      }),
    ).toBe(1);
    expect(() =>
      one.alone(() => {
        one.noteStart({ id: 'b', provider: 'fal', startedAt: now });
        throw new Error('no disk');
      }),
    ).toThrow('no disk');
    expect([other.startsSince(0).length, complaints]).toEqual([2, []]);
  });

  it('let somebody decide all the same where another program does not let go', () => {
    const [one, other] = [open(), open()];
    const decided = one.alone(() => other.alone(() => other.startsSince(0).length));
    expect([decided, complaints.length]).toEqual([0, 1]);
  });

  it('are set aside where they are damaged, and begin anew', () => {
    writeFileSync(path(), 'no database at all, but longer than the header of one would be: '.repeat(20));
    const accounts = open();
    accounts.keep(paused(90_000), now);
    expect(accounts.isKept).toBe(true);
    expect(open().standings()).toEqual([paused(90_000)]);
    expect(readFileSync(`${path()}.damaged`, 'utf8')).toMatch(/^no database/);
  });

  it.each([
    ['of a newer Easel', 'PRAGMA application_id = 0x4561734c; PRAGMA user_version = 2'],
    ['of another program', 'PRAGMA user_version = 1'],
    ['of another program that counts no versions', ''],
  ])('leave a file %s as it is, and keep in memory what they hear', (_whose, sql) => {
    const connection = new Sqlite(path());
    connection.exec(`CREATE TABLE theirs (x); ${sql}`);
    connection.close();
    const before = readFileSync(path());
    const accounts = open();
    accounts.keep(paused(90_000), now);
    expect([accounts.isKept, accounts.standings()]).toEqual([false, [paused(90_000)]]);
    expect(complaints).toHaveLength(1);
    const after = new Sqlite(path());
    expect(after.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'theirs' }]);
    after.close();
    expect(readFileSync(path())).toEqual(before);
  });

  it('work in memory where there can be no such folder', () => {
    writeFileSync(join(folder, 'a-file'), '');
    const accounts = open('write', join(folder, 'a-file', 'data'));
    accounts.noteStart({ id: 'a', provider: 'fal', startedAt: now });
    expect([accounts.isKept, accounts.startsSince(0).length, complaints.length]).toEqual([false, 1, 1]);
  });

  it('make nothing for whoever only reads, and tell what there is', () => {
    expect(open('read').standings()).toEqual([]);
    expect(existsSync(path())).toBe(false);
    open().keep(paused(90_000), now);
    expect(open('read').standings()).toEqual([paused(90_000)]);
    expect(complaints).toEqual([]);
  });
});
