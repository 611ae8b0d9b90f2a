import type { Mood } from '../read-prompt.ts';
import type { Chance } from './chance.ts';
import { hueDifference, mixColours, oklch, type Lab, type Tone } from './colour.ts';

/** Colours that go together, for pictures that show nothing in particular. */
export interface Palette {
  readonly isDark: boolean;
  /** What the picture is drawn on, and what stands out most from it. */
  readonly paper: Lab;
  readonly ink: Lab;
  readonly colours: readonly [Lab, Lab, Lab, Lab, Lab];
}

type Tones = readonly [paper: Tone, ink: Tone, Tone, Tone, Tone, Tone, Tone];

const light: readonly [Tones, ...Tones[]] = [
  [
    [0.95, 0.02, 85],
    [0.25, 0.05, 265],
    [0.5, 0.13, 255],
    [0.72, 0.1, 220],
    [0.86, 0.09, 90],
    [0.7, 0.16, 45],
    [0.58, 0.19, 28],
  ],
  [
    [0.94, 0.025, 75],
    [0.28, 0.04, 40],
    [0.6, 0.14, 40],
    [0.74, 0.11, 65],
    [0.5, 0.07, 150],
    [0.35, 0.05, 170],
    [0.85, 0.05, 85],
  ],
  [
    [0.93, 0.012, 230],
    [0.24, 0.03, 245],
    [0.42, 0.06, 240],
    [0.62, 0.07, 225],
    [0.8, 0.05, 205],
    [0.82, 0.1, 85],
    [0.62, 0.14, 35],
  ],
  [
    [0.94, 0.02, 60],
    [0.25, 0.06, 330],
    [0.4, 0.11, 340],
    [0.6, 0.13, 5],
    [0.8, 0.12, 75],
    [0.88, 0.06, 90],
    [0.45, 0.06, 220],
  ],
  [
    [0.96, 0.015, 20],
    [0.35, 0.08, 290],
    [0.72, 0.13, 355],
    [0.8, 0.1, 60],
    [0.78, 0.09, 190],
    [0.68, 0.11, 285],
    [0.88, 0.07, 100],
  ],
  [
    [0.94, 0.025, 88],
    [0.22, 0.015, 260],
    [0.6, 0.21, 28],
    [0.82, 0.16, 85],
    [0.47, 0.15, 258],
    [0.3, 0.02, 260],
    [0.88, 0.03, 80],
  ],
];

const dark: readonly [Tones, ...Tones[]] = [
  [
    [0.2, 0.04, 250],
    [0.94, 0.02, 90],
    [0.55, 0.11, 220],
    [0.72, 0.1, 190],
    [0.86, 0.08, 160],
    [0.8, 0.13, 75],
    [0.66, 0.17, 30],
  ],
  [
    [0.19, 0.05, 300],
    [0.95, 0.02, 60],
    [0.55, 0.18, 330],
    [0.68, 0.15, 355],
    [0.82, 0.1, 45],
    [0.6, 0.13, 285],
    [0.72, 0.1, 240],
  ],
  [
    [0.22, 0.035, 160],
    [0.94, 0.03, 100],
    [0.52, 0.09, 150],
    [0.7, 0.11, 130],
    [0.86, 0.1, 105],
    [0.72, 0.13, 60],
    [0.8, 0.05, 180],
  ],
  [
    [0.17, 0.03, 30],
    [0.95, 0.03, 80],
    [0.45, 0.14, 25],
    [0.62, 0.19, 35],
    [0.76, 0.16, 60],
    [0.88, 0.12, 90],
    [0.4, 0.07, 350],
  ],
];

export function choosePalette(chance: Chance, mood: Mood): Palette {
  const isDark = mood.light < 0 || mood.time === 'night' || (mood.light === 0 && chance.happens(0.42));
  const chosen = chance.pick(isDark ? dark : light);
  const drift = chance.between(-10, 10);
  const main = chosen[2][2];
  const colour = ([lightness, chroma, hue]: Tone): Lab => {
    // A named colour leads, and the others keep a third of their distance from it.
    const turned = mood.colour === null ? hue + drift : mood.colour[2] + 0.34 * hueDifference(hue, main);
    return oklch(lightness, chroma * mood.chroma, turned);
  };
  const [paper, ink, first, second, third, fourth, fifth] = chosen;
  const leading: [Lab, Lab] = mood.colour === null ? [colour(first), colour(second)] : shades(mood.colour, mood.chroma);
  return {
    isDark,
    paper: colour(paper),
    ink: colour(ink),
    colours: [...leading, colour(third), colour(fourth), colour(fifth)],
  };
}

/** A named colour as it is, and a second shade of it. */
function shades([lightness, chroma, hue]: Tone, strength: number): [Lab, Lab] {
  const other = lightness > 0.6 ? lightness - 0.15 : lightness + 0.14;
  return [oklch(lightness, chroma * strength, hue), oklch(other, chroma * strength * 0.9, hue + 6)];
}

/** A smooth run through colours as a table, from the first at index 0 to the last at `steps`. */
export function ramp(colours: readonly Lab[], steps: number): Lab[] {
  return Array.from({ length: steps + 1 }, (_, index) => {
    const place = (index / steps) * (colours.length - 1);
    const from = Math.min(colours.length - 2, Math.floor(place));
    const share = place - from;
    const first = colours[from] ?? [0, 0, 0];
    return mixColours(first, colours[from + 1] ?? first, share * share * (3 - 2 * share));
  });
}
