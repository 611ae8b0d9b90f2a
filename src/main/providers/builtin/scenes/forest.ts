import { bent, mix, smooth } from '../drawing/arithmetic.ts';
import { chooseAtmosphere, type Atmosphere } from '../drawing/atmosphere.ts';
import { setColour, tint, type Canvas } from '../drawing/canvas.ts';
import type { Chance } from '../drawing/chance.ts';
import { lighter, mixColours, type Tone } from '../drawing/colour.ts';
import { createNoise, type Noise } from '../drawing/noise.ts';
import { paintRanges, traceOutline, type Range } from '../drawing/ranges.ts';
import { paintSky } from '../drawing/sky.ts';
import { plantConifers } from '../drawing/trees.ts';
import type { Mood } from '../read-prompt.ts';

const pineGreen: Tone = [0.5, 0.1, 165];

/** Treelines one behind the other on the two sides of a valley, with light falling in from its end. */
export function drawForest(canvas: Canvas, chance: Chance, mood: Mood): void {
  const wooded: Mood =
    mood.colour === null && mood.time === null && chance.happens(0.6) ? { ...mood, colour: pineGreen } : mood;
  const air = chooseAtmosphere(chance, wooded);
  const bottom = canvas.height / canvas.unit / 2;
  const horizon = bottom * chance.between(0.05, 0.3);
  const sky = paintSky(canvas, chance, wooded, air, horizon + 0.1);
  const noise = createNoise(chance);
  const count = chance.whole(6, 8);
  const ranges = Array.from({ length: count }, (_, index) =>
    treeline({ canvas, air, noise, chance, sunX: sky.sunX }, index / (count - 1), {
      horizon,
      bottom,
      mistiness: mood.details.has('mist') ? 1 : 0.85,
    }),
  );
  paintRanges(canvas, ranges);
}

interface Wood {
  readonly canvas: Canvas;
  readonly air: Atmosphere;
  readonly noise: Noise;
  readonly chance: Chance;
  readonly sunX: number;
}

interface Ground {
  readonly horizon: number;
  readonly bottom: number;
  readonly mistiness: number;
}

function treeline(
  { canvas, air, noise, chance, sunX }: Wood,
  nearness: number,
  { horizon, bottom, mistiness }: Ground,
): Range {
  const foot = mix(horizon, bottom * 1.02, bent(nearness, 0.1));
  const start = chance.between(0, 200);
  const side = chance.pick([-1, 1]);
  const steepness = mix(0.1, 0.34, chance.unit()) * mix(0.6, 1, nearness);
  const height = mix(0.055, 0.3, bent(nearness, 0.6));
  const ground = traceOutline(canvas, (x) => {
    const climb = steepness * smooth(-0.15, 0.75, x * side) + 0.3 * steepness * smooth(0.2, 0.8, -x * side);
    return foot - climb - 0.05 * noise.layered(start + x * 2, nearness * 23, 4);
  });
  // The nearest trees leave the middle open to look through.
  const density = (x: number): number => (nearness > 0.8 ? smooth(0.05, 0.4, Math.abs(x - sunX * 0.3)) : 0.9);
  const outline = plantConifers(canvas, ground, chance, { perUnit: 3.1 / height, height, density });
  const body = mixColours(air.mist, air.near, 0.1 + 0.9 * bent(nearness, 0.1));
  const dark = lighter(body, -0.02);
  const veilShare = mistiness * (1 - 0.75 * nearness);
  return {
    outline,
    ground,
    shade: (x, y, depth, out) => {
      const light = (0.16 / (1 + 10 * (x - sunX) * (x - sunX))) * (1 - nearness);
      setColour(out, dark);
      tint(out, air.glow, light);
      const veil = 0.8 + 0.55 * noise.layered(x * 1.6 - start, y * 4.5, 3);
      tint(out, air.mist, Math.min(1, smooth(-0.02, mix(0.14, 0.3, nearness), depth) * veilShare * veil));
    },
  };
}
