import { scatter } from './arithmetic.ts';
import type { Canvas } from './canvas.ts';
import type { Chance } from './chance.ts';
import { columnsPerPixel } from './ranges.ts';

interface Grove {
  /** Trees on a stretch of one unit. */
  readonly perUnit: number;
  /** Usual height of a tree, in units. */
  readonly height: number;
  /** Where trees grow, 0 to 1, at a place in units. */
  readonly density: (x: number) => number;
}

/** The outline of this ground with conifers on it. */
export function plantConifers(canvas: Canvas, ground: Float32Array, chance: Chance, grove: Grove): Float32Array {
  const { width, unit } = canvas;
  const margin = grove.height;
  const span = width / unit + 2 * margin;
  const count = Math.round(span * grove.perUnit);
  const outline = ground.slice();
  for (let tree = 0; tree < count; tree += 1) {
    const x = (chance.unit() - 0.5) * span;
    const size = 0.45 + 0.75 * chance.unit();
    const slimness = chance.between(0.12, 0.19);
    const tiers = chance.whole(6, 10);
    const lean = chance.between(-0.02, 0.02);
    if (chance.unit() >= grove.density(x)) continue;
    const height = grove.height * size * unit;
    const halfWidth = height * slimness;
    const middle = (x * unit + width / 2) * columnsPerPixel;
    const reach = halfWidth * columnsPerPixel;
    const root = ground[Math.min(ground.length - 1, Math.max(0, Math.round(middle)))] ?? 0;
    const first = Math.max(0, Math.ceil(middle - reach));
    const last = Math.min(outline.length - 1, Math.floor(middle + reach));
    for (let index = first; index <= last; index += 1) {
      const side = (index - middle) / reach;
      const inner = 1 - Math.abs(side);
      // Slender at the top and spreading towards the ground.
      const spread = 1 - inner * Math.sqrt(inner);
      const needles = (scatter(index, tree, 3) - 0.5) * 0.35;
      const step = Math.max(0, spread * tiers + (spread > 0.15 ? needles : 0));
      const within = step - Math.floor(step);
      // Each tier is nearly flat along its branch and then drops to the next.
      const fall = (Math.floor(step) + within * within * within * within) / tiers;
      const top = root - height * (1 - fall + side * lean) + height * 0.04;
      if (top < (outline[index] ?? 0)) outline[index] = top;
    }
  }
  return outline;
}
