import { expect, it } from 'vitest';
import { ratedLine } from './rated-line.ts';

const was = (...ratings: (number | null)[]) => ratings.map((rating, at) => ({ id: `image-${at}`, rating }));

it.each([
  [4, was(null), 'Rated 4.'],
  [4, was(2), 'Rated 4. Before: 2'],
  [null, was(2), 'Not rated any more. Before: 2'],
  [null, was(null), 'It was not rated.'],
  [5, was(null, 2), '2 images rated 5.'],
  [null, was(3, 2), '2 images: not rated any more.'],
  [null, was(null, null), '2 images: none had a rating.'],
  [null, was(3, null, null), '3 images: 1 not rated any more, 2 had no rating.'],
])('rated %s: says of %j "%s"', (rating, before, line) => {
  expect(ratedLine({ rating, before })).toBe(line);
});
