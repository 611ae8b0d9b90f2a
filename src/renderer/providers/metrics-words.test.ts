import { expect, it } from 'vitest';
import { cacheWords, dayWords, speedWords } from './metrics-words.ts';

it('count what was done, one and many', () => {
  expect(dayWords({ attempts: 1, failed: 0, images: 1, fallbacks: 0 })).toBe('1 attempt, 0 failed, 1 image');
  const many = { attempts: 4, failed: 3, images: 2, fallbacks: 1 };
  expect(dayWords(many)).toBe('4 attempts, 3 failed, 2 images, 1 taken over from another provider');
});

it('say how long an image took on average, for half and for nearly all', () => {
  expect(speedWords({ times: { average: 1600, p50: 1000, p95: 5200 } })).toBe(
    'about 1.6 s an image; half within 1 s, nearly all within 5.2 s',
  );
  expect(speedWords({ times: null })).toBeNull();
});

it('say how often it need not be asked, and nothing before anybody wanted to know', () => {
  expect(cacheWords({ checks: { fromCache: 9, asked: 1 } })).toBe('9 of 10 questions answered without asking it');
  expect(cacheWords({ checks: { fromCache: 0, asked: 1 } })).toBe('0 of 1 question answered without asking it');
  expect(cacheWords({ checks: { fromCache: 0, asked: 0 } })).toBeNull();
});
