import { formatSize } from '../ui/format.ts';
import type { Size } from './aspect.ts';

const namedShapes: readonly (readonly [number, number])[] = [
  [1, 1],
  [5, 4],
  [4, 3],
  [3, 2],
  [16, 10],
  [16, 9],
  [2, 1],
  [21, 9],
  [3, 1],
  [4, 1],
  [8, 1],
];
/** A shape this close to a named one is called that. */
const sameShape = 0.04;

/** What people call the shape of a picture: "16:9"; null for one without a name. */
export function shapeName({ width, height }: Size): string | null {
  const ratio = width / height;
  const distance = ([across, down]: readonly [number, number]): number => Math.abs(Math.log(ratio / (across / down)));
  const all = [...namedShapes, ...namedShapes.slice(1).map(([across, down]) => [down, across] as const)];
  const nearest = all.reduce((best, shape) => (distance(shape) < distance(best) ? shape : best));
  return distance(nearest) <= sameShape ? nearest.join(':') : null;
}

export const sizeKey = ({ width, height }: Size): string => `${width}x${height}`;

export interface SizeGroup {
  readonly group: string;
  readonly items: { readonly value: string; readonly label: string }[];
}

/** The sizes of a model that has a list, by shape from wide to tall with the square first, small before large. */
export function sizeGroups(sizes: readonly Size[], other: string): SizeGroup[] {
  const groups = new Map<string, Size[]>();
  for (const size of sizes) {
    const name = shapeName(size) ?? other;
    groups.set(name, [...(groups.get(name) ?? []), size]);
  }
  const rank = ([{ width, height } = { width: 1, height: 1 }]: readonly Size[]): number =>
    shapeName({ width, height }) === '1:1'
      ? -Infinity
      : Math.abs(Math.log(width / height)) + (width < height ? 100 : 0);
  return [...groups]
    .sort(([, one], [, two]) => rank(one) - rank(two))
    .map(([group, own]) => ({
      group,
      items: [...own]
        .sort((one, two) => one.width * one.height - two.width * two.height)
        .map((size) => ({ value: sizeKey(size), label: formatSize(size.width, size.height) })),
    }));
}
