import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderErrorCode } from '../../shared/errors.ts';
import type { ProviderManifest } from '../../shared/models/provider.ts';
import { RoutingSettings } from '../../shared/models/routing.ts';
import { openAccounts } from '../database/open-accounts.ts';
import { openDatabase } from '../database/open-database.ts';
import { silentLog } from '../log.ts';
import { createSharedTraffic } from './shared-traffic.ts';

let folder: string;
let closers: (() => void)[] = [];
const begunAt = 1_800_000_000_000;
let at = begunAt;
let number = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'easel-shared-'));
});
afterEach(() => {
  for (const close of closers.reverse()) close();
  closers = [];
  rmSync(folder, { recursive: true, force: true });
});

/** An Easel with a library of its own; all are on one data folder. */
function easel(name: string) {
  const root = join(folder, name);
  mkdirSync(root);
  const database = openDatabase(root, 'write');
  const accounts = openAccounts({ folder, access: 'write', log: silentLog, now: at });
  closers.push(() => {
    accounts.close();
    database.close();
  });
  const shared = createSharedTraffic({
    ...{ database, accounts, log: silentLog, now: () => at, isReadOnly: false },
    manifests: () => [{ id: 'fal', limits: { perMinute: 3, atOnce: 9 } } as ProviderManifest],
    steady: () => at - begunAt,
    settings: () => RoutingSettings.parse({ breaker: { failures: 2, coolDownSeconds: 30 } }),
    onResume: () => undefined,
  });
  const begin = () => {
    const id = `${name}-${(number += 1)}`;
    const underWay = shared.now().begin('fal', at)!;
    shared.began(id, at);
    accounts.noteStart({ id, provider: 'fal', startedAt: at });
    return underWay;
  };
  return {
    shared,
    begin,
    run: (code: ProviderErrorCode | null, retryAfterMs: number | null = null) => {
      const underWay = begin();
      shared.now().end(underWay, { code, retryAfterMs, outcome: null });
    },
    standing: () => shared.now().standings()[0]!,
    hasRoom: () => shared.now().hasRoom('fal'),
    reset: () => {
      accounts.forget('fal');
      shared.now().reset('fal');
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
    expect([one.hasRoom(), other.hasRoom()]).toEqual([false, false]);
    expect(easel('third').standing().startedLastMinute).toBe(3);
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
    one.shared.now().end(probe, { code: null, retryAfterMs: null, outcome: null });
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
});
