import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDiff, type WordChange } from './word-diff.ts';

const textOf = (changes: readonly WordChange[], without: WordChange['kind']): string =>
  changes
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('');
const plain = (text: string): string => text.replace(/\s+/gu, '');

const prose = (seed: number, length: number): string => {
  let text = '';
  for (let state = seed; text.length < length;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += `word${state % 400} `;
  }
  return text.slice(0, length);
};

describe('the words between two texts', () => {
  it('are kept, removed and added, what went before what came', () => {
    expect(wordDiff('a red cat on a mat', 'a blue cat on a very old mat')).toEqual([
      { kind: 'kept', text: 'a ' },
      { kind: 'removed', text: 'red ' },
      { kind: 'added', text: 'blue ' },
      { kind: 'kept', text: 'cat on a ' },
      { kind: 'added', text: 'very old ' },
      { kind: 'kept', text: 'mat' },
    ]);
  });

  it('are nothing at all where there is no text', () => {
    expect(wordDiff('', '')).toEqual([]);
    expect(wordDiff('', 'a cat')).toEqual([{ kind: 'added', text: 'a cat' }]);
    expect(wordDiff('a cat', '')).toEqual([{ kind: 'removed', text: 'a cat' }]);
  });

  it('do not change with the white space between them', () => {
    expect(wordDiff('a  cat\non a mat', 'a cat on a mat ')).toEqual([{ kind: 'kept', text: 'a cat on a mat ' }]);
  });

  it('take the commas between them along', () => {
    expect(wordDiff('red, blue, end', 'green, gold, end')).toEqual([
      { kind: 'removed', text: 'red, blue' },
      { kind: 'added', text: 'green, gold' },
      { kind: 'kept', text: ', end' },
    ]);
  });

  it('are told apart where nothing stands between them', () => {
    expect(wordDiff('一只红色的猫', '一只蓝色的猫').filter(({ kind }) => kind === 'kept')).not.toEqual([]);
  });

  it('give both texts again, whatever these are', () => {
    const words = fc.array(fc.constantFrom('a', 'red', 'cat', ',', '(x:1.2)', '😀', '猫', '\n', '<lora:x:1>'), {
      maxLength: 60,
    });
    const text = fc.oneof(
      words.map((list) => list.join(' ')),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
    );
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = wordDiff(before, after);
        expect(plain(textOf(changes, 'added'))).toBe(plain(before));
        expect(textOf(changes, 'removed').trim()).toBe(after.trim());
        expect(changes.every((change, place) => change.kind !== changes[place - 1]?.kind)).toBe(true);
      }),
    );
  });

  it('are not looked for without end: texts of 10,000 characters that are too different are shown whole', () => {
    const long = prose(1, 10_000);
    const short = long
      .split(' ')
      .filter((_, place) => place % 3 === 0)
      .join(' ');
    const isFound = (before: string, after: string): boolean =>
      wordDiff(before, after).some(({ kind }) => kind === 'kept');
    expect(isFound(long, short)).toBe(true);
    expect(isFound(long, prose(2, 10_000))).toBe(true);
    const letters = (start: number): string => Array.from({ length: 5_000 }, (_, at) => (at * start) % 10).join(' ');
    expect(wordDiff(letters(7), letters(3))).toEqual([
      { kind: 'removed', text: letters(7) },
      { kind: 'added', text: letters(3) },
    ]);
  });
});
