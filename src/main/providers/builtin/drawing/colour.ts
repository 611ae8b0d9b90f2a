import { cosine, sine } from './arithmetic.ts';

/** A colour in OKLab: lightness 0 to 1, and two axes. Mixing here looks even to the eye. */
export type Lab = readonly [lightness: number, a: number, b: number];

/** A colour as people think of it: lightness 0 to 1, strength 0 to about 0.3, hue in degrees (OKLCH). */
export type Tone = readonly [lightness: number, chroma: number, hue: number];

const gammaSteps = 2048;

/** For the square root of a linear amount of light, times `gammaSteps`: the sRGB value from 0 to 255. */
const gammaTable = Float64Array.from({ length: gammaSteps + 1 }, (_, index) => {
  const linear = (index / gammaSteps) * (index / gammaSteps);
  if (linear <= 0.0031308) return 255 * 12.92 * linear;
  const twelfthRoot = Math.sqrt(Math.sqrt(cubeRoot(linear)));
  return 255 * (1.055 * wholePower(twelfthRoot, 5) - 0.055);
});

function cubeRoot(value: number): number {
  let root = value < 0.1 ? 0.3 : 0.8;
  for (let round = 0; round < 12; round += 1) root = (2 * root + value / (root * root)) / 3;
  return root;
}

function wholePower(value: number, exponent: number): number {
  let product = 1;
  for (let round = 0; round < exponent; round += 1) product *= value;
  return product;
}

/** A colour from lightness, strength and hue in degrees; a strength that no screen can show is lowered until one can. */
export function oklch(lightness: number, chroma: number, hue: number): Lab {
  const x = cosine(hue / 360);
  const y = sine(hue / 360);
  let strength = chroma;
  for (let round = 0; round < 40 && !isShowable(lightness, strength * x, strength * y); round += 1) strength *= 0.95;
  return [lightness, strength * x, strength * y];
}

function isShowable(lightness: number, a: number, b: number): boolean {
  const { red, green, blue } = toLinear(lightness, a, b);
  const low = -0.0005;
  const high = 1.0005;
  return red >= low && red <= high && green >= low && green <= high && blue >= low && blue <= high;
}

function toLinear(lightness: number, a: number, b: number): { red: number; green: number; blue: number } {
  const long = wholePower(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  const medium = wholePower(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  const short = wholePower(lightness - 0.0894841775 * a - 1.291485548 * b, 3);
  return {
    red: 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    green: -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    blue: -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  };
}

/** Writes the sRGB values, 0 to 255 and not yet rounded, of the colour at `from` in `lab` to the first three places of `rgb`. */
export function toScreen(lab: Float32Array, from: number, rgb: Float64Array): void {
  const lightness = lab[from] ?? 0;
  const a = lab[from + 1] ?? 0;
  const b = lab[from + 2] ?? 0;
  const rootLong = lightness + 0.3963377774 * a + 0.2158037573 * b;
  const rootMedium = lightness - 0.1055613458 * a - 0.0638541728 * b;
  const rootShort = lightness - 0.0894841775 * a - 1.291485548 * b;
  const long = rootLong * rootLong * rootLong;
  const medium = rootMedium * rootMedium * rootMedium;
  const short = rootShort * rootShort * rootShort;
  rgb[0] = encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short);
  rgb[1] = encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short);
  rgb[2] = encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short);
}

function encoded(linear: number): number {
  if (linear <= 0) return 0;
  if (linear >= 1) return 255;
  return gammaTable[(Math.sqrt(linear) * gammaSteps + 0.5) | 0] ?? 255;
}

/** How far one hue is from another, from -180 to 180 degrees. */
export function hueDifference(hue: number, from: number): number {
  return ((((hue - from + 180) % 360) + 360) % 360) - 180;
}

export function mixColours(from: Lab, to: Lab, share: number): Lab {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}

/** The same colour, lighter or darker by an amount of lightness. */
export function lighter(colour: Lab, amount: number): Lab {
  return [colour[0] + amount, colour[1], colour[2]];
}
