import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterVote, pointsOfTier, shrunkPoints } from './elo.ts';

const rated = (points: number, votes = 20) => ({ points, votes });

describe('a vote', () => {
  it('gives the winner what the loser loses, more where it was not expected', () => {
    const even = afterVote(rated(1500), rated(1500), 'first');
    expect([even.first.points, even.second.points]).toEqual([1512, 1488]);
    expect(afterVote(rated(1300), rated(1700), 'first').first.points).toBeGreaterThan(1300 + 12);
    expect(afterVote(rated(1700), rated(1300), 'first').first.points).toBeLessThan(1700 + 12);
  });

  it('draws a tie together and lets two bad ones lose a little', () => {
    const tie = afterVote(rated(1600), rated(1400), 'tie');
    expect(tie.first.points).toBeLessThan(1600);
    expect(tie.second.points).toBeGreaterThan(1400);
    const bad = afterVote(rated(1600), rated(1400), 'bothBad');
    expect(bad.first.points).toBeLessThan(1600);
    expect(bad.second.points).toBeLessThan(1400);
    expect(1600 - bad.first.points).toBeLessThan(12);
  });

  it('moves a new model more than a known one, and is counted', () => {
    const { first, second } = afterVote(rated(1500, 0), rated(1500, 20), 'first');
    expect(first).toEqual({ points: 1524, votes: 1 });
    expect(second).toEqual({ points: 1488, votes: 21 });
  });

  it('is the same from either side, and keeps the sum between equally known ones', () => {
    const points = fc.double({ min: 800, max: 2200, noNaN: true });
    fc.assert(
      fc.property(points, points, (one, other) => {
        const won = afterVote(rated(one), rated(other), 'first');
        const lost = afterVote(rated(other), rated(one), 'second');
        expect(won).toEqual({ first: lost.second, second: lost.first });
        expect(won.first.points + won.second.points).toBeCloseTo(one + other, 6);
      }),
      { seed: 21 },
    );
  });
});

describe('what points count', () => {
  it('is the tier where nobody voted, and the votes where many did', () => {
    expect(shrunkPoints('premium', null, null)).toBe(pointsOfTier.premium);
    expect(shrunkPoints('fast', rated(1800, 6), null)).toBe(1600);
    expect(shrunkPoints('fast', rated(1800, 10_000), null)).toBeGreaterThan(1799);
  });

  it('goes from all kinds of prompts to this one', () => {
    expect(shrunkPoints('standard', rated(1600, 6), rated(1750, 6))).toBe(1650);
  });
});
