import { describe, expect, it } from 'vitest';
import { capsOutOfPlay } from './caps-out-of-play.ts';

const none = { image: null, job: null, day: null, month: null };

describe('caps that never come into play', () => {
  it('are those above a wider one', () => {
    expect(capsOutOfPlay({ ...none, day: 10, month: 5 })).toEqual({ day: 'month' });
    expect(capsOutOfPlay({ ...none, job: 3, day: 2 })).toEqual({ job: 'day' });
    expect(capsOutOfPlay({ ...none, image: 0.5, job: 0.4 })).toEqual({ image: 'job' });
    expect(capsOutOfPlay({ ...none, image: 7, month: 0 }), 'with others missing, and where all is free').toEqual({
      image: 'month',
    });
  });

  it('name the lowest of those that are in the way', () => {
    expect(capsOutOfPlay({ image: 9, job: 4, day: 6, month: 5 })).toEqual({ image: 'job', day: 'month' });
    expect(capsOutOfPlay({ image: 9, job: 8, day: 7, month: 6 })).toEqual({
      image: 'month',
      job: 'month',
      day: 'month',
    });
  });

  it('are not those that are as high as a wider one, or below it, or not set', () => {
    for (const caps of [
      none,
      { ...none, day: 5, month: 5 },
      { image: 1, job: 2, day: 3, month: 4 },
      { ...none, day: 5 },
    ])
      expect(capsOutOfPlay(caps)).toEqual({});
  });
});
