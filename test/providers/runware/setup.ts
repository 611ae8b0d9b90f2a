import { afterEach } from 'vitest';
import type { ImageProvider, ProviderRequest, Submission, Task } from '../../../src/main/providers/provider.ts';
import { createRunware } from '../../../src/main/providers/runware/adapter.ts';
import { manifest } from '../../../src/main/providers/runware/manifest.ts';
import type { Model } from '../../../src/shared/models/provider.ts';
import type { Fake, FakeOptions } from '../../fakes/kit/fake-types.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { makeFakeRunware, type RunwareHabits } from '../../fakes/runware/service.ts';
import { makeRequest as makeAnyRequest } from '../comfyui/requests.ts';

export const never = (): AbortSignal => new AbortController().signal;

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
export async function open(options: FakeOptions & RunwareHabits = {}): Promise<Studio> {
  const fake = await startFake(makeFakeRunware(options), { stepMs: 2, largestSide: 128, ...options });
  closing.push(() => fake.close());
  const reopen: Studio['reopen'] = ({ apiKey = fake.keys.apiKey ?? '', now } = {}) => {
    const provider = createRunware({ url: fake.url, credentials: { apiKey } }, now);
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

export type Finished = Extract<Submission, { state: 'finished' }>;

export async function collectAll(provider: ImageProvider, first: Task): Promise<Finished> {
  let task = first;
  const until = performance.now() + 5000;
  while (performance.now() < until) {
    const submission = await provider.collect(task, { signal: never() });
    if (submission.state === 'finished') return submission;
    if (submission.state === 'lost') throw new Error('the task was lost');
    task = JSON.parse(JSON.stringify(submission.task)) as Task;
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  throw new Error('the task never finished');
}

export async function generate(provider: ImageProvider, request: ProviderRequest): Promise<Finished> {
  const first = await provider.submit(request, { signal: never() });
  if (first.state !== 'pending') throw new Error(`expected a task, got ${first.state}`);
  return collectAll(provider, first.task);
}

/** The last task that began paid work. */
export function paidTask({ requests }: Fake): Record<string, unknown> {
  const body = requests.findLast(({ kind }) => kind === 'pay')?.body.toString('utf8') ?? '[]';
  const [task] = JSON.parse(body) as Record<string, unknown>[];
  return task ?? {};
}
