import { afterEach } from 'vitest';
import { createLeonardo } from '../../../src/main/providers/leonardo/adapter.ts';
import { manifest } from '../../../src/main/providers/leonardo/manifest.ts';
import type {
  ImageProvider,
  ProviderRequest,
  SentRequest,
  Submission,
  Task,
} from '../../../src/main/providers/provider.ts';
import type { Model } from '../../../src/shared/models/provider.ts';
import type { Fake, FakeOptions } from '../../fakes/kit/fake-types.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import type { LeonardoHabits } from '../../fakes/leonardo/books.ts';
import { makeFakeLeonardo } from '../../fakes/leonardo/service.ts';
import { makeRequest as makeAnyRequest } from '../comfyui/requests.ts';

export const never = (): AbortSignal => new AbortController().signal;

export const lucidOrigin = '7b592283-e8a7-4c5a-9ba6-d18c31f258b9';
export const lightning = 'b24e16ff-06e3-43eb-8d33-4416c2d75876';
export const phoenix = 'de7d3faf-762f-48e0-b3b7-9d0ac3a3fcf3';
export const fluxDev = 'b2614463-296c-462a-9586-aafdb8f00e36';

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
});

export interface Studio {
  readonly fake: Fake;
  readonly provider: ImageProvider;
  /** A fresh adapter for the same service, as after a restart. */
  readonly reopen: (more?: { apiKey?: string; now?: () => number }) => ImageProvider;
}

/** The service and an adapter for it, closed after the test. */
export async function open(options: FakeOptions & LeonardoHabits = {}): Promise<Studio> {
  const fake = await startFake(makeFakeLeonardo(options), { stepMs: 2, largestSide: 128, ...options });
  closing.push(() => fake.close());
  const reopen: Studio['reopen'] = ({ apiKey = fake.keys.apiKey ?? '', now } = {}) => {
    const provider = createLeonardo({ url: fake.url, credentials: { apiKey } }, now);
    closing.unshift(() => provider.close());
    return provider;
  };
  return { fake, provider: reopen(), reopen };
}

export function modelNamed(id: string): Model {
  const model = manifest.models.find((other) => other.id === id);
  if (!model) throw new Error(`no model ${id}`);
  return model;
}

/** A request to a model of the manifest, as the queue would fit it. */
export function makeRequest(id: string, fields: Partial<ProviderRequest> = {}): ProviderRequest {
  return makeAnyRequest(modelNamed(id), { width: 1024, height: 1024, steps: null, ...fields });
}

/** What the queue remembers of a request. */
export function sentOf(request: ProviderRequest, fields: Partial<SentRequest> = {}): SentRequest {
  const { attemptId, operation, prompt, seed, width, height, count, model } = request;
  const sentAt = Date.now();
  return { attemptId, operation, prompt, seed, width, height, count, model: model.id, sentAt, ...fields };
}

export type Finished = Extract<Submission, { state: 'finished' }>;

export async function collectAll(provider: ImageProvider, task: Task): Promise<Finished> {
  const until = performance.now() + 5000;
  while (performance.now() < until) {
    const submission = await provider.collect(task, { signal: never() });
    if (submission.state === 'finished') return submission;
    if (submission.state === 'lost') throw new Error('the task was lost');
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  throw new Error('the task never finished');
}

export async function submitted(provider: ImageProvider, request: ProviderRequest): Promise<Task> {
  const first = await provider.submit(request, { signal: never() });
  if (first.state !== 'pending') throw new Error(`expected a task, got ${first.state}`);
  return first.task;
}

export async function generate(provider: ImageProvider, request: ProviderRequest): Promise<Finished> {
  return collectAll(provider, await submitted(provider, request));
}

/** The last request that began paid work. */
export function paid({ requests }: Fake): { path: string; body: Record<string, unknown> } {
  const request = requests.findLast(({ kind }) => kind === 'pay');
  if (!request) throw new Error('nothing was paid');
  return { path: request.path, body: JSON.parse(request.body.toString('utf8')) as Record<string, unknown> };
}
