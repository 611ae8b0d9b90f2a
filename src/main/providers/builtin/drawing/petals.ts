import { clamp, cosine, mix, sine, smooth } from './arithmetic.ts';
import type { Canvas } from './canvas.ts';
import type { Lab } from './colour.ts';
import type { Noise } from './noise.ts';

/** A petal or leaf. Lengths are in units; what is said of its shape is in shares of its length. */
interface Petal {
  /** Where it grows from, and in which direction, in turns. */
  readonly x: number;
  readonly y: number;
  readonly turn: number;
  readonly length: number;
  readonly breadth: number;
  /** Where it is broadest, from 0 at its root to 1 at its tip. */
  readonly belly: number;
  /** 0 round to 1 pointed. */
  readonly pointed: number;
  readonly root: Lab;
  readonly tip: Lab;
  readonly curl: number;
  /** Makes its veins its own. */
  readonly seed: number;
}

/** Petals laid one under the other, the topmost first, so that nothing hidden has to be drawn. */
export interface Pile {
  layUnder(petal: Petal): void;
  /** Puts the pile on what the canvas shows. */
  finish(): void;
}

export function createPile(canvas: Canvas, noise: Noise): Pile {
  const { width, height, unit, lab } = canvas;
  /** How much of each pixel is still to be seen below the pile, and how much light gets there. */
  const open = new Float32Array(width * height).fill(1);
  const light = new Float32Array(width * height).fill(1);
  const laid = new Float32Array(lab.length);

  return {
    layUnder: (petal) => {
      const { length, breadth, belly, pointed, root, tip, curl, seed } = petal;
      const forwardX = cosine(petal.turn);
      const forwardY = sine(petal.turn);
      const shadowReach = 0.13 * breadth + 0.03;
      const halfLength = (0.5 + shadowReach) * length * unit;
      const halfAcross = (breadth + shadowReach + Math.abs(curl)) * length * unit;
      const middleX = (petal.x + (forwardX * length) / 2) * unit + width / 2;
      const middleY = (petal.y + (forwardY * length) / 2) * unit + height / 2;
      const reachX = Math.abs(forwardX) * halfLength + Math.abs(forwardY) * halfAcross + 1;
      const reachY = Math.abs(forwardY) * halfLength + Math.abs(forwardX) * halfAcross + 1;
      const left = Math.max(0, Math.floor(middleX - reachX));
      const right = Math.min(width - 1, Math.ceil(middleX + reachX));
      const bottom = Math.min(height - 1, Math.ceil(middleY + reachY));
      const pixel = 1 / (unit * length);
      for (let row = Math.max(0, Math.floor(middleY - reachY)); row <= bottom; row += 1) {
        const py = (row + 0.5 - height / 2) / unit - petal.y;
        for (let column = left; column <= right; column += 1) {
          const place = row * width + column;
          const unseen = open[place] ?? 0;
          if (unseen < 0.004) continue;
          const px = (column + 0.5 - width / 2) / unit - petal.x;
          const along = (px * forwardX + py * forwardY) / length;
          if (along < -shadowReach || along > 1 + shadowReach) continue;
          const aside = (py * forwardX - px * forwardY) / length - curl * along * along;
          const inside = outline(along, belly, pointed) * breadth - Math.abs(aside);
          const edge = Math.min(inside, along, 1 - along);
          if (edge < -shadowReach) continue;
          const share = clamp(edge / pixel + 0.5, 0, 1);
          const brightness = light[place] ?? 1;
          if (share > 0) {
            const across = aside / breadth;
            const veins = 0.03 * noise.layered(across * 9 + seed, along * 1.6 + seed, 2) * smooth(0.05, 0.4, along);
            const fold = 0.05 * (1 - 2 * Math.abs(across)) - 0.03 * smooth(0.09, 0, Math.abs(across));
            const rim = 0.05 * smooth(0.05, 0.005, inside) * smooth(0.3, 0.8, along);
            const tone = smooth(0, 0.85, along);
            const weight = unseen * share;
            const at = place * 3;
            laid[at] = (laid[at] ?? 0) + weight * brightness * (mix(root[0], tip[0], tone) + veins + fold + rim);
            laid[at + 1] = (laid[at + 1] ?? 0) + weight * mix(root[1], tip[1], tone);
            laid[at + 2] = (laid[at + 2] ?? 0) + weight * mix(root[2], tip[2], tone);
            open[place] = unseen - weight;
          }
          light[place] = brightness * (1 - 0.16 * smooth(-shadowReach, 0, edge) * (1 - share));
        }
      }
    },
    finish: () => {
      for (let place = 0; place < open.length; place += 1) {
        const at = place * 3;
        const unseen = open[place] ?? 0;
        lab[at] = (laid[at] ?? 0) + unseen * (lab[at] ?? 0) * (light[place] ?? 1);
        lab[at + 1] = (laid[at + 1] ?? 0) + unseen * (lab[at + 1] ?? 0);
        lab[at + 2] = (laid[at + 2] ?? 0) + unseen * (lab[at + 2] ?? 0);
      }
    },
  };
}

/** Half the breadth: 0 at both ends and 1 at the belly. */
function outline(along: number, belly: number, pointed: number): number {
  const place = clamp(along, 0, 1);
  const part = place < belly ? place / belly : (1 - place) / (1 - belly);
  const arch = Math.max(0, part * (2 - part));
  return mix(Math.sqrt(arch), arch, pointed);
}
