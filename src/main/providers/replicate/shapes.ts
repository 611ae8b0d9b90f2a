/** A shape as the service names it, and the pixels that it makes of it. */
export interface Shape {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** FLUX schnell and dev at one megapixel. */
export const fluxShapes: readonly Shape[] = [
  { name: '1:1', width: 1024, height: 1024 },
  { name: '16:9', width: 1344, height: 768 },
  { name: '9:16', width: 768, height: 1344 },
  { name: '3:2', width: 1216, height: 832 },
  { name: '2:3', width: 832, height: 1216 },
  { name: '4:3', width: 1152, height: 896 },
  { name: '3:4', width: 896, height: 1152 },
  { name: '5:4', width: 1088, height: 896 },
  { name: '4:5', width: 896, height: 1088 },
  { name: '21:9', width: 1536, height: 640 },
  { name: '9:21', width: 640, height: 1536 },
];

/** FLUX 1.1 pro ultra, at four. */
export const ultraShapes: readonly Shape[] = [
  { name: '1:1', width: 2048, height: 2048 },
  { name: '16:9', width: 2752, height: 1536 },
  { name: '9:16', width: 1536, height: 2752 },
  { name: '4:3', width: 2368, height: 1792 },
  { name: '3:4', width: 1792, height: 2368 },
  { name: '3:2', width: 2496, height: 1664 },
  { name: '2:3', width: 1664, height: 2496 },
  { name: '21:9', width: 3136, height: 1344 },
  { name: '9:21', width: 1344, height: 3136 },
];

export const sizesOf = (shapes: readonly Shape[]): { width: number; height: number }[] =>
  shapes.map(({ width, height }) => ({ width, height }));

export function shapeOf(shapes: readonly Shape[], width: number, height: number): string {
  return shapes.find((shape) => shape.width === width && shape.height === height)?.name ?? '1:1';
}
