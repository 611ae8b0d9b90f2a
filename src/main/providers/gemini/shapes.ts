import type { Size } from '../../../shared/routing/fit-size.ts';

export type SizeName = '512' | '1K' | '2K' | '4K';

/** The service knows shapes and names of sizes, not pixels. */
export interface Shape extends Size {
  readonly ratio: string;
  readonly sizeName: SizeName;
}

const scales: Readonly<Record<SizeName, number>> = { '512': 0.5, '1K': 1, '2K': 2, '4K': 4 };

/** Pixels at `1K`. The first one is the default. */
const usualRatios: Readonly<Record<string, Size>> = {
  '1:1': { width: 1024, height: 1024 },
  '16:9': { width: 1376, height: 768 },
  '9:16': { width: 768, height: 1376 },
  '3:2': { width: 1264, height: 848 },
  '2:3': { width: 848, height: 1264 },
  '4:3': { width: 1200, height: 896 },
  '3:4': { width: 896, height: 1200 },
  '5:4': { width: 1152, height: 928 },
  '4:5': { width: 928, height: 1152 },
  '21:9': { width: 1584, height: 672 },
};
const stripRatios: Readonly<Record<string, Size>> = {
  '4:1': { width: 2048, height: 512 },
  '1:4': { width: 512, height: 2048 },
  '8:1': { width: 3072, height: 384 },
  '1:8': { width: 384, height: 3072 },
};

/** All that a model makes. `hasStrips`: also the very long shapes. */
export function shapesOf(sizeNames: readonly SizeName[], hasStrips: boolean): readonly Shape[] {
  const ratios = Object.entries(hasStrips ? { ...usualRatios, ...stripRatios } : usualRatios);
  return sizeNames.flatMap((sizeName) =>
    ratios.map(([ratio, { width, height }]) => ({
      ratio,
      sizeName,
      width: width * scales[sizeName],
      height: height * scales[sizeName],
    })),
  );
}

/** The one that is most like a size: in shape first, then in pixels. */
export function nearestShape(shapes: readonly [Shape, ...Shape[]], { width, height }: Size): Shape {
  const distance = (shape: Shape): number =>
    100 * Math.abs(Math.log(shape.width / shape.height) - Math.log(width / height)) +
    Math.abs(Math.log(shape.width * shape.height) - Math.log(width * height));
  return shapes.reduce((best, shape) => (distance(shape) < distance(best) ? shape : best));
}
