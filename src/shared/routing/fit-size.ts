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
  const { min, max } = model.limits.side;
  if (smallestSide(model.limits.side) > max) {
    return { reason: `${model.name} makes no size that can be chosen. Choose another model.` };
  }
  const { width, height } = wishedSize(request, model, inputSize);
  const { sizes, pixels } = model.limits;
  if (sizes && !followsReference(request)) return nearestOf(sizes, { width, height });
  if (Math.min(width, height) < min || Math.max(width, height) > max) {
    const size = `${width}×${height}`;
    const reason = followsReference(request)
      ? `The reference image is ${size}, but ${model.name} takes ${min} to ${max} pixels a side. Scale it to that first, or choose another one.`
      : `The picture is ${size}, but ${model.name} makes ${min} to ${max} pixels a side. Choose a size within that.`;
    return { reason };
  }
  if (!pixels || followsReference(request)) {
    return { width: nearestSide(width, model.limits.side), height: nearestSide(height, model.limits.side) };
  }
  const shrink = Math.sqrt(Math.min(1, pixels.max / (width * height)));
  const grow = Math.sqrt(Math.max(1, pixels.min / (width * height)));
  return nearestWithin(
    { width: width * shrink * grow, height: height * shrink * grow },
    pixels,
    model.limits.side,
    grow > 1,
  );
}

/** The nearest size with as many pixels as are allowed; where there is none, the next one in the direction that is needed. */
function nearestWithin(
  { width, height }: Size,
  pixels: { readonly min: number; readonly max: number },
  limits: SideLimits,
  needsMore: boolean,
): Size {
  const { multipleOf } = limits;
  const down = (side: number): number => clampSide(Math.floor(side / multipleOf) * multipleOf, limits);
  const up = (side: number): number => clampSide(Math.ceil(side / multipleOf) * multipleOf, limits);
  const distance = (size: Size): number => Math.abs(size.width - width) + Math.abs(size.height - height);
  const [nearest] = [down(width), up(width)]
    .flatMap((wide) => [down(height), up(height)].map((high) => ({ width: wide, height: high })))
    .filter((size) => size.width * size.height >= pixels.min && size.width * size.height <= pixels.max)
    .sort((one, other) => distance(one) - distance(other));
  const next = needsMore ? up : down;
  return nearest ?? { width: next(width), height: next(height) };
}

/** How large it becomes is the service's; what can be too large or too small is the reference. */
function followsReference({ operation }: Pick<GenerationRequest, 'operation'>): boolean {
  return operation === 'upscale' || operation === 'removeBackground';
}

/** The one whose shape is most like it and, of those, whose area is. */
function nearestOf(sizes: readonly Size[], wished: Size): Size {
  const distance = (one: number, other: number): number => Math.abs(Math.log(one / other));
  const shape = ({ width, height }: Size): number => distance(width / height, wished.width / wished.height);
  const area = ({ width, height }: Size): number => distance(width * height, wished.width * wished.height);
  const sameShape = 0.03;
  return sizes.reduce((best, size) => {
    const closer = shape(size) - shape(best);
    return closer < -sameShape || (closer < sameShape && area(size) < area(best)) ? size : best;
  });
}

function wishedSize(
  request: Pick<GenerationRequest, 'operation' | 'width' | 'height'>,
  model: Model,
  inputSize: Size | null,
): Size {
  const { limits, defaults } = model;
  if (followsReference(request) && inputSize) return inputSize;
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
