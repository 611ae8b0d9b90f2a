import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';

let place: Place;
let id: string;
let path: string;
beforeAll(async () => {
  place = newPlace();
  const words = ['generate', 'a fox', '--provider', 'builtin', '--size', '64x64'];
  const { images } = await easelJson<{ images: { id: string; local_path: string }[] }>(place, words);
  ({ id, local_path: path } = images[0]!);
});
afterAll(() => {
  place.remove();
});

const sidecar = (): string => readFileSync(`${path}.xmp`, 'utf8');

it('keeps, shows, changes and removes an alternative text, in the library and in the sidecar', async () => {
  expect((await runEasel(place, ['library', 'alt', id])).stdout).toMatch(/^No alternative text\. Keep one with: easel/);
  const kept = await runEasel(place, ['library', 'alt', id, 'A red fox in snow.']);
  expect([kept.code, kept.stdout]).toEqual([0, 'Kept.\n']);
  expect((await runEasel(place, ['library', 'alt', id])).stdout).toBe('A red fox in snow.\n');
  expect(sidecar()).toContain('<rdf:li xml:lang="x-default">A red fox in snow.</rdf:li>');

  const changed = await runEasel(place, ['library', 'alt', id, '-'], { input: '  A fox, asleep.\n' });
  expect(changed.stdout).toBe('Kept. Before: A red fox in snow.\n');
  expect(sidecar()).not.toContain('A red fox');
  const { images } = await easelJson<{ images: { alt_text: string }[] }>(place, ['library', 'list']);
  expect(images[0]?.alt_text).toBe('A fox, asleep.');

  expect(await easelJson(place, ['library', 'alt', id, '--remove'])).toEqual({
    id,
    alt_text: null,
    before: 'A fox, asleep.',
  });
  expect(sidecar()).not.toContain('AltTextAccessibility');
  expect((await runEasel(place, ['library', 'alt', id, '--remove'])).stdout).toBe('It had none.\n');
  expect(await easelJson(place, ['library', 'verify'])).toMatchObject({ clean: true });
});

it.each([
  ['nothing but blanks', ['  '], 2, /text is empty.*--remove/],
  ['a text and its removal', ['A fox.', '--remove'], 2, /either a text or --remove/],
  ['a text that is too long', ['x'.repeat(1_001)], 2, /1,?000/],
])('refuses %s in plain words', async (_, words, code, message) => {
  const outcome = await runEasel(place, ['library', 'alt', id, ...words]);
  expect(outcome.code).toBe(code);
  expect(outcome.stderr).toMatch(message);
});

it('says that there is no such image', async () => {
  const outcome = await runEasel(place, ['library', 'alt', '00000000-0000-7000-8000-000000000000', 'A fox.']);
  expect([outcome.code, outcome.stderr]).toEqual([5, expect.stringMatching(/There is no image/)]);
});
