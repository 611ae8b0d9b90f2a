import fc from 'fast-check';
import { expect, it } from 'vitest';
import { noPromptOptions } from '../models/prompt-options.ts';
import type { SavedPrompt } from '../models/saved-prompt.ts';
import { readPromptList } from './prompt-list.ts';
import { savedFileFormats, writePromptList } from './write-prompt-list.ts';

const saved = (change: Partial<SavedPrompt['version']> & { name?: string; folder?: string } = {}): SavedPrompt => {
  const { name = 'Fox', folder = 'animals/wild', ...version } = change;
  return {
    ...{ id: '0198f0aa-1c2d-7e3f-8a4b-5c6d7e8f9a0b', folder, name, createdAt: 1, updatedAt: 1 },
    version: { number: 3, at: 1, prompt: 'a fox', negativePrompt: '', options: noPromptOptions, ...version },
  };
};
const options = { ...noPromptOptions, styles: ['watercolor'], variables: { season: 'winter' }, locked: ['red fox'] };

it('writes JSON that is read back with folders, names, styles and variables', () => {
  const text = writePromptList(
    [saved({ negativePrompt: 'night', options }), saved({ name: 'Owl', folder: '' })],
    'json',
  );
  expect(readPromptList(text, 'json')).toEqual([
    { line: 1, prompt: 'a fox', negativePrompt: 'night', name: 'Fox', folder: 'animals/wild', options },
    { line: 2, prompt: 'a fox', negativePrompt: '', name: 'Owl', folder: '', options: noPromptOptions },
  ]);
  expect(text.match(/"options"/g)).toHaveLength(1);
});

it.each(savedFileFormats)('writes any words as %s so that they are read back as they were', (format) => {
  const words = fc.oneof(
    fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
    fc.string({ minLength: 1, unit: fc.constantFrom('"', ',', '\n', '=', '#', '{', '|', 'a', ' ') }),
  );
  fc.assert(
    fc.property(words, words, (prompt, negativePrompt) => {
      const wanted = { prompt: `a${prompt}`.trim(), negativePrompt: negativePrompt.trim() };
      expect(readPromptList(writePromptList([saved(wanted)], format), format)).toMatchObject([
        { ...wanted, name: 'Fox', folder: 'animals/wild' },
      ]);
    }),
  );
});
