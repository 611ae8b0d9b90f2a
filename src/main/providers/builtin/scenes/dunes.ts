import { clamp, fraction, mix, sine, smooth } from '../drawing/arithmetic.ts';
import { chooseAtmosphere, type Atmosphere } from '../drawing/atmosphere.ts';
import type { Canvas } from '../drawing/canvas.ts';
import type { Chance } from '../drawing/chance.ts';
import { mixColours, oklch, type Lab } from '../drawing/colour.ts';
import { createNoise } from '../drawing/noise.ts';
import { paintSky, type Sky } from '../drawing/sky.ts';
import type { Mood } from '../read-prompt.ts';

interface Desert {
  /** Where the eye is, safely above the sand around it. */
  readonly eyeHeight: number;
  /** The height of the sand at a place of the plane, seen from above. */
  heightAt(x: number, z: number): number;
  /** Which way the small ripples lean there, -1 to 1. */
  rippleAt(x: number, z: number): number;
}

const nearest = 0.25;
const farthest = 26;
const focalLength = 0.95;

/** Sand dunes in low light, seen across their crests. */
export function drawDunes(canvas: Canvas, chance: Chance, mood: Mood): void {
  const air = chooseAtmosphere(chance, mood);
  const bottom = canvas.height / canvas.unit / 2;
  const horizon = bottom * chance.between(-0.25, 0.05);
  const sky = paintSky(canvas, chance, mood, air, horizon + 0.03);
  paintSand(canvas, createDesert(chance), sandColours(air, mood), { ...sky, horizon });
}

interface SandColours {
  readonly lit: Lab;
  readonly shadow: Lab;
  readonly rim: Lab;
  readonly haze: Lab;
}

function sandColours(air: Atmosphere, mood: Mood): SandColours {
  const hue = mood.colour?.[2] ?? 66;
  const isNight = air.time === 'night';
  const sand = oklch(isNight ? 0.42 : 0.78, (isNight ? 0.045 : 0.1) * mood.chroma, hue);
  return {
    lit: mixColours(sand, air.glow, 0.3),
    shadow: mixColours(mixColours(air.near, sand, 0.22), air.sky[0], 0.22),
    rim: mixColours(air.glow, sand, 0.3),
    haze: mixColours(air.sky[2], air.mist, 0.5),
  };
}

function createDesert(chance: Chance): Desert {
  const noise = createNoise(chance);
  const turn = chance.between(-0.5, 0.5);
  const length = chance.between(2.3, 3.2);
  const shift = chance.between(0, 50);
  /** Up slowly with the wind and down steeply on its lee side. */
  const crest = (phase: number): number => {
    const place = fraction(phase);
    return place < 0.7 ? smooth(0, 0.7, place) : smooth(1, 0.7, place);
  };
  const heightAt = (x: number, z: number): number => {
    const bend = noise.layered(x * 0.22 + shift, z * 0.22, 2);
    const main = crest((x * 0.55 + z * turn) / length + bend * 1.25 + shift);
    const growth = 0.43 + 0.6 * noise.at(x * 0.16 - shift, z * 0.16 + 5);
    // Never below nothing, and without a kink where it would be.
    const size = 0.12 + 0.5 * (growth + Math.sqrt(growth * growth + 0.04));
    const small = crest((x * 0.3 - z * 0.9) / (length * 0.55) + noise.at(x * 0.4, z * 0.4 + shift) * 0.8);
    return main * size + small * 0.1;
  };
  let eyeHeight = 1.1;
  for (let step = 0; step < 60; step += 1) {
    const z = nearest + 0.08 * Math.floor(step / 6);
    const x = (((step % 6) - 2.5) / 5) * 1.3 * z;
    eyeHeight = Math.max(eyeHeight, heightAt(x, z) + 0.22 + 0.3 * z);
  }
  return {
    eyeHeight,
    heightAt,
    rippleAt: (x, z) => sine(x * 15 + z * 7 + 3.2 * noise.layered(x * 1.1, z * 1.1 + shift, 2)),
  };
}

/** The sand's shape where the eye looks: for each column of the picture and each step away. */
interface Relief {
  readonly depths: Float64Array;
  readonly heights: Float32Array;
}

function survey(desert: Desert, width: number, perHeight: number): Relief {
  const depths: number[] = [];
  for (let z = nearest; z < farthest; z += clamp((2 * z * z) / (perHeight * desert.eyeHeight), 0.008, 0.09))
    depths.push(z);
  const heights = new Float32Array(width * depths.length);
  for (let column = 0; column < width; column += 1) {
    const spread = (column + 0.5 - width / 2) / perHeight;
    depths.forEach((z, step) => {
      heights[column * depths.length + step] = desert.heightAt(spread * z, z);
    });
  }
  return { depths: Float64Array.from(depths), heights };
}

/** Column by column from the eye to the horizon: whatever rises above the sand painted so far is painted next. */
function paintSand(canvas: Canvas, desert: Desert, colours: SandColours, { sunX, horizon }: Sky): void {
  const { width, height, unit, lab } = canvas;
  const middle = horizon * unit + height / 2;
  const perHeight = focalLength * unit;
  const { depths, heights } = survey(desert, width, perHeight);
  const steps = depths.length;
  const side = sunX > 0 ? 1 : -1;
  const colour = new Float64Array(3);
  const sky = new Float32Array(3);
  for (let column = 0; column < width; column += 1) {
    const spread = (column + 0.5 - width / 2) / perHeight;
    const own = column * steps;
    const beside = own + (column + 1 < width ? steps : -steps);
    const apart = (column + 1 < width ? 1 : -1) / perHeight;
    let painted = height;
    let [depthBefore, lightBefore] = [nearest, 0];
    for (let step = 0; step + 1 < steps && painted > 0; step += 1) {
      const z = depths[step] ?? 0;
      const here = heights[own + step] ?? 0;
      const slopeX = ((heights[beside + step] ?? 0) - here) / (apart * z);
      const slopeZ = ((heights[own + step + 1] ?? 0) - here) / ((depths[step + 1] ?? 0) - z);
      const light = 0.35 * slopeZ - 1.1 * side * slopeX;
      const row = Math.max(0, middle + ((desert.eyeHeight - here) * perHeight) / z);
      for (let pixel = Math.ceil(painted) - 1; row < painted; pixel -= 1) {
        const upper = Math.max(row, pixel);
        const part = clamp((painted - upper) / (painted - row), 0, 1);
        const depth = mix(depthBefore, z, part);
        lightBefore = step === 0 ? light : mix(lightBefore, light, part);
        const ripples =
          depth < 9
            ? 0.07 *
              desert.rippleAt(spread * depth, depth) *
              smooth(9, 1, depth) *
              smooth(0.1, 0.03, depth - depthBefore)
            : 0;
        shadeSand(colours, { light: lightBefore + ripples, height: here, depth }, colour);
        const at = (pixel * width + column) * 3;
        // A pixel on a crest is sand up to there, and above what lies behind: more sand, or the sky that was there first.
        if (painted >= pixel + 1) sky.set(lab.subarray(at, at + 3));
        const share = painted - upper;
        for (let channel = 0; channel < 3; channel += 1) {
          lab[at + channel] = (lab[at + channel] ?? 0) + share * ((colour[channel] ?? 0) - (sky[channel] ?? 0));
        }
        depthBefore = depth;
        painted = upper;
      }
      depthBefore = z;
      lightBefore = light;
    }
  }
}

interface Grain {
  /** How far the sand leans towards the sun. */
  readonly light: number;
  readonly height: number;
  readonly depth: number;
}

function shadeSand({ lit, shadow, rim, haze }: SandColours, { light, height, depth }: Grain, out: Float64Array): void {
  const share = smooth(-0.42, 0.55, light);
  const edge = 0.4 * smooth(0.55, 1.3, light);
  const low = 1 - 0.55 * smooth(0.1, 0.9, height);
  const air = clamp((1 - 1 / (1 + 0.006 * depth * depth)) * low + smooth(7, farthest, depth) * 0.75, 0, 0.97);
  for (let channel = 0; channel < 3; channel += 1) {
    const base = mix(shadow[channel] ?? 0, lit[channel] ?? 0, share);
    out[channel] = mix(mix(base, rim[channel] ?? 0, edge), haze[channel] ?? 0, air);
  }
}
