import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import { writePromptList } from '../../shared/prompt-text/write-prompt-list.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import { createSavedPrompts, type PromptToSave } from './saved.ts';

let root: string;
let database: Database;
let saved: ReturnType<typeof createSavedPrompts>;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-saved-'));
  database = openDatabase(root, 'write');
  let at = 0;
  saved = createSavedPrompts({ database, now: () => ++at });
});
afterEach(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});

const fox: PromptToSave = {
  folder: 'animals',
  name: 'Fox',
  prompt: 'a fox',
  negativePrompt: 'blurry',
  options: { ...noPromptOptions, styles: ['sketch'] },
};

describe('kept prompts', () => {
  it('keep every version of their words', () => {
    const { id } = saved.add(fox);
    saved.change({ ...fox, id, prompt: 'a red fox' });
    expect(saved.change({ ...fox, id, prompt: 'a red fox', name: 'Red fox' }).version.number).toBe(2);
    expect(saved.versions(id).map(({ number, prompt }) => [number, prompt])).toEqual([
      [2, 'a red fox'],
      [1, 'a fox'],
    ]);
    expect(saved.list()).toMatchObject([{ name: 'Red fox', folder: 'animals', version: { options: fox.options } }]);
  });

  it('refuse a name that another one has in the same folder', () => {
    saved.add(fox);
    expect(() => saved.add(fox)).toThrow('already');
    const { id } = saved.add({ ...fox, folder: '' });
    expect(() => saved.change({ ...fox, id })).toThrow('already');
  });

  it('come back after they were removed, unless their name was given away', () => {
    const { id } = saved.add(fox);
    saved.remove(id);
    expect(saved.list()).toEqual([]);
    expect(() => saved.versions(id)).toThrow('not in the library');
    expect(saved.restore(id).name).toBe('Fox');
    saved.remove(id);
    saved.add(fox);
    expect(() => saved.restore(id)).toThrow('already');
  });

  it('are found by folder and name, or the nearest names are told', () => {
    saved.add(fox);
    expect(saved.named('animals/Fox').version.prompt).toBe('a fox');
    expect(() => saved.named('animals/Fix')).toThrow('animals/Fox');
    saved.remove(saved.named('animals/Fox').id);
    expect(() => saved.named('Fox')).toThrow('None was saved yet');
  });

  it('are named by their first words when a list names none, and are not kept twice', () => {
    const list = `a very long prompt about a fox in the deep snow of the north, seen from above\nan owl\nan owl`;
    expect(saved.importList(list, 'text', 'mine')).toEqual({ added: 2, there: 1 });
    expect(saved.list().map(({ folder, name }) => [folder, name])).toEqual([
      ['mine', 'a very long prompt about a fox in the deep snow of the…'],
      ['mine', 'an owl'],
    ]);
    expect(saved.importList('name,prompt\nan owl,a white owl', 'csv', 'mine')).toEqual({ added: 1, there: 0 });
    expect(saved.named('mine/an owl (2)').version.prompt).toBe('a white owl');
  });

  it('are there again as they were when a file of them is taken into an empty folder', () => {
    const options = { ...noPromptOptions, styles: ['ink'], variables: { season: 'winter' } };
    saved.add({ folder: 'a', name: 'fox', prompt: 'a fox in ${season}', negativePrompt: 'night', options });
    const file = writePromptList(saved.list(), 'json');
    saved.remove(saved.named('a/fox').id);
    expect(saved.importList(file, 'json', 'elsewhere')).toEqual({ added: 1, there: 0 });
    expect(saved.named('a/fox').version).toMatchObject({
      prompt: 'a fox in ${season}',
      negativePrompt: 'night',
      options,
    });
  });
});
