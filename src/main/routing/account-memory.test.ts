import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closedBreaker } from '../../shared/routing/breaker.ts';
import type { Database } from '../database/database.ts';
import type { Accounts } from '../database/accounts.ts';
import { openAccounts } from '../database/open-accounts.ts';
import { openDatabase } from '../database/open-database.ts';
import { readStandings } from '../database/standings.ts';
import { silentLog } from '../log.ts';
import { forgetStanding, rememberedStandings, startsOfLastMinute } from './account-memory.ts';

const now = 1_800_000_000_000;
const fal = { provider: 'fal', breaker: closedBreaker, pausedUntil: now + 60_000, pauseMs: 60_000, triedSince: null };
let root: string;
let database: Database;
let accounts: Accounts;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-memory-'));
  database = openDatabase(root, 'write');
  // As an older Easel left it.
  database.write((writer) => {
    writer.run(
      `INSERT INTO standings (provider, breaker, paused_until, pause_ms) VALUES ('fal', ?, ?, 60000)`,
      JSON.stringify(closedBreaker),
      now + 60_000,
    );
  });
  accounts = openAccounts({ folder: root, access: 'write', log: silentLog });
});
afterEach(() => {
  accounts.close();
  database.close();
  rmSync(root, { recursive: true, force: true });
});

const remembered = (isReadOnly = false) => rememberedStandings({ database, accounts, isReadOnly, log: silentLog });

describe('what an older Easel kept in a library', () => {
  it('is moved to the accounts, once', () => {
    expect(remembered()).toEqual([fal]);
    expect([accounts.standings(), readStandings(database.read, silentLog)]).toEqual([[fal], []]);
    accounts.forget('fal');
    expect(remembered()).toEqual([]);
  });

  it('does not take the place of what the accounts know', () => {
    const known = { ...fal, pausedUntil: null, pauseMs: null };
    accounts.keep(known, now);
    expect([remembered(true), remembered()]).toEqual([[known], [known]]);
  });

  it('stays where it is while the library is only read, or the accounts are not kept', () => {
    expect(remembered(true)).toEqual([fal]);
    accounts.close();
    accounts = openAccounts({ folder: join(root, 'library.db'), access: 'write', log: silentLog });
    expect([accounts.isKept, remembered()]).toEqual([false, [fal]]);
    expect(readStandings(database.read, silentLog)).toEqual([fal]);
  });

  it('is gone for good where a provider begins anew, though the accounts are not kept', () => {
    accounts.close();
    accounts = openAccounts({ folder: join(root, 'library.db'), access: 'write', log: silentLog });
    expect(remembered()).toEqual([fal]);
    forgetStanding({ database, accounts }, 'astria');
    expect(remembered()).toEqual([fal]);
    forgetStanding({ database, accounts }, 'fal');
    expect([remembered(), readStandings(database.read, silentLog)]).toEqual([[], []]);
  });

  it('is read provider by provider: a row that is damaged stops no library from opening', () => {
    database.write((writer) => {
      writer.run(`INSERT INTO standings (provider, breaker) VALUES ('astria', 'no JSON')`);
    });
    expect([remembered(true), remembered()]).toEqual([[fal], [fal]]);
  });
});

describe('the attempts of the last minute', () => {
  it('are those of all libraries, oldest first, each once', () => {
    database.write((writer) => {
      writer.run(`INSERT INTO jobs (id, state, request, position, created_at) VALUES ('job', 'running', '{}', 1, 0)`);
      for (const [number, id, state, ago] of [
        [1, 'open', 'pending', 3_600_000],
        [2, 'here', 'succeeded', 20_000],
        [3, 'past', 'succeeded', 70_000],
        [4, 'ahead', 'succeeded', -30_000],
        [5, 'of a clock set back', 'succeeded', -90_000],
      ] as const) {
        writer.run(
          `INSERT INTO attempts (id, job_id, number, first_index, image_count, provider, model, state, request, dropped, started_at)
           VALUES (?, 'job', ?, 0, 1, 'fal', 'm', ?, '{}', '[]', ?)`,
          id,
          number,
          state,
          now - ago,
        );
      }
    });
    for (const [id, ago] of [
      ['here', 20_000],
      ['elsewhere', 30_000],
      ['there', 5_000],
      ['long ago', 65_000],
    ] as const) {
      accounts.noteStart({ id, provider: 'fal', startedAt: now - ago });
    }
    expect(startsOfLastMinute({ database, accounts, now }).map(({ id, isOpen }) => [id, isOpen])).toEqual([
      ['open', true],
      ['elsewhere', false],
      ['here', false],
      ['there', false],
      ['ahead', false],
    ]);
  });
});
