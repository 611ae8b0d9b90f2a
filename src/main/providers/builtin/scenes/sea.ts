import { clamp, mix, smooth } from '../drawing/arithmetic.ts';
import { chooseAtmosphere, type Atmosphere } from '../drawing/atmosphere.ts';
import { cover, setColour, tint, type Canvas } from '../drawing/canvas.ts';
import type { Chance } from '../drawing/chance.ts';
import { lighter, mixColours } from '../drawing/colour.ts';
import { createNoise } from '../drawing/noise.ts';
import { paintRanges, traceOutline, type Range } from '../drawing/ranges.ts';
import { paintSky, type Sky } from '../drawing/sky.ts';
import { between } from '../drawing/water.ts';
import type { Mood } from '../read-prompt.ts';

/** Open water to the horizon, with the light's path on it, headlands and now and then a sail. */
export function drawSea(canvas: Canvas, chance: Chance, mood: Mood): void {
  const air = chooseAtmosphere(chance, mood);
  const bottom = canvas.height / canvas.unit / 2;
  const horizon = bottom * chance.between(-0.12, 0.3);
  const sky = paintSky(canvas, chance, mood, air, horizon);
  const count = chance.pick([0, 1, 2, 3]);
  const headlands = Array.from({ length: count }, (_, index) =>
    headland(canvas, chance, air, horizon, (index + 1) / count),
  );
  paintRanges(canvas, headlands);
  paintWater(canvas, chance, air, sky);
  if (mood.details.has('boat') || chance.happens(0.45)) paintSail(canvas, chance, air, sky);
}

function headland(canvas: Canvas, chance: Chance, air: Atmosphere, horizon: number, nearness: number): Range {
  const noise = createNoise(chance);
  const side = chance.pick([-1, 1]);
  const reach = canvas.width / canvas.unit / 2;
  const tip = reach * chance.between(-0.1, 0.55);
  const rise = mix(0.07, 0.13, nearness) * chance.between(0.7, 1.4);
  const outline = traceOutline(canvas, (x) => {
    const inland = x * side - tip;
    const land = smooth(0, 0.55 * reach, inland) + 0.35 * smooth(0, 0.03, inland);
    return horizon + 0.004 - (land === 0 ? 0 : land * rise * (0.75 + 0.9 * noise.layered(x * 3, 3, 5)));
  });
  const body = mixColours(air.mist, air.near, mix(0.25, 0.7, nearness));
  return {
    outline,
    shade: (x, y, depth, out) => {
      setColour(out, body);
      tint(out, air.mist, 0.55 * smooth(0, rise, depth) * (1 + 0.5 * noise.layered(x * 2.5, y * 7, 2)));
    },
  };
}

function paintWater(canvas: Canvas, chance: Chance, air: Atmosphere, sky: Sky): void {
  const { width, height, unit, lab } = canvas;
  const noise = createNoise(chance);
  const first = clamp(Math.round(sky.horizon * unit + height / 2), 0, height);
  const deep = mixColours(air.near, air.sky[0], 0.42);
  const sparkle = mixColours(air.glow, air.disc, 0.6);
  const choppiness = chance.between(0.75, 1.3);
  const drift = chance.between(-0.5, 0.5);
  const reflected = new Float64Array(3);
  for (let row = first; row < height; row += 1) {
    const below = (row + 0.5 - first) / unit;
    const away = 0.16 / (below + 0.006);
    const calm = 1 / (1 + 0.14 * away);
    const stretch = 7.5 * away;
    for (let column = 0; column < width; column += 1) {
      const x = (column + 0.5 - width / 2) / unit;
      const u = (x * 2.6 + drift) * (away + 1.1);
      // Long swell and short chop; far away both shrink to a shimmer.
      const swell = noise.layered(u * 0.8 + 11, stretch * 1.15 + x * drift, 2);
      const chop = noise.layered(u * 2.7, stretch * 4.4 + swell * 1.2, 3);
      const slope = (swell * 0.9 + chop) * choppiness * calm;
      const mirrored = clamp(
        first - 2 - (row - first) * 0.8 - (0.35 + slope) * below * 0.55 * unit - slope * 0.05 * unit,
        0,
        Math.max(0, first - 1),
      );
      const sideways = clamp(Math.round(column + slope * 0.03 * unit), 0, width - 1);
      between(canvas, sideways, mirrored, reflected);
      const to = (row * width + column) * 3;
      const share = clamp(mix(0.82, 0.34, smooth(0, 0.5, below)) - slope * 0.42, 0.05, 0.95);
      for (let channel = 0; channel < 3; channel += 1) {
        lab[to + channel] = mix(deep[channel] ?? 0, reflected[channel] ?? 0, share);
      }
      const off = (x - sky.sunX) / (0.045 + 0.3 * below);
      const path = 1 / (1 + off * off * 1.6) - 0.12 * smooth(0.15, 0.5, below);
      const crest = slope + chop * 0.35 - 0.25 * smooth(0.12, 0.5, below);
      const glitter = smooth(0.34 - 0.3 * path, 0.6 - 0.3 * path, crest) * path * path * smooth(0.85, 0.3, below);
      cover(lab, to, sparkle, clamp(glitter * 0.95 + 0.22 * smooth(0.008, 0, below) * path, 0, 1));
    }
  }
}

function paintSail(canvas: Canvas, chance: Chance, air: Atmosphere, sky: Sky): void {
  const { width, height, unit, lab } = canvas;
  const side = sky.sunX > 0 ? -1 : 1;
  const x = sky.sunX + side * chance.between(0.12, 0.4);
  const size = chance.between(0.06, 0.11);
  const foot = sky.horizon + size * 0.32;
  const facing = chance.pick([-1, 1]);
  const dark = lighter(air.near, -0.02);
  const cloth = mixColours(air.disc, air.near, { day: 0.04, dawn: 0.08, sunset: 0.7, night: 0.72 }[air.time]);
  const left = Math.max(0, Math.floor((x - size) * unit + width / 2));
  const right = Math.min(width - 1, Math.ceil((x + size) * unit + width / 2));
  const top = Math.max(0, Math.floor((foot - size * 1.3) * unit + height / 2));
  const bottom = Math.min(height - 1, Math.ceil((foot + size * 1.3) * unit + height / 2));
  const soft = 1 / (unit * size);
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const u = (((column + 0.5 - width / 2) / unit - x) / size) * facing;
      const v = (foot - (row + 0.5 - height / 2) / unit) / size;
      const at = (row * width + column) * 3;
      const up = Math.abs(v);
      const fade = v < 0 ? 0.3 * smooth(1.2, 0, up) : 1;
      const wave = v < 0 ? 0.05 * Math.abs(((row * 7) % 5) - 2) : 0;
      const main = Math.min(u - 0.03, up - 0.14, (1.12 - up) * 0.5 - u + wave);
      const jib = Math.min(-0.03 - u, up - 0.18, (0.95 - up) * 0.42 + u + wave);
      const hull = Math.min(0.1 - up, up + 0.03, 0.56 - Math.abs(u + 0.04) - (0.1 - up) * 0.9);
      const mast = Math.min(0.018 - Math.abs(u), 1.2 - up);
      cover(lab, at, cloth, fade * clamp(Math.max(main, jib) / soft + 0.5, 0, 1));
      cover(lab, at, dark, fade * clamp(Math.max(hull, mast) / soft + 0.5, 0, 1));
    }
  }
}
