import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import { notePrompt } from '../database/prompt-history.ts';
import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import { createPromptHistory } from './history.ts';

let root: string;
let database: Database;
let at = 0;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-history-'));
  database = openDatabase(root, 'write');
});
afterEach(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});

const send = (typed: string, sent = ''): number =>
  database.write((writer) =>
    notePrompt(writer, { hash: typed, typed, negative: '', options: noPromptOptions, sent, at: ++at }),
  );
const texts = (search?: string): string[] =>
  createPromptHistory({ database })
    .list({ search, limit: 100 })
    .prompts.map(({ prompt }) => prompt);

describe('the history of prompts', () => {
  it('shows each prompt once, where it was sent last', () => {
    const first = send('a fox');
    send('an owl');
    expect(send('an owl')).not.toBe(first);
    send('a fox');
    expect(texts()).toEqual(['a fox', 'an owl']);
    expect(texts('fox')).toEqual(['a fox']);
  });

  it('counts a prompt that is sent again right away', () => {
    send('a fox');
    send('a fox');
    expect(createPromptHistory({ database }).list({ limit: 10 }).prompts).toMatchObject([{ uses: 2, usedAt: at }]);
  });

  it('finds all words, accents or not, the last one from its beginning, also in what was sent', () => {
    send('a café in Paris');
    send('a {red|blue} fox', 'a red fox');
    expect(texts('cafe par')).toEqual(['a café in Paris']);
    expect(texts('paris  CAF')).toEqual(['a café in Paris']);
    expect(texts('red')).toEqual(['a {red|blue} fox']);
    expect(texts('fox paris')).toEqual([]);
    expect(texts('!!')).toEqual([]);
    expect(texts('  ')).toHaveLength(2);
  });

  it('is never broken by what is searched for', () => {
    send('a fox');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (search) => Array.isArray(texts(search))));
    for (const word of ['AND', 'fox OR', 'NEAR(fox', '"fox', 'typed:fox', 'fox*', '-fox']) texts(word);
  });

  it('goes on where a page ended', () => {
    for (let number = 0; number < 5; number += 1) send(`fox ${number}`);
    const history = createPromptHistory({ database });
    const page = history.list({ search: 'fox', limit: 2 });
    expect(page.prompts.map(({ prompt }) => prompt)).toEqual(['fox 4', 'fox 3']);
    const next = history.list({ search: 'fox', limit: 4, before: page.next ?? 0 });
    expect(next.prompts.map(({ prompt }) => prompt)).toEqual(['fox 2', 'fox 1', 'fox 0']);
    expect(next.next).toBeNull();
  });

  it('forgets a prompt as often as it was sent, and finds it no more', () => {
    send('a fox');
    send('an owl');
    const id = send('a fox');
    const history = createPromptHistory({ database });
    history.forget(id);
    expect(texts()).toEqual(['an owl']);
    expect(texts('fox')).toEqual([]);
    expect(() => {
      history.forget(id);
    }).toThrow('no prompt');
    expect(history.forgetAll()).toBe(1);
    expect(texts('owl')).toEqual([]);
  });

  it.each(['one', 'all'] as const)('leaves nothing of what is forgotten in its files, and goes on: %s', (which) => {
    for (let number = 0; number < 300; number += 1) send(`fox ${number} in the snow`);
    const id = send('a verysecretunicorn', 'sent averysecretlion');
    send('an owl');
    const history = createPromptHistory({ database });
    if (which === 'one') history.forget(id);
    else expect(history.forgetAll()).toBe(302);
    const kept = readdirSync(root).map((name) => readFileSync(join(root, name), 'latin1'));
    expect(kept.filter((bytes) => bytes.includes('verysecret'))).toEqual([]);
    database.write((writer) => writer.run(`INSERT INTO prompts_fts (prompts_fts, rank) VALUES ('integrity-check', 1)`));
    const next = send('a brown bear');
    expect(texts('bear')).toEqual(['a brown bear']);
    history.forget(next);
    expect(texts('bear')).toEqual([]);
    database.write((writer) => writer.run(`INSERT INTO prompts_fts (prompts_fts, rank) VALUES ('integrity-check', 1)`));
  });
});
