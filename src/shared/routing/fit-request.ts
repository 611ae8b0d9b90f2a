import type { ErrorCode } from '../errors.ts';
import type { GenerationRequest, Lora, OutputFormat } from '../models/generation-request.ts';
import type { DroppedParameter } from '../models/dropped-parameter.ts';
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
  readonly style: string | null;
  readonly outputFormat: OutputFormat | null;
  readonly scale: number | null;
  readonly seconds: number | null;
  /** How many of the request's references the model takes, from the first. */
  readonly referenceCount: number;
}

export type Fit =
  | { readonly fits: true; readonly request: FittedRequest; readonly dropped: readonly DroppedParameter[] }
  | { readonly fits: false; readonly code: ErrorCode; readonly reason: string };

const unfit = (code: ErrorCode, reason: string): Fit => ({ fits: false, code, reason });

/** Words for an operation inside a sentence: "<model> can't do <words>". */
export const operationWords = {
  textToImage: 'text to image',
  imageToImage: 'image to image',
  inpaint: 'inpainting',
  upscale: 'upscaling',
  removeBackground: 'removing backgrounds',
  video: 'videos',
} as const;

/** What is said of a model that is made for other work. */
export function otherWork({ operation }: GenerationRequest, { name }: Model): { code: ErrorCode; reason: string } {
  return { code: 'invalid_request', reason: `${name} can't do ${operationWords[operation]}.` };
}

/** How long a video of this model becomes; null: the service decides. */
export function fittedSeconds(request: GenerationRequest, { parameters, defaults }: Model): number | null {
  return parameters.includes('seconds') ? (request.seconds ?? defaults.seconds ?? null) : null;
}

/**
 * Fits a request to one model, or says why it can't be done. `inputSize` is the reference image's size in pixels, upright: a
 * picture made from another one has that one's shape unless a size is asked for, and an upscaled one follows it in any case.
 */
export function fitRequest(request: GenerationRequest, model: Model, inputSize: Size | null): Fit {
  if (!model.operations.includes(request.operation)) {
    const { code, reason } = otherWork(request, model);
    return unfit(code, reason);
  }
  const needsPrompt = request.operation !== 'upscale' && request.operation !== 'removeBackground';
  if (needsPrompt && request.prompt.trim() === '' && !(request.operation === 'video' && request.image)) {
    return unfit('badInput', 'Write a prompt first: what should the picture show?');
  }
  const needsImage = request.operation === 'video' ? model.startsFrom === 'image' : request.operation !== 'textToImage';
  if (needsImage && !request.image) {
    return unfit('badInput', `Give a reference image for ${operationWords[request.operation]}.`);
  }
  if (request.operation === 'inpaint' && !request.mask) {
    return unfit('badInput', 'Give a mask for inpainting: white is painted anew, black stays.');
  }

  const dropped: DroppedParameter[] = [];
  const { promptCharacters } = model.limits;
  if (request.prompt.length > promptCharacters) {
    const note = `${model.name} takes ${promptCharacters} characters: the prompt of ${request.prompt.length} is shortened.`;
    dropped.push({ parameter: 'prompt', note });
  }
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
  takes('seed', request.seed !== undefined && request.isSeedDrawn !== true, 'seed');
  // Only what starts from a reference can keep more or less of it.
  const usesStrength = request.operation === 'imageToImage' || request.operation === 'inpaint';
  if (!usesStrength && request.strength !== undefined) {
    dropped.push({ parameter: 'strength', note: 'Strength says how far to leave a reference; it has no use here.' });
  }
  if (request.image !== undefined && request.operation === 'textToImage') {
    dropped.push({ parameter: 'image', note: 'Text to image uses no reference image.' });
  }
  if (request.image !== undefined && request.operation === 'video' && model.startsFrom === 'prompt') {
    dropped.push({ parameter: 'image', note: `${model.name} makes videos from a prompt alone.` });
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
      style: takes('style', request.style !== undefined, 'style') ? (request.style ?? null) : null,
      outputFormat: takes('outputFormat', request.outputFormat !== undefined, 'choice of file format')
        ? (request.outputFormat ?? null)
        : null,
      scale: takes('scale', request.scale !== undefined, 'factor') ? (request.scale ?? defaults.scale ?? null) : null,
      seconds: takes('seconds', request.seconds !== undefined, 'length') ? fittedSeconds(request, model) : null,
      referenceCount: takes('references', request.references.length > 0, 'further references')
        ? takenReferences(request, model, dropped)
        : 0,
    },
  };
}

function takenReferences({ references }: GenerationRequest, model: Model, dropped: DroppedParameter[]): number {
  const most = model.limits.references ?? references.length;
  if (references.length > most) {
    dropped.push({
      parameter: 'references',
      note: `${model.name} takes ${most} of the ${references.length} references.`,
    });
  }
  return Math.min(most, references.length);
}

function whyOtherSize({ operation }: GenerationRequest, model: Model, { width, height }: Size): string {
  const size = `${width}×${height}`;
  if (operation === 'upscale' || operation === 'removeBackground')
    return `The size follows the reference image: ${size}.`;
  if (!model.parameters.includes('size')) return `${model.name} takes no size; it makes ${size}.`;
  if (model.limits.sizes) return `${model.name} makes a few sizes only; the nearest is ${size}.`;
  if (model.limits.pixels) return `${model.name} limits the pixels of a picture, so the size became ${size}.`;
  return `${model.name} makes multiples of ${model.limits.side.multipleOf} pixels, so the size became ${size}.`;
}

function unknownChoice(request: GenerationRequest, model: Model): string | null {
  const { samplers, schedulers, loras, styles, outputFormats, scales, seconds } = model.choices;
  if (request.sampler && samplers.length > 0 && !samplers.includes(request.sampler)) {
    return `${model.name} has no sampler "${request.sampler}". It has: ${samplers.join(', ')}.`;
  }
  if (request.scheduler && schedulers.length > 0 && !schedulers.includes(request.scheduler)) {
    return `${model.name} has no scheduler "${request.scheduler}". It has: ${schedulers.join(', ')}.`;
  }
  const other =
    noneSuch(model, 'style', request.style, styles) ??
    noneSuch(model, 'file format', request.outputFormat, outputFormats) ??
    noneSuch(model, 'factor', request.scale, scales) ??
    noneSuch(model, 'length in seconds', request.seconds, seconds);
  if (other !== null) return other;
  // Without a list, the service loads whatever is named.
  const listsLoras = model.parameters.includes('loras') && loras.length > 0;
  const missing = request.loras.find((lora) => listsLoras && !loras.includes(lora.name));
  if (missing) {
    return `There is no LoRA "${missing.name}" for ${model.name}.${loras.length > 0 ? ` There are: ${loras.slice(0, 20).join(', ')}.` : ''}`;
  }
  return null;
}

function noneSuch<Choice extends string | number>(
  model: Model,
  words: string,
  wanted: Choice | undefined,
  known: readonly Choice[] | undefined,
): string | null {
  if (wanted === undefined || known === undefined || known.length === 0 || known.includes(wanted)) return null;
  return `${model.name} has no ${words} "${wanted}". It has: ${known.join(', ')}.`;
}
