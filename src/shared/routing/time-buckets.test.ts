import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, msAt } from './time-buckets.ts';

const countsOf = (times: readonly number[]): [number, number][] => {
  const counts = new Map<number, number>();
  for (const ms of times) counts.set(bucketOf(ms), (counts.get(bucketOf(ms)) ?? 0) + 1);
  return [...counts];
};

describe('times in buckets', () => {
  it.each([
    [0, 0],
    [50, 0],
    [51, 1],
    [62.5, 1],
    [62.6, 2],
    [1e12, 56],
  ])('puts %d ms into bucket %d', (ms, bucket) => {
    expect(bucketOf(ms)).toBe(bucket);
  });

  it('knows no time where nothing was counted', () => {
    expect(msAt(0.5, [])).toBeNull();
    expect(msAt(0.5, [[3, 0]])).toBeNull();
  });

  it('is never more than a bucket away from the true quantile', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 60, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.5, 0.95),
        (times, part) => {
          const sorted = [...times].sort((one, other) => one - other);
          const exact = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]!;
          const told = msAt(part, countsOf(times))!;
          expect(told).toBeGreaterThanOrEqual(exact / 1.2501);
          expect(told).toBeLessThanOrEqual(exact * 1.2501);
        },
      ),
    );
  });
});
