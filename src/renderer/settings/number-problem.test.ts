import { expect, it } from 'vitest';
import { numberProblem } from './number-problem.ts';

const range = { min: 1, max: 100, digits: 0, isOptional: false };

it('takes the ends of the range and nothing beyond', () => {
  expect([0, 1, 100, 101].map((value) => numberProblem(value, range))).toEqual([
    'wholeRange',
    null,
    null,
    'wholeRange',
  ]);
  expect(numberProblem(0.5, { ...range, digits: 2 })).toBe('numberRange');
  expect(numberProblem(1.5, { ...range, digits: 2 })).toBeNull();
});

it('takes no fraction where things are counted, and no nonsense anywhere', () => {
  expect(numberProblem(1.5, range)).toBe('wholeRange');
  expect(numberProblem(Number.NaN, { ...range, digits: 2 })).toBe('numberRange');
});

it('takes nothing only where nothing is an answer', () => {
  expect(numberProblem(null, range)).toBe('needed');
  expect(numberProblem(null, { ...range, isOptional: true })).toBeNull();
});
