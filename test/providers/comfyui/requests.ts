import { createHash, randomUUID } from 'node:crypto';
import type { Model } from '../../../src/shared/models/provider.ts';
import type {
  ImageProvider,
  InputImage,
  ProviderRequest,
  ResultImage,
  Submission,
  Task,
  WatchEvent,
} from '../../../src/main/providers/provider.ts';
import { ProviderError } from '../../../src/main/providers/provider.ts';
import { makePng } from '../../fakes/comfyui/pictures.ts';

export const never = (): AbortSignal => new AbortController().signal;

/** The model of a server by a part of its id. */
export async function findModel(provider: ImageProvider, part: string): Promise<Model> {
  const models = (await provider.listModels?.({ signal: never() })) ?? [];
  const model = models.find(({ id }) => id.includes(part));
  if (!model) throw new Error(`no model like ${part} among ${models.map(({ id }) => id).join(', ')}`);
  return model;
}

/** A small request, as the queue would fit it; fields given win. */
export function makeRequest(model: Model, fields: Partial<ProviderRequest> = {}): ProviderRequest {
  return {
    attemptId: randomUUID(),
    operation: model.operations[0] ?? 'textToImage',
    model,
    prompt: 'a lighthouse at dusk',
    negativePrompt: '',
    width: 64,
    height: 64,
    count: 1,
    seed: 7,
    steps: 2,
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
    ...fields,
  };
}

export function makeInput(width: number, height: number, seed = 1): InputImage {
  const bytes = makePng({ width, height }, seed, {});
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex'), format: 'png', width, height };
}

export async function waitFor(what: string, isTrue: () => boolean, patienceMs = 5000): Promise<void> {
  const until = performance.now() + patienceMs;
  while (!isTrue()) {
    if (performance.now() > until) throw new Error(`waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Asks every few milliseconds, as the queue would more patiently. */
export async function collectAll(provider: ImageProvider, task: Task): Promise<readonly ResultImage[]> {
  const until = performance.now() + 10_000;
  while (performance.now() < until) {
    const submission = await provider.collect(task, { signal: never() });
    if (submission.state === 'finished') return submission.images;
    if (submission.state === 'lost') throw new Error('the task was lost');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the task never finished');
}

export function taskIn(submission: Submission): Task {
  if (submission.state !== 'pending') throw new Error(`expected a task, got ${submission.state}`);
  return submission.task;
}

export async function generate(provider: ImageProvider, request: ProviderRequest): Promise<readonly ResultImage[]> {
  return collectAll(provider, taskIn(await provider.submit(request, { signal: never() })));
}

/** The ProviderError that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome instanceof ProviderError) return outcome;
  throw new Error('expected a ProviderError', { cause: outcome });
}

export function recordEvents(provider: ImageProvider, task: Task) {
  const events: WatchEvent[] = [];
  const stop = provider.watch?.(task, (event) => events.push(event)) ?? (() => undefined);
  return {
    events,
    stop,
    previews: () => events.filter((event) => event.kind === 'preview'),
    stages: () => events.flatMap((event) => (event.kind === 'progress' ? [event.progress.stage] : [])),
    collectNows: () => events.filter((event) => event.kind === 'collectNow').length,
  };
}
