import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { v4 as newPromptId, v7 as newId } from 'uuid';
import { insideLibrary, thumbnailPath } from '../../src/main/files/library-paths.ts';
import { GenerationRequest } from '../../src/shared/models/generation-request.ts';
import type { App } from '../../src/main/app.ts';
import { openBareConnection } from './bare-connection.ts';
import { bareDownload, bareWrite, createBareInsert } from './bare-ingest.ts';
import { openApp } from '../open-app.ts';
import { ratioRow, type Bench, type Figure } from './figure.ts';
import { compare, timeEachAwaited, type Round } from './rounds.ts';
import { startProcess } from './start-process.ts';
import { median, p95 } from './statistics.ts';

const jobsPerRound = 40;
const rounds = 7;

interface SeenPrompt {
  readonly graph: unknown;
}

interface JobAnswer {
  readonly status?: string;
  readonly outputs?: Readonly<Record<string, { images?: readonly { filename: string }[] }>>;
}

/** From `jobs.create` to `imageAdded`, one job after the other, against the same HTTP calls, a hash, a durable file and one row. */
export const jobOverhead: Figure = {
  id: 'overhead',
  title: 'One job with a ComfyUI that answers at once, thumbnails not counted',
  async measure(bench) {
    const [picture = ''] = await bench.pictures();
    const large = await measureJobs(bench, ['--pictures', dirname(picture)]);
    const small = await measureJobs(bench, []);
    return [
      ratioRow('1024 × 1024, 2 MB: p50', large, { statistic: median, kind: 'time', limit: { atMost: 1.5 } }),
      ratioRow('1024 × 1024, 2 MB: p95', large, { statistic: p95, kind: 'time' }),
      ratioRow('a drawing of 20 kB: p50', small, { statistic: median, kind: 'time' }),
    ];
  },
};

async function measureJobs(bench: Bench, words: readonly string[]): Promise<Round[]> {
  const standIn = await startProcess<{ url: string }>(['test/bench/stand-in.ts', ...words]);
  const { url } = standIn.answer;
  const app = await openApp({ libraryFolder: bench.newFolder('overhead-ours'), comfyuiUrl: url });
  app.startWork({ waitsForProviders: false });
  await runJob(app);
  const bareFolder = bench.newFolder('overhead-bare');
  const connection = openBareConnection(bareFolder);
  const pool = new Pool(url, { connections: 8 });
  const runBare = createBareJob({
    folder: bareFolder,
    pool,
    insert: createBareInsert(connection),
    graph: await lastGraph(pool),
  });
  const measured = await compare({
    rounds,
    ours: async () => {
      const times: number[] = [];
      for (let at = 0; at < jobsPerRound; at += 1) times.push(await runJob(app));
      return times;
    },
    baseline: () => timeEachAwaited(jobsPerRound, runBare),
  });
  await app.close();
  await pool.close();
  connection.close();
  await standIn.stop();
  return measured;
}

/** Milliseconds until the image is told of. Resolves when the job has ended and its thumbnails are made, so that the next one finds a quiet machine. */
async function runJob(app: App): Promise<number> {
  const { jobs, queue, root } = app.library();
  const request = GenerationRequest.parse({
    prompt: 'a fox in the snow',
    width: 1024,
    height: 1024,
    steps: 1,
    seed: 7,
    provider: 'comfyui',
  });
  const arrival = new Promise<{ at: number; hash: string }>((resolve) => {
    const stopListening = app.events.listen((event) => {
      if (event.kind !== 'imageAdded') return;
      stopListening();
      resolve({ at: performance.now(), hash: event.image.hash });
    });
  });
  const startedAt = performance.now();
  const { id } = await jobs.create({ ...request, front: false });
  const { state, error } = await queue.ended(id);
  if (state !== 'succeeded') throw new Error(`The job ended as ${state}: ${error?.message ?? ''}`);
  const { at, hash: contentHash } = await arrival;
  while (!existsSync(insideLibrary(root, thumbnailPath(contentHash, 'small')))) await wait(2);
  return at - startedAt;
}

/** The graph that Easel sent, so that both sides ask for the same. */
async function lastGraph(pool: Pool): Promise<unknown> {
  const { body } = await pool.request({ method: 'GET', path: '/__fake/state' });
  const { prompts } = (await body.json()) as { prompts: readonly SeenPrompt[] };
  return prompts.at(-1)?.graph;
}

function createBareJob(place: {
  folder: string;
  pool: Pool;
  insert: ReturnType<typeof createBareInsert>;
  graph: unknown;
}) {
  const { folder, pool, insert, graph } = place;
  return async (): Promise<void> => {
    const promptId = newPromptId();
    const sent = JSON.stringify({ prompt: graph, client_id: 'bench', prompt_id: promptId, extra_data: {} });
    const answer = await pool.request({
      method: 'POST',
      path: '/prompt',
      headers: { 'content-type': 'application/json' },
      body: sent,
    });
    await answer.body.json();
    let job: JobAnswer;
    do {
      const { body } = await pool.request({ method: 'GET', path: `/api/jobs/${promptId}` });
      job = (await body.json()) as JobAnswer;
    } while (job.status !== 'completed');
    const [image] = Object.values(job.outputs ?? {}).flatMap(({ images }) => images ?? []);
    const bytes = await bareDownload(pool, image?.filename ?? '');
    const id = newId();
    const path = join(folder, `${id}-${hash('sha256', bytes).slice(0, 8)}.png`);
    await bareWrite(path, bytes);
    insert(id, path, bytes.length);
  };
}
