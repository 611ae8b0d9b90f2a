import { clamp, fraction, smooth } from '../drawing/arithmetic.ts';
import { paint, setColour, tint, type Canvas } from '../drawing/canvas.ts';
import type { Chance } from '../drawing/chance.ts';
import { lighter, type Lab } from '../drawing/colour.ts';
import { createNoise } from '../drawing/noise.ts';
import { choosePalette } from '../drawing/palette.ts';
import type { Mood } from '../read-prompt.ts';

/** How far inside a shape a place of a tile (0 to 1 both ways) lies, in tiles; negative outside. */
type Shape = (u: number, v: number) => number;

const distance = (u: number, v: number): number => Math.sqrt(u * u + v * v);

const shapes = {
  quarter: (u, v) => 1 - distance(u, v),
  rings: (u, v) => {
    const ring = distance(u, v) * 4;
    const within = 0.25 - Math.abs(fraction(ring / 2) - 0.25);
    return ring < 4 ? Math.min((within * 2) / 4, (4 - ring) / 4) : -0.1;
  },
  half: (u, v) => Math.min(0.5 - distance(u - 0.5, v), v),
  disc: (u, v) => 0.42 - distance(u - 0.5, v - 0.5),
  ring: (u, v) => 0.13 - Math.abs(distance(u - 0.5, v - 0.5) - 0.3),
  triangle: (u, v) => (u - v) * 0.7071,
  leaf: (u, v) => Math.min(1 - distance(u, v), 1 - distance(1 - u, 1 - v)),
  stripes: (u) => (0.25 - Math.abs(fraction(u * 2.5 + 0.25) - 0.5)) / 2.5,
  bridge: (u, v) => Math.max(0.5 - distance(u - 0.5, v), Math.min(0.16 - Math.abs(u - 0.5), v)),
  dots: (u, v) => 0.085 - distance(fraction(u * 3) - 0.5, fraction(v * 3) - 0.5) / 3,
  hourglass: (u, v) => (Math.abs(v - 0.5) - Math.abs(u - 0.5)) * 0.7071,
} satisfies Record<string, Shape>;

interface Tile {
  readonly left: number;
  readonly top: number;
  readonly side: number;
  readonly shape: Shape;
  readonly turns: number;
  readonly ground: Lab;
  readonly figure: Lab;
  /** A dot or nothing in a third colour. */
  readonly eye: Lab | null;
}

/** A poster of simple shapes on a grid, some of them four tiles large. */
export function drawTiles(canvas: Canvas, chance: Chance, mood: Mood): void {
  const palette = choosePalette(chance, mood);
  const noise = createNoise(chance);
  const perUnit = chance.pick([4, 5, 6, 7]);
  const columns = Math.max(1, Math.round((canvas.width / canvas.unit) * perUnit));
  const rows = Math.max(1, Math.round((canvas.height / canvas.unit) * perUnit));
  const layout = layTiles(chance, [palette.paper, palette.ink, ...palette.colours], columns, rows);
  const spanX = canvas.width / canvas.unit;
  const spanY = canvas.height / canvas.unit;
  const pixel = Math.max(columns / canvas.width, rows / canvas.height);
  paint(canvas, (x, y, out) => {
    const across = clamp((x / spanX + 0.5) * columns, 0, columns - 0.001);
    const down = clamp((y / spanY + 0.5) * rows, 0, rows - 0.001);
    const tile = layout[Math.floor(down) * columns + Math.floor(across)];
    if (!tile) return;
    let u = (across - tile.left) / tile.side;
    let v = (down - tile.top) / tile.side;
    for (let turn = 0; turn < tile.turns; turn += 1) [u, v] = [v, 1 - u];
    const soft = pixel / tile.side;
    const worn = 0.006 * noise.layered(x * 40, y * 40, 2);
    setColour(out, tile.ground);
    tint(out, tile.figure, clamp((tile.shape(u, v) + worn * 0.15) / soft + 0.5, 0, 1));
    if (tile.eye) tint(out, tile.eye, clamp((0.16 - distance(u - 0.5, v - 0.5)) / soft + 0.5, 0, 1));
    out[0] = (out[0] ?? 0) + worn + 0.012 * noise.at(x * 2, y * 2);
  });
}

function layTiles(
  chance: Chance,
  colours: readonly [Lab, ...Lab[]],
  columns: number,
  rows: number,
): (Tile | undefined)[] {
  const layout: (Tile | undefined)[] = Array.from({ length: columns * rows });
  const favourites = Object.values(shapes).filter(() => chance.happens(0.6));
  const choice: [Shape, ...Shape[]] = [shapes.quarter, shapes.half, ...favourites];
  const isFree = (column: number, row: number): boolean =>
    column < columns && row < rows && !layout[row * columns + column];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (!isFree(column, row)) continue;
      const hasRoom = isFree(column + 1, row) && isFree(column, row + 1) && isFree(column + 1, row + 1);
      const side = hasRoom && chance.happens(0.16) ? 2 : 1;
      const ground = chance.pick(colours);
      const shape = chance.pick(choice);
      const tile: Tile = {
        left: column,
        top: row,
        side,
        shape,
        turns: chance.whole(0, 3),
        ground,
        figure: contrasting(chance, colours, ground),
        eye: shape === shapes.leaf && chance.happens(0.6) ? contrasting(chance, colours, ground) : null,
      };
      for (let inner = 0; inner < side * side; inner += 1) {
        layout[(row + Math.floor(inner / side)) * columns + column + (inner % side)] = tile;
      }
    }
  }
  return layout;
}

/** A colour that can be told from the ground. */
function contrasting(chance: Chance, colours: readonly [Lab, ...Lab[]], ground: Lab): Lab {
  const fitting = colours.filter((colour) => {
    const [dl, da, db] = [colour[0] - ground[0], colour[1] - ground[1], colour[2] - ground[2]];
    return Math.sqrt(dl * dl + da * da + db * db) > 0.2;
  });
  const [first = lighter(ground, smooth(0.6, 0.4, ground[0]) - 0.5), ...rest] = fitting;
  return chance.pick([first, ...rest]);
}
