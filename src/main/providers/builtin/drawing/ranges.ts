import { clamp } from './arithmetic.ts';
import type { Canvas } from './canvas.ts';

/** Sub-columns a pixel is looked at, so that steep outlines are smooth. */
export const columnsPerPixel = 4;

/** Something with an outline that fills the picture from there down: a row of hills, a treeline, a skyline. */
export interface Range {
  /** The outline's place in pixels from the top, for each sub-column. */
  readonly outline: Float32Array;
  /** The outline without the trees on it, where `depth` begins. */
  readonly ground?: Float32Array;
  /** Writes the colour at a place (in units) that lies `depth` units below the ground's outline; in a tree that is 0. */
  shade(x: number, y: number, depth: number, out: Float64Array): void;
}

/** An outline from a function of x (units) to y (units). */
export function traceOutline(canvas: Canvas, height: (x: number) => number): Float32Array {
  const { width, unit } = canvas;
  const outline = new Float32Array(width * columnsPerPixel);
  for (let index = 0; index < outline.length; index += 1) {
    const x = ((index + 0.5) / columnsPerPixel - width / 2) / unit;
    outline[index] = height(x) * unit + canvas.height / 2;
  }
  return outline;
}

/** Paints ranges, the farthest first in the list. Each pixel is shaded once, by what is in front. */
export function paintRanges(canvas: Canvas, ranges: readonly Range[]): void {
  const { width, height, unit, lab } = canvas;
  const nearestFirst = ranges.toReversed().map((range) => {
    const ground = range.ground ?? range.outline;
    return { range, ground, ...extremes(range.outline, width) };
  });
  const out = new Float64Array(3);
  for (let row = 0; row < height; row += 1) {
    const y = (row + 0.5 - height / 2) / unit;
    for (let column = 0; column < width; column += 1) {
      const at = (row * width + column) * 3;
      let unseen = 1;
      let [l, a, b] = [0, 0, 0];
      for (const { range, ground, highest, lowest } of nearestFirst) {
        const top = highest[column] ?? 0;
        if (row + 1 <= top) continue;
        const bottom = lowest[column] ?? 0;
        const share = unseen * (row >= bottom ? 1 : coverage(range.outline, column, row));
        const depth = row + 0.5 - (ground[column * columnsPerPixel] ?? 0);
        range.shade((column + 0.5 - width / 2) / unit, y, depth > 0 ? depth / unit : 0, out);
        l += share * (out[0] ?? 0);
        a += share * (out[1] ?? 0);
        b += share * (out[2] ?? 0);
        unseen -= share;
        if (unseen < 0.003) break;
      }
      lab[at] = l + unseen * (lab[at] ?? 0);
      lab[at + 1] = a + unseen * (lab[at + 1] ?? 0);
      lab[at + 2] = b + unseen * (lab[at + 2] ?? 0);
    }
  }
}

function extremes(outline: Float32Array, width: number): { highest: Float32Array; lowest: Float32Array } {
  const highest = new Float32Array(width);
  const lowest = new Float32Array(width);
  for (let column = 0; column < width; column += 1) {
    const own = outline.subarray(column * columnsPerPixel, (column + 1) * columnsPerPixel);
    highest[column] = Math.min(...own);
    lowest[column] = Math.max(...own);
  }
  return { highest, lowest };
}

/** How much of a pixel lies below the outline. */
function coverage(outline: Float32Array, column: number, row: number): number {
  let sum = 0;
  for (let part = 0; part < columnsPerPixel; part += 1) {
    sum += clamp(row + 1 - (outline[column * columnsPerPixel + part] ?? 0), 0, 1);
  }
  return sum / columnsPerPixel;
}
