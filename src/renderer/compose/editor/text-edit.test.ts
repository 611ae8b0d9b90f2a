import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editBetween, moveRange } from './text-edit.ts';

const applied = (text: string, { start, end, inserted }: ReturnType<typeof editBetween>): string =>
  text.slice(0, start) + inserted + text.slice(end);

describe('the edit between two texts', () => {
  it('is the smallest one', () => {
    expect(editBetween('a red fox', 'a blue fox')).toEqual({ start: 2, end: 5, inserted: 'blue' });
    expect(editBetween('fox', 'fox!')).toEqual({ start: 3, end: 3, inserted: '!' });
    expect(editBetween('aa', 'a')).toEqual({ start: 1, end: 2, inserted: '' });
  });

  it('makes one of the other, whatever they are, and never leaves half a character', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '😁', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edit = editBetween(before, after);
        expect(applied(before, edit)).toBe(after);
        expect(edit.inserted.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('a place in a text', () => {
  const edit = editBetween('one two three', 'one 2 three');

  it('stays before an edit and moves behind it', () => {
    expect(moveRange({ start: 0, end: 3 }, edit)).toEqual({ start: 0, end: 3 });
    expect(moveRange({ start: 8, end: 13 }, edit)).toEqual({ start: 6, end: 11 });
  });

  it('is gone where its words were changed', () => {
    expect(moveRange({ start: 4, end: 7 }, edit)).toBeNull();
  });
});
