import { bent, mix, smooth } from '../drawing/arithmetic.ts';
import { chooseAtmosphere, type Atmosphere } from '../drawing/atmosphere.ts';
import { setColour, tint, type Canvas } from '../drawing/canvas.ts';
import type { Chance } from '../drawing/chance.ts';
import { lighter, mixColours, oklch } from '../drawing/colour.ts';
import { createNoise, type Noise } from '../drawing/noise.ts';
import { paintRanges, traceOutline, type Range } from '../drawing/ranges.ts';
import { paintSky, type Sky } from '../drawing/sky.ts';
import { plantConifers } from '../drawing/trees.ts';
import { mirrorInWater } from '../drawing/water.ts';
import type { Mood } from '../read-prompt.ts';

interface Landscape {
  readonly canvas: Canvas;
  readonly air: Atmosphere;
  readonly sky: Sky;
  readonly noise: Noise;
  readonly chance: Chance;
  readonly hasSnow: boolean;
  readonly mistiness: number;
}

/** Ranges of mountains one behind the other, their feet in mist, sometimes mirrored in a lake. */
export function drawMountains(canvas: Canvas, chance: Chance, mood: Mood): void {
  const air = chooseAtmosphere(chance, mood);
  const bottom = canvas.height / canvas.unit / 2;
  const hasLake = mood.details.has('lake') || chance.happens(0.3);
  const horizon = bottom * (hasLake ? chance.between(0.28, 0.42) : chance.between(0.2, 0.5));
  const sky = paintSky(canvas, chance, mood, air, horizon);
  const noise = createNoise(chance);
  const hasSnow = mood.details.has('snow') || chance.happens(0.45);
  const mistiness = mood.details.has('mist') ? 1 : chance.between(0.55, 0.9);
  const land = { canvas, air, sky, noise, chance, hasSnow, mistiness };
  const count = hasLake ? chance.whole(4, 5) : chance.whole(5, 7);
  const ranges = Array.from({ length: count }, (_, index) => {
    const nearness = index / (count - 1);
    const foot = hasLake ? horizon + 0.02 * nearness : mix(horizon, bottom * 1.02, bent(nearness, 0.27));
    return mountainRange(land, hasLake ? nearness * 0.62 : nearness, foot);
  });
  paintRanges(canvas, ranges);
  if (!hasLake) return;
  mirrorInWater(canvas, chance, horizon, mixColours(air.near, air.sky[1], 0.35), air.glow);
  paintRanges(canvas, [shore(land, bottom)]);
}

function mountainRange(land: Landscape, nearness: number, foot: number): Range {
  const { canvas, air, sky, noise, chance } = land;
  const isHill = nearness > 0.55;
  const rise = mix(0.38, 0.13, nearness) * chance.between(0.8, 1.2);
  const pace = mix(1.15, 1.9, nearness) * chance.between(0.85, 1.15);
  const start = chance.between(0, 200);
  const summit = chance.between(-0.35, 0.35);
  const profile = (x: number, layers: number): number => {
    const rough = isHill
      ? 0.5 + 0.75 * noise.layered(start + x * pace, nearness * 31, layers)
      : noise.ridged(start + x * pace, nearness * 31, layers);
    const lift = 0.25 / (1 + 5 * (x - summit) * (x - summit));
    return foot - rise * (rough + lift) + rise * 0.12;
  };
  const ground = traceOutline(canvas, (x) => profile(x, isHill ? 5 : 7));
  let outline = ground;
  if (isHill) {
    const height = mix(0.035, 0.1, smooth(0.5, 1, nearness));
    const grove = (x: number): number => smooth(-0.35, 0.25, noise.at(x * 2.2 + start, 5 + nearness * 9));
    outline = plantConifers(canvas, ground, chance, { perUnit: 2.6 / height, height, density: grove });
  }
  const body = mixColours(air.mist, air.near, 0.14 + 0.86 * bent(nearness, -0.2));
  const lit = mixColours(lighter(body, 0.075 * (1 - nearness * 0.7)), air.glow, 0.12 * (1 - nearness));
  const shadowed = lighter(mixColours(body, air.sky[0], 0.16 * (1 - nearness)), -0.03);
  const snowLit = mixColours(oklch(air.time === 'night' ? 0.72 : 0.97, 0.012, 90), air.glow, 0.35);
  const snowShadow = mixColours(snowLit, mixColours(air.sky[0], air.mist, 0.5), 0.62);
  const slopes = slopeTable(canvas, (x) => profile(x, 3));
  const lightSide = sky.sunX > 0 ? 1 : -1;
  const snowDepth = rise * 0.42;
  // Relief: the difference between here and a little towards the light.
  const rock = (x: number, y: number): number => {
    const u = x * 4 + start;
    const v = y * 3;
    return 1.5 * (noise.ridged(u, v, 4) - noise.ridged(u + 0.05 * lightSide, v - 0.06, 4));
  };
  const mistDepth = mix(0.2, 0.3, nearness);
  const mistShare = land.mistiness * (1 - 0.62 * nearness);
  return {
    outline,
    ground,
    shade: (x, y, depth, out) => {
      const wander = noise.layered(x * 8 + start, y * 4, 4);
      const slope = isHill ? 0 : slopes(x + wander * depth * 0.9) * lightSide;
      const light = smooth(
        -0.2,
        0.2,
        slope * 0.7 + (isHill ? 0.3 * noise.layered(x * 3 - start, y * 9, 3) : rock(x, y)),
      );
      setColour(out, shadowed);
      tint(out, lit, light);
      if (land.hasSnow && !isHill) {
        const snow = smooth(0.009, -0.009, depth - snowDepth * (0.55 + wander * 1.7) + Math.abs(slope) * 0.012);
        if (snow > 0) tint(out, mixColours(snowShadow, snowLit, light), snow * (0.9 - 0.5 * smooth(0.5, 0, nearness)));
      }
      const veil = 0.82 + 0.5 * noise.layered(x * 1.7 - start, y * 5, 3);
      tint(out, air.mist, Math.min(1, smooth(0, mistDepth, depth) * mistShare * veil));
    },
  };
}

/** A dark bank with trees at the very front of a lake. */
function shore({ canvas, air, noise, chance }: Landscape, bottom: number): Range {
  const side = chance.pick([-1, 1]);
  const ground = traceOutline(canvas, (x) => {
    const inland = x * side * 1.3 + 0.12;
    return bottom + 0.03 - 0.1 * smooth(-0.1, 0.6, inland) - 0.015 * noise.layered(x * 5, 77, 4);
  });
  const density = (x: number): number => smooth(0.08, 0.3, x * side);
  const outline = plantConifers(canvas, ground, chance, { perUnit: 26, height: 0.2, density });
  return { outline, shade: (_x, _y, _depth, out) => setColour(out, lighter(air.near, -0.02)) };
}

/** The fall of an outline to the right, in units per unit, looked up instead of worked out for each pixel. */
function slopeTable(canvas: Canvas, height: (x: number) => number): (x: number) => number {
  const { width, unit } = canvas;
  const reach = width / unit / 2 + 0.6;
  const steps = 1024;
  const table = Float64Array.from({ length: steps + 1 }, (_, index) => {
    const x = ((2 * index) / steps - 1) * reach;
    return (height(x + 0.012) - height(x - 0.012)) / 0.024;
  });
  return (x) => table[Math.max(0, Math.min(steps, Math.round(((x / reach + 1) / 2) * steps)))] ?? 0;
}
