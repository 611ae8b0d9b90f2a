import { clamp, fraction, smooth } from '../drawing/arithmetic.ts';
import { paint, setColour, tint, type Canvas } from '../drawing/canvas.ts';
import type { Chance } from '../drawing/chance.ts';
import { lighter, mixColours, oklch, type Lab } from '../drawing/colour.ts';
import { createNoise } from '../drawing/noise.ts';
import { choosePalette } from '../drawing/palette.ts';
import type { Mood } from '../read-prompt.ts';

const rampSteps = 1024;

/** Poured colours that fold into each other, lit from the side, with thin veins of metal. */
export function drawMarble(canvas: Canvas, chance: Chance, mood: Mood): void {
  const palette = choosePalette(chance, mood);
  const { width, height, unit } = canvas;
  const [first, second, third, fourth, fifth] = palette.colours;
  const order = palette.isDark
    ? [palette.paper, first, palette.paper, fifth, fourth, third, palette.ink]
    : [palette.ink, first, second, palette.paper, third, fourth, fifth];
  const colours = bands(chance, order);
  const flow = createFlow(canvas, chance);
  const metal = oklch(palette.isDark ? 0.84 : 0.8, 0.11 * Math.min(1, mood.chroma), 84);
  const veins = chance.between(2.2, 3.4);
  const pixel = 1 / unit;
  const reach = Math.max(pixel, 0.0018);
  const value = (x: number, y: number): number => {
    const column = clamp(Math.round((x + width / unit / 2) * unit - 0.5), 0, width - 1);
    const row = clamp(Math.round((y + height / unit / 2) * unit - 0.5), 0, height - 1);
    return flow[row * width + column] ?? 0;
  };
  paint(canvas, (x, y, out) => {
    const here = value(x, y);
    const acrossX = value(x + reach, y) - value(x - reach, y);
    const acrossY = value(x, y + reach) - value(x, y - reach);
    const steepness = Math.sqrt(acrossX * acrossX + acrossY * acrossY) / (2 * reach) + 0.02;
    const lean = (-acrossX - 1.3 * acrossY) / (2 * reach);
    const light = (0.03 * lean) / (1 + 0.35 * Math.abs(lean));
    const base = colours[Math.round(clamp(here, 0, 1) * rampSteps)] ?? palette.paper;
    setColour(out, lighter(base, light));
    const toVein = Math.abs(fraction(here * veins + 0.17) - 0.5) / veins / steepness;
    const thickness = 0.0022 * smooth(0.2, 1.4, steepness);
    tint(
      out,
      lighter(metal, light * 1.6),
      0.9 * clamp((thickness - toVein) / pixel + 0.5, 0, 1) * smooth(0, pixel, thickness),
    );
  });
}

/** A run through colours in which some flow into the next and others end sharply. */
function bands(chance: Chance, order: readonly Lab[]): Lab[] {
  const widths = order.map(() => chance.pick([0.06, 0.1, 0.3, 0.5]));
  return Array.from({ length: rampSteps + 1 }, (_, index) => {
    const place = (index / rampSteps) * (order.length - 1);
    const from = Math.min(order.length - 2, Math.floor(place));
    const width = widths[from] ?? 0.5;
    const first = order[from] ?? [0, 0, 0];
    return mixColours(first, order[from + 1] ?? first, smooth(0.5 - width, 0.5 + width, place - from));
  });
}

/** For each pixel a height from about 0 to 1: noise whose places are shifted by noise, twice. */
function createFlow({ width, height, unit }: Canvas, chance: Chance): Float32Array {
  const noise = createNoise(chance);
  const scale = chance.between(1, 1.5);
  const fold = chance.between(0.8, 1.25);
  const tilt = chance.between(-0.6, 0.6);
  const pace = Math.max(1, Math.round(unit / 480));
  const columns = Math.ceil(width / pace) + 2;
  const rows = Math.ceil(height / pace) + 2;
  const shiftX = new Float32Array(columns * rows);
  const shiftY = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const x = ((column * pace - width / 2) / unit) * scale;
      const y = ((row * pace - height / 2) / unit) * scale * 1.25 + x * tilt;
      const bendX = noise.layered(x, y, 3);
      const bendY = noise.layered(x + 5.2, y + 1.3, 3);
      const at = row * columns + column;
      shiftX[at] = x + fold * noise.layered(x + 1.7 * bendX + 8.3, y + 1.7 * bendY + 2.8, 3);
      shiftY[at] = y + fold * noise.layered(x + 1.7 * bendX + 1.7, y + 1.7 * bendY + 9.2, 3);
    }
  }
  const between = (table: Float32Array, at: number, shareX: number, shareY: number): number => {
    const upper = (table[at] ?? 0) * (1 - shareX) + (table[at + 1] ?? 0) * shareX;
    const lower = (table[at + columns] ?? 0) * (1 - shareX) + (table[at + columns + 1] ?? 0) * shareX;
    return upper * (1 - shareY) + lower * shareY;
  };
  const flow = new Float32Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const shareY = (row % pace) / pace;
    for (let column = 0; column < width; column += 1) {
      const at = Math.floor(row / pace) * columns + Math.floor(column / pace);
      const shareX = (column % pace) / pace;
      const x = between(shiftX, at, shareX, shareY);
      const y = between(shiftY, at, shareX, shareY);
      flow[row * width + column] = 0.5 + 0.72 * noise.layered(x, y, 3);
    }
  }
  return flow;
}
