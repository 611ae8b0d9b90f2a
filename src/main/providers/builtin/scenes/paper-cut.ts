import { clamp, mix, smooth } from '../drawing/arithmetic.ts';
import type { Canvas } from '../drawing/canvas.ts';
import type { Chance } from '../drawing/chance.ts';
import { lighter, type Lab } from '../drawing/colour.ts';
import { createNoise } from '../drawing/noise.ts';
import { choosePalette, ramp } from '../drawing/palette.ts';
import type { Mood } from '../read-prompt.ts';

/** Sheets of coloured paper one above the other, each cut open and casting a shadow on the next. */
export function drawPaperCut(canvas: Canvas, chance: Chance, mood: Mood): void {
  const { width, height, unit, lab } = canvas;
  const palette = choosePalette(chance, mood);
  const noise = createNoise(chance);
  const sheets = chance.whole(6, 9);
  const colours = sheetColours(chance, [palette.paper, palette.ink, ...palette.colours], sheets);
  const surface = createSurface(canvas, chance);
  const heightAt = (column: number, row: number): number =>
    surface[clamp(row, 0, height - 1) * width + clamp(column, 0, width - 1)] ?? 0;
  const far = Math.max(1, Math.round(unit * 0.017));
  const near = Math.max(1, Math.round(unit * 0.006));
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const here = heightAt(column, row) * sheets;
      const dx = heightAt(column + 1, row) - heightAt(column - 1, row);
      const dy = heightAt(column, row + 1) - heightAt(column, row - 1);
      // How much the surface rises over one pixel: what a smooth edge needs.
      const perPixel = Math.max(0.0001, (Math.sqrt(dx * dx + dy * dy) / 2) * sheets);
      const sheet = clamp(Math.floor(here), 0, sheets - 1);
      const within = here - sheet;
      const toNext = (1 - within) / perPixel;
      const sinceLast = within / perPixel;
      const above = heightAt(column - far, row - far) * sheets - (sheet + 1);
      const close = heightAt(column - near, row - near) * sheets - (sheet + 1);
      const isTop = sheet === sheets - 1;
      const shadow = isTop
        ? 0
        : 0.085 * smooth(-9 * perPixel, 14 * perPixel, above) + 0.075 * smooth(-3 * perPixel, 4 * perPixel, close);
      const rim =
        sheet > 0
          ? 0.035 * smooth(2.6, 0.8, sinceLast) * smooth(0.2, -0.4, (dx + dy) / (Math.abs(dx) + Math.abs(dy) + 1e-9))
          : 0;
      const x = column / unit;
      const y = row / unit;
      const fibre =
        0.009 * noise.layered(x * 60, y * 60 + sheet * 7, 2) + 0.02 * noise.at(x * 1.4 + sheet * 3, y * 1.4);
      const own = colours[sheet] ?? palette.paper;
      const next = colours[Math.min(sheets - 1, sheet + 1)] ?? own;
      const edge = isTop ? 0 : clamp(0.5 - toNext, 0, 0.5);
      const at = (row * width + column) * 3;
      lab[at] = mix(own[0] - shadow, next[0], edge) + fibre + rim;
      lab[at + 1] = mix(own[1], next[1], edge);
      lab[at + 2] = mix(own[2], next[2], edge);
    }
  }
}

/** From the lowest sheet to the highest, either darkening or lightening into the depth. */
function sheetColours(chance: Chance, colours: readonly Lab[], count: number): Lab[] {
  const sorted = colours.toSorted((first, second) => first[0] - second[0]);
  const steps = chance.happens(0.6) ? sorted : sorted.reverse();
  return ramp(steps, count - 1).map((colour, index) => lighter(colour, index % 2 === 0 ? 0.008 : -0.008));
}

/** For each pixel the height of the pile of paper, 0 to 1. */
function createSurface({ width, height, unit }: Canvas, chance: Chance): Float32Array {
  const noise = createNoise(chance);
  const isTunnel = chance.happens(0.5);
  const centreX = chance.between(-0.14, 0.14);
  const centreY = chance.between(-0.14, 0.14);
  const scale = chance.between(1.1, 1.7);
  const tilt = chance.between(-0.45, 0.45);
  const reach = Math.min(0.72, (0.55 * Math.max(width, height)) / unit);
  const surface = new Float32Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const y = (row + 0.5 - height / 2) / unit;
    for (let column = 0; column < width; column += 1) {
      const x = (column + 0.5 - width / 2) / unit;
      const bend = 0.35 * noise.at(x * 1.3 + 9, y * 1.3);
      const rough = noise.layered(x * scale + bend, y * scale - bend, 4);
      const dx = (x - centreX) / reach;
      const dy = (y - centreY) / reach;
      surface[row * width + column] = isTunnel
        ? Math.sqrt(dx * dx + dy * dy) * 0.92 + 0.46 * rough - 0.06
        : 0.5 + 0.86 * rough + tilt * y + 0.25 * tilt * x;
    }
  }
  return surface;
}
