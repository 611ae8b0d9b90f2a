import { describe, expect, it } from 'vitest';
import { createRatingMoments } from './rating-moments.ts';

describe('rating moments', () => {
  it('counts up, also within a millisecond and when the clock is set back', () => {
    const times = [5_000, 5_000, 1_000, 6_000];
    const moments = createRatingMoments(() => times.shift() ?? 0);
    expect([moments.next(), moments.next(), moments.next(), moments.next()]).toEqual([5_000, 5_001, 5_002, 6_000]);
  });

  it('knows whether an image was rated after a moment', () => {
    const moments = createRatingMoments(() => 0);
    moments.ratedAt('fox', 3);
    expect([2, 3, 4].map((moment) => moments.wasRatedAfter('fox', moment))).toEqual([true, false, false]);
    expect(moments.wasRatedAfter('hen', 1)).toBe(false);
  });

  it('forgets those first that were rated longest ago', () => {
    const moments = createRatingMoments(() => 0, 2);
    for (const [at, id] of ['fox', 'hen', 'fox', 'owl'].entries()) moments.ratedAt(id, at + 1);
    expect(['fox', 'hen', 'owl'].map((id) => moments.wasRatedAfter(id, 0))).toEqual([true, false, true]);
  });
});
