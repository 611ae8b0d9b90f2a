import { clamp, fraction, mix, scatter, smooth } from '../drawing/arithmetic.ts';
import { chooseAtmosphere, type Atmosphere } from '../drawing/atmosphere.ts';
import { setColour, tint, type Canvas } from '../drawing/canvas.ts';
import type { Chance } from '../drawing/chance.ts';
import { lighter, mixColours, oklch } from '../drawing/colour.ts';
import { createNoise } from '../drawing/noise.ts';
import { columnsPerPixel, paintRanges, type Range } from '../drawing/ranges.ts';
import { paintSky } from '../drawing/sky.ts';
import { mirrorInWater } from '../drawing/water.ts';
import type { Mood } from '../read-prompt.ts';

interface Row {
  readonly nearness: number;
  /** Where the buildings stand, in units from the middle. */
  readonly street: number;
  /** Windows that are lit, 0 to 1. */
  readonly lit: number;
  readonly centre: number;
}

/** Rows of buildings in the haze with lights in their windows, above a river. */
export function drawCity(canvas: Canvas, chance: Chance, mood: Mood): void {
  const evening =
    mood.time === null && mood.light <= 0
      ? { ...mood, time: chance.pick(['night', 'sunset', 'sunset', 'dawn']) }
      : mood;
  const air = chooseAtmosphere(chance, evening);
  const bottom = canvas.height / canvas.unit / 2;
  const hasRiver = chance.happens(0.6) || mood.details.has('lake');
  const street = hasRiver ? bottom * chance.between(0.42, 0.58) : bottom * 1.05;
  paintSky(canvas, chance, evening, air, street - 0.02);
  const lit = { night: 0.46, sunset: 0.3, dawn: 0.16, day: 0.05 }[air.time];
  const centre = chance.between(-0.25, 0.25);
  const count = chance.whole(4, 5);
  const rows = Array.from({ length: count }, (_, index) => {
    const nearness = index / (count - 1);
    return buildings(canvas, air, chance, { nearness, street, lit, centre });
  });
  paintRanges(canvas, rows);
  if (hasRiver) mirrorInWater(canvas, chance, street, mixColours(air.near, air.sky[0], 0.4), air.glow);
}

function buildings(canvas: Canvas, air: Atmosphere, chance: Chance, { nearness, street, lit, centre }: Row): Range {
  const { width, height, unit } = canvas;
  const outline = new Float32Array(width * columnsPerPixel).fill(street * unit + height / 2);
  const owner = new Float32Array(width);
  const left = new Float32Array(width);
  const noise = createNoise(chance);
  const halfWidth = width / unit / 2;
  const tallest = mix(0.62, 0.24, nearness) * Math.min(1, (height / unit) * 0.9);
  let number = 1;
  for (let x = -halfWidth - 0.05; x < halfWidth; number += 1) {
    const broad = mix(0.03, 0.075, chance.unit()) * mix(0.85, 1.35, nearness);
    const isTower = chance.happens(mix(0.3, 0.1, nearness));
    const fromCentre = (x - centre) / (halfWidth + 0.1);
    const rise = tallest * (0.3 + 0.42 * chance.unit() * (isTower ? 1.6 : 1)) * (1 - 0.55 * fromCentre * fromCentre);
    const shape = {
      from: x,
      to: x + (isTower ? broad * 0.9 : broad),
      top: street - rise,
      roof: chance.pick(['flat', 'flat', 'steps', 'mast', 'slope', 'spire']),
      number,
    };
    raise(canvas, shape, outline, owner, left);
    x += broad * (chance.happens(0.25) ? 1.25 : 0.98);
  }
  const body = mixColours(air.mist, air.near, 0.2 + 0.8 * nearness);
  const warm = oklch(0.86, 0.12, 78);
  const cool = oklch(0.88, 0.06, 220);
  const cell = mix(0.0085, 0.0135, nearness);
  const soft = 1 / (unit * cell);
  const lightShare = mix(0.45, 0.95, nearness);
  return {
    outline,
    shade: (x, y, depth, out) => {
      const column = clamp(Math.floor(x * unit + width / 2), 0, width - 1);
      const house = owner[column] ?? 0;
      setColour(out, lighter(body, (scatter(house, 1, 5) - 0.5) * 0.05));
      const across = (x - (left[column] ?? 0)) / cell;
      const down = (street - y) / (cell * 1.5);
      const floor = Math.floor(down);
      const window = Math.floor(across);
      const isOffice = scatter(house, 2, 5) < 0.3;
      const chanceOfLight = lit * (0.35 + 1.3 * scatter(house, 3, 5)) * (isOffice ? 1.6 * scatter(floor, house, 9) : 1);
      if (house > 0 && depth > cell && scatter(window, floor, house) < chanceOfLight) {
        const inside = edge(fraction(across), 0.24, soft) * edge(fraction(down), 0.26, soft / 1.5);
        tint(
          out,
          scatter(house, 4, 5) < 0.2 ? cool : warm,
          inside * lightShare * (0.45 + 0.55 * scatter(floor, window, house + 7)),
        );
      }
      const haze =
        smooth(0.02, 0.45, depth) * (0.62 - 0.45 * nearness) + 0.1 * noise.layered(x * 2, y * 5, 3) * (1 - nearness);
      tint(out, air.mist, clamp(haze, 0, 1));
    },
  };
}

/** 1 inside a window's frame, softened over one pixel. */
function edge(place: number, margin: number, soft: number): number {
  const inside = Math.min(place - margin, 1 - margin - place);
  return clamp(inside / soft + 0.5, 0, 1);
}

interface Building {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly roof: 'flat' | 'steps' | 'mast' | 'slope' | 'spire';
  readonly number: number;
}

function raise(
  canvas: Canvas,
  { from, to, top, roof, number }: Building,
  outline: Float32Array,
  owner: Float32Array,
  left: Float32Array,
): void {
  const { width, height, unit } = canvas;
  const first = Math.max(0, Math.round((from * unit + width / 2) * columnsPerPixel));
  const last = Math.min(outline.length, Math.round((to * unit + width / 2) * columnsPerPixel));
  const broad = to - from;
  for (let index = first; index < last; index += 1) {
    const side = (2 * ((index / columnsPerPixel - width / 2) / unit - from)) / broad - 1;
    const off = Math.abs(side);
    const extra = {
      flat: 0,
      steps: (off < 0.72 ? 0.28 : 0) * broad + (off < 0.42 ? 0.34 : 0) * broad,
      mast: off < 0.05 ? broad * 1.1 : off < 0.3 ? broad * 0.12 : 0,
      slope: (side + 1) * broad * 0.28,
      spire: Math.max(0, 0.9 - off) * broad * 1.25,
    }[roof];
    const y = (top - extra) * unit + height / 2;
    if (y >= (outline[index] ?? 0)) continue;
    outline[index] = y;
    const column = Math.floor(index / columnsPerPixel);
    owner[column] = number;
    left[column] = from;
  }
}
