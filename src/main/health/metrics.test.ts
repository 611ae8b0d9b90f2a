import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { Standing } from '../../shared/models/routing.ts';
import { closedBreaker } from '../../shared/routing/breaker.ts';
import { bucketOf } from '../../shared/routing/time-buckets.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import { createMetrics } from './metrics.ts';

let root: string;
let database: Database;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-metrics-'));
  database = openDatabase(root, 'write');
});
afterEach(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});

const now = new Date('2026-03-02T10:20:00').getTime();
const hourMs = 3_600_000;
const thisHour = new Date('2026-03-02T10:00:00').getTime();

interface Row {
  provider?: string;
  model?: string;
  project?: string;
  hoursAgo?: number;
  attempts?: number;
  succeeded?: number;
  failed?: number;
  fallbacks?: number;
  usd?: number;
}
const use = (row: Row): void => {
  const { provider = 'fal', model = 'flux', project = 'default', hoursAgo = 0, attempts = 1 } = row;
  const { succeeded = attempts, failed = 0, fallbacks = 0, usd = 0 } = row;
  database.write((writer) =>
    writer.run(
      `INSERT INTO usage (hour, provider, model, project, attempts, succeeded, failed, fallbacks, images, kept, reported_usd)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      thisHour - hoursAgo * hourMs,
      provider,
      model,
      project,
      attempts,
      succeeded,
      failed,
      fallbacks,
      succeeded,
      succeeded,
      usd,
    ),
  );
};
const took = (ms: number, images = 1, { provider = 'fal', model = 'flux', hoursAgo = 0 }: Row = {}): void => {
  database.write((writer) =>
    writer.run(
      `INSERT INTO usage_times VALUES (?, ?, ?, 'default', ?, ?)
       ON CONFLICT DO UPDATE SET images = images + excluded.images`,
      thisHour - hoursAgo * hourMs,
      provider,
      model,
      bucketOf(ms),
      images,
    ),
  );
};

const status = (id: string, enabled = true): ProviderStatus =>
  ({
    manifest: {
      id,
      name: id.toUpperCase(),
      kind: id === 'builtin' ? 'builtin' : 'cloud',
      limits: { perMinute: 60, atOnce: 5 },
    },
    enabled,
  }) as ProviderStatus;
const metrics = (standings: Standing[] = [], list = [status('fal'), status('runware'), status('builtin')]) =>
  createMetrics({
    reader: database.read,
    providers: { list: () => list, use: () => ({ pool: { open: 2, most: 8 }, checks: { fromCache: 3, asked: 1 } }) },
    standings: () => standings,
    now: () => now,
  });

describe('metrics', () => {
  it('show everybody who is set up, with nothing where nothing was done', async () => {
    const answer = await metrics().over(24);
    expect(answer.map(({ provider }) => provider)).toEqual(['fal', 'runware']);
    expect(answer[0]).toMatchObject({
      name: 'FAL',
      attempts: 0,
      times: null,
      running: 0,
      atOnce: 5,
      perMinute: 60,
      breaker: 'closed',
      pausedUntil: null,
      pool: { open: 2, most: 8 },
      checks: { fromCache: 3, asked: 1 },
      models: [],
    });
    expect(answer[0]?.perHour).toHaveLength(24);
    expect(answer[0]?.perHour.at(-1)).toEqual({ hour: thisHour, attempts: 0, failed: 0, p50: null });
  });

  it('add up hours, projects and models, of the period and of nothing before', async () => {
    use({ attempts: 4, succeeded: 3, failed: 1, usd: 0.03 });
    use({ project: 'other', attempts: 2, usd: 0.02 });
    use({ model: 'sdxl', hoursAgo: 3, attempts: 10, fallbacks: 2, usd: 0.1 });
    use({ hoursAgo: 23, attempts: 1 });
    use({ hoursAgo: 24, attempts: 100 });
    const [fal] = await metrics().over(24);
    expect(fal).toMatchObject({ attempts: 17, succeeded: 16, failed: 1, fallbacks: 2, images: 16, kept: 16 });
    expect(fal?.reportedUsd).toBeCloseTo(0.15);
    expect(fal?.models).toMatchObject([
      { model: 'sdxl', attempts: 10 },
      { model: 'flux', attempts: 7, failed: 1 },
    ]);
    expect(fal?.perHour.map(({ attempts }) => attempts)).toEqual([1, ...Array<number>(19).fill(0), 10, 0, 0, 6]);
    expect((await metrics().over(1))[0]).toMatchObject({ attempts: 6, perHour: [{ attempts: 6, failed: 1 }] });
    expect((await metrics().over(48))[0]).toMatchObject({ attempts: 117, perHour: { length: 24 } });
  });

  it('tell the times from their buckets', async () => {
    took(1000, 90);
    took(20_000, 10);
    took(4000, 5, { model: 'sdxl', hoursAgo: 2 });
    const [fal] = await metrics().over(24);
    const [slow, quick] = [fal?.models.find(({ model }) => model === 'sdxl'), fal?.models[0]];
    expect(quick?.times?.p50).toBeGreaterThan(800);
    expect(quick?.times?.p50).toBeLessThan(1250);
    expect(quick?.times?.p95).toBeGreaterThan(16_000);
    expect(slow?.times?.p50).toBeGreaterThan(3200);
    expect(fal?.times?.average).toBeGreaterThan(quick!.times!.p50);
    expect(fal?.perHour.at(-3)?.p50).toBeGreaterThan(3200);
  });

  it('show how a provider stands now, and one that this Easel does not know', async () => {
    use({ provider: 'oldone' });
    use({ provider: 'builtin' });
    const breaker = { ...closedBreaker, state: 'open', until: now + 5 } as const;
    const standing: Standing = {
      provider: 'runware',
      breaker,
      pausedUntil: 7,
      running: 2,
      atOnce: 3,
      perMinute: null,
      startedLastMinute: 4,
      roomAt: null,
      tracks: [],
    };
    const answer = await metrics([standing]).over(24);
    expect(answer.map(({ provider }) => provider)).toEqual(['fal', 'runware', 'builtin', 'oldone']);
    expect(answer[1]).toMatchObject({
      breaker: 'open',
      pausedUntil: 7,
      running: 2,
      atOnce: 3,
      perMinute: null,
      startedLastMinute: 4,
    });
    expect(answer[3]).toMatchObject({ name: 'oldone', attempts: 1, pool: null });
  });

  it('read a year in small parts, between which others have their turn', async () => {
    database.write((writer) => {
      for (let hoursAgo = 0; hoursAgo < 8784; hoursAgo += 1)
        for (const model of ['a', 'b', 'c'])
          writer.run(
            `INSERT INTO usage (hour, provider, model, project, attempts) VALUES (?, 'fal', ?, 'p', 1)`,
            thisHour - hoursAgo * hourMs,
            model,
          );
    });
    let turns = 0;
    let isReading = true;
    const beat = (): void => {
      turns += 1;
      if (isReading) setImmediate(beat);
    };
    setImmediate(beat);
    const [fal] = await metrics().over(8784);
    isReading = false;
    expect(fal?.attempts).toBe(3 * 8784);
    // Others have their turn after each thousand of the 26,352 rows.
    expect(turns).toBeGreaterThan(20);
  });
});
