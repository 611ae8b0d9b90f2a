import { describe, expect, it } from 'vitest';
import { createChance } from './chance.ts';

const row = (prompt: string, seed: number): number[] => {
  const chance = createChance(prompt, seed);
  return Array.from({ length: 20 }, () => chance.unit());
};

describe('createChance', () => {
  it('repeats itself for the same prompt and seed', () => {
    expect(row('a fox', 7)).toEqual(row('a fox', 7));
  });

  it('differs for every prompt and every seed, near or far', () => {
    const rows = [
      row('a fox', 7),
      row('a fox', 8),
      row('a fo', 7),
      row('A fox', 7),
      row('', 7),
      row('a fox', 2 ** 32 + 7),
      row('a fox', Number.MAX_SAFE_INTEGER),
    ];
    expect(new Set(rows.map(([first]) => first)).size).toBe(rows.length);
  });

  it('is spread evenly and stays in its bounds', () => {
    const chance = createChance('even', 1);
    const counts = [0, 0, 0, 0, 0];
    for (let draw = 0; draw < 10_000; draw += 1) counts[chance.whole(0, 4)]! += 1;
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
    for (let draw = 0; draw < 1000; draw += 1) {
      const value = chance.between(-2, 3);
      expect(value).toBeGreaterThanOrEqual(-2);
      expect(value).toBeLessThan(3);
    }
    expect(chance.pick(['only'])).toBe('only');
  });
});
