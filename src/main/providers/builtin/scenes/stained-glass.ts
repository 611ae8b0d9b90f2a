import { clamp, cosine, mix, scatter, sine, smooth } from '../drawing/arithmetic.ts';
import { paint, setColour, type Canvas } from '../drawing/canvas.ts';
import type { Chance } from '../drawing/chance.ts';
import { lighter, mixColours, oklch, type Lab } from '../drawing/colour.ts';
import { createNoise } from '../drawing/noise.ts';
import { choosePalette, ramp, type Palette } from '../drawing/palette.ts';
import type { Mood } from '../read-prompt.ts';

/** The middle of a pane, in units, and its glass. */
interface Pane {
  readonly x: number;
  readonly y: number;
  readonly colour: Lab;
}

/** Panes of coloured glass in lead, with light behind: either a rose window or a free arrangement. */
export function drawStainedGlass(canvas: Canvas, chance: Chance, mood: Mood): void {
  const palette = choosePalette(chance, mood);
  const noise = createNoise(chance);
  const spacing = chance.between(0.062, 0.1);
  const spanX = canvas.width / canvas.unit;
  const spanY = canvas.height / canvas.unit;
  const lightX = chance.between(-0.2, 0.2);
  const lightY = chance.between(-0.25, 0.1);
  const panes = chance.happens(0.5)
    ? roseWindow(chance, palette, spacing, Math.max(spanX, spanY))
    : freeWindow(chance, palette, spacing, { spanX, spanY, lightX, lightY });
  const nearby = arrange(panes, spacing * 1.1, spanX, spanY);
  const lead = oklch(0.17, 0.01, 260);
  const half = spacing * chance.between(0.045, 0.07);
  const pixel = 1 / canvas.unit;
  paint(canvas, (x, y, out) => {
    const wobble = 0.12 * spacing;
    const px = x + wobble * noise.at(x * 5, y * 5);
    const py = y + wobble * noise.at(x * 5 + 31, y * 5 - 17);
    const around = nearby(px, py);
    let nearest = around[0];
    let shortest = Infinity;
    for (const pane of around) {
      const square = (pane.x - px) * (pane.x - px) + (pane.y - py) * (pane.y - py);
      if (square < shortest) {
        shortest = square;
        nearest = pane;
      }
    }
    if (!nearest) return;
    let border = 1;
    for (const pane of around) {
      if (pane === nearest) continue;
      const [acrossX, acrossY] = [pane.x - nearest.x, pane.y - nearest.y];
      const length = Math.sqrt(acrossX * acrossX + acrossY * acrossY);
      const toMiddle = ((pane.x + nearest.x) / 2 - px) * acrossX + ((pane.y + nearest.y) / 2 - py) * acrossY;
      border = Math.min(border, toMiddle / length);
    }
    const [dx, dy] = [x - lightX, y - lightY];
    const behind = 0.13 / (1 + 5 * (dx * dx + dy * dy)) - 0.07;
    const streaks = 0.05 * noise.layered(px * 9 + nearest.x * 40, py * 26 + nearest.y * 40, 3);
    const rim = -0.11 * smooth(half * 3.4, half, border);
    const shine = 0.05 * smooth(0.3, 0.9, noise.layered(px * 3.1 + nearest.y * 90, py * 3.1 + nearest.x * 90, 2));
    setColour(out, lighter(nearest.colour, behind + streaks + rim + shine));
    const isLead = clamp((half - border) / pixel + 0.5, 0, 1);
    if (isLead === 0) return;
    const round = 0.15 * smooth(half, 0, border) * smooth(-0.2, 0.6, noise.at(x * 14, y * 14) + 0.3);
    out[0] = mix(out[0] ?? 0, lead[0] + round, isLead);
    out[1] = mix(out[1] ?? 0, lead[1], isLead);
    out[2] = mix(out[2] ?? 0, lead[2], isLead);
  });
}

/** Glass is never as pale as paper, and never quite black. */
function glass(colour: Lab): Lab {
  return [clamp(colour[0], 0.3, 0.84), colour[1] * 1.2, colour[2] * 1.2];
}

function roseWindow(chance: Chance, palette: Palette, spacing: number, span: number): Pane[] {
  const centreX = chance.between(-0.12, 0.12);
  const centreY = chance.between(-0.12, 0.12);
  const petals = chance.whole(3, 5) * 2;
  const panes: Pane[] = [{ x: centreX, y: centreY, colour: glass(palette.colours[2]) }];
  const [first, step] = [chance.whole(0, 4), chance.whole(1, 4)];
  const order = [0, 1, 2, 3, 4].map((index) => (first + index * step) % 5);
  for (let ring = 1; ring * spacing * 1.08 < span; ring += 1) {
    const count = petals * Math.max(1, Math.round((6.283 * ring) / petals));
    const offset = ring % 2 === 0 ? 0 : 0.5;
    for (let index = 0; index < count; index += 1) {
      const turns = (index + offset) / count;
      const sector = Math.abs(((((index + offset) * petals * 2) / count) % 2) - 1);
      const radius = spacing * 1.08 * ring * (1 + 0.05 * cosine(turns * petals));
      const kind = order[(ring + (sector > 0.5 && ring % 3 !== 0 ? 2 : 0)) % 5] ?? 0;
      const tone = 0.07 * (scatter(index, ring, 11) - 0.5) - 0.012 * ring;
      const colour = glass(lighter(palette.colours[kind] ?? palette.ink, tone));
      panes.push({ x: centreX + radius * cosine(turns), y: centreY + radius * sine(turns), colour });
    }
  }
  return panes;
}

interface Window {
  readonly spanX: number;
  readonly spanY: number;
  readonly lightX: number;
  readonly lightY: number;
}

/** Colours run from the light outwards. */
function freeWindow(
  chance: Chance,
  palette: Palette,
  spacing: number,
  { spanX, spanY, lightX, lightY }: Window,
): Pane[] {
  const sorted = palette.colours.toSorted((first, second) => second[0] - first[0]);
  const run = ramp(sorted, 100);
  const panes: Pane[] = [];
  const columns = Math.ceil(spanX / spacing / 2) + 2;
  const rows = Math.ceil(spanY / spacing / 2) + 2;
  for (let row = -rows; row <= rows; row += 1) {
    for (let column = -columns; column <= columns; column += 1) {
      const x = (column + (row % 2 === 0 ? 0.25 : -0.25) + chance.between(-0.38, 0.38)) * spacing;
      const y = (row + chance.between(-0.38, 0.38)) * spacing;
      const [dx, dy] = [x - lightX, y - lightY];
      const place = Math.sqrt(dx * dx + dy * dy) * 118 + chance.between(-16, 16);
      const colour = run[Math.round(clamp(place, 0, 100))] ?? palette.ink;
      const other = palette.colours[chance.whole(0, 4)] ?? colour;
      panes.push({ x, y, colour: glass(mixColours(colour, other, chance.happens(0.14) ? 0.8 : 0.06)) });
    }
  }
  return panes;
}

/** Answers which panes can lie around a place, from a grid of cells. */
function arrange(
  panes: readonly Pane[],
  cell: number,
  spanX: number,
  spanY: number,
): (x: number, y: number) => readonly Pane[] {
  const columns = Math.ceil(spanX / cell) + 4;
  const rows = Math.ceil(spanY / cell) + 4;
  const columnOf = (x: number): number => clamp(Math.floor((x + spanX / 2) / cell) + 2, 0, columns - 1);
  const rowOf = (y: number): number => clamp(Math.floor((y + spanY / 2) / cell) + 2, 0, rows - 1);
  const table: Pane[][] = Array.from({ length: columns * rows }, () => []);
  for (const pane of panes) {
    if (Math.abs(pane.x) > spanX / 2 + 2 * cell || Math.abs(pane.y) > spanY / 2 + 2 * cell) continue;
    for (let row = -1; row <= 1; row += 1) {
      for (let column = -1; column <= 1; column += 1) {
        const [atColumn, atRow] = [columnOf(pane.x) + column, rowOf(pane.y) + row];
        if (atColumn < 0 || atColumn >= columns || atRow < 0 || atRow >= rows) continue;
        table[atRow * columns + atColumn]?.push(pane);
      }
    }
  }
  return (x, y) => table[rowOf(y) * columns + columnOf(x)] ?? [];
}
