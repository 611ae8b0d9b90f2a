import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderErrorCode } from '../../src/shared/errors.ts';
import type { ProviderManifest } from '../../src/shared/models/provider.ts';
import { RoutingSettings } from '../../src/shared/models/routing.ts';
import { closedBreaker } from '../../src/shared/routing/breaker.ts';
import { openAccounts } from '../../src/main/database/open-accounts.ts';
import { openDatabase } from '../../src/main/database/open-database.ts';
import { silentLog } from '../../src/main/log.ts';
import type { UnderWay } from '../../src/main/routing/gate.ts';
import { createSharedTraffic } from '../../src/main/routing/shared-traffic.ts';

let folder: string;
let closers: (() => void)[] = [];
const perMinute = 4;
const begunAt = 1_800_000_000_000;
let at = begunAt;
/** By how much the clock of the day was set. */
let setBy = 0;
let number = 0;
beforeEach(() => {
  [at, setBy] = [begunAt, 0];
  folder = mkdtempSync(join(tmpdir(), 'easel-shared-'));
});
afterEach(() => {
  for (const close of closers.reverse()) close();
  closers = [];
  rmSync(folder, { recursive: true, force: true });
});

/** An Easel with a library of its own; all are on one data folder. `pausedMs`: what an older one left in the library. */
function easel(name: string, { isReadOnly = false, pausedMs = 0 } = {}) {
  const root = join(folder, name);
  mkdirSync(root);
  const database = openDatabase(root, 'write');
  if (pausedMs > 0) {
    database.write((writer) => {
      const sql = `INSERT INTO standings (provider, breaker, paused_until, pause_ms) VALUES ('fal', ?, ?, ?)`;
      writer.run(sql, JSON.stringify(closedBreaker), at + pausedMs, pausedMs);
    });
  }
  const accounts = openAccounts({ folder, access: isReadOnly ? 'read' : 'write', log: silentLog, now: at });
  closers.push(() => {
    accounts.close();
    database.close();
  });
  const shared = createSharedTraffic({
    ...{ database, accounts, log: silentLog, now: () => at + setBy, isReadOnly },
    manifests: () => [{ id: 'fal', limits: { perMinute, atOnce: 9 } } as ProviderManifest],
    steady: () => at - begunAt,
    settings: () => RoutingSettings.parse({ breaker: { failures: 2, coolDownSeconds: 30 } }),
    onResume: () => undefined,
  });
  const begin = () => {
    const id = `${name}-${(number += 1)}`;
    const underWay = shared
      .now()
      .gate('fal')!
      .begin(at + setBy);
    shared.began(id, at + setBy);
    accounts.noteStart({ id, provider: 'fal', startedAt: at + setBy });
    return underWay;
  };
  const end = (underWay: UnderWay, code: ProviderErrorCode | null, retryAfterMs: number | null = null): void => {
    shared.now().end(underWay, { code, retryAfterMs, outcome: null });
  };
  return {
    shared,
    begin,
    end,
    run: (code: ProviderErrorCode | null, retryAfterMs: number | null = null) => {
      end(begin(), code, retryAfterMs);
    },
    standing: () => shared.now().standings()[0]!,
    hasRoom: () => shared.now().gate('fal')!.mayBegin(),
    reset: () => {
      accounts.forget('fal');
      shared.now().gate('fal')!.reset();
    },
  };
}

describe('two Easels on one data folder', () => {
  it('share what may be sent in a minute, and count nothing twice', () => {
    const [one, other] = [easel('one'), easel('other')];
    one.run(null);
    other.run(null);
    expect([one.standing().startedLastMinute, other.standing().startedLastMinute]).toEqual([2, 2]);
    one.run(null);
    other.run(null);
    expect([one.hasRoom(), other.hasRoom()]).toEqual([false, false]);
    expect(easel('third').standing().startedLastMinute).toBe(4);
  });

  it('leave a service alone that asked one of them for it', () => {
    const [one, other] = [easel('one'), easel('other')];
    one.run('rate_limit', 20_000);
    expect(other.standing().pausedUntil).toBe(at + 20_000);
    expect(other.hasRoom()).toBe(false);
  });

  it('share a breaker: what opens it, its one try, its success, and that it is reset', () => {
    const [one, other] = [easel('one'), easel('other')];
    one.run('server');
    // Failures in a row, whoever had them.
    other.run('server');
    expect([one.standing().breaker.state, one.hasRoom()]).toEqual(['open', false]);
    at += 31_000;
    const probe = one.begin();
    expect([one.hasRoom(), other.hasRoom()]).toEqual([false, false]);
    one.end(probe, null);
    expect(other.standing().breaker.state).toBe('closed');
    at += 61_000;
    expect(other.hasRoom()).toBe(true);
    one.run('auth');
    expect(other.standing().breaker.state).toBe('open');
    other.reset();
    expect([one.standing().breaker.state, one.hasRoom()]).toEqual(['closed', true]);
  });

  it('keep what one of them sees for itself where nothing was told', () => {
    const [one, other] = [easel('one'), easel('other')];
    one.run('rate_limit', 20_000);
    other.run('server');
    expect([one.standing().pausedUntil, one.standing().breaker.failuresInARow]).toEqual([at + 20_000, 1]);
  });

  it('hold to a pause that could not be kept, whatever the other one notes', () => {
    const [one, other] = [easel('one'), easel('other')];
    const lock = new Sqlite(join(folder, 'accounts.db'));
    lock.exec('BEGIN IMMEDIATE');
    one.run('rate_limit', 20_000);
    lock.exec('ROLLBACK');
    lock.close();
    other.run(null);
    expect(one.standing().pausedUntil).toBe(at + 20_000);
    // It has been kept since.
    expect(other.standing().pausedUntil).toBe(at + 20_000);
  });

  it('hold to a pause where what they keep can not be read any more', () => {
    const one = easel('one');
    one.run('rate_limit', 20_000);
    const raw = new Sqlite(join(folder, 'accounts.db'));
    raw.exec('ALTER TABLE standings RENAME TO away');
    expect([one.standing().pausedUntil, one.hasRoom()]).toEqual([at + 20_000, false]);
    raw.exec('ALTER TABLE away RENAME TO standings');
    raw.exec('UPDATE standings SET paused_until = paused_until + 5000, pause_ms = pause_ms + 5000');
    raw.close();
    expect(one.standing().pausedUntil).toBe(at + 25_000);
  });

  it('hold to what only a library knows that is only read', () => {
    const other = easel('other');
    const one = easel('one', { isReadOnly: true, pausedMs: 20_000 });
    other.run(null);
    expect(one.standing().pausedUntil).toBe(at + 20_000);
  });

  it('close a breaker with the success of the one try, though the other one was asked for a pause meanwhile', () => {
    const [one, other] = [easel('one'), easel('other')];
    const before = other.begin();
    one.run('server');
    one.run('server');
    at += 61_000;
    const probe = one.begin();
    expect(other.standing().breaker.state).toBe('open');
    other.end(before, 'rate_limit', 5_000);
    one.end(probe, null);
    expect([one.standing().breaker.state, other.standing().breaker.state]).toEqual(['closed', 'closed']);
    expect([one.hasRoom(), other.hasRoom()]).toEqual([false, false]);
    at += 5_001;
    other.run(null);
    expect([one.standing().breaker.state, one.hasRoom(), other.hasRoom()]).toEqual(['closed', true, true]);
  });

  it('send no second try where the other one sees the provider come back during the first', () => {
    const [one, other] = [easel('one'), easel('other')];
    one.run('network');
    one.run('network');
    at += 61_000;
    const probe = one.begin();
    other.shared.now().gate('fal')!.cameBack();
    expect(other.hasRoom()).toBe(false);
    one.end(probe, null);
    expect(other.hasRoom()).toBe(true);
  });

  it('learn nothing of what came after a reset from a try that began before it', () => {
    const [one, other] = [easel('one'), easel('other')];
    one.run('server');
    one.run('server');
    at += 61_000;
    const probe = one.begin();
    other.reset();
    expect([one.hasRoom(), other.hasRoom()]).toEqual([true, true]);
    one.end(probe, 'server');
    expect([one.standing().breaker.state, other.standing().breaker.state]).toEqual(['closed', 'closed']);
  });

  it('take a pause along with a clock that is set back once, whoever notices it first', () => {
    const [one, other] = [easel('one'), easel('other')];
    one.run('rate_limit', 20_000);
    at += 100;
    expect(other.hasRoom()).toBe(false);
    setBy = -3_600_000;
    // So soon after it looked that it does not look again.
    at += 10;
    expect([one.hasRoom(), other.hasRoom()]).toEqual([false, false]);
    at += 30;
    expect([one.hasRoom(), other.hasRoom()]).toEqual([false, false]);
    at += 20_000;
    expect([one.hasRoom(), other.hasRoom()]).toEqual([true, true]);
  });

  it('together keep the limit, every pause and the one try of a breaker, whatever they do', () => {
    const who = fc.nat({ max: 1 });
    const code = fc.constantFrom<ProviderErrorCode | null>(null, 'network', 'network', 'server', 'cancelled');
    const steps = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('begin' as const), who }) },
      { weight: 4, arbitrary: fc.record({ do: fc.constant('end' as const), which: fc.nat(), code }) },
      fc.record({ do: fc.constant('pause' as const), which: fc.nat(), ms: fc.integer({ min: 1, max: 40_000 }) }),
      { weight: 2, arbitrary: fc.record({ do: fc.constant('cameBack' as const), who }) },
      fc.record({ do: fc.constant('reset' as const), who }),
      fc.record({ do: fc.constant('recall' as const), who }),
      {
        weight: 4,
        arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 35_000 }) }),
      },
    );
    const two = [easel('one'), easel('other')];
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 60, size: 'max' }), (sequence) => {
        at += 10_000_000;
        // As after a restart.
        for (const { shared } of two) shared.recall();
        two[0]!.reset();
        // They begin with a breaker that is half open.
        two[0]!.run('network');
        two[0]!.run('network');
        at += 61_000;
        let open: { by: number; underWay: UnderWay; startedAt: number; isTry: boolean }[] = [];
        const forgotten: typeof open = [];
        let starts: number[] = [];
        let pausedUntil = -Infinity;
        const take = (which: number): (typeof open)[number] | undefined => {
          const taken = open[which % Math.max(1, open.length)];
          open = open.filter((known) => known !== taken);
          return taken;
        };
        for (const step of sequence) {
          switch (step.do) {
            case 'begin': {
              const one = two[step.who]!;
              if (!one.hasRoom()) break;
              const isTry = one.standing().breaker.state === 'half_open';
              // One that takes longer than a cool-down holds nobody else up.
              const tries = [...open, ...forgotten].filter((known) => known.isTry && at - known.startedAt < 30_000);
              expect(isTry ? tries : []).toEqual([]);
              expect(at).toBeGreaterThanOrEqual(pausedUntil);
              starts = [...starts.filter((start) => start > at - 60_000), at];
              expect(starts.length).toBeLessThanOrEqual(perMinute);
              open.push({ by: step.who, underWay: one.begin(), startedAt: at, isTry });
              break;
            }
            case 'end': {
              const taken = take(step.which);
              if (taken) two[taken.by]!.end(taken.underWay, step.code);
              break;
            }
            case 'pause': {
              const taken = take(step.which);
              if (!taken) break;
              two[taken.by]!.end(taken.underWay, 'rate_limit', step.ms);
              pausedUntil = Math.max(pausedUntil, at + step.ms);
              break;
            }
            case 'cameBack':
              two[step.who]!.shared.now().gate('fal')!.cameBack();
              break;
            case 'reset':
              two[step.who]!.reset();
              pausedUntil = -Infinity;
              for (const known of [...open, ...forgotten]) known.isTry = false;
              break;
            case 'recall':
              // Those under way are forgotten, as in a crash.
              two[step.who]!.shared.recall();
              for (const known of open) if (known.by === step.who) forgotten.push(known);
              open = open.filter(({ by }) => by !== step.who);
              break;
            case 'pass':
              at += step.ms;
          }
          const [one, other] = two.map(({ hasRoom }) => hasRoom());
          // Both see the same, but for the try of the one that is longer than the other one waits for it.
          if (![...open, ...forgotten].some(({ isTry }) => isTry)) expect(one).toBe(other);
        }
      }),
      { numRuns: 100 },
    );
  });
});
