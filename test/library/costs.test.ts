import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addAttempt, addTraining, type PastAttempt } from '../spending-history.ts';
import type { CostGroup, LedgerEntry } from '../../src/shared/models/costs.ts';
import type { ProviderStatus } from '../../src/shared/models/provider.ts';
import type { Database } from '../../src/main/database/database.ts';
import { openDatabase } from '../../src/main/database/open-database.ts';
import { createCosts } from '../../src/main/costs/costs.ts';
import { dayOf } from '../../src/main/costs/summary.ts';

const now = new Date(2026, 10, 20, 15, 30).getTime();
const hour = 3_600_000;
const groupings = ['day', 'provider', 'model', 'project'] as const;

let root: string;
let database: Database;
let costs: ReturnType<typeof createCosts>;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-costs-'));
  database = openDatabase(root, 'write');
  const provider = (id: string, kind: 'cloud' | 'local'): ProviderStatus =>
    ({ manifest: { id, name: `The ${id}`, kind }, models: [{ id: 'm', name: 'Em' }] }) as unknown as ProviderStatus;
  costs = createCosts({
    database,
    providers: { list: () => [provider('fal', 'cloud'), provider('comfyui', 'local')] },
    spentElsewhere: () => 0,
    now: () => now,
  });
});
afterEach(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});

const usd = fc.integer({ min: 0, max: 500_000 }).map((millionths) => millionths / 1e6);
const cost = fc.oneof(
  fc.constant({ kind: 'unknown' as const }),
  usd.map((amount) => ({ kind: 'estimated' as const, usd: amount })),
  usd.map((amount) => ({ kind: 'reported' as const, usd: amount })),
);
const pastAttempt: fc.Arbitrary<PastAttempt> = fc.record({
  at: fc.integer({ min: now - 60 * 24 * hour, max: now }),
  provider: fc.constantFrom('fal', 'comfyui', 'gone'),
  model: fc.constantFrom('m', 'm/2', 'n'),
  project: fc.constantFrom('default', 'covers'),
  state: fc.constantFrom('succeeded', 'failed', 'cancelled', 'unknown', null),
  cost,
  reservedUsd: fc.option(usd),
  images: fc.integer({ min: 1, max: 4 }),
  trashed: fc.integer({ min: 0, max: 4 }),
  took: fc.integer({ min: 1, max: 100_000 }),
});

const sum = (groups: readonly CostGroup[], of: (group: CostGroup) => number): number =>
  groups.reduce((total, group) => total + of(group), 0);
const amounts = ['reportedUsd', 'estimatedUsd', 'heldUsd'] as const;
const counts = ['attempts', 'succeeded', 'failed', 'images', 'kept', 'unknownCosts'] as const;

describe('the summary', () => {
  it('equals a count over the attempts themselves, however it is divided', { retry: 0 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pastAttempt, { minLength: 1, maxLength: 25 }), async (past) => {
        for (const attempt of past) addAttempt(database, attempt);
        for (const by of groupings) {
          const { groups, total } = await costs.summary({ by });
          const counted = database.read.all<Record<string, number | string> & { key: string; at: number }>(
            `SELECT provider, model, json_extract(request, '$.project') AS project, started_at AS at, 1 AS attempts,
               state = 'succeeded' AS succeeded, state IN ('failed', 'unknown') AS failed,
               (SELECT count(*) FROM images WHERE attempt_id = attempts.id) AS images,
               (SELECT count(*) FROM images WHERE attempt_id = attempts.id AND trashed_at IS NULL) AS kept,
               CASE cost_kind WHEN 'reported' THEN cost_usd ELSE 0.0 END AS reportedUsd,
               CASE cost_kind WHEN 'estimated' THEN cost_usd ELSE 0.0 END AS estimatedUsd,
               CASE cost_kind WHEN 'unknown' THEN coalesce(reserved_usd, 0.0) ELSE 0.0 END AS heldUsd,
               cost_kind = 'unknown' AS unknownCosts
             FROM attempts WHERE state NOT IN ('sending', 'pending')`,
          );
          const keyOf = (row: (typeof counted)[number]): string =>
            by === 'day' ? dayOf(row.at) : by === 'model' ? `${row.provider}/${row.model}` : String(row[by]);
          const keys = new Set(counted.map(keyOf));
          expect(new Set(groups.map(({ key }) => key))).toEqual(keys);
          for (const field of [...counts, ...amounts]) {
            for (const group of groups) {
              const expected = counted
                .filter((row) => keyOf(row) === group.key)
                .reduce((all, row) => all + Number(row[field]), 0);
              expect(group[field], `${by} ${group.key} ${field}`).toBeCloseTo(expected, 5);
            }
            expect(
              sum(groups, (group) => group[field]),
              field,
            ).toBeCloseTo(total[field], 4);
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('says by day, provider, model and project how long images took', async () => {
    const at = now;
    for (const took of [1_000, 1_000, 1_000, 60_000]) {
      addAttempt(database, { at, provider: 'fal', model: 'm', project: 'covers', took });
    }
    addAttempt(database, { at, provider: 'comfyui', model: 'n', took: 8_000 });
    addAttempt(database, { at, provider: 'fal', model: 'm', project: 'failures', state: 'failed' });
    const timesBy = async (by: (typeof groupings)[number]): Promise<Record<string, readonly unknown[]>> => {
      const { groups } = await costs.summary({ by });
      const seconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 1000));
      return Object.fromEntries(
        groups.map(({ key, p50, p95, succeeded }) => [key, [seconds(p50), seconds(p95), succeeded]]),
      );
    };
    const slow: unknown = expect.closeTo(60, -1);
    expect(await timesBy('project')).toEqual({ covers: [1, slow, 4], default: [8, 8, 1], failures: [null, null, 0] });
    expect(await timesBy('provider')).toEqual({ fal: [1, slow, 4], comfyui: [8, 8, 1] });
    expect(await timesBy('model')).toEqual({ 'fal/m': [1, slow, 4], 'comfyui/n': [8, 8, 1] });
    expect(await timesBy('day')).toEqual({ [dayOf(at)]: [1, slow, 5] });
  });

  it('counts times whose project an older Easel did not note in every sum but that of a project', async () => {
    addAttempt(database, { at: now, provider: 'fal', model: 'm', took: 5_000 });
    database.write((writer) => writer.run(`UPDATE usage_times SET project = ''`));
    const { groups, total } = await costs.summary({ by: 'project' });
    expect(groups).toMatchObject([{ key: 'default', p50: null, p95: null }]);
    expect(total.p50).toBeGreaterThan(0);
    expect((await costs.summary({ by: 'day' })).groups[0]?.p50).toBe(total.p50);
  });

  it('counts what nobody knows apart, never as nothing', async () => {
    addAttempt(database, { at: now, provider: 'fal', model: 'm', images: 2, cost: { kind: 'reported', usd: 0.1 } });
    addAttempt(database, { at: now, provider: 'fal', model: 'm', cost: { kind: 'unknown' }, reservedUsd: 0.04 });
    const { total, groups } = await costs.summary({ by: 'model' });
    expect(total).toMatchObject({ reportedUsd: 0.1, estimatedUsd: 0, heldUsd: 0.04, unknownCosts: 1, kept: 3 });
    // At least: one of the three may have cost more.
    expect(total.usdPerKept).toBeCloseTo(0.1 / 3, 5);
    expect(groups).toMatchObject([{ key: 'fal/m', label: 'Em (The fal)' }]);
  });

  it('divides what is spent on images by those that were kept', async () => {
    const at = now;
    addAttempt(database, {
      at,
      provider: 'fal',
      model: 'm',
      images: 4,
      trashed: 3,
      cost: { kind: 'estimated', usd: 0.2 },
    });
    addTraining(database, { at, provider: 'fal', state: 'succeeded', cost: { kind: 'reported', usd: 2 } });
    addAttempt(database, {
      at,
      provider: 'comfyui',
      model: 'n',
      images: 2,
      trashed: 2,
      cost: { kind: 'reported', usd: 0 },
    });
    const { groups, total } = await costs.summary({ by: 'model' });
    expect(
      groups.map(({ key, usdPerKept, trainings, trainingUsd }) => ({ key, usdPerKept, trainings, trainingUsd })),
    ).toEqual([
      { key: 'fal/#trainings', usdPerKept: null, trainings: 1, trainingUsd: 2 },
      { key: 'fal/m', usdPerKept: 0.2, trainings: 0, trainingUsd: 0 },
      { key: 'comfyui/n', usdPerKept: null, trainings: 0, trainingUsd: 0 },
    ]);
    expect(total).toMatchObject({ usdPerKept: 0.2, reportedUsd: 2, estimatedUsd: 0.2, trainings: 1 });
  });

  it('knows no cost of a kept image where it knows no cost at all', async () => {
    addAttempt(database, { at: now, provider: 'fal', model: 'm', images: 2, cost: { kind: 'unknown' } });
    expect((await costs.summary({ by: 'model' })).total).toMatchObject({ kept: 2, usdPerKept: null });
  });

  it('follows the trash, both ways', async () => {
    addAttempt(database, { at: now, provider: 'fal', model: 'm', images: 3 });
    const kept = async (): Promise<number> => (await costs.summary({ by: 'project' })).total.kept;
    expect(await kept()).toBe(3);
    database.write((writer) => writer.run('UPDATE images SET trashed_at = 1 WHERE image_index < 2'));
    expect(await kept()).toBe(1);
    database.write((writer) => writer.run('UPDATE images SET trashed_at = NULL'));
    expect(await kept()).toBe(3);
  });

  it('takes only the time that is asked for, days as this computer has them', async () => {
    const midnight = new Date(2026, 10, 20).getTime();
    for (const at of [midnight - 1, midnight, now]) addAttempt(database, { at, provider: 'fal', model: 'm' });
    expect((await costs.summary({ by: 'day' })).groups.map(({ key, attempts }) => [key, attempts])).toEqual([
      ['2026-11-19', 1],
      ['2026-11-20', 2],
    ]);
    expect((await costs.summary({ by: 'day', from: midnight })).total.attempts).toBe(2);
    expect((await costs.summary({ by: 'day', to: midnight })).total.attempts).toBe(1);
    expect((await costs.summary({ by: 'day', from: now + hour })).groups).toEqual([]);
  });

  it('is read in pages, and lets others have their turn between them', async () => {
    database.write((writer) => {
      for (let index = 0; index < 2_500; index += 1)
        writer.run(
          `INSERT INTO usage (hour, provider, model, project, attempts, reported_usd) VALUES (?, 'fal', ?, 'default', 1, 0.01)`,
          Math.floor(now / hour) * hour - (index % 50) * hour,
          `m${index}`,
        );
    });
    let turns = 0;
    const turn = setInterval(() => (turns += 1), 0);
    const { total, groups } = await costs.summary({ by: 'model' });
    clearInterval(turn);
    expect([total.attempts, total.reportedUsd, groups.length]).toEqual([2_500, 25, 2_500]);
    expect(turns).toBeGreaterThan(0);
  });
});

describe('the ledger', () => {
  const all = (limit: number): LedgerEntry[] => {
    const entries: LedgerEntry[] = [];
    let before: string | undefined;
    do {
      const page = costs.ledger({ limit, before });
      expect(page.entries.length).toBeLessThanOrEqual(limit);
      entries.push(...page.entries);
      before = page.next ?? undefined;
    } while (before !== undefined);
    return entries;
  };

  it(
    'has every attempt and training that may have cost something once, newest first, whatever the size of a page',
    { retry: 0 },
    () => {
      const moment = fc.integer({ min: 0, max: 5 }).map((minutes) => now - minutes * 60_000);
      const training = fc.record({
        at: moment,
        provider: fc.constantFrom('fal', 'replicate'),
        state: fc.constantFrom('succeeded' as const, 'failed' as const),
        cost,
      });
      fc.assert(
        fc.property(
          fc.array(fc.tuple(pastAttempt, moment), { maxLength: 20 }),
          fc.array(training, { maxLength: 6 }),
          fc.integer({ min: 1, max: 9 }),
          (past, trainings, limit) => {
            database.write((writer) => {
              for (const table of ['images', 'attempts', 'trainings']) writer.run(`DELETE FROM ${table}`);
            });
            const costsSomething = ({ cost: each }: { cost?: PastAttempt['cost'] }): boolean =>
              each?.kind !== 'reported' || each.usd > 0;
            const expected = [
              ...past.flatMap(([attempt, at]) => {
                const id = addAttempt(database, { ...attempt, at });
                // What has not ended has no cost yet.
                return attempt.provider !== 'comfyui' && (attempt.state === null || costsSomething(attempt))
                  ? [id]
                  : [];
              }),
              ...trainings.flatMap((each) => {
                const id = addTraining(database, each);
                return costsSomething(each) ? [id] : [];
              }),
            ];
            const entries = all(limit);
            expect(entries.map(({ id }) => id).sort()).toEqual(expected.sort());
            const times = entries.map(({ at }) => at);
            expect(times).toEqual(times.toSorted((one, other) => other - one));
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  it('leaves out trainings that wait to be sent, and takes only the time that is asked for', () => {
    addTraining(database, { at: now, provider: 'fal' });
    for (const at of [now - 2, now - 1, now]) addAttempt(database, { at, provider: 'fal', model: 'm' });
    expect(all(10).map(({ at }) => at)).toEqual([now, now - 1, now - 2]);
    expect(costs.ledger({ limit: 10, from: now - 1, to: now }).entries.map(({ at }) => at)).toEqual([now - 1]);
  });

  it('refuses a place that it has not named', () => {
    expect(() => costs.ledger({ limit: 1, before: '1 OR 1=1' })).toThrow(/no such page/);
  });
});

describe("what is spent by the caps' reckoning", () => {
  it('counts today and this month, with what is under way and what may have been charged', () => {
    const spent = (at: number, more: Partial<PastAttempt>): void =>
      void addAttempt(database, { at, provider: 'fal', model: 'm', ...more });
    spent(new Date(2026, 9, 31, 23, 59).getTime(), { cost: { kind: 'reported', usd: 100 } });
    spent(new Date(2026, 10, 1).getTime(), { cost: { kind: 'reported', usd: 1 } });
    spent(now, { cost: { kind: 'estimated', usd: 0.25 } });
    spent(now, { cost: { kind: 'unknown' }, state: 'unknown', reservedUsd: 0.5 });
    spent(now, { state: null, reservedUsd: 0.125 });
    addTraining(database, { at: now, provider: 'fal', state: 'succeeded', cost: { kind: 'reported', usd: 2 } });
    expect(costs.spent()).toEqual({ day: 2.875, month: 3.875 });
  });
});
