import type { ErrorCode } from '../errors.ts';
import type { GenerationRequest, Lora } from '../models/generation-request.ts';
import type { DroppedParameter } from '../models/job.ts';
import type { Model } from '../models/provider.ts';

/** What reaches an adapter: every default filled in, nothing in it that the model can't do. */
export interface FittedRequest {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly width: number;
  readonly height: number;
  readonly steps: number | null;
  readonly guidance: number | null;
  readonly sampler: string | null;
  readonly scheduler: string | null;
  readonly strength: number | null;
  readonly loras: readonly Lora[];
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type Fit =
  | { readonly fits: true; readonly request: FittedRequest; readonly dropped: readonly DroppedParameter[] }
  | { readonly fits: false; readonly code: ErrorCode; readonly reason: string };

const unfit = (code: ErrorCode, reason: string): Fit => ({ fits: false, code, reason });

/** Words for an operation inside a sentence: "<model> can't do <words>". */
const operationWords = {
  textToImage: 'text to image',
  imageToImage: 'image to image',
  inpaint: 'inpainting',
  upscale: 'upscaling',
} as const;

/**
 * Fits a request to one model, or says why it can't be done. `inputSize` is the reference image's size in pixels:
 * a picture made from another one keeps that one's size.
 */
export function fitRequest(request: GenerationRequest, model: Model, inputSize: Size | null): Fit {
  if (!model.operations.includes(request.operation)) {
    return unfit('invalid_request', `${model.name} can't do ${operationWords[request.operation]}.`);
  }
  if (request.operation !== 'upscale' && request.prompt.trim() === '') {
    return unfit('badInput', 'Write a prompt first: what should the picture show?');
  }
  if (request.prompt.length > model.limits.promptCharacters) {
    const limit = model.limits.promptCharacters;
    return unfit(
      'promptTooLong',
      `The prompt has ${request.prompt.length} characters; ${model.name} takes ${limit}. Shorten it by ${request.prompt.length - limit}.`,
    );
  }
  if (request.operation !== 'textToImage' && !request.image) {
    return unfit('badInput', `Give a reference image for ${operationWords[request.operation]}.`);
  }
  if (request.operation === 'inpaint' && !request.mask) {
    return unfit('badInput', 'Give a mask for inpainting: white is painted anew, black stays.');
  }

  const dropped: DroppedParameter[] = [];
  const size = fitSize(request, model, inputSize, dropped);
  if ('reason' in size) return unfit('sizeNotSupported', size.reason);
  const choice = unknownChoice(request, model);
  if (choice) return unfit('badInput', choice);

  const takes = (parameter: Model['parameters'][number], isSet: boolean, words: string): boolean => {
    if (model.parameters.includes(parameter)) return true;
    if (isSet) dropped.push({ parameter, note: `${model.name} takes no ${words}.` });
    return false;
  };
  const { defaults } = model;
  // Only what starts from a reference can keep more or less of it.
  const usesStrength = request.operation === 'imageToImage' || request.operation === 'inpaint';
  if (!usesStrength && request.strength !== undefined) {
    dropped.push({ parameter: 'strength', note: 'Strength says how far to leave a reference; it has no use here.' });
  }
  if (request.image !== undefined && request.operation === 'textToImage') {
    dropped.push({ parameter: 'image', note: 'Text to image uses no reference image.' });
  }
  if (request.mask !== undefined && request.operation !== 'inpaint') {
    dropped.push({ parameter: 'mask', note: 'Only inpainting uses a mask.' });
  }
  return {
    fits: true,
    dropped,
    request: {
      ...size,
      prompt: request.prompt,
      negativePrompt: takes('negativePrompt', request.negativePrompt !== '', 'negative prompt')
        ? request.negativePrompt
        : '',
      steps: takes('steps', request.steps !== undefined, 'steps') ? (request.steps ?? defaults.steps ?? null) : null,
      guidance: takes('guidance', request.guidance !== undefined, 'guidance')
        ? (request.guidance ?? defaults.guidance ?? null)
        : null,
      sampler: takes('sampler', request.sampler !== undefined, 'sampler')
        ? (request.sampler ?? defaults.sampler ?? null)
        : null,
      scheduler: takes('scheduler', request.scheduler !== undefined, 'scheduler')
        ? (request.scheduler ?? defaults.scheduler ?? null)
        : null,
      strength:
        usesStrength && takes('strength', request.strength !== undefined, 'strength')
          ? (request.strength ?? defaults.strength ?? null)
          : null,
      loras: takes('loras', request.loras.length > 0, 'LoRAs') ? request.loras : [],
    },
  };
}

function fitSize(
  request: GenerationRequest,
  model: Model,
  inputSize: Size | null,
  dropped: DroppedParameter[],
): Size | { readonly reason: string } {
  const { min, max, multipleOf } = model.limits.side;
  const followsReference = request.operation !== 'textToImage' && inputSize !== null;
  const asked: Partial<GenerationRequest> = model.parameters.includes('size') ? request : {};
  const wished = followsReference
    ? inputSize
    : { width: asked.width ?? model.defaults.width ?? max, height: asked.height ?? model.defaults.height ?? max };
  const subject = followsReference ? 'The reference image' : 'The picture';
  for (const side of [wished.width, wished.height]) {
    if (side < min || side > max) {
      const size = `${wished.width}×${wished.height}`;
      return {
        reason: `${subject} is ${size}, but ${model.name} makes ${min} to ${max} pixels a side. Choose a size within that.`,
      };
    }
  }
  const smallest = Math.ceil(min / multipleOf) * multipleOf;
  const fit = (side: number): number => Math.max(smallest, Math.floor(side / multipleOf) * multipleOf);
  const fitted = { width: fit(wished.width), height: fit(wished.height) };
  if (smallest > max) return { reason: `${model.name} makes no size that can be chosen. Choose another model.` };
  const words = `${fitted.width}×${fitted.height}`;
  const isOther = (size: { width?: number | undefined; height?: number | undefined }): boolean =>
    (size.width ?? fitted.width) !== fitted.width || (size.height ?? fitted.height) !== fitted.height;
  if (isOther(wished)) {
    dropped.push({
      parameter: 'size',
      note: `${model.name} makes multiples of ${multipleOf} pixels, so the size became ${words}.`,
    });
  } else if (isOther(request)) {
    const note = followsReference
      ? `The size follows the reference image: ${words}.`
      : `${model.name} takes no size; it makes ${words}.`;
    dropped.push({ parameter: 'size', note });
  }
  return fitted;
}

function unknownChoice(request: GenerationRequest, model: Model): string | null {
  const { samplers, schedulers, loras } = model.choices;
  if (request.sampler && samplers.length > 0 && !samplers.includes(request.sampler)) {
    return `${model.name} has no sampler "${request.sampler}". It has: ${samplers.join(', ')}.`;
  }
  if (request.scheduler && schedulers.length > 0 && !schedulers.includes(request.scheduler)) {
    return `${model.name} has no scheduler "${request.scheduler}". It has: ${schedulers.join(', ')}.`;
  }
  const missing = request.loras.find((lora) => model.parameters.includes('loras') && !loras.includes(lora.name));
  if (missing) {
    return `There is no LoRA "${missing.name}" for ${model.name}.${loras.length > 0 ? ` There are: ${loras.slice(0, 20).join(', ')}.` : ''}`;
  }
  return null;
}
