import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach } from 'vitest';
import { AppError, type ErrorReport } from '../../shared/errors.ts';
import type { Comparison, Verdict } from '../../shared/models/comparison.ts';
import type { AppEvent } from '../../shared/models/events.ts';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Job } from '../../shared/models/job.ts';
import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import { emptyRoutingState } from '../../shared/models/routing.ts';
import { comparisonById } from '../database/comparisons.ts';
import type { Database, Writer } from '../database/database.ts';
import { insertImage } from '../database/images.ts';
import { jobById, markEnded, markRunning, newestJobs } from '../database/jobs.ts';
import { insertJobs } from '../database/queued-jobs.ts';
import { openDatabase } from '../database/open-database.ts';
import { createEvents } from '../events.ts';
import { silentLog } from '../log.ts';
import { manifest as openai } from '../providers/openai/manifest.ts';
import { createComparisons } from './comparisons.ts';

/** It is there: a test that finds it missing fails. */
function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('It is not there.');
  return value;
}

const model = (id: string, usd: number | null, more: Partial<Model> = {}): Model => ({
  ...known(openai.models[0]),
  id,
  name: `Name of ${id}`,
  operations: ['textToImage'],
  price: usd === null ? null : { usd, per: 'image' },
  ...more,
});
const statusOf = (id: string, models: Model[], more: Partial<ProviderStatus> = {}): ProviderStatus => ({
  manifest: { ...openai, id, name: `Service ${id}` },
  url: null,
  urlSource: null,
  urlVariable: null,
  enabled: true,
  health: { state: 'ready', message: '', version: null, checkedAt: null },
  credentials: [],
  balance: null,
  models,
  ...more,
});
const statuses = [
  statusOf('alpha', [model('cheap', 0.01), model('fine', 0.04), model('secret', null)]),
  statusOf('beta', [model('swift', 0.02), model('upscaler', 0.01, { operations: ['upscale'] })]),
  statusOf('gamma', [model('off', 0.01)], { enabled: false }),
];
export const three = [
  { provider: 'alpha', model: 'cheap' },
  { provider: 'alpha', model: 'fine' },
  { provider: 'beta', model: 'swift' },
];
/** Everything that would give a model away. */
export const names = /alpha|beta|cheap|fine|swift|Name of|Service/;
export const request = GenerationRequest.parse({ prompt: 'portrait of a woman' });

let root: string;
export let database: Database;
export let clock: number;
let random: number;
/** How often scores were said to have changed. */
export let scored: number;
/** To be called once by each file of tests: a library of its own for each of them. */
export function inLibraries(): void {
  beforeEach(open);
  afterEach(close);
}

function open(): void {
  root = mkdtempSync(join(tmpdir(), 'easel-comparison-'));
  database = openDatabase(root, 'write');
  [clock, random, scored] = [1_000, 7, 0];
}

function close(): void {
  database.close();
  rmSync(root, { recursive: true, force: true });
}

/** Easel, once more at the same library. */
export function start() {
  const events = createEvents();
  const told: AppEvent[] = [];
  events.listen((event) => told.push(event));
  const tellJob = (id: string): void => {
    events.emit({ kind: 'jobChanged', job: known(jobById(database.read, id)) });
  };
  const cancelled: string[] = [];
  const comparisons = createComparisons({
    database,
    access: 'write',
    events,
    providers: { list: () => statuses },
    addJobs: (requests, front, alongside) => {
      const added = database.write((writer) => {
        const jobs = insertJobs(
          writer,
          requests.map((one) => ({ id: newId(), request: one, createdAt: clock, agreedUsd: null })),
          front,
        );
        alongside(writer, jobs);
        return jobs;
      });
      return Promise.resolve(added);
    },
    cancelJob: (id) => {
      cancelled.push(id);
      if (jobById(database.read, id)?.state === 'succeeded') throw new AppError('wrongState', 'It has ended.');
      database.write((writer) => {
        markEnded(writer, id, { state: 'cancelled', at: clock, error: null });
      });
      tellJob(id);
      return Promise.resolve();
    },
    routing: () => emptyRoutingState,
    onScores: () => {
      scored += 1;
    },
    inputSize: () => Promise.reject(new Error('not asked for')),
    log: silentLog,
    now: () => (clock += 1),
    chance: () => {
      random = (random * 16_807) % 2_147_483_647;
      return random / 2_147_483_647;
    },
  });
  return { comparisons, told, tellJob, events, cancelled };
}
type Running = ReturnType<typeof start>;

export const jobs = (): Job[] => newestJobs(database.read, { limit: 100 }).reverse();
export const labelOf = (id: string, modelId: string): string =>
  known(known(comparisonById(database.read, id)).entries.find((entry) => entry.model === modelId)).label;

export function addPicture(writer: Writer, job: Job): string {
  const id = newId();
  insertImage(writer, {
    id,
    jobId: job.id,
    attemptId: null,
    index: 0,
    hash: 'ab'.repeat(32),
    bytes: 10,
    format: 'png',
    width: 64,
    height: 48,
    createdAt: 1,
    project: 'default',
    provider: job.request.provider ?? '',
    model: job.request.model ?? '',
    seed: 1,
    request: job.request,
    dropped: [],
    remoteId: null,
    cost: { kind: 'estimated', usd: 0.01 },
    generationMs: null,
    notAi: false,
    revisedPrompt: null,
    stages: null,
    path: `images/${id}.png`,
  });
  return id;
}
export function succeed({ tellJob }: Running, job: Job): string {
  const image = database.write((writer) => {
    markRunning(writer, job.id, clock);
    markEnded(writer, job.id, { state: 'succeeded', at: clock, error: null });
    return addPicture(writer, job);
  });
  tellJob(job.id);
  return image;
}
export function end({ tellJob }: Running, job: Job, state: 'failed' | 'needs_attention', error: ErrorReport): void {
  database.write((writer) => {
    markEnded(writer, job.id, { state, at: clock, error });
  });
  tellJob(job.id);
}
export function vote({ comparisons }: Running, { id, pair }: Comparison, verdict: Verdict = 'first'): Comparison {
  const [first, second] = known(pair);
  return comparisons.vote({ id, first, second, verdict });
}
export async function begin(running = start(), models = three): Promise<{ running: Running; comparison: Comparison }> {
  return { running, comparison: await running.comparisons.start({ request, models, maxUsd: null }) };
}
export async function allMade(): Promise<{ running: Running; comparison: Comparison }> {
  const { running, comparison } = await begin();
  for (const job of jobs()) succeed(running, job);
  return { running, comparison: running.comparisons.show(comparison.id) };
}
