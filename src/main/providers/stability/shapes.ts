import type { Size } from '../../../shared/routing/fit-size.ts';

/**
 * The service knows shapes, not pixels: it makes about 1 megapixel of each (`normal`), with Core about 1.5 (`large`). The first one is
 * its default.
 */
const shapes: readonly { readonly ratio: string; readonly normal: Size; readonly large: Size }[] = [
  { ratio: '1:1', normal: { width: 1024, height: 1024 }, large: { width: 1216, height: 1216 } },
  { ratio: '16:9', normal: { width: 1344, height: 768 }, large: { width: 1632, height: 912 } },
  { ratio: '3:2', normal: { width: 1216, height: 832 }, large: { width: 1488, height: 992 } },
  { ratio: '5:4', normal: { width: 1088, height: 896 }, large: { width: 1360, height: 1088 } },
  { ratio: '4:5', normal: { width: 896, height: 1088 }, large: { width: 1088, height: 1360 } },
  { ratio: '2:3', normal: { width: 832, height: 1216 }, large: { width: 992, height: 1488 } },
  { ratio: '9:16', normal: { width: 768, height: 1344 }, large: { width: 912, height: 1632 } },
  { ratio: '21:9', normal: { width: 1536, height: 640 }, large: { width: 1872, height: 800 } },
  { ratio: '9:21', normal: { width: 640, height: 1536 }, large: { width: 800, height: 1872 } },
];

export const normalSizes: Size[] = shapes.map(({ normal }) => normal);
export const largeSizes: Size[] = shapes.map(({ large }) => large);

/** The service's name for the shape that is most like this size: `16:9`. */
export function ratioOf({ width, height }: Size): string {
  const distance = ({ normal }: (typeof shapes)[number]): number =>
    Math.abs(Math.log(width / height) - Math.log(normal.width / normal.height));
  return shapes.reduce((best, shape) => (distance(shape) < distance(best) ? shape : best)).ratio;
}
