import { describe, expect, it } from 'vitest';
import { noPromptOptions } from '../models/prompt-options.ts';
import { longestList, readPromptList } from './prompt-list.ts';

const plain = { negativePrompt: '', name: null, folder: '', options: noPromptOptions };

describe('readPromptList', () => {
  it('takes each line of a text, but comments and empty ones', () => {
    expect(readPromptList('\uFEFFa fox\r\n# animals\n\n  an owl ', 'text')).toEqual([
      { ...plain, line: 1, prompt: 'a fox' },
      { ...plain, line: 4, prompt: 'an owl' },
    ]);
  });

  it('finds the columns of a table by their names', () => {
    expect(readPromptList('Name,Prompt,Negative Prompt,folder\nFox,"a fox, red",blurry,animals/wild', 'csv')).toEqual([
      {
        line: 2,
        prompt: 'a fox, red',
        negativePrompt: 'blurry',
        name: 'Fox',
        folder: 'animals/wild',
        options: noPromptOptions,
      },
    ]);
  });

  it('takes texts and objects of a JSON list', () => {
    expect(
      readPromptList('{"prompts": ["a fox", {"prompt": "an owl", "negative_prompt": "night", "name": "a/b"}]}', 'json'),
    ).toEqual([
      { ...plain, line: 1, prompt: 'a fox' },
      { ...plain, line: 2, prompt: 'an owl', negativePrompt: 'night' },
    ]);
  });

  it('takes the options that Easel wrote, and passes over what is none', () => {
    const [own, other] = readPromptList(
      '[{"prompt": "a fox", "options": {"styles": ["ink"]}}, {"prompt": "an owl", "options": "many"}]',
      'json',
    );
    expect(own?.options).toEqual({ ...noPromptOptions, styles: ['ink'] });
    expect(other?.options).toEqual(noPromptOptions);
  });

  it('says what is wrong, and where', () => {
    expect(() => readPromptList('a,b\n1,2', 'csv')).toThrow('called "prompt"');
    expect(() => readPromptList('[1]', 'json')).toThrow('Entry 1');
    expect(() => readPromptList('{"a"', 'json')).toThrow('no valid JSON');
    expect(() => readPromptList('{"a": 1}', 'json')).toThrow('list of prompts');
    expect(() => readPromptList('# nothing', 'text')).toThrow('no prompt');
    expect(() => readPromptList('x\n'.repeat(longestList + 1), 'text')).toThrow(`${longestList + 1} prompts`);
  });
});
