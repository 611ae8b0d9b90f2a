import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';

let place: Place;
let first: string;
let second: string;
let paths: string[];
beforeAll(async () => {
  place = newPlace();
  const words = ['generate', 'a fox', '--provider', 'builtin', '--size', '64x64', '--count', '2'];
  const { images } = await easelJson<{ images: { id: string; local_path: string }[] }>(place, words);
  [first = '', second = ''] = images.map(({ id }) => id);
  paths = images.map(({ local_path: path }) => path);
});
afterAll(() => {
  place.remove();
});

const rate = async (...words: string[]): Promise<string> =>
  (await runEasel(place, ['library', 'rate', ...words])).stdout;
const sidecars = (): string[] => paths.map((path) => readFileSync(`${path}.xmp`, 'utf8'));

it('rates, rates anew and takes the rating away, in the library and in the sidecar', async () => {
  expect(await rate(first, '4')).toBe('Rated 4.\n');
  expect(sidecars()[0]).toMatch(/<xmp:Rating[^>]*>4<\/xmp:Rating>/);
  expect(await rate(first, '2')).toBe('Rated 2. Before: 4\n');
  expect(await rate(first, second, '5')).toBe('2 images rated 5.\n');
  for (const text of sidecars()) expect(text).toContain('>5</xmp:Rating>');
  const { images } = await easelJson<{ images: { rating: number }[] }>(place, ['library', 'list']);
  expect(images.map(({ rating }) => rating)).toEqual([5, 5]);
  expect((await runEasel(place, ['library', 'list'])).stdout.match(/rated 5/g)).toHaveLength(2);

  expect(await easelJson(place, ['library', 'rate', first, '0'])).toMatchObject({
    rating: null,
    before: [{ id: first, rating: 5 }],
  });
  expect(sidecars()[0]).not.toContain('xmp:Rating');
  expect(await rate(first, '0')).toBe('It was not rated.\n');
  expect(await rate(second, '0')).toBe('Not rated any more. Before: 5\n');
  expect(await easelJson(place, ['library', 'verify'])).toMatchObject({ clean: true });
});

it.each([
  ['a rating above 5', () => [first, '6'], /last word is the rating: 1 to 5, or 0 for none\. "6"/],
  ['half a star', () => [first, '3.5'], /1 to 5/],
  ['images without a rating', () => [first, second], /last word is the rating/],
  ['a rating of nothing', () => ['3'], /Name the images/],
  ['what is no id', () => ['fox', '3'], /ids/],
])('refuses %s in plain words', async (_, words, message) => {
  const outcome = await runEasel(place, ['library', 'rate', ...words()]);
  expect(outcome.code, outcome.stdout).toBe(2);
  expect(outcome.stderr).toMatch(message);
});

it.each([
  ['rate', ['library', 'rate', '00000000-0000-7000-8000-000000000000', '3']],
  ['keep an alternative text of', ['library', 'alt', '00000000-0000-7000-8000-000000000000', 'A fox.']],
  ['forget of', ['prompt', 'history', '--forget', '1']],
  ['cancel in', ['jobs', 'cancel', '00000000-0000-7000-8000-000000000000']],
])('makes no library where there is nothing to %s', async (_, words) => {
  const empty = newPlace();
  try {
    const outcome = await runEasel(empty, words);
    expect([outcome.code, outcome.stderr]).toEqual([4, expect.stringMatching(/^easel: There is no library in /)]);
    expect(existsSync(join(empty.library, 'library.db'))).toBe(false);
  } finally {
    empty.remove();
  }
});

it('says that there is no such image, and rates none', async () => {
  const unknown = '00000000-0000-7000-8000-000000000000';
  const outcome = await runEasel(place, ['library', 'rate', second, unknown, '3']);
  expect([outcome.code, outcome.stderr]).toEqual([5, expect.stringMatching(/There is no image/)]);
  const { images } = await easelJson<{ images: { rating: number | null }[] }>(place, ['library', 'list']);
  expect(images.map(({ rating }) => rating)).toEqual([null, null]);
});
