import { cosine, sine } from './arithmetic.ts';
import type { Chance } from './chance.ts';

/** Smooth randomness over a plane, about -1 to 1, one wave per unit. */
export interface Noise {
  at(x: number, y: number): number;
  /** Several layers of it, each twice as fine and half as strong. */
  layered(x: number, y: number, layers: number): number;
  /** The same folded into sharp crests, 0 to 1. */
  ridged(x: number, y: number, layers: number): number;
}

const tableSize = 256;
const mask = tableSize - 1;

export function createNoise(chance: Chance): Noise {
  const order = new Uint8Array(2 * tableSize);
  for (let index = 0; index < tableSize; index += 1) order[index] = index;
  for (let index = mask; index > 0; index -= 1) {
    const other = chance.whole(0, index);
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
  order.copyWithin(tableSize, 0, tableSize);
  const slopesX = Float64Array.from(order, (index) => cosine(index / tableSize));
  const slopesY = Float64Array.from(order, (index) => sine(index / tableSize));

  const at = (x: number, y: number): number => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const fx = x - left;
    const fy = y - top;
    const column = left & mask;
    const row = top & mask;
    const first = (order[column] ?? 0) + row;
    const second = (order[column + 1] ?? 0) + row;
    const atA = (slopesX[first] ?? 0) * fx + (slopesY[first] ?? 0) * fy;
    const atB = (slopesX[second] ?? 0) * (fx - 1) + (slopesY[second] ?? 0) * fy;
    const atC = (slopesX[first + 1] ?? 0) * fx + (slopesY[first + 1] ?? 0) * (fy - 1);
    const atD = (slopesX[second + 1] ?? 0) * (fx - 1) + (slopesY[second + 1] ?? 0) * (fy - 1);
    const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
    const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
    const upper = atA + (atB - atA) * u;
    return 1.5 * (upper + (atC + (atD - atC) * u - upper) * v);
  };

  return {
    at,
    layered: (x, y, layers) => {
      let sum = 0;
      let strength = 0.55;
      let scale = 1;
      for (let layer = 0; layer < layers; layer += 1) {
        // Each layer is shifted, so that the points where all layers are zero do not meet.
        sum += strength * at(x * scale + layer * 17.3, y * scale - layer * 9.7);
        strength *= 0.5;
        scale *= 2;
      }
      return sum;
    },
    ridged: (x, y, layers) => {
      let sum = 0;
      let strength = 0.5;
      let scale = 1;
      let crest = 1;
      for (let layer = 0; layer < layers; layer += 1) {
        const folded = 1 - Math.abs(at(x * scale + layer * 17.3, y * scale - layer * 9.7));
        const sharp = folded * folded * crest;
        sum += strength * sharp;
        crest = Math.min(1, sharp * 1.6);
        strength *= 0.5;
        scale *= 2;
      }
      return sum;
    },
  };
}
