import { createRouterClient } from '@orpc/server';
import type { Database } from 'better-sqlite3';
import { bucketSize } from '../../src/main/database/images.ts';
import type { App } from '../../src/main/app.ts';
import { openBareReader } from './bare-connection.ts';
import { readIntoMemory } from './bench-folder.ts';
import { openApp } from '../open-app.ts';
import { ratioRow, valueRow, type Bench, type Figure, type Row } from './figure.ts';
import { createRandom } from './random.ts';
import { compare, timeEach, timeEachAwaited, type Round } from './rounds.ts';
import { median, p99, spreadOf } from './statistics.ts';

const sizes = [100_000, 1_000_000] as const;
const pagesPerRound = 200;
const listLimit = 50;
/** Pages at either end of the library that count as its first and its last. */
const pagesAtEnd = 40;

/** Easel's `library.bucket` and `library.list` against the same statements, prepared once, on a connection of their own. */
export const galleryPage: Figure = {
  id: 'D2',
  title: 'A page of the gallery, ANALYZEd, at a random place',
  async measure(bench) {
    const rows: Row[] = [];
    const bucketMedians: number[][] = [];
    const listMedians: number[][] = [];
    for (const size of sizes) {
      const one = await measureLibrary(bench, size);
      rows.push(...one.rows);
      bucketMedians.push(one.bucket.map((round) => median(round.ours)));
      listMedians.push(one.list.map((round) => median(round.ours)));
    }
    return [
      ...rows,
      growthRow('bucket: p50 at 1,000,000 by p50 at 100,000', bucketMedians),
      growthRow('list: p50 at 1,000,000 by p50 at 100,000', listMedians),
    ];
  },
};

async function measureLibrary(bench: Bench, size: number): Promise<{ rows: Row[]; bucket: Round[]; list: Round[] }> {
  const root = await bench.libraryOf(size);
  // The first touch of a file measures the disk.
  await readIntoMemory(root);
  const app = await openApp({ libraryFolder: root, access: 'read' });
  const { library } = app.library();
  const bare = openBareReader(root);
  const bareBucket = createBareBucket(bare);
  const bareList = createBareList(bare);
  const random = createRandom(size);
  const anyBucket = (): number => Math.floor(random() * (size / bucketSize));
  const anyPlace = (): number => listLimit + Math.floor(random() * (size - listLimit));

  const bucket = await compare({
    ours: () => timeEach(pagesPerRound, () => library.bucket({ bucket: anyBucket() })),
    baseline: () => timeEach(pagesPerRound, () => bareBucket(anyBucket())),
  });
  const list = await compare({
    ours: () => timeEach(pagesPerRound, () => library.list({ limit: listLimit, before: anyPlace() })),
    baseline: () => timeEach(pagesPerRound, () => bareList(anyPlace())),
  });
  const newest = Math.floor(size / bucketSize) - 1;
  const ends = await compare({
    ours: () => timeEach(pagesPerRound, (at) => library.bucket({ bucket: 1 + (at % pagesAtEnd) })),
    baseline: () => timeEach(pagesPerRound, (at) => library.bucket({ bucket: newest - (at % pagesAtEnd) })),
  });
  const contract = await throughContract(app, anyBucket, anyPlace);
  bare.close();
  await app.close();
  const images = size.toLocaleString('en');
  const rows = [
    ratioRow(`bucket of 256 at ${images}: p50`, bucket, { statistic: median, kind: 'time', limit: { atMost: 1.25 } }),
    ratioRow(`bucket of 256 at ${images}: p99`, bucket, { statistic: p99, kind: 'time', limit: { atMost: 2 } }),
    ratioRow(`list of 50 at ${images}: p50`, list, { statistic: median, kind: 'time', limit: { atMost: 1.25 } }),
    ratioRow(`list of 50 at ${images}: p99`, list, { statistic: p99, kind: 'time', limit: { atMost: 2 } }),
    ratioRow(`oldest bucket by newest at ${images}: p50`, ends, {
      statistic: median,
      kind: 'time',
      limit: { atMost: 1.25 },
    }),
    valueRow(`bucket of 256 at ${images} through the contract: p50`, 'ms', contract.bucket),
    valueRow(`list of 50 at ${images} through the contract: p50`, 'ms', contract.list),
  ];
  return { rows, bucket, list };
}

async function throughContract(
  app: App,
  anyBucket: () => number,
  anyPlace: () => number,
): Promise<{ bucket: number[]; list: number[] }> {
  const { library } = createRouterClient(app.handlers);
  const medians = { bucket: [] as number[], list: [] as number[] };
  for (let round = 0; round < 5; round += 1) {
    medians.bucket.push(median(await timeEachAwaited(pagesPerRound, () => library.bucket({ bucket: anyBucket() }))));
    medians.list.push(
      median(await timeEachAwaited(pagesPerRound, () => library.list({ limit: listLimit, before: anyPlace() }))),
    );
  }
  return medians;
}

function growthRow(name: string, [small = [], large = []]: readonly number[][]): Row {
  const ratios = large.map((value, at) => value / (small[at] ?? NaN));
  return {
    name,
    unit: 'ms',
    ours: spreadOf(large),
    baseline: spreadOf(small),
    ratio: spreadOf(ratios),
    limit: { of: 'ratio', atMost: 1.3 },
  };
}

function createBareBucket(connection: Database): (bucket: number) => unknown[] {
  const statement = connection.prepare(
    `SELECT id, sequence, hash, width, height, substr(prompt, 1, 200) AS prompt FROM images
     WHERE sequence BETWEEN ? AND ? AND trashed_at IS NULL ORDER BY sequence DESC`,
  );
  return (bucket) => statement.all(bucket * bucketSize, bucket * bucketSize + bucketSize - 1);
}

function createBareList(connection: Database): (before: number) => unknown[] {
  const statement = connection.prepare<[number, number], { request: string; dropped: string }>(
    `SELECT id, sequence, job_id AS jobId, attempt_id AS attemptId, image_index AS "index", hash, bytes, format, width, height,
       created_at AS createdAt, project, provider, model, seed, request, dropped, remote_id AS remoteId, cost_kind AS costKind,
       cost_usd AS costUsd, generation_ms AS generationMs, not_ai AS notAi, trashed_at AS trashedAt, path
     FROM images WHERE trashed_at IS NULL AND sequence < ? ORDER BY sequence DESC LIMIT ?`,
  );
  return (before) =>
    statement.all(before, listLimit).map((row) => ({
      ...row,
      request: JSON.parse(row.request) as unknown,
      dropped: JSON.parse(row.dropped) as unknown,
    }));
}
