import { expect, it } from 'vitest';
import { promptLength } from './prompt-length.ts';

it('counts the characters of a prompt only near the limit and beyond it', () => {
  expect(promptLength(0)).toEqual({ kind: 'fine' });
  expect(promptLength(8_999)).toEqual({ kind: 'fine' });
  expect(promptLength(9_000)).toEqual({ kind: 'near', characters: 1000 });
  expect(promptLength(10_000)).toEqual({ kind: 'near', characters: 0 });
  expect(promptLength(10_001)).toEqual({ kind: 'over', characters: 1 });
});
