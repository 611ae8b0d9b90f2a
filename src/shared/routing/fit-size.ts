import type { GenerationRequest } from '../models/generation-request.ts';
import type { Model } from '../models/provider.ts';

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

type SideLimits = Model['limits']['side'];

/** For models whose service doesn't say what they are at their best with. */
const usualSide = 1024;

const smallestSide = ({ min, multipleOf }: SideLimits): number => Math.ceil(min / multipleOf) * multipleOf;
const largestSide = ({ max, multipleOf }: SideLimits): number => Math.floor(max / multipleOf) * multipleOf;
const clampSide = (side: number, limits: SideLimits): number =>
  Math.max(smallestSide(limits), Math.min(side, largestSide(limits)));
const nearestSide = (side: number, limits: SideLimits): number =>
  clampSide(Math.round(side / limits.multipleOf) * limits.multipleOf, limits);

/**
 * The size of a picture made from a reference where no size is asked for: the reference's shape with at most the pixels that
 * the model is at its best with, never larger than the reference unless the model makes nothing that small.
 */
export function sizeForReference(reference: Size, { limits, defaults }: Pick<Model, 'limits' | 'defaults'>): Size {
  const { min, max, multipleOf } = limits.side;
  const { width, height } = reference;
  const bestArea = (defaults.width ?? usualSide) * (defaults.height ?? usualSide);
  const shrink = Math.min(1, Math.sqrt(bestArea / (width * height)), max / Math.max(width, height));
  const grow = Math.max(1, min / (Math.min(width, height) * shrink));
  const fit = (own: number): number => {
    const nearest = nearestSide(own * shrink * grow, limits.side);
    // Rounded up, it could be a few pixels larger than the reference.
    return grow > 1 ? nearest : clampSide(Math.min(nearest, Math.floor(own / multipleOf) * multipleOf), limits.side);
  };
  return { width: fit(width), height: fit(height) };
}

/** The size this model makes of a request, always within its limits, or why there is none. */
export function fitSize(
  request: Pick<GenerationRequest, 'operation' | 'width' | 'height'>,
  model: Model,
  inputSize: Size | null,
): Size | { readonly reason: string } {
  const { min, max, multipleOf } = model.limits.side;
  if (smallestSide(model.limits.side) > max) {
    return { reason: `${model.name} makes no size that can be chosen. Choose another model.` };
  }
  const { width, height } = wishedSize(request, model, inputSize);
  if (Math.min(width, height) < min || Math.max(width, height) > max) {
    const size = `${width}×${height}`;
    const reason =
      request.operation === 'upscale'
        ? `The reference image is ${size}, but ${model.name} takes ${min} to ${max} pixels a side. Scale it to that first, or choose another one.`
        : `The picture is ${size}, but ${model.name} makes ${min} to ${max} pixels a side. Choose a size within that.`;
    return { reason };
  }
  const fit = (side: number): number => clampSide(Math.floor(side / multipleOf) * multipleOf, model.limits.side);
  return { width: fit(width), height: fit(height) };
}

function wishedSize(
  request: Pick<GenerationRequest, 'operation' | 'width' | 'height'>,
  model: Model,
  inputSize: Size | null,
): Size {
  const { limits, defaults } = model;
  // How large it becomes is the upscaler's; what can be too large or too small for it is the reference.
  if (request.operation === 'upscale' && inputSize) return inputSize;
  const { width, height } = model.parameters.includes('size') ? request : {};
  if (request.operation === 'textToImage' || !inputSize) {
    return {
      width: width ?? defaults.width ?? limits.side.max,
      height: height ?? defaults.height ?? limits.side.max,
    };
  }
  const ratio = inputSize.width / inputSize.height;
  if (width !== undefined) return { width, height: height ?? nearestSide(width / ratio, limits.side) };
  if (height !== undefined) return { width: nearestSide(height * ratio, limits.side), height };
  return sizeForReference(inputSize, model);
}
