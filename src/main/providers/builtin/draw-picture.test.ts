import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPicture } from './draw-picture.ts';
import { sceneNames } from './read-prompt.ts';

const draw = (prompt: string, seed: number, width = 96, height = 64): Uint8Array =>
  drawPicture({ prompt, seed, width, height });

/** Names from which each scene is drawn, so that every one is under test. */
const wordFor: Record<(typeof sceneNames)[number], string> = {
  mountains: 'mountain',
  forest: 'forest',
  sea: 'sea',
  dunes: 'desert',
  city: 'city',
  planet: 'planet',
  bloom: 'flower',
  ribbons: 'ink',
  marble: 'marble',
  stainedGlass: 'mosaic',
  paperCut: 'papercut',
  tiles: 'bauhaus',
};

describe('drawPicture', { timeout: 60_000 }, () => {
  it.each([
    ['a quiet lake in the mountains', 1, 'd2d6a8a867eb99dfb8125086e755b3fcf6ad6e31c3d88c1db53d578b83c5d3d6'],
    ['desert at night', 42, '4e1517b811c7eb70009eb9799a10dbb274844400d1908caaede090b40bccdabe'],
    ['', Number.MAX_SAFE_INTEGER, '46c4b4f95d086aa0cffd597a583034a82e054c813cf5aa5963716832064bb894'],
  ])('draws "%s" with seed %i to the last byte as always and everywhere', (prompt, seed, expected) => {
    expect(hash('sha256', draw(prompt, seed, 160, 120))).toBe(expected);
  });

  it.each(sceneNames)('repeats itself, and differs by seed and prompt, in the scene %s', (scene) => {
    const word = wordFor[scene];
    const [first, again, otherSeed, otherPrompt] = [draw(word, 1), draw(word, 1), draw(word, 2), draw(`${word} x`, 1)];
    expect(first).toEqual(again);
    expect(first).not.toEqual(otherSeed);
    expect(first).not.toEqual(otherPrompt);
  });

  it.each(sceneNames)('shows something in the scene %s at every size, wide, high and small', (scene) => {
    for (const [width, height] of [
      [64, 64],
      [400, 64],
      [64, 400],
      [257, 131],
    ] as const) {
      for (const seed of [3, 4, 5]) {
        const pixels = draw(wordFor[scene], seed, width, height);
        expect(pixels).toHaveLength(width * height * 3);
        expect(new Set(pixels).size, `${width} × ${height}, seed ${seed}`).toBeGreaterThan(20);
      }
    }
  });

  it('does not fail, whatever the prompt and seed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.maxSafeNat(), (prompt, seed) => {
        expect(draw(prompt, seed, 64, 64)).toHaveLength(64 * 64 * 3);
      }),
      { numRuns: 40 },
    );
  });

  it('follows a colour that is named', () => {
    const mean = (prompt: string): number[] => {
      const sums = [0, 0, 0];
      for (const seed of [1, 2, 3]) draw(prompt, seed).forEach((value, index) => (sums[index % 3]! += value));
      return sums;
    };
    const [red = 0, , redsBlue = 0] = mean('red marble');
    const [bluesRed = 0, , blue = 0] = mean('blue marble');
    expect(red).toBeGreaterThan(redsBlue);
    expect(blue).toBeGreaterThan(bluesRed);
  });
});
