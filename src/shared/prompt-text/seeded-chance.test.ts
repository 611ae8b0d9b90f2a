import { describe, expect, it } from 'vitest';
import { seededChance } from './seeded-chance.ts';

const some = (seed: number, many: number): number[] => {
  const chance = seededChance(seed);
  return Array.from({ length: many }, () => chance());
};

describe('seededChance', () => {
  it('gives the numbers it has always given, so that old seeds keep their prompts', () => {
    expect(some(42, 3).map((number) => Math.floor(number * 1e9))).toMatchInlineSnapshot(`
      [
        457004379,
        237059091,
        709613202,
      ]
    `);
    expect(some(Number.MAX_SAFE_INTEGER, 2).map((number) => Math.floor(number * 1e9))).toMatchInlineSnapshot(`
      [
        699495587,
        873505448,
      ]
    `);
  });

  it('spreads evenly between 0 and 1, also for small seeds', () => {
    for (const seed of [0, 1, 2, 2 ** 32]) {
      const numbers = some(seed, 20_000);
      expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
      const tenths = Array.from(
        { length: 10 },
        (_, tenth) => numbers.filter((each) => Math.floor(each * 10) === tenth).length,
      );
      for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(250);
    }
  });

  it('tells seeds apart from the first number on, also those that differ only beyond 32 bits', () => {
    expect(some(7, 4)).not.toEqual(some(7 + 2 ** 32, 4));
    const firsts = Array.from({ length: 5000 }, (_, seed) => some(seed, 1)[0] ?? 0);
    expect(new Set(firsts).size).toBe(5000);
    const low = firsts.filter((number) => number < 0.25).length;
    expect(Math.abs(low - 1250)).toBeLessThan(200);
  });
});
