import { describe, expect, it } from 'vitest';
import { promptKinds } from '../models/comparison.ts';
import { kindOfPrompt, wordsOfKind } from './prompt-kind.ts';

describe('kindOfPrompt', () => {
  it.each([
    ['Photo of a fox, 85mm lens, bokeh', 'photo'],
    ['portrait of two women, laughing', 'people'],
    ['mountains above a lake at dawn', 'landscape'],
    ['a fox, watercolor illustration', 'illustration'],
    ['a poster that says "Open at nine"', 'lettering'],
    ['Perfume bottle, studio packaging', 'product'],
    ['a fox', 'other'],
    ['', 'other'],
  ])('takes "%s" for %s', (prompt, kind) => {
    expect(kindOfPrompt(prompt)).toBe(kind);
  });

  it('takes whole words only, in any case, also their plural', () => {
    expect(kindOfPrompt('manual, seasoning, Kingston')).toBe('other');
    expect(kindOfPrompt('PORTRAITS')).toBe('people');
  });

  it('takes the kind with most words, and of two the first of the table', () => {
    expect(kindOfPrompt('a photo of a man and a woman')).toBe('people');
    expect(kindOfPrompt('a photo of a man')).toBe('photo');
  });

  it('gives no word to two kinds, and every kind its words', () => {
    const words = Object.values(wordsOfKind).flat();
    expect(new Set(words).size).toBe(words.length);
    expect(Object.keys(wordsOfKind)).toEqual(promptKinds.filter((kind) => kind !== 'other'));
    for (const [kind, its] of Object.entries(wordsOfKind))
      for (const word of its) expect(kindOfPrompt(word)).toBe(kind);
  });

  it('looks at the beginning of a very long prompt only', () => {
    expect(kindOfPrompt(`${'x '.repeat(2_000)} portrait`)).toBe('other');
  });
});
