import { expect, it } from 'vitest';
import { formatOfFile } from './prompt-list-input.ts';

it('tells how a list is written by the name of its file', () => {
  expect(formatOfFile('My prompts.CSV')).toBe('csv');
  expect(formatOfFile('a.b.json')).toBe('json');
  expect(formatOfFile('prompts.txt')).toBe('text');
  expect(formatOfFile('csv')).toBe('text');
});
