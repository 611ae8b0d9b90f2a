import { clamp, scatter } from './arithmetic.ts';
import { toScreen, type Lab } from './colour.ts';

/** A picture under way, in OKLab: three numbers a pixel, row by row. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Pixels in one unit: the side of a square of the same area. Motifs are measured in it, so that they keep their look at every size. */
  readonly unit: number;
  readonly lab: Float32Array;
}

export function createCanvas(width: number, height: number): Canvas {
  return { width, height, unit: Math.sqrt(width * height), lab: new Float32Array(width * height * 3) };
}

/** Fills the picture. `shade` gets the middle of each pixel in units from the picture's middle and writes its colour to `out`. */
export function paint(canvas: Canvas, shade: (x: number, y: number, out: Float64Array) => void): void {
  const { width, height, unit, lab } = canvas;
  const out = new Float64Array(3);
  let at = 0;
  for (let row = 0; row < height; row += 1) {
    const y = (row + 0.5 - height / 2) / unit;
    for (let column = 0; column < width; column += 1) {
      shade((column + 0.5 - width / 2) / unit, y, out);
      lab[at] = out[0] ?? 0;
      lab[at + 1] = out[1] ?? 0;
      lab[at + 2] = out[2] ?? 0;
      at += 3;
    }
  }
}

/** Lays a colour over the pixel whose three numbers begin at `at`. */
export function cover(lab: Float32Array, at: number, colour: Lab, share: number): void {
  const l = lab[at] ?? 0;
  const a = lab[at + 1] ?? 0;
  const b = lab[at + 2] ?? 0;
  lab[at] = l + (colour[0] - l) * share;
  lab[at + 1] = a + (colour[1] - a) * share;
  lab[at + 2] = b + (colour[2] - b) * share;
}

export function setColour(out: Float64Array, colour: Lab): void {
  out[0] = colour[0];
  out[1] = colour[1];
  out[2] = colour[2];
}

/** Mixes a colour into `out`. */
export function tint(out: Float64Array, colour: Lab, share: number): void {
  const l = out[0] ?? 0;
  const a = out[1] ?? 0;
  const b = out[2] ?? 0;
  out[0] = l + (colour[0] - l) * share;
  out[1] = a + (colour[1] - a) * share;
  out[2] = b + (colour[2] - b) * share;
}

/**
 * Visits the pixels around a point in pixels, as far as they are on the canvas, with their distance to it in pixels.
 */
export function around(
  canvas: Canvas,
  x: number,
  y: number,
  radius: number,
  visit: (at: number, distance: number) => void,
): void {
  const left = Math.max(0, Math.floor(x - radius));
  const right = Math.min(canvas.width - 1, Math.ceil(x + radius));
  const top = Math.max(0, Math.floor(y - radius));
  const bottom = Math.min(canvas.height - 1, Math.ceil(y + radius));
  for (let row = top; row <= bottom; row += 1) {
    const dy = row + 0.5 - y;
    for (let column = left; column <= right; column += 1) {
      const dx = column + 0.5 - x;
      const distance = Math.sqrt(dx * dx + dy * dy);
      if (distance <= radius) visit((row * canvas.width + column) * 3, distance);
    }
  }
}

/**
 * The finished picture, three bytes a pixel: corners a little darker, a trace of film grain, and rounding that hides
 * the steps between two neighbouring values.
 */
export function develop(canvas: Canvas, salt: number): Uint8Array {
  const { width, height, lab } = canvas;
  const pixels = new Uint8Array(width * height * 3);
  const rgb = new Float64Array(3);
  let at = 0;
  for (let row = 0; row < height; row += 1) {
    const v = (2 * (row + 0.5)) / height - 1;
    for (let column = 0; column < width; column += 1) {
      const u = (2 * (column + 0.5)) / width - 1;
      const corner = u * u + v * v;
      const bits = scatter(column, row, salt) * 0x1_0000_0000;
      const grain = ((bits & 0xff) + ((bits >>> 8) & 0xff) + ((bits >>> 16) & 0xff) + (bits >>> 24) - 510) / 510;
      lab[at] = (lab[at] ?? 0) * (1 - 0.028 * corner * corner) + grain * 0.006;
      toScreen(lab, at, rgb);
      for (let channel = 0; channel < 3; channel += 1) {
        const rounding = ((bits >>> (channel * 8)) & 0xff) / 256;
        pixels[at + channel] = clamp((rgb[channel] ?? 0) + rounding, 0, 255);
      }
      at += 3;
    }
  }
  return pixels;
}
