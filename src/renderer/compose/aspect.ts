import type { Model } from '../../shared/models/provider.ts';
import { fitSize as fitToModel } from '../../shared/routing/fit-size.ts';

/** Width and height in parts, in the order of the buttons. */
export const aspects = {
  '1:1': [1, 1],
  '3:2': [3, 2],
  '2:3': [2, 3],
  '4:3': [4, 3],
  '3:4': [3, 4],
  '16:9': [16, 9],
  '9:16': [9, 16],
} as const;
export type AspectPreset = keyof typeof aspects;

/** `reference` follows the reference picture; `custom` keeps the sides the user typed. */
export type Aspect = AspectPreset | 'reference' | 'custom';

export interface Size {
  readonly width: number;
  readonly height: number;
}

type SideLimits = Model['limits']['side'];

const usualSide = 1024;

/** The nearest side that the model can do. */
export function fitSide(side: number, { min, max, multipleOf }: SideLimits): number {
  const least = Math.ceil(min / multipleOf) * multipleOf;
  const most = Math.floor(max / multipleOf) * multipleOf;
  const nearest = Math.round(side / multipleOf) * multipleOf;
  return Math.max(least, Math.min(nearest, most));
}

/** The size most like it that the model can do: within its sides and pixels, or one of its list. */
export function fitSize(size: Size, model: Model): Size {
  const { side, sizes, pixels } = model.limits;
  const within = { width: fitSide(size.width, side), height: fitSide(size.height, side) };
  if (sizes === undefined && pixels === undefined) return within;
  const wished = sizes === undefined ? within : { width: size.width, height: size.height };
  const fitted = fitToModel({ operation: 'textToImage', ...wished }, model, null);
  return 'reason' in fitted ? within : fitted;
}

/** A size of this ratio with about as many pixels as the model is at its best with. */
export function sizeForRatio(ratio: number, model: Model): Size {
  const { side } = model.limits;
  const area = (model.defaults.width ?? usualSide) * (model.defaults.height ?? usualSide);
  const width = Math.sqrt(area * ratio);
  const height = width / ratio;
  // A side beyond the limit takes the other one with it, so that the ratio stays.
  const shrink = Math.min(1, side.max / Math.max(width, height));
  const grow = Math.max(1, side.min / Math.min(width * shrink, height * shrink));
  return fitSize({ width: width * shrink * grow, height: height * shrink * grow }, model);
}

export function sizeForPreset(preset: AspectPreset, model: Model): Size {
  const [across, down] = aspects[preset];
  return sizeForRatio(across / down, model);
}

/** The preset whose size for this model is exactly this one. */
export function presetOf(size: Size, model: Model): AspectPreset | null {
  const names = Object.keys(aspects) as AspectPreset[];
  return (
    names.find((name) => {
      const preset = sizeForPreset(name, model);
      return preset.width === size.width && preset.height === size.height;
    }) ?? null
  );
}

export function swapAspect(aspect: Aspect): Aspect {
  if (aspect === 'custom' || aspect === 'reference') return 'custom';
  const swapped = aspect.split(':').reverse().join(':');
  return swapped in aspects ? (swapped as AspectPreset) : 'custom';
}
