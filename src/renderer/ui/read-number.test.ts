import { expect, it } from 'vitest';
import { readNumber, writeNumber } from './read-number.ts';

const whole = { min: 1, max: 64, digits: 0, isOptional: false };
const money = { min: 0, max: 1_000_000, digits: 4, isOptional: true };

it('takes the ends of the range and nothing beyond', () => {
  expect(['1', '64', ' 8 ', '+8'].map((text) => readNumber(text, whole))).toEqual([
    { value: 1 },
    { value: 64 },
    { value: 8 },
    { value: 8 },
  ]);
  expect(['0', '65', '500', '-1'].map((text) => readNumber(text, whole))).toEqual(
    Array(4).fill({ problem: 'wholeRange' }),
  );
  expect(readNumber('-1', money)).toEqual({ problem: 'range' });
});

it('makes no other number of what can’t be read', () => {
  for (const text of ['1e9', '1,000', '1 000', '$', '-', '1.2.3', '0x10', 'Infinity', '٣']) {
    expect(readNumber(text, money)).toEqual({ problem: 'unreadable' });
    expect(readNumber(text, whole)).toEqual({ problem: 'wholeUnreadable' });
  }
});

it('cuts no digits off', () => {
  expect(readNumber('3.5', whole)).toEqual({ problem: 'wholeRange' });
  expect(readNumber('3.0', whole)).toEqual({ value: 3 });
  expect(readNumber('0.00015', money)).toEqual({ problem: 'tooManyDigits' });
  expect(readNumber('0.01500', money)).toEqual({ value: 0.015 });
  expect(readNumber('.5', money)).toEqual({ value: 0.5 });
});

it('takes nothing only where nothing is an answer', () => {
  expect(readNumber(' ', money)).toEqual({ value: null });
  expect(readNumber('', whole)).toEqual({ problem: 'needed' });
});

it('writes what it reads', () => {
  for (const value of [0, 0.0001, 0.0000015, 1216, 1_000_000, Number.MAX_SAFE_INTEGER, -2.5]) {
    const range = { min: -10, max: Number.MAX_SAFE_INTEGER, digits: 12, isOptional: false };
    expect(readNumber(writeNumber(value), range)).toEqual({ value });
  }
  expect(writeNumber(0.1 + 0.2)).toBe('0.3');
});
