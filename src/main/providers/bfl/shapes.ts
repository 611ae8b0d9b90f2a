/** A shape and size class as the service names them, and about the pixels that come of it. */
export interface Shape {
  readonly aspectRatio: string;
  readonly resolution: string;
  readonly width: number;
  readonly height: number;
}

const flux3Ratios = [
  '1:1',
  '21:9',
  '2:1',
  '16:9',
  '3:2',
  '7:5',
  '4:3',
  '5:4',
  '4:5',
  '3:4',
  '5:7',
  '2:3',
  '9:16',
  '1:2',
  '9:21',
] as const;
const flux1Ratios = ['1:1', '21:9', '16:9', '3:2', '4:3', '3:4', '2:3', '9:16', '9:21'] as const;

/** Sides of the square of each size class. */
const squareSides = { '768sq': 768, '1k': 1024, '2k': 2048, '4k': 4096 } as const;

function shapesOf(ratios: readonly string[], resolutions: readonly (keyof typeof squareSides)[]): readonly Shape[] {
  return resolutions.flatMap((resolution) =>
    ratios.map((aspectRatio): Shape => {
      const [across = 1, down = 1] = aspectRatio.split(':').map(Number);
      const side = (one: number, other: number): number =>
        Math.round((squareSides[resolution] * Math.sqrt(one / other)) / 16) * 16;
      return { aspectRatio, resolution, width: side(across, down), height: side(down, across) };
    }),
  );
}

/** By model id, for the models that take a shape instead of pixels. */
export const shapes: Readonly<Record<string, readonly Shape[]>> = {
  'flux-3-image': shapesOf(flux3Ratios, ['1k', '768sq']),
  'flux-3-image@2k': shapesOf(flux3Ratios, ['2k']),
  'flux-3-image@4k': shapesOf(flux3Ratios, ['4k']),
  'flux-kontext-pro': shapesOf(flux1Ratios, ['1k']),
  'flux-kontext-max': shapesOf(flux1Ratios, ['1k']),
  'flux-pro-1.1-ultra': shapesOf(flux1Ratios, ['2k']),
};

/** The shape with these pixels, else the one most like them. */
export function shapeOf(model: string, { width, height }: { width: number; height: number }): Shape | null {
  const distance = (shape: Shape): number =>
    Math.abs(Math.log(shape.width / shape.height / (width / height))) +
    Math.abs(Math.log((shape.width * shape.height) / (width * height)));
  return (shapes[model] ?? []).reduce<Shape | null>(
    (best, shape) => (best === null || distance(shape) < distance(best) ? shape : best),
    null,
  );
}
