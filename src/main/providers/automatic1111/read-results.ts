import type { DroppedParameter } from '../../../shared/models/dropped-parameter.ts';
import { bytesOfBase64 } from '../encoded-bytes.ts';
import { fileKindOf } from '../file-kind.ts';
import {
  ProviderError,
  type InputImage,
  type ProviderRequest,
  type ResultImage,
  type Submission,
} from '../provider.ts';
import { readInfo, type Info, type ModelFile } from './answers.ts';
import { stemOf } from './model-ids.ts';

type Finished = Extract<Submission, { state: 'finished' }>;

function pictureOf(base64: string): Buffer {
  const bytes = bytesOfBase64(base64, 'AUTOMATIC1111');
  if (fileKindOf(bytes) === null) throw new ProviderError('server', 'AUTOMATIC1111 sent something that is no picture.');
  return bytes;
}

const startsAlike = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one);

/** Whether this model drew. The hash tells where both know it; a short one is the beginning of a long one. */
function isModel(
  { model_name, title, hash }: ModelFile,
  { sd_model_name: used, sd_model_hash: usedHash }: Info,
): boolean {
  const isSameHash = hash && usedHash ? startsAlike(hash, usedHash) : null;
  if (isSameHash === true || !used) return isSameHash !== false;
  const names = [model_name, stemOf(model_name), stemOf(title ?? '')];
  // In `model_name` folders are part of the name, divided by underscores.
  return names.some((name) => name === stemOf(used) || name.endsWith(`_${stemOf(used)}`));
}

const fold = (text: string): string => text.trim().toLowerCase();

/** What the server used in place of what was asked for: it says nothing of it but in the facts about the picture. */
function substitutions({ sampler, scheduler }: ProviderRequest, model: ModelFile, info: Info): DroppedParameter[] {
  const dropped: DroppedParameter[] = [];
  if (!isModel(model, info)) {
    const note = `The server drew with ${info.sd_model_name ?? 'another model'} in place of ${model.model_name}.`;
    dropped.push({ parameter: 'model', note });
  }
  const told = info.extra_generation_params?.['Schedule type'];
  const usedScheduler = typeof told === 'string' ? told : null;
  const usedSampler = info.sampler_name ?? null;
  // "DPM++ 2M Karras" is a sampler and a scheduler to newer servers.
  const sameSampler = [usedSampler, `${usedSampler} ${usedScheduler}`].map((name) => fold(name ?? ''));
  if (sampler !== null && usedSampler !== null && !sameSampler.includes(fold(sampler))) {
    dropped.push({ parameter: 'sampler', note: `The server used the sampler ${usedSampler} in place of ${sampler}.` });
  }
  if (scheduler !== null && usedScheduler !== null && fold(usedScheduler) !== fold(scheduler)) {
    const note = `The server used the scheduler ${usedScheduler} in place of ${scheduler}.`;
    dropped.push({ parameter: 'scheduler', note });
  }
  return dropped;
}

/** The pictures that were asked for: a grid may come before them, masks and maps after them. Throws ProviderError for none. */
export function readDrawn(
  answer: { images?: readonly string[] | null; info?: unknown },
  request: ProviderRequest,
  { model, ignored }: { model: ModelFile; ignored: readonly DroppedParameter[] },
): Finished {
  const info = readInfo(answer.info);
  const first = info.index_of_first_image ?? 0;
  const images = (answer.images ?? []).slice(first, first + request.count).map((base64, index): ResultImage => ({
    bytes: pictureOf(base64),
    seed: info.all_seeds?.[index] ?? request.seed + index,
  }));
  if (images.length === 0) throw new ProviderError('server', 'AUTOMATIC1111 finished without a picture.');
  const missing = request.count - images.length;
  const few = missing > 0 ? [{ parameter: 'count', note: `The server left out ${missing} of the pictures.` }] : [];
  return { state: 'finished', images, dropped: [...ignored, ...substitutions(request, model, info), ...few] };
}

/** Without an upscaler that it can use, the server gives the picture back as it was, and calls that a success. */
export async function readUpscaled(
  { image: base64 }: { image?: string | null },
  { image, scale }: { image: InputImage | null; scale: number | null },
): Promise<Finished> {
  const bytes = pictureOf(base64 ?? '');
  const { default: sharp } = await import('sharp');
  const { width, height } = await sharp(bytes).metadata();
  if ((scale ?? 1) > 1 && width === image?.width && height === image.height) {
    const message = 'AUTOMATIC1111 gave the picture back as large as it was. Choose another upscaler.';
    throw new ProviderError('server', message);
  }
  return { state: 'finished', images: [{ bytes, seed: null }] };
}
