import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageMs, bucketOf, endOfBucket, msAt } from './time-buckets.ts';

const countsOf = (times: readonly number[]): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const time of times) counts.set(bucketOf(time), (counts.get(bucketOf(time)) ?? 0) + 1);
  return counts;
};
const anyTime = fc.double({ min: 0, max: 86_400_000, noNaN: true });

describe('buckets of time', () => {
  it('hold every time within their edges', () => {
    fc.assert(
      fc.property(anyTime, (time) => {
        const bucket = bucketOf(time);
        expect(time).toBeLessThanOrEqual(endOfBucket(bucket));
        if (bucket > 0) expect(time).toBeGreaterThan(endOfBucket(bucket - 1));
      }),
    );
  });

  it('take an edge in, and whatever is no time at all', () => {
    for (let bucket = 0; bucket <= 60; bucket += 1) expect(bucketOf(endOfBucket(bucket))).toBe(bucket);
    expect([bucketOf(0), bucketOf(-5), bucketOf(NaN), bucketOf(50), bucketOf(50.01)]).toEqual([0, 0, 0, 0, 1]);
    expect(bucketOf(Infinity)).toBe(bucketOf(1e12));
  });

  it('tell the time of a quantile to a quarter', () => {
    fc.assert(
      fc.property(
        fc.array(anyTime, { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (times, quantile) => {
          const sorted = [...times].sort((left, right) => left - right);
          const exact = sorted[Math.ceil(quantile * sorted.length) - 1]!;
          const bucket = bucketOf(exact);
          const told = msAt(quantile, countsOf(times))!;
          expect(told).toBeLessThanOrEqual(endOfBucket(bucket) * (1 + 1e-9));
          expect(told).toBeGreaterThanOrEqual(bucket === 0 ? 0 : endOfBucket(bucket - 1) * (1 - 1e-9));
        },
      ),
    );
  });

  it('tell an average between the fastest and the slowest, and nothing of nothing', () => {
    expect(averageMs(countsOf([1000, 1000, 3000]))).toBeGreaterThan(1300);
    expect(averageMs(countsOf([1000, 1000, 3000]))).toBeLessThan(2100);
    expect([msAt(0.5, new Map()), averageMs(new Map()), msAt(0.5, new Map([[3, 0]]))]).toEqual([null, null, null]);
  });
});
