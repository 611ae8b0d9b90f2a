import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';

let place: Place;
beforeAll(() => {
  place = newPlace();
});
afterAll(() => {
  place.remove();
});

const file = (name: string): string => join(place.data, name);
const easel = (...words: string[]) => runEasel(place, words);

describe('the history of prompts', () => {
  const history = async (): Promise<{ id: number; prompt: string }[]> =>
    (await easelJson<{ prompts: { id: number; prompt: string }[] }>(place, ['prompt', 'history'])).prompts;

  it('forgets one prompt by its id, and all of them when that is really meant', async () => {
    for (const prompt of ['a red fox', 'an owl', 'a heron'])
      await easelJson(place, ['generate', prompt, '--provider', 'builtin', '--size', '64x64']);
    const owl = (await history()).find(({ prompt }) => prompt === 'an owl');
    expect((await easel('prompt', 'history')).stdout).toMatch(new RegExp(`^ *${owl?.id}  .* an owl$`, 'm'));

    expect((await easel('prompt', 'history', '--forget', String(owl?.id))).stdout).toBe(
      'Forgotten. Its pictures stay.\n',
    );
    expect((await history()).map(({ prompt }) => prompt)).toEqual(['a heron', 'a red fox']);
    const again = await easel('prompt', 'history', '--forget', String(owl?.id));
    expect([again.code, again.stderr]).toEqual([5, expect.stringMatching(/no prompt \d+ in the history/)]);

    const refused = await easel('prompt', 'history', '--forget-all');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/can not be undone.*Add --yes/)]);
    expect(await history()).toHaveLength(2);
    expect(await easelJson(place, ['prompt', 'history', '--forget-all', '--yes'])).toEqual({ forgotten: 2 });
    expect(await history()).toEqual([]);
    const { images } = await easelJson<{ images: unknown[] }>(place, ['library', 'list']);
    expect(images).toHaveLength(3);
  });

  it.each([
    ['a search', ['fox', '--forget-all', '--yes'], /search/],
    ['both at once', ['--forget', '1', '--forget-all', '--yes'], /either/],
    ['an answer to nothing', ['--yes'], /Leave it out/],
    ['what is no number', ['--forget', 'owl'], /needs a number/],
  ])('is not taken for meant with %s', async (_, words, message) => {
    const outcome = await easel('prompt', 'history', ...words);
    expect([outcome.code, outcome.stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('styles as files', () => {
  const csv = 'name,prompt,negative_prompt\r\nWoodcut,"{prompt}, woodcut",photo\r\n';

  it('are taken from the format of another program and written in each', async () => {
    writeFileSync(file('styles.csv'), csv);
    const taken = await easel('prompt', 'styles', '--import', file('styles.csv'));
    expect(taken.stdout).toBe('woodcut  Woodcut\n1 style taken.\n');
    expect((await easel('prompt', 'styles')).stdout).toContain('woodcut  style, your own');

    const written = await easel('prompt', 'styles', '--export', file('own.json'));
    expect(written.stdout).toBe(`Written to ${file('own.json')}.\n`);
    expect(JSON.parse(readFileSync(file('own.json'), 'utf8'))).toMatchObject({
      version: 1,
      styles: [{ id: 'woodcut', name: 'Woodcut', positive: '{prompt}, woodcut', negative: 'photo' }],
    });
    await easel('prompt', 'styles', '--export', file('own.csv'));
    expect(readFileSync(file('own.csv'), 'utf8')).toBe(csv);
    const fooocus = await easel('prompt', 'styles', '--export', '-', '--format', 'fooocus');
    expect(JSON.parse(fooocus.stdout)).toEqual([
      { name: 'Woodcut', prompt: '{prompt}, woodcut', negative_prompt: 'photo' },
    ]);
    // A name that is taken gets a number.
    const again = await runEasel(place, ['prompt', 'styles', '--import', '-'], { input: fooocus.stdout });
    expect(again.stdout).toContain('Woodcut (2)');
  });

  it.each([
    ['a file that is there already', ['--export', 'own.json'], /is there already, .* another name/],
    ['a folder that is not there', ['--export', 'nowhere/own.json'], /There is no folder for/],
    ['a file that is not there', ['--import', 'nowhere.csv'], /There is no file/],
    ['a folder', ['--import', '.'], /is a folder/],
    ['a broken file', ['--import', 'broken.json'], /line 2/],
    ['both at once', ['--import', 'styles.csv', '--export', 'b.json'], /either/],
    ['a format for what is read', ['--import', 'styles.csv', '--format', 'a1111'], /by itself/],
    ['an unknown format', ['--export', 'c.json', '--format', 'yaml'], /Allowed choices/],
  ])('say in plain words what is wrong with %s', async (_, words, message) => {
    writeFileSync(file('broken.json'), '[{"name": "a",\n}]');
    const paths = words.map((word) => (/\.|^\.$/.test(word) ? file(word) : word));
    const outcome = await easel('prompt', 'styles', ...paths);
    expect([outcome.code, outcome.stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('kept prompts as a file', () => {
  it('are written with their folders, and refused where there are none', async () => {
    const none = await easel('prompt', 'saved', '--export', file('none.json'));
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/No prompt was kept yet/)]);
    await easel('prompt', 'save', 'animals/wild/fox', 'a "red" fox,\nat dusk', '--negative', 'night');
    expect((await easel('prompt', 'saved', '--export', file('kept.json'))).code).toBe(0);
    expect(JSON.parse(readFileSync(file('kept.json'), 'utf8'))).toEqual({
      version: 1,
      prompts: [{ folder: 'animals/wild', name: 'fox', prompt: 'a "red" fox,\nat dusk', negative_prompt: 'night' }],
    });
    const table = await easel('prompt', 'saved', '--export', '-', '--format', 'csv');
    expect(table.stdout).toBe(
      'folder,name,prompt,negative_prompt\r\nanimals/wild,fox,"a ""red"" fox,\nat dusk",night\r\n',
    );
    expect((await easel('prompt', 'saved', '--format', 'csv')).stderr).toMatch(/Give both/);
  });
});
