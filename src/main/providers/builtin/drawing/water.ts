import { clamp, mix, smooth } from './arithmetic.ts';
import { cover, type Canvas } from './canvas.ts';
import type { Chance } from './chance.ts';
import type { Lab } from './colour.ts';
import { createNoise } from './noise.ts';

/** Writes to `out` what the canvas shows in a column at a row that may lie between two rows. */
export function between(canvas: Canvas, column: number, row: number, out: Float64Array): void {
  const { width, height, lab } = canvas;
  const upper = clamp(Math.floor(row), 0, height - 1);
  const lower = Math.min(upper + 1, height - 1);
  const share = clamp(row - upper, 0, 1);
  const first = (upper * width + column) * 3;
  const second = (lower * width + column) * 3;
  for (let channel = 0; channel < 3; channel += 1) {
    out[channel] = mix(lab[first + channel] ?? 0, lab[second + channel] ?? 0, share);
  }
}

/** Turns everything below `shore` (units from the middle) into still water that mirrors what is above. */
export function mirrorInWater(canvas: Canvas, chance: Chance, shore: number, deep: Lab, shine: Lab): void {
  const { width, height, unit, lab } = canvas;
  const noise = createNoise(chance);
  const first = clamp(Math.round(shore * unit + height / 2), 1, height);
  const depth = Math.max(1, height - first);
  const mirrored = new Float64Array(3);
  for (let row = first; row < height; row += 1) {
    const below = (row - first) / unit;
    const nearness = (row - first) / depth;
    const fineness = 2 + 0.8 / (0.02 + below);
    const wave = 28.8 * Math.sqrt(below);
    for (let column = 0; column < width; column += 1) {
      const x = (column + 0.5 - width / 2) / unit;
      const ripple = noise.layered(x * fineness, wave, 3);
      const swing = ripple * (0.002 + 0.03 * below) * unit;
      const from = clamp(2 * first - 1 - row - swing * 1.4, 0, first - 1);
      between(canvas, clamp(Math.round(column + swing * 0.6), 0, width - 1), from, mirrored);
      const at = (row * width + column) * 3;
      lab[at] = (mirrored[0] ?? 0) * 0.95;
      lab[at + 1] = mirrored[1] ?? 0;
      lab[at + 2] = mirrored[2] ?? 0;
      cover(lab, at, deep, mix(0.12, 0.5, nearness * nearness));
      cover(lab, at, shine, 0.16 * smooth(0.25, 0.55, ripple) + 0.3 * smooth(0.012, 0, below));
    }
  }
}
