import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import * as attempts from './attempts.ts';
import type { Database, Writer } from './database.ts';
import * as images from './images.ts';
import * as jobs from './jobs.ts';
import * as queued from './queued-jobs.ts';
import { bucketCounts, imagesInBucket, insertImage, newestImages, setTrashed, type NewImage } from './images.ts';
import { jobById, markEnded, markRunning, newestJobs, queueState } from './jobs.ts';
import { insertJobs, moveQueued, queuedJobs, requeue } from './queued-jobs.ts';
import * as ledger from './ledger.ts';
import { openDatabase } from './open-database.ts';
import { setRating } from './ratings.ts';
import { timesByHour, usageByHour } from './usage-metrics.ts';
import { spentSince } from './usage.ts';
import { countedSince, hasCharge } from './counted-spending.ts';
import { dropStanding, lastEndedAttempts, startedAttempts } from './standings.ts';
import * as usageReport from './usage-report.ts';

let root: string;
let database: Database;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-queries-'));
  database = openDatabase(root, 'write');
});
afterEach(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});

const addJobs = (count: number, front = false): string[] =>
  database
    .write((writer) =>
      insertJobs(
        writer,
        Array.from({ length: count }, () => ({
          id: newId(),
          createdAt: Date.now(),
          request: GenerationRequest.parse({ prompt: 'a pear' }),
          agreedUsd: null,
        })),
        front,
      ),
    )
    .map(({ id }) => id);

const newImage = (more: Partial<NewImage> = {}): NewImage => {
  const id = newId();
  return {
    id,
    jobId: null,
    attemptId: null,
    index: 0,
    hash: 'ab'.repeat(32),
    bytes: 10,
    format: 'png',
    width: 64,
    height: 64,
    createdAt: 1,
    project: 'default',
    provider: 'builtin',
    model: 'm',
    seed: 1,
    request: GenerationRequest.parse({ prompt: 'a pear' }),
    dropped: [],
    remoteId: null,
    cost: { kind: 'unknown' },
    generationMs: null,
    notAi: true,
    revisedPrompt: null,
    stages: null,
    path: `images/${id}.png`,
    ...more,
  };
};

describe('the queue in the database', () => {
  it('runs jobs in the order they were added, those put in front before them', () => {
    const later = addJobs(3);
    const sooner = addJobs(2, true);
    expect(queuedJobs(database.read, 10).map(({ id }) => id)).toEqual([...sooner, ...later]);
  });

  it('keeps every job exactly once, whatever order it is moved into', () => {
    const ids = addJobs(6);
    const place = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.option(place, { nil: null })), { maxLength: 80 }), (moves) => {
        let expected = queuedJobs(database.read, 10).map(({ id }) => id);
        for (const [from, to] of moves) {
          const id = ids[from]!;
          const before = to === null ? null : ids[to]!;
          if (id === before) continue;
          database.write((writer) => {
            moveQueued(writer, id, before);
          });
          expected = expected.filter((other) => other !== id);
          expected.splice(before === null ? expected.length : expected.indexOf(before), 0, id);
        }
        expect(queuedJobs(database.read, 10).map(({ id }) => id)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('finds room between two neighbours for ever', () => {
    const [first, second, third] = addJobs(3);
    for (let round = 0; round < 200; round += 1) {
      database.write((writer) => {
        moveQueued(writer, round % 2 === 0 ? third! : first!, second!);
      });
      const order = queuedJobs(database.read, 5).map(({ id }) => id);
      expect(order).toHaveLength(3);
      expect(order.indexOf(round % 2 === 0 ? third! : first!)).toBe(order.indexOf(second!) - 1);
    }
  });

  it('counts what waits, runs and failed, and pages through history without gaps', () => {
    const ids = addJobs(5);
    database.write((writer) => {
      markRunning(writer, ids[0]!, 1);
      markEnded(writer, ids[1]!, { state: 'failed', at: 2, error: { code: 'network', message: 'Nobody answers.' } });
    });
    expect(queueState(database.read)).toEqual({ paused: false, queued: 3, running: 1, failed: 1 });
    expect(jobById(database.read, ids[1]!)?.error).toEqual({ code: 'network', message: 'Nobody answers.' });
    database.write((writer) => {
      requeue(writer, ids[1]!);
    });
    expect(queuedJobs(database.read, 9).at(-1)?.id).toBe(ids[1]);
    const firstPage = newestJobs(database.read, { limit: 2 });
    const rest = newestJobs(database.read, { limit: 9, before: firstPage[1]!.id });
    expect([...firstPage, ...rest].map(({ id }) => id)).toEqual([...ids].reverse());
  });
});

describe('images in the database', () => {
  it('keeps the shape of the gallery equal to a count, whatever arrives, goes and comes back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('add', 'trash', 'restore', 'delete'), fc.nat(2000)), { maxLength: 60 }),
        (steps) => {
          const known = newestImages(database.read, { limit: 5000 });
          const ids = known.map(({ id }) => id);
          for (const [action, which] of steps) {
            database.write((writer) => {
              const id = ids[which % Math.max(1, ids.length)] ?? '';
              if (action === 'add') {
                for (let more = 0; more < 20; more += 1) {
                  const image = newImage();
                  insertImage(writer, image);
                  ids.push(image.id);
                }
              } else if (action === 'delete') writer.run('DELETE FROM images WHERE id = ?', id);
              else setTrashed(writer, id, action === 'trash' ? 5 : null, `${action}/${id}.png`);
            });
          }
          const counted = database.read.all<{ bucket: number; images: number }>(
            'SELECT sequence / 256 AS bucket, count(*) AS images FROM images WHERE trashed_at IS NULL GROUP BY 1 ORDER BY 1 DESC',
          );
          expect(bucketCounts(database.read)).toEqual(counted.map(({ bucket, images }) => [bucket, images]));
          for (const { bucket, images } of counted) expect(imagesInBucket(database.read, bucket)).toHaveLength(images);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('stores one row per result, however often it is settled', () => {
    const [jobId] = addJobs(1);
    const stored = database.write((writer) => [
      insertImage(writer, newImage({ jobId: jobId! })),
      insertImage(writer, newImage({ jobId: jobId! })),
      insertImage(writer, newImage({ jobId: jobId!, index: 1 })),
    ]);
    expect(stored).toEqual([true, false, true]);
  });

  it('refuses an unknown price that carries an amount', () => {
    expect(() =>
      database.write((writer) => writer.run(`UPDATE images SET cost_kind = 'unknown', cost_usd = 0`)),
    ).not.toThrow();
    database.write((writer) => insertImage(writer, newImage()));
    expect(() => database.write((writer) => writer.run(`UPDATE images SET cost_usd = 0`))).toThrow(/CHECK/);
  });
});

describe('query plans', () => {
  it('never scan a table or sort in a temporary tree on analysed data, in any query that ships', () => {
    const [jobId] = addJobs(300);
    database.write((writer) => {
      for (let index = 0; index < 3000; index += 1)
        insertImage(writer, newImage({ project: index % 3 === 0 ? 'one' : 'two' }));
      writer.run('ANALYZE');
    });
    const seen = new Map<string, number>();
    const note = (sql: string, parameters: unknown[]): void => void seen.set(sql, parameters.length);
    database.write((real) => {
      const writer: Writer = {
        all: (sql, ...parameters) => (note(sql, parameters), real.all(sql, ...parameters)),
        get: (sql, ...parameters) => (note(sql, parameters), real.get(sql, ...parameters)),
        run: (sql, ...parameters) => (note(sql, parameters), real.run(sql, ...parameters)),
      };
      const image = newImage({ jobId: jobId!, attemptId: null });
      insertImage(writer, image);
      images.imageById(writer, image.id);
      images.imageSummary(writer, image.id);
      images.imageIndexesOfJob(writer, jobId!);
      newestImages(writer, { limit: 5 });
      newestImages(writer, { limit: 5, before: 90, project: 'one' });
      imagesInBucket(writer, 1);
      images.imagesAfter(writer, 7, 5);
      images.isKnownPath(writer, 'x');
      setTrashed(writer, image.id, 1, 'trash/x.png');
      setRating(writer, image.id, { rating: 4, countsFor: 'other' });
      images.forgetMove(writer, images.planMove(writer, { imageId: image.id, from: 'a', to: 'b' }));
      insertJobs(writer, [], true);
      insertJobs(writer, [], false);
      queuedJobs(writer, 5);
      queued.queuedJobsIn(writer, 'p', { after: 3, limit: 5 });
      queued.lanesOfQueued(writer);
      queued.queuedJobsAtWork(writer);
      queued.requeueAccepted(writer);
      jobs.runningJobs(writer);
      jobs.runningJobIds(writer);
      jobs.endedJobs(writer, 5);
      newestJobs(writer, { limit: 5 });
      newestJobs(writer, { limit: 5, state: 'failed', before: 'a' });
      jobById(writer, jobId!);
      queueState(writer);
      queued.firstQueuedId(writer);
      attempts.isAtWork(writer, 'builtin');
      attempts.openAttempts(writer);
      usageByHour(writer, { from: 5, limit: 5, after: null });
      timesByHour(writer, { from: 5, limit: 5, after: null });
      requeue(writer, jobId!);
      jobs.requestCancel(writer, jobId!);
      jobs.isCancelRequested(writer, jobId!);
      jobs.clearEnded(writer);
      markRunning(writer, jobId!, 1);
      attempts.insertAttempt(writer, {
        id: newId(),
        jobId: jobId!,
        firstIndex: 0,
        imageCount: 1,
        provider: 'p',
        model: 'm',
        reservedUsd: null,
        route: null,
        request: GenerationRequest.parse({}),
        dropped: [],
        task: null,
        startedAt: 1,
      });
      const open = attempts.openAttempt(writer, jobId!);
      attempts.saveTask(writer, open!.id, { remoteId: 'r' });
      attempts.attemptById(writer, open!.id);
      attempts.attemptsOfJob(writer, jobId!);
      attempts.endAttempt(writer, open!.id, { state: 'failed', at: 2 });
      const span = { from: 0, to: 9 };
      usageReport.usagePage(writer, span, null, 5);
      usageReport.timesPage(writer, span, null, 5);
      usageReport.trainingCosts(writer, span, null, 5);
      usageReport.usedProviders(writer);
      ledger.chargedAttempts(writer, 'p', span, { at: 9, row: 1 }, 5);
      ledger.chargedTrainings(writer, span, { at: 9, row: 1 }, 5);
      spentSince(writer, 0);
      countedSince(writer, 0);
      hasCharge(writer, 'a');
      startedAttempts(writer, 0, 9);
      lastEndedAttempts(writer, 'p', 5);
      dropStanding(writer, 'p');
    });
    expect(seen.size).toBeGreaterThan(30);
    for (const [sql, parameters] of seen) {
      if (sql.startsWith('INSERT')) continue;
      const bindings = Array.from({ length: parameters }, () => 1);
      const plan = database.read
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...bindings)
        .map(({ detail }) => detail);
      for (const detail of plan) {
        expect(detail, sql).not.toMatch(/TEMP B-TREE/);
        // Walking an index, or a table in the order of its key, is no scan for something; `SCAN x` alone is.
        if (!/ORDER BY (id|sequence)/.test(sql)) expect(detail, sql).not.toMatch(/^SCAN (?!CONSTANT)(?!.*USING)/);
      }
    }
  });
});
