import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { insertAttempt, saveTask } from '../../src/main/database/attempts.ts';
import { markRunning } from '../../src/main/database/jobs.ts';
import { insertJobs } from '../../src/main/database/queued-jobs.ts';
import { openDatabase } from '../../src/main/database/open-database.ts';
import { makeFolders } from '../../src/main/files/durable-file.ts';
import { createFal } from '../../src/main/providers/fal/adapter.ts';
import type { Task } from '../../src/main/providers/provider.ts';
import { GenerationRequest } from '../../src/shared/models/generation-request.ts';
import { fakeFal } from '../fakes/fal/service.ts';
import type { Fake } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { openApp } from '../open-app.ts';
import { ratioRow, valueRow, type Bench, type Figure } from './figure.ts';
import { compare } from './rounds.ts';
import { total } from './statistics.ts';

const many = 100;
const rounds = 5;
const settleMs = 1_000;
const watchedMs = 4_000;
const endless = 3_600_000;

/** A hundred pieces of work under way at a service: taken up again after a restart, and asked about together. */
export const pendingTasks: Figure = {
  id: 'pending',
  title: `${many} tasks under way at a service, of which nobody knows the end`,
  async measure(bench) {
    const service = await startFake(fakeFal, { stepMs: endless });
    const tasks = await submitAll(service);
    const attached = await compare({
      rounds,
      ours: async () => [await restart(bench, service, tasks)],
      baseline: async () => [await restart(bench, service, tasks.slice(0, 1))],
    });
    const delays: { p99: number; longest: number }[] = [];
    for (let round = 0; round < rounds; round += 1) delays.push(await watch(bench, service, tasks));
    await service.close();
    return [
      ratioRow(`from the start of the program until all are asked about, ${many} by 1`, attached, {
        statistic: total,
        kind: 'time',
        limit: { atMost: 2 },
      }),
      valueRow(
        'delay of the main thread: p99',
        'ms',
        delays.map(({ p99 }) => p99),
        { atMost: 8 },
      ),
      valueRow(
        'delay of the main thread: longest',
        'ms',
        delays.map(({ longest }) => longest),
      ),
    ];
  },
};

function environmentOf({ url, keys }: Fake): Record<string, string> {
  return { EASEL_FAL_URL: url, FAL_AI_API_KEY: keys.apiKey ?? '' };
}

async function submitAll({ url, keys }: Fake): Promise<Task[]> {
  const provider = createFal({ url, credentials: keys });
  const [model] = provider.manifest.models;
  if (!model) throw new Error('fal has no model.');
  const { signal } = new AbortController();
  const tasks: Task[] = [];
  for (let number = 0; number < many; number += 1) {
    const submission = await provider.submit(
      {
        attemptId: randomUUID(),
        operation: 'textToImage',
        model,
        prompt: `a fox in the snow, number ${number}`,
        negativePrompt: '',
        width: 1024,
        height: 1024,
        count: 1,
        seed: number,
        steps: null,
        guidance: null,
        sampler: null,
        scheduler: null,
        strength: null,
        loras: [],
        image: null,
        mask: null,
        references: [],
        style: null,
        outputFormat: null,
        scale: null,
        seconds: null,
      },
      { signal },
    );
    if (submission.state === 'pending') tasks.push(submission.task);
  }
  await provider.close();
  return tasks;
}

/** A library in which these tasks are under way. Answers its folder. */
async function libraryWith(bench: Bench, tasks: readonly Task[]): Promise<string> {
  const folder = bench.newFolder('pending-tasks');
  await makeFolders(folder);
  const database = openDatabase(folder, 'write');
  const request = GenerationRequest.parse({ prompt: 'a fox in the snow', provider: 'fal', seed: 1 });
  database.write((writer) => {
    for (const task of tasks) {
      const jobId = newId();
      const id = randomUUID();
      insertJobs(writer, [{ id: jobId, request, createdAt: Date.now(), agreedUsd: null }], false);
      markRunning(writer, jobId, Date.now());
      const attempt = { id, jobId, firstIndex: 0, imageCount: 1, provider: 'fal', model: 'm', request, dropped: [] };
      insertAttempt(writer, { ...attempt, task: null, startedAt: Date.now(), reservedUsd: null, route: null });
      saveTask(writer, id, task);
    }
  });
  database.close();
  return folder;
}

/** Starts Easel as a program on such a library. Milliseconds until the service has been asked about each task. */
async function restart(bench: Bench, service: Fake, tasks: readonly Task[]): Promise<number> {
  const library = await libraryWith(bench, tasks);
  const before = service.requests.length;
  const startedAt = performance.now();
  const program = spawn(
    process.execPath,
    ['out/easel/cli.js', '--data', bench.newFolder('pending-data'), '--library', library, 'jobs', 'resume', '--quiet'],
    { env: { ...process.env, ...environmentOf(service) }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  try {
    for (;;) {
      const asked = service.requests.slice(before).filter(({ kind }) => kind === 'poll');
      if (new Set(asked.map(({ path }) => path)).size >= tasks.length) return performance.now() - startedAt;
      if (program.exitCode !== null) throw new Error(`easel ended with ${program.exitCode}.`);
      await wait(1);
    }
  } finally {
    program.kill('SIGKILL');
    await once(program, 'exit');
  }
}

/** How long the main thread keeps others waiting while these tasks are asked about again and again. */
async function watch(bench: Bench, service: Fake, tasks: readonly Task[]): Promise<{ p99: number; longest: number }> {
  const app = await openApp({
    libraryFolder: await libraryWith(bench, tasks),
    environment: environmentOf(service),
  });
  app.startWork({ waitsForProviders: true });
  await wait(settleMs);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await wait(watchedMs);
  delay.disable();
  await app.close();
  return { p99: delay.percentile(99) / 1e6, longest: delay.max / 1e6 };
}
