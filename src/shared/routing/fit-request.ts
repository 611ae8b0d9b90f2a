import type { ErrorCode } from '../errors.ts';
import type { GenerationRequest, Lora } from '../models/generation-request.ts';
import type { DroppedParameter } from '../models/job.ts';
import type { Model } from '../models/provider.ts';
import { fitSize, type Size } from './fit-size.ts';

export type { Size } from './fit-size.ts';

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
 * Fits a request to one model, or says why it can't be done. `inputSize` is the reference image's size in pixels, upright: a
 * picture made from another one has that one's shape unless a size is asked for, and an upscaled one follows it in any case.
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
  const size = fitSize(request, model, inputSize);
  if ('reason' in size) return unfit('sizeNotSupported', size.reason);
  if ((request.width ?? size.width) !== size.width || (request.height ?? size.height) !== size.height) {
    dropped.push({ parameter: 'size', note: whyOtherSize(request, model, size) });
  }
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

function whyOtherSize({ operation }: GenerationRequest, model: Model, { width, height }: Size): string {
  const size = `${width}×${height}`;
  if (operation === 'upscale') return `The size follows the reference image: ${size}.`;
  if (!model.parameters.includes('size')) return `${model.name} takes no size; it makes ${size}.`;
  return `${model.name} makes multiples of ${model.limits.side.multipleOf} pixels, so the size became ${size}.`;
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
