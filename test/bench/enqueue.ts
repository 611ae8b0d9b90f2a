import type { Database } from 'better-sqlite3';
import { v7 as newId } from 'uuid';
import { GenerationRequest } from '../../src/shared/models/generation-request.ts';
import { openBareConnection } from './bare-connection.ts';
import { openApp } from '../open-app.ts';
import { ratioRow, type Figure } from './figure.ts';
import { compare, timeEach, timeEachAwaited } from './rounds.ts';
import { median } from './statistics.ts';

const singles = 300;
const batches = 15;
const batchSize = 100;

const request = GenerationRequest.parse({
  prompt:
    'a fox in the snow, oil on canvas, soft light, muted colours, looking back over its shoulder at the first sun',
  negativePrompt: 'blurry, low quality, watermark',
  width: 1024,
  height: 1024,
  steps: 24,
  guidance: 6.5,
  seed: 1_234_567_890,
  provider: 'builtin',
});

/** Easel's `jobs.add` against the bare INSERT of the same row, each in a database of its own on the same disk. */
export const enqueue: Figure = {
  id: 'D1',
  title: 'Durable enqueue: on disk when the call returns',
  async measure(bench) {
    const app = await openApp({ libraryFolder: bench.newFolder('enqueue-ours') });
    const { jobs } = app.library();
    jobs.pause();
    app.startWork({ waitsForProviders: false });
    const bare = openBareConnection(bench.newFolder('enqueue-bare'));
    const insert = createBareInsert(bare);
    const insertMany = bare.transaction((count: number) => {
      for (let at = 0; at < count; at += 1) insert();
    });
    const emptyBareQueue = bare.prepare(`UPDATE jobs SET state = 'cancelled' WHERE state = 'queued'`);
    // A queue of thousands is a case of its own.
    const emptied = async (samples: readonly number[] | Promise<readonly number[]>): Promise<readonly number[]> => {
      const times = await samples;
      jobs.cancelQueued();
      emptyBareQueue.run();
      return times;
    };

    const one = await compare({
      ours: () => emptied(timeEachAwaited(singles, () => jobs.add([request], false))),
      baseline: () => emptied(timeEach(singles, insert)),
    });
    const hundred = Array.from({ length: batchSize }, () => request);
    const many = await compare({
      ours: () => emptied(timeEachAwaited(batches, () => jobs.add(hundred, false))),
      baseline: () => emptied(timeEach(batches, () => insertMany.immediate(batchSize))),
    });
    bare.close();
    await app.close();
    const limit = { atLeast: 0.85 };
    return [
      ratioRow('one request, by its speed', one, { statistic: median, kind: 'speed', limit }),
      ratioRow('100 requests at once, by their speed', many, { statistic: median, kind: 'speed', limit }),
    ];
  },
};

function createBareInsert(connection: Database): () => void {
  const statement = connection.prepare(
    `INSERT INTO jobs (id, state, request, position, created_at) VALUES (?, 'queued', ?, ?, ?)`,
  );
  let position = 0;
  return () => {
    position += 1;
    statement.run(newId(), JSON.stringify(request), position, Date.now());
  };
}
