import type { Model } from '../../../shared/models/provider.ts';

/** Models that take a shape and a resolution in place of pixels. */
const ratios = ['1:1', '16:9', '9:16', '21:9', '9:21', '3:2', '2:3', '5:4', '4:5', '4:3', '3:4'] as const;
const sideOf: Readonly<Record<string, number>> = { '1K': 1024, '2K': 2048, '4K': 4096 };
const usualResolution = '1K';
const multipleOf = 8;

export interface Shape {
  readonly aspect_ratio: string;
  /** Undefined where the model has but one. */
  readonly resolution?: string;
}

type Size = NonNullable<Model['limits']['sizes']>[number];

/** A picture of this shape with as many pixels as a square of that side. */
function sizeOf(ratio: string, side: number): Size {
  const [across = 1, down = 1] = ratio.split(':').map(Number);
  const round = (pixels: number): number => Math.round(pixels / multipleOf) * multipleOf;
  return { width: round(side * Math.sqrt(across / down)), height: round(side * Math.sqrt(down / across)) };
}

/** The sizes of a model with these resolutions, the usual square first. Names that are not known here are left out. */
export function sizesFor(resolutions: readonly string[]): Size[] {
  const known = resolutions.filter((resolution) => sideOf[resolution] !== undefined);
  const offered = known.length > 0 ? known : [usualResolution];
  return offered.flatMap((resolution) => ratios.map((ratio) => sizeOf(ratio, sideOf[resolution] ?? 0)));
}

/** The words for a size of `sizesFor`; null for any other. */
export function shapeOf({ width, height }: Size): Shape | null {
  for (const [resolution, side] of Object.entries(sideOf)) {
    const ratio = ratios.find((each) => {
      const size = sizeOf(each, side);
      return size.width === width && size.height === height;
    });
    if (ratio !== undefined) return { aspect_ratio: ratio, resolution };
  }
  return null;
}
