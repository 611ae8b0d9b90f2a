import { expect, it } from 'vitest';
import { matchesStars } from './matches-stars.ts';

it('matches stars at any place, and in no time', () => {
  expect(matchesStars('colors/warm', '*')).toBe(true);
  expect(matchesStars('colors/warm', 'c*s/*m')).toBe(true);
  expect(matchesStars('ab', 'ab*b')).toBe(false);
  expect(matchesStars('abcb', 'a*c*b*b')).toBe(false);
  expect(matchesStars('abbcb', 'a*b*c*b')).toBe(true);
  expect(matchesStars('a'.repeat(200), `${'a*'.repeat(90)}b`)).toBe(false);
});
