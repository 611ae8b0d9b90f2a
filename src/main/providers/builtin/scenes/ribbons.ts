import { clamp, cosine, mix, sine, smooth } from '../drawing/arithmetic.ts';
import { paint, setColour, type Canvas } from '../drawing/canvas.ts';
import type { Chance } from '../drawing/chance.ts';
import { lighter, mixColours, type Lab } from '../drawing/colour.ts';
import { createNoise, type Noise } from '../drawing/noise.ts';
import { choosePalette } from '../drawing/palette.ts';
import type { Mood } from '../read-prompt.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Stroke {
  readonly points: readonly Point[];
  readonly radius: number;
  readonly colour: Lab;
  /** The colour at its end. */
  readonly fade: Lab;
  readonly number: number;
  readonly isTapered: boolean;
}

/** Cells on one unit of the map that says which stroke is where. */
const cellsPerUnit = 420;
const stepLength = 0.0065;

/** Strokes that follow one current and never touch. */
export function drawRibbons(canvas: Canvas, chance: Chance, mood: Mood): void {
  const palette = choosePalette(chance, mood);
  const noise = createNoise(chance);
  paint(canvas, (x, y, out) => setColour(out, lighter(palette.paper, 0.014 * noise.layered(x * 3, y * 3, 3))));
  const turn = chance.between(0, 1);
  const bend = chance.between(0.25, 0.75);
  const scale = chance.between(0.6, 1.25);
  const angle = (x: number, y: number): number => turn + bend * noise.layered(x * scale + 40, y * scale, 2);
  const broadest = chance.pick([0.018, 0.03, 0.042]);
  const isTapered = chance.happens(0.45);
  const place = createMap(canvas);
  const accent = chance.whole(0, 4);
  const seen = new Float32Array(canvas.width * canvas.height);
  const candidates = 2600;
  for (let number = 1; number <= candidates; number += 1) {
    // The broad ones come first and the fine ones fill what is left.
    const progress = number / candidates;
    const any = chance.unit();
    const fineness = mix(any, any * any * any * any, progress);
    const radius = broadest * (0.1 + 0.9 * fineness) * (1 - 0.75 * progress) + 0.0016;
    const start = { x: chance.between(-0.55, 0.55) * place.spanX, y: chance.between(-0.55, 0.55) * place.spanY };
    const longest = chance.between(0.25, 1.3);
    const zone = noise.at(start.x * 1.1 - 20, start.y * 1.1 + 7);
    const index = chance.happens(0.72) ? (zone > 0.12 ? 0 : zone > -0.18 ? 1 : 2) : chance.whole(0, 4);
    const shift = chance.between(-0.03, 0.03);
    const points = follow(start, angle, longest, (point) => place.isFree(point, radius + 0.0035, number));
    if (points.length * stepLength < Math.max(0.05, radius * 3)) continue;
    const base = chance.happens(0.06) ? palette.ink : (palette.colours[(index + accent) % 5] ?? palette.ink);
    const colour = lighter(base, shift);
    const stroke = {
      points,
      radius,
      colour,
      fade: mixColours(colour, palette.colours[(index + accent + 1) % 5] ?? base, 0.3),
      number,
      isTapered,
    };
    for (const point of points) place.mark(point, radius, number);
    drawStroke(canvas, stroke, noise, seen);
  }
}

interface PlaceMap {
  readonly spanX: number;
  readonly spanY: number;
  isFree(point: Point, radius: number, own: number): boolean;
  mark(point: Point, radius: number, own: number): void;
}

function createMap({ width, height, unit }: Canvas): PlaceMap {
  const spanX = width / unit;
  const spanY = height / unit;
  const margin = 0.12;
  const columns = Math.ceil((spanX + 2 * margin) * cellsPerUnit);
  const rows = Math.ceil((spanY + 2 * margin) * cellsPerUnit);
  const owners = new Uint16Array(columns * rows);
  const ownerAt = (x: number, y: number): number => {
    const column = Math.floor((x + spanX / 2 + margin) * cellsPerUnit);
    const row = Math.floor((y + spanY / 2 + margin) * cellsPerUnit);
    if (column < 0 || row < 0 || column >= columns || row >= rows) return -1;
    return owners[row * columns + column] ?? -1;
  };
  return {
    spanX,
    spanY,
    isFree: ({ x, y }, radius, own) => {
      const isOthers = (owner: number): boolean => owner !== 0 && owner !== own;
      if (isOthers(ownerAt(x, y))) return false;
      for (let corner = 0; corner < 10; corner += 1) {
        if (isOthers(ownerAt(x + radius * cosine(corner / 10), y + radius * sine(corner / 10)))) return false;
      }
      return true;
    },
    mark: ({ x, y }, radius, own) => {
      const reach = Math.ceil(radius * cellsPerUnit);
      const middleColumn = Math.floor((x + spanX / 2 + margin) * cellsPerUnit);
      const middleRow = Math.floor((y + spanY / 2 + margin) * cellsPerUnit);
      for (let row = Math.max(0, middleRow - reach); row <= Math.min(rows - 1, middleRow + reach); row += 1) {
        for (
          let column = Math.max(0, middleColumn - reach);
          column <= Math.min(columns - 1, middleColumn + reach);
          column += 1
        ) {
          const [dx, dy] = [column - middleColumn, row - middleRow];
          if (dx * dx + dy * dy <= reach * reach) owners[row * columns + column] = own;
        }
      }
    },
  };
}

/** Walks with the current in both directions as far as there is room. */
function follow(
  start: Point,
  angle: (x: number, y: number) => number,
  longest: number,
  isFree: (point: Point) => boolean,
): Point[] {
  if (!isFree(start)) return [];
  const walk = (direction: number): Point[] => {
    const points: Point[] = [];
    let { x, y } = start;
    for (let step = 0; step < longest / 2 / stepLength; step += 1) {
      const turns = angle(x, y);
      x += direction * stepLength * cosine(turns);
      y += direction * stepLength * sine(turns);
      if (!isFree({ x, y })) break;
      points.push({ x, y });
    }
    return points;
  };
  return [...walk(-1).reverse(), start, ...walk(1)];
}

function drawStroke(canvas: Canvas, stroke: Stroke, noise: Noise, seen: Float32Array): void {
  const { width, height, unit, lab } = canvas;
  const { points, number, colour, fade, isTapered } = stroke;
  const hairs = 0.5 / Math.max(stroke.radius, 0.004);
  for (let index = 0; index + 1 < points.length; index += 1) {
    const from = points[index] ?? { x: 0, y: 0 };
    const to = points[index + 1] ?? from;
    const along = index / points.length;
    const thin = isTapered ? Math.sqrt(smooth(-0.02, 0.5, Math.min(along, 1 - along))) : 1;
    const radius = Math.max(0.4, stroke.radius * thin * unit);
    const x0 = from.x * unit + width / 2;
    const y0 = from.y * unit + height / 2;
    const dx = (to.x - from.x) * unit;
    const dy = (to.y - from.y) * unit;
    const length = Math.sqrt(dx * dx + dy * dy);
    const left = Math.max(0, Math.floor(Math.min(x0, x0 + dx) - radius - 1));
    const right = Math.min(width - 1, Math.ceil(Math.max(x0, x0 + dx) + radius + 1));
    const top = Math.max(0, Math.floor(Math.min(y0, y0 + dy) - radius - 1));
    const bottom = Math.min(height - 1, Math.ceil(Math.max(y0, y0 + dy) + radius + 1));
    const [l, a, b] = mixColours(colour, fade, smooth(0.1, 1, along));
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) {
        const px = column + 0.5 - x0;
        const py = row + 0.5 - y0;
        const forward = (px * dx + py * dy) / length;
        const aside = (px * dy - py * dx) / length;
        const beyond = forward < 0 ? -forward : forward > length ? forward - length : 0;
        const distance = beyond === 0 ? Math.abs(aside) : Math.sqrt(aside * aside + beyond * beyond);
        const share = clamp(radius - distance + 0.5, 0, 1);
        const pixel = row * width + column;
        const before = seen[pixel] ?? 0;
        if (share <= before) continue;
        seen[pixel] = share;
        const more = (share - before) / (1 - before);
        const hair = 0.035 * noise.layered((aside / unit) * hairs * 6 + number * 3.1, along * 5 + number, 2);
        const shade = hair - (0.05 * aside) / radius;
        const at = pixel * 3;
        lab[at] = (lab[at] ?? 0) * (1 - more) + (l + shade) * more;
        lab[at + 1] = (lab[at + 1] ?? 0) * (1 - more) + a * more;
        lab[at + 2] = (lab[at + 2] ?? 0) * (1 - more) + b * more;
      }
    }
  }
}
