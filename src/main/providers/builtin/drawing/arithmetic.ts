/*
 * Pictures must be the same to the last byte on every machine. Addition, multiplication, division and square root are exact
 * by their standard; sine, powers and the like are not, so this file has its own.
 */

const fullTurn = 2 * Math.PI;

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** 0 up to `from`, 1 from `to` on, and a soft curve between; `from` may be the larger one. */
export function smooth(from: number, to: number, value: number): number {
  const share = clamp((value - from) / (to - from), 0, 1);
  return share * share * (3 - 2 * share);
}

/** Bends a share between 0 and 1: towards 0 where `bend` is positive (1: its square), towards 1 where it is negative. */
export function bent(share: number, bend: number): number {
  return share + bend * (share * share - share);
}

export function fraction(value: number): number {
  return value - Math.floor(value);
}

/** The sine of an angle in turns (1 is a full circle), good to five digits. */
export function sine(turns: number): number {
  const centred = turns - Math.floor(turns + 0.5);
  const folded = centred > 0.25 ? 0.5 - centred : centred < -0.25 ? -0.5 - centred : centred;
  const x = folded * fullTurn;
  const square = x * x;
  return x * (1 - (square / 6) * (1 - (square / 20) * (1 - (square / 42) * (1 - square / 72))));
}

export function cosine(turns: number): number {
  return sine(turns + 0.25);
}

/** A number from 0 to 1 for each place of a whole-numbered grid, without pattern. */
export function scatter(x: number, y: number, salt: number): number {
  let bits = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(salt, 0xc2b2ae3d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return ((bits ^ (bits >>> 15)) >>> 0) / 0x1_0000_0000;
}
