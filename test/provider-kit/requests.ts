import { createHash, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type {
  ImageProvider,
  InputImage,
  ProviderRequest,
  ResultImage,
  Submission,
  Task,
} from '../../src/main/providers/provider.ts';
import {
  GenerationRequest,
  type GenerationRequestInput,
  type Operation,
} from '../../src/shared/models/generation-request.ts';
import type { Model } from '../../src/shared/models/provider.ts';
import { fitRequest } from '../../src/shared/routing/fit-request.ts';

const inputSide = 512;
/** Longer than any fake works. */
const patienceMs = 10_000;
const mostWaitMs = 30;

const neverAborted = new AbortController().signal;

const inputs = new Map<string, Promise<InputImage>>();
let mask: Promise<InputImage> | null = null;

/** A picture of noise, so that no two are alike. Made once. */
export function makeInput(seed: number, side = inputSide): Promise<InputImage> {
  const name = `${seed} ${side}`;
  const made = inputs.get(name) ?? drawInput(seed, side);
  inputs.set(name, made);
  return made;
}

async function drawInput(seed: number, side: number): Promise<InputImage> {
  const colours = createHash('sha512').update(`input ${seed}`).digest().subarray(0, 48);
  const bytes = await sharp(colours, { raw: { width: 4, height: 4, channels: 3 } })
    .resize(side, side, { kernel: 'nearest' })
    .png()
    .toBuffer();
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex'), format: 'png', width: side, height: side };
}

/** Black with a white square in the middle. */
async function drawMask(side: number): Promise<InputImage> {
  const white = await sharp({ create: { width: side / 4, height: side / 4, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const bytes = await sharp({ create: { width: side, height: side, channels: 3, background: '#000' } })
    .composite([{ input: white }])
    .png()
    .toBuffer();
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex'), format: 'png', width: side, height: side };
}

/** A small size that the model makes. `variant` 1 is another one, or null where there is only one. */
export function sizeFor({ limits, parameters }: Model, variant: 0 | 1 = 0): { width: number; height: number } | null {
  const { side, sizes, pixels } = limits;
  if (!parameters.includes('size')) return null;
  if (sizes) return sizes[variant] ?? null;
  const least = pixels ? Math.sqrt(pixels.min) : 0;
  const wished = Math.max(side.min, Math.min(side.max, Math.max(least, 512)));
  const width = Math.ceil(wished / side.multipleOf) * side.multipleOf;
  return { width: Math.min(side.max, width + variant * 4 * side.multipleOf), height: width };
}

/** A request as the queue hands it over: fitted to the model, with all that the operation needs. */
export async function requestFor(
  model: Model,
  operation: Operation,
  wish: Partial<GenerationRequestInput> & { referenceImages?: readonly InputImage[] } = {},
): Promise<ProviderRequest> {
  const { referenceImages = [], ...fields } = wish;
  const isVideoOfPrompt = operation === 'video' && model.startsFrom === 'prompt';
  const image = operation === 'textToImage' || isVideoOfPrompt ? null : await makeInput(1);
  const maskImage = operation === 'inpaint' ? await (mask ??= drawMask(inputSide)) : null;
  const needsPrompt = operation !== 'upscale' && operation !== 'removeBackground';
  const file = `${'0'.repeat(64)}.png`;
  const asked = GenerationRequest.parse({
    operation,
    ...(needsPrompt ? { prompt: 'a lighthouse at dusk' } : {}),
    ...(operation === 'textToImage' ? sizeFor(model) : {}),
    seed: 7,
    ...(image ? { image: file } : {}),
    ...(maskImage ? { mask: file } : {}),
    references: referenceImages.map(() => file),
    ...(model.choices.seconds?.[0] === undefined ? {} : { seconds: model.choices.seconds[0] }),
    ...fields,
  });
  const fit = fitRequest(asked, model, image);
  if (!fit.fits) throw new Error(`${model.id}: ${fit.reason}`);
  const { referenceCount, ...fitted } = fit.request;
  return {
    ...fitted,
    attemptId: randomUUID(),
    operation,
    model,
    count: asked.count,
    seed: asked.seed ?? 0,
    image,
    mask: maskImage,
    references: referenceImages.slice(0, referenceCount),
  };
}

export async function modelsOf(provider: ImageProvider): Promise<readonly Model[]> {
  return provider.listModels ? provider.listModels({ signal: neverAborted }) : provider.manifest.models;
}

/** The first model that does an operation. */
export async function modelFor(provider: ImageProvider, operation: Operation): Promise<Model> {
  const model = (await modelsOf(provider)).find(({ operations }) => operations.includes(operation));
  if (!model) throw new Error(`no model does ${operation}`);
  return model;
}

export type Finished = Extract<Submission, { state: 'finished' }>;

/** Asks about a task until it has ended. */
export async function collectAll(provider: ImageProvider, task: Task): Promise<Finished | { state: 'lost' }> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const answer = await provider.collect(task, { signal: neverAborted });
    if (answer.state !== 'pending') return answer;
    if (performance.now() > until) throw new Error('the task never ended');
    await new Promise((resolve) => setTimeout(resolve, Math.min(mostWaitMs, answer.askAgainInMs)));
  }
}

/** Submits and asks until there are pictures. */
export async function generate(provider: ImageProvider, request: ProviderRequest): Promise<readonly ResultImage[]> {
  const first = await provider.submit(request, { signal: neverAborted });
  const end = first.state === 'pending' ? await collectAll(provider, first.task) : first;
  if (end.state !== 'finished') throw new Error(`the task ended as ${end.state}`);
  return end.images;
}
