import { v4 as newTaskId } from 'uuid';
import { AppError } from '../../shared/errors.ts';
import { largestSeed } from '../../shared/models/generation-request.ts';
import type { Cost } from '../../shared/models/cost.ts';
import type { DroppedParameter } from '../../shared/models/dropped-parameter.ts';
import type { Job } from '../../shared/models/job.ts';
import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import { priceOf } from '../../shared/routing/price.ts';
import { emptyRoutingState } from '../../shared/models/routing.ts';
import { planRoute, type Route, type RankedProvider } from '../../shared/routing/plan-route.ts';
import type { Size } from '../../shared/routing/fit-request.ts';
import { attemptsOfJob, insertAttempt, openAttempt, type StoredAttempt } from '../database/attempts.ts';
import type { Database } from '../database/database.ts';
import { imageIndexesOfJob } from '../database/images.ts';
import type { ImageProvider, InputImage, ProviderRequest } from '../providers/provider.ts';
import { step } from '../step.ts';
import { reservedSoFar } from './attempt-cost.ts';

export interface BeginDependencies {
  readonly database: Database;
  readonly now: () => number;
  readonly providers: {
    list(): ProviderStatus[];
    ensureFresh(id?: string): Promise<void>;
    open(id: string): Promise<ImageProvider>;
  };
  /** Throws AppError where the file is gone or is no image. */
  readonly readInput: (id: string) => Promise<InputImage>;
  /** The mask in the size of the image it belongs to. */
  readonly fitMask: (mask: InputImage, size: Size) => Promise<{ mask: InputImage; scaled: boolean }>;
}

export interface BegunAttempt {
  readonly attempt: StoredAttempt;
  readonly provider: ImageProvider;
  readonly request: ProviderRequest;
}

/**
 * Chooses who makes the next images of a job and records the attempt, before anything leaves. Null: all images are there.
 * Throws AppError where nobody can do it.
 */
export async function beginAttempt(
  job: Job,
  dependencies: BeginDependencies,
  signal: AbortSignal,
): Promise<BegunAttempt | null> {
  const { database, now, providers } = dependencies;
  const done = new Set(imageIndexesOfJob(database.read, job.id));
  const firstIndex = firstMissing(done, job.request.count);
  if (firstIndex === null) return null;
  await providers.ensureFresh(job.request.provider);
  // What an operation has no use for is not sent, however it came into the request.
  const { operation } = job.request;
  const imageId = operation === 'textToImage' ? undefined : job.request.image;
  const maskId = operation === 'inpaint' ? job.request.mask : undefined;
  const image = imageId === undefined ? null : await dependencies.readInput(imageId);
  const mask = maskId === undefined || !image ? null : await maskFor(maskId, image, dependencies);
  const route = planRoute({
    request: job.request,
    providers: providers.list(),
    routing: emptyRoutingState,
    inputSize: image,
    now: now(),
  });
  const [best] = route.ranked;
  if (!best) throw nobodyCan(job, route);

  const provider = await providers.open(best.provider);
  const imageCount = runLength(
    done,
    firstIndex,
    Math.min(job.request.count, firstIndex + best.model.limits.imagesPerRequest),
  );
  // After the largest seed that numbers keep exactly comes 0.
  const seed = ((job.request.seed ?? 0) + firstIndex) % (largestSeed + 1);
  const { referenceCount, ...fitted } = best.request;
  const references = await Promise.all(job.request.references.slice(0, referenceCount).map(dependencies.readInput));
  const request: ProviderRequest = {
    ...fitted,
    attemptId: newTaskId(),
    operation,
    model: best.model,
    count: imageCount,
    seed,
    image: best.model.startsFrom === 'prompt' ? null : image,
    mask: mask?.mask ?? null,
    references,
  };
  const dropped: DroppedParameter[] = [...best.dropped, ...(mask?.notes ?? [])];
  const sent = sentRequest(job, best, { seed, count: imageCount });
  const { width, height, seconds } = fitted;
  const priceOfImages = (count: number) => priceOf(best.model, { count, width, height, seconds });
  refuseHigherPrice(job, provider, {
    soFar: reservedSoFar(attemptsOfJob(database.read, job.id)),
    rest: priceOfImages(job.request.count - done.size),
  });
  const reserved = priceOfImages(imageCount);
  // What is recorded is sent.
  signal.throwIfAborted();
  database.write((writer) => {
    insertAttempt(writer, {
      id: request.attemptId,
      jobId: job.id,
      firstIndex,
      imageCount,
      provider: best.provider,
      model: best.model.id,
      request: sent,
      dropped,
      task: provider.taskFor?.(request) ?? null,
      startedAt: now(),
      reservedUsd: reserved.kind === 'unknown' ? null : reserved.usd,
      route: null,
    });
  });
  step('attempt-recorded');
  const attempt = openAttempt(database.read, job.id);
  if (!attempt) throw new AppError('internal', 'The attempt could not be recorded.');
  return { attempt, provider, request };
}

/** Prices are sums of floating-point numbers; a hundredth of a thousandth of a cent is no rise. */
const sameUsd = 1e-7;

/** What was agreed to is what it may cost: a job that waited, offline for example, must not become dearer unnoticed. */
function refuseHigherPrice(
  { agreedUsd }: Job,
  { manifest }: ImageProvider,
  { soFar, rest }: { soFar: number; rest: Cost },
): void {
  if (agreedUsd === null || rest.kind === 'unknown') return;
  const usd = soFar + rest.usd;
  if (usd <= agreedUsd + sameUsd) return;
  const message = `${manifest.name} now costs about $${usd.toFixed(4)} for this instead of $${agreedUsd.toFixed(4)}. Send it at that price, or give it up.`;
  throw new AppError('priceRose', message, { agreedUsd, usd });
}

/** The request with what the model makes of it: this is what the image's details and its sidecar say. */
function sentRequest(
  job: Job,
  { model, provider, request }: RankedProvider,
  more: { seed: number; count: number },
): Job['request'] {
  const { image, mask, operation, project } = job.request;
  const orNothing = <Value>(value: Value | null): Value | undefined => value ?? undefined;
  return {
    operation,
    project,
    image,
    mask,
    provider,
    model: model.id,
    ...more,
    prompt: request.prompt,
    negativePrompt: request.negativePrompt,
    width: request.width,
    height: request.height,
    steps: orNothing(request.steps),
    guidance: orNothing(request.guidance),
    sampler: orNothing(request.sampler),
    scheduler: orNothing(request.scheduler),
    strength: orNothing(request.strength),
    loras: [...request.loras],
    references: job.request.references.slice(0, request.referenceCount),
    style: orNothing(request.style),
    outputFormat: orNothing(request.outputFormat),
    scale: orNothing(request.scale),
    seconds: orNothing(request.seconds),
  };
}

async function maskFor(
  id: string,
  image: InputImage,
  { readInput, fitMask }: BeginDependencies,
): Promise<{ mask: InputImage; notes: DroppedParameter[] }> {
  const given = await readInput(id);
  const { mask, scaled } = await fitMask(given, image);
  const note = `The mask was ${given.width}×${given.height} and was scaled to the image's ${image.width}×${image.height}.`;
  return { mask, notes: scaled ? [{ parameter: 'mask', note }] : [] };
}

function nobodyCan(job: Job, { skipped }: Route): AppError {
  const [only] = skipped;
  if (only && (job.request.provider !== undefined || skipped.length === 1)) {
    return new AppError(only.code, only.reason, { provider: only.provider });
  }
  const reasons = skipped.map(({ provider, reason }) => `${provider}: ${reason}`);
  return new AppError('noProvider', `No provider can do this. ${reasons.join(' ')}`.trim(), { skipped: reasons });
}

function firstMissing(done: ReadonlySet<number>, count: number): number | null {
  for (let index = 0; index < count; index += 1) if (!done.has(index)) return index;
  return null;
}

function runLength(done: ReadonlySet<number>, first: number, end: number): number {
  let next = first;
  while (next < end && !done.has(next)) next += 1;
  return next - first;
}

/** The model as its provider describes it now; null where it is gone. */
export function knownModel(providers: readonly ProviderStatus[], provider: string, model: string): Model | null {
  return providers.find(({ manifest }) => manifest.id === provider)?.models.find(({ id }) => id === model) ?? null;
}
