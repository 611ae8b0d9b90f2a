import type { Mood, TimeOfDay } from '../read-prompt.ts';
import type { Chance } from './chance.ts';
import { hueDifference, oklch, type Lab, type Tone } from './colour.ts';

/** The colours of a landscape, from the air down to the nearest shadow. */
export interface Atmosphere {
  readonly time: TimeOfDay;
  /** The sky from its top to the horizon. */
  readonly sky: readonly [Lab, Lab, Lab];
  /** What lies between the eye and far hills. */
  readonly mist: Lab;
  /** The nearest and darkest ground. */
  readonly near: Lab;
  /** Light around the sun or moon. */
  readonly glow: Lab;
  readonly disc: Lab;
}

type Tones = readonly [top: Tone, middle: Tone, horizon: Tone, mist: Tone, near: Tone, glow: Tone, disc: Tone];

const tones: Record<TimeOfDay, readonly [Tones, ...Tones[]]> = {
  dawn: [
    [
      [0.55, 0.09, 275],
      [0.76, 0.1, 345],
      [0.92, 0.08, 70],
      [0.87, 0.065, 35],
      [0.24, 0.06, 285],
      [0.96, 0.09, 80],
      [0.985, 0.05, 90],
    ],
    [
      [0.62, 0.08, 235],
      [0.82, 0.07, 330],
      [0.94, 0.07, 85],
      [0.9, 0.05, 10],
      [0.27, 0.055, 255],
      [0.97, 0.08, 75],
      [0.99, 0.04, 90],
    ],
    [
      [0.5, 0.07, 220],
      [0.76, 0.07, 180],
      [0.95, 0.09, 95],
      [0.88, 0.06, 115],
      [0.22, 0.05, 215],
      [0.97, 0.11, 95],
      [0.99, 0.06, 100],
    ],
  ],
  day: [
    [
      [0.58, 0.13, 252],
      [0.77, 0.085, 235],
      [0.95, 0.03, 95],
      [0.89, 0.035, 215],
      [0.29, 0.06, 195],
      [0.98, 0.05, 95],
      [0.995, 0.03, 100],
    ],
    [
      [0.7, 0.085, 215],
      [0.85, 0.06, 190],
      [0.96, 0.055, 110],
      [0.91, 0.045, 165],
      [0.32, 0.07, 168],
      [0.98, 0.07, 105],
      [0.995, 0.04, 105],
    ],
    [
      [0.63, 0.09, 248],
      [0.81, 0.05, 265],
      [0.95, 0.05, 60],
      [0.89, 0.045, 35],
      [0.3, 0.06, 285],
      [0.98, 0.05, 75],
      [0.995, 0.03, 90],
    ],
  ],
  sunset: [
    [
      [0.32, 0.1, 290],
      [0.58, 0.17, 10],
      [0.86, 0.15, 70],
      [0.74, 0.14, 45],
      [0.16, 0.05, 310],
      [0.92, 0.15, 80],
      [0.98, 0.08, 95],
    ],
    [
      [0.37, 0.085, 255],
      [0.66, 0.12, 30],
      [0.9, 0.12, 85],
      [0.78, 0.11, 58],
      [0.16, 0.05, 270],
      [0.94, 0.13, 88],
      [0.985, 0.07, 98],
    ],
    [
      [0.29, 0.12, 320],
      [0.52, 0.19, 0],
      [0.81, 0.16, 50],
      [0.68, 0.17, 25],
      [0.14, 0.06, 330],
      [0.88, 0.16, 65],
      [0.97, 0.09, 85],
    ],
  ],
  night: [
    [
      [0.14, 0.05, 270],
      [0.27, 0.075, 262],
      [0.5, 0.09, 235],
      [0.42, 0.07, 240],
      [0.08, 0.025, 265],
      [0.62, 0.07, 230],
      [0.965, 0.03, 95],
    ],
    [
      [0.13, 0.04, 250],
      [0.26, 0.06, 215],
      [0.52, 0.1, 180],
      [0.41, 0.07, 190],
      [0.08, 0.025, 220],
      [0.64, 0.09, 175],
      [0.97, 0.03, 110],
    ],
    [
      [0.15, 0.07, 290],
      [0.28, 0.105, 300],
      [0.52, 0.125, 335],
      [0.42, 0.1, 315],
      [0.09, 0.035, 290],
      [0.64, 0.12, 340],
      [0.965, 0.035, 70],
    ],
  ],
};

export function chooseAtmosphere(chance: Chance, mood: Mood): Atmosphere {
  const time = mood.time ?? anyTime(chance, mood.light);
  const chosen = chance.pick(tones[time]);
  const drift = chance.between(-14, 14);
  const centre = chosen[1][2];
  const colour = ([lightness, chroma, hue]: Tone): Lab => {
    const turned = mood.colour === null ? hue + drift : mood.colour[2] + 0.4 * hueDifference(hue, centre);
    return oklch(lightness, chroma * mood.chroma, turned);
  };
  const [top, middle, horizon, mist, near, glow, disc] = chosen;
  return {
    time,
    sky: [colour(top), colour(middle), colour(horizon)],
    mist: colour(mist),
    near: colour(near),
    glow: colour(glow),
    disc: colour(disc),
  };
}

function anyTime(chance: Chance, light: number): TimeOfDay {
  if (light > 0) return chance.pick(['day', 'day', 'dawn']);
  if (light < 0) return chance.pick(['night', 'sunset']);
  return chance.pick(['dawn', 'dawn', 'sunset', 'sunset', 'day', 'night']);
}
