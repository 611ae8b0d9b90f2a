import { v4 as newTaskId } from 'uuid';
import { setTimeout as sleep } from 'node:timers/promises';
import { exactDollars } from '../../shared/dollars.ts';
import { AppError } from '../../shared/errors.ts';
import { largestSeed } from '../../shared/models/generation-request.ts';
import type { Cost } from '../../shared/models/cost.ts';
import type { DroppedParameter } from '../../shared/models/dropped-parameter.ts';
import type { Job } from '../../shared/models/job.ts';
import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import type { OptimizedStage, PromptStages, ResolvedPrompt } from '../../shared/models/prompt-stages.ts';
import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import { priceOf } from '../../shared/routing/price.ts';
import type { FailedProvider, Route } from '../../shared/routing/plan-route.ts';
import type { Size } from '../../shared/routing/fit-request.ts';
import { insertAttempt, openAttempt, type StoredAttempt } from '../database/attempts.ts';
import type { Database } from '../database/database.ts';
import { resolvedPrompts } from '../database/jobs.ts';
import { notePrompt } from '../database/prompt-history.ts';
import type { ImageProvider, InputImage, ProviderRequest } from '../providers/provider.ts';
import { step } from '../step.ts';
import { routeRecord, sentRequest } from './attempt-record.ts';
import { choose, questionOf, sameUsd, type Choice, type Patience } from './choose.ts';
import type { JobRouting } from './job-routing.ts';
import { nobodyCan, NotNow } from './not-now.ts';
import { historyEntry, isAsTyped, typedText, withFitting } from './prompt-record.ts';

export interface BeginDependencies {
  readonly database: Database;
  readonly now: () => number;
  readonly providers: {
    list(): ProviderStatus[];
    ensureFresh(id?: string): Promise<void>;
    open(id: string): Promise<ImageProvider>;
  };
  readonly routing: JobRouting;
  /** Throws AppError where the file is gone or is no image. */
  readonly readInput: (id: string) => Promise<InputImage>;
  /** What a model is sent of a prompt: with styles, in its words, and short enough. `onWork` is told what takes its time. */
  readonly preparePrompt: (question: {
    request: Job['request'];
    resolved: ResolvedPrompt;
    provider: ImageProvider['manifest'];
    model: Model;
    onWork: (stage: string) => void;
    signal: AbortSignal;
  }) => Promise<OptimizedStage & { readonly missingStyles: readonly string[] }>;
  /** The mask in the size of the image it belongs to. */
  readonly fitMask: (mask: InputImage, size: Size) => Promise<{ mask: InputImage; scaled: boolean }>;
}

export interface BegunAttempt {
  readonly attempt: StoredAttempt;
  readonly provider: ImageProvider;
  readonly request: ProviderRequest;
}

/** How often a choice that was overtaken by news, while pictures were read for example, is made anew. */
const mostLooks = 5;

/**
 * Chooses who makes the next images of a job and records the attempt, before anything leaves. Null: all images are there.
 * `arrived` is called right before the choice: the job is not on its way any more. Throws NotNow where it has to wait, and AppError
 * where nobody can do it.
 */
export async function beginAttempt(
  job: Job,
  {
    failed,
    arrived,
    patience,
    onWork,
  }: {
    failed: readonly FailedProvider[];
    arrived: () => void;
    patience: Patience;
    /** Tells what takes its time before anything is sent. */
    onWork: (provider: string, stage: string) => void;
  },
  dependencies: BeginDependencies,
  signal: AbortSignal,
): Promise<BegunAttempt | null> {
  const { database, now, providers, routing } = dependencies;
  const { done } = questionOf(job, failed, database.read);
  const firstIndex = firstMissing(done, job.request.count);
  if (firstIndex === null) return null;
  // What an operation has no use for is not sent, however it came into the request.
  const { operation } = job.request;
  const imageId = operation === 'textToImage' ? undefined : job.request.image;
  const maskId = operation === 'inpaint' ? job.request.mask : undefined;
  const image = imageId === undefined ? null : await dependencies.readInput(imageId);
  const mask = maskId === undefined || !image ? null : await maskFor(maskId, image, dependencies);
  const { ask, soFar, isFirst } = questionOf(job, failed, database.read, { inputSize: image });
  const missing = job.request.count - done.size;
  const resolved = resolvedPrompts(database.read, job.id);
  const words = resolved?.[firstIndex] ?? resolved?.[0] ?? { ...typedText(job), draws: [] };
  await someoneReady(ask, job, dependencies);
  const choiceNow = (): { route: Route; choice: Choice } => {
    const route = routing.plan(ask);
    return { route, choice: choose(job, route, soFar, { patience, statuses: providers.list() }) };
  };

  for (let looks = 1; ; looks += 1) {
    const { route, choice } = choiceNow();
    if (choice.kind === 'nobody') throw nobodyCan(job, route, choice.mayWait);
    const best = choice.candidate;
    const provider = await providers.open(best.provider);
    const taken = job.request.references.slice(0, best.request.referenceCount);
    const references = await Promise.all(taken.map(dependencies.readInput));
    const { manifest } = provider;
    const { missingStyles, ...optimized } = await dependencies.preparePrompt({
      ...{ request: job.request, resolved: words, provider: manifest, model: best.model },
      onWork: (stage) => {
        onWork(manifest.name, stage);
      },
      signal,
    });
    // What is recorded is sent.
    signal.throwIfAborted();
    // Nothing is waited for inside: what is decided is still true when it is recorded.
    const begun = routing.alone((): BegunAttempt | null => {
      arrived();
      const { choice: still } = choiceNow();
      const chosen = still.kind === 'nobody' ? null : still.candidate;
      if (chosen?.provider !== best.provider || chosen.model.id !== best.model.id) {
        if (looks < mostLooks) return null;
        throw new NotNow('turn', new AppError('noProvider', 'Who is to do this changes too fast. Try again.'));
      }
      const { name } = provider.manifest;
      if (chosen.waits || !routing.hasRoom(chosen.provider)) {
        throw new NotNow('turn', new AppError('rate_limit', `${name} is at its limit. The job waits for its turn.`));
      }
      // Where each image has words of its own, it is a request of its own.
      const perRequest = (resolved?.length ?? 1) > 1 ? 1 : chosen.model.limits.imagesPerRequest;
      const most = Math.min(job.request.count, firstIndex + perRequest);
      const imageCount = runLength(done, firstIndex, most);
      // After the largest seed that numbers keep exactly comes 0.
      const seed = ((job.request.seed ?? 0) + firstIndex) % (largestSeed + 1);
      const { referenceCount: _taken, ...fitted } = chosen.request;
      const takesNegative = chosen.model.parameters.includes('negativePrompt');
      const sent = { prompt: optimized.prompt, negativePrompt: takesNegative ? optimized.negativePrompt : '' };
      const request: ProviderRequest = {
        ...fitted,
        ...sent,
        attemptId: newTaskId(),
        operation,
        model: chosen.model,
        count: imageCount,
        seed,
        image: chosen.model.startsFrom === 'prompt' ? null : image,
        mask: mask?.mask ?? null,
        references,
      };
      const { width, height, seconds } = fitted;
      const priceOfImages = (count: number) => priceOf(chosen.model, { count, width, height, seconds });
      refuseHigherPrice(job, provider, { soFar, rest: priceOfImages(missing) });
      const reserved = priceOfImages(imageCount);
      const typed = typedText(job);
      const options = job.request.promptOptions ?? noPromptOptions;
      const stages: PromptStages = { typed, options, resolved: words, optimized: { ...optimized, ...sent } };
      const startedAt = now();
      database.write((writer) => {
        insertAttempt(writer, {
          id: request.attemptId,
          jobId: job.id,
          firstIndex,
          imageCount,
          provider: chosen.provider,
          model: chosen.model.id,
          request: sentRequest(job, chosen, { ...sent, seed, count: imageCount }),
          dropped: [...withFitting(chosen.dropped, stages, missingStyles), ...(mask?.notes ?? [])],
          task: provider.taskFor?.(request) ?? null,
          startedAt,
          reservedUsd: reserved.kind !== 'unknown' ? reserved.usd : provider.manifest.kind === 'cloud' ? null : 0,
          route: routeRecord(chosen, route, failed),
          stages: isAsTyped(stages) ? null : stages,
          promptId: typed.prompt === '' ? null : notePrompt(writer, historyEntry(stages, startedAt)),
        });
      });
      const attempt = openAttempt(database.read, job.id);
      if (!attempt) throw new AppError('internal', 'The attempt could not be recorded.');
      routing.begin(attempt, isFirst && route.strategy !== null);
      return { attempt, provider, request };
    });
    if (begun === null) continue;
    step('attempt-recorded');
    return begun;
  }
}

/** How long somebody who is ready waits for news of those who have not been asked yet. */
const newsWithinMs = 3_000;

/** Asks those who have not been asked lately, but lets no job wait for one that is away while another one is there. */
async function someoneReady(
  ask: Parameters<JobRouting['plan']>[0],
  { request }: Job,
  { providers, routing }: BeginDependencies,
): Promise<void> {
  const isNamed = request.provider !== undefined && request.wishes?.orOther !== true;
  if (!isNamed && routing.plan(ask).ranked.length > 0) return;
  const asked = providers.ensureFresh(isNamed ? request.provider : undefined);
  if (isNamed) return asked;
  await Promise.race([asked, sleep(newsWithinMs, undefined, { ref: false })]);
  if (routing.plan(ask).ranked.length === 0) await asked;
}

/** What was agreed to is what it may cost: a job that waited, offline for example, must not become dearer unnoticed. */
function refuseHigherPrice(
  { agreedUsd, request }: Job,
  { manifest }: ImageProvider,
  { soFar, rest }: { soFar: number; rest: Cost },
): void {
  if (agreedUsd === null || rest.kind === 'unknown') return;
  const usd = soFar + rest.usd;
  if (usd <= agreedUsd + sameUsd) return;
  // Exact: rounded, a small rise would look like none.
  const [now, before] = [exactDollars(usd), exactDollars(agreedUsd)];
  const words =
    request.provider === manifest.id
      ? `${manifest.name} now costs about ${now} for this instead of ${before}.`
      : `Only ${manifest.name} can do this now, for about ${now}; ${agreedUsd === 0 ? 'it was to be free' : `${before} was agreed to`}.`;
  const message = `${words} Send it at that price, or give it up.`;
  throw new AppError('priceRose', message, { agreedUsd, usd });
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
