import { Pool } from 'undici';
import sharp from 'sharp';
import { dirname } from 'node:path';
import { v4 as newAttemptId, v7 as newId } from 'uuid';
import { endAttempt, insertAttempt } from '../../src/main/database/attempts.ts';
import { insertJobs } from '../../src/main/database/queued-jobs.ts';
import { openDatabase } from '../../src/main/database/open-database.ts';
import { createEvents } from '../../src/main/events.ts';
import { makeFolders } from '../../src/main/files/durable-file.ts';
import { insideLibrary } from '../../src/main/files/library-paths.ts';
import { createThumbnails } from '../../src/main/files/thumbnails.ts';
import { createFileMoves } from '../../src/main/library/file-moves.ts';
import { createResultStore, type ResultOrigin } from '../../src/main/library/store-results.ts';
import { silentLog } from '../../src/main/log.ts';
import { createHttp } from '../../src/main/providers/http.ts';
import { GenerationRequest } from '../../src/shared/models/generation-request.ts';
import { openBareConnection } from './bare-connection.ts';
import { bareIngest, createBareInsert } from './bare-ingest.ts';
import { ratioRow, type Figure } from './figure.ts';
import { compare, timeAll } from './rounds.ts';
import { startProcess } from './start-process.ts';
import { total } from './statistics.ts';

const atOnce = 4;
const picturesPerRound = 160;
const rounds = 5;

/** Download, check, hash, durable file, row, place in the library, sidecar, thumbnails — against the least that could be called the same. */
export const ingest: Figure = {
  id: 'I2',
  title: `From ComfyUI's address to row, file and thumbnails: ${picturesPerRound} pictures of 2 MB, four at once`,
  async measure(bench) {
    const [picture = ''] = await bench.pictures();
    const standIn = await startProcess<{ url: string }>([
      'test/bench/stand-in.ts',
      '--pictures',
      dirname(picture),
      '--unique',
    ]);
    const { url } = standIn.answer;
    const ours = await openIngest(bench.newFolder('ingest-ours'), url);
    const bareFolder = bench.newFolder('ingest-bare');
    const connection = openBareConnection(bareFolder);
    const pool = new Pool(url, { connections: 8 });
    const bare = { folder: bareFolder, pool, insert: createBareInsert(connection) };
    sharp.concurrency(1);
    sharp.cache(false);
    let number = 0;
    const nextName = (): string => `${(number += 1)}.png`;
    const measured = await compare({
      rounds,
      ours: async () => {
        const origins = ours.prepare(picturesPerRound);
        const startedAt = performance.now();
        await timeAll(picturesPerRound, atOnce, (at) => ours.ingest(origins[at]!, nextName()));
        await ours.idle();
        return [performance.now() - startedAt];
      },
      baseline: async () => [await timeAll(picturesPerRound, atOnce, () => bareIngest(bare, nextName()))],
    });
    await ours.close();
    await pool.close();
    connection.close();
    await standIn.stop();
    return [
      ratioRow('full ingest, by its speed', measured, { statistic: total, kind: 'speed', limit: { atLeast: 0.93 } }),
    ];
  },
};

/** The parts of Easel that a result passes through, joined as `open-library.ts` joins them. */
async function openIngest(root: string, url: string) {
  await makeFolders(root);
  const database = openDatabase(root, 'write');
  const moves = createFileMoves({ database, root, log: silentLog });
  const thumbnails = createThumbnails({ root });
  const background = new Set<Promise<void>>();
  const results = createResultStore({
    database,
    root,
    moves,
    events: createEvents(),
    log: silentLog,
    now: Date.now,
    afterArrival: ({ path, hash, content }) => {
      const work = thumbnails.makeAll(insideLibrary(root, path), hash, content).finally(() => background.delete(work));
      background.add(work);
    },
  });
  const http = createHttp({ baseUrl: url, name: 'ComfyUI', remedy: '' });
  const { signal } = new AbortController();
  const request = GenerationRequest.parse({
    prompt: 'a fox in the snow, oil on canvas',
    width: 1024,
    height: 1024,
    seed: 1,
    steps: 20,
  });
  return {
    /** Jobs with an open attempt each, as they are before a result arrives. */
    prepare: (count: number): ResultOrigin[] =>
      database.write((writer) =>
        Array.from({ length: count }, () => {
          const jobId = newId();
          const attemptId = newAttemptId();
          insertJobs(writer, [{ id: jobId, request, createdAt: Date.now(), agreedUsd: null }], false);
          const attempt = { provider: 'comfyui', model: 'model', request, dropped: [] };
          insertAttempt(writer, {
            ...attempt,
            id: attemptId,
            jobId,
            reservedUsd: null,
            route: null,
            firstIndex: 0,
            imageCount: 1,
            task: null,
            startedAt: Date.now(),
          });
          return {
            ...attempt,
            attemptId,
            jobId,
            firstIndex: 0,
            remoteId: null,
            cost: { kind: 'reported', usd: 0 },
            generationMs: 1000,
            notAi: false,
            revisedPrompt: null,
            stages: null,
          };
        }),
      ),
    ingest: async (origin: ResultOrigin, filename: string): Promise<void> => {
      const bytes = await http.getFile('/view', { signal, query: { filename, subfolder: '', type: 'output' } });
      await results.store(origin, [{ index: 0, bytes, seed: 1 }], (writer) => {
        endAttempt(writer, origin.attemptId, { state: 'succeeded', at: Date.now(), cost: origin.cost });
      });
    },
    idle: async (): Promise<void> => {
      while (background.size > 0) await Promise.all(background);
    },
    close: async (): Promise<void> => {
      moves.close();
      await thumbnails.close();
      await http.close();
      database.close();
    },
  };
}
