import { expect, it } from 'vitest';
import { builtInStyles } from '../../../shared/prompt-text/built-in-styles.ts';
import { lookOf } from './style-looks.ts';

it('every style that Easel brings along has a look of its own', () => {
  const looks = builtInStyles.map(({ id }) => lookOf({ id, isBuiltIn: true }).colours.join());
  expect(looks.filter((colours) => !/^(#[0-9a-f]{6},?){4}$/.test(colours))).toEqual([]);
  expect(new Set(looks).size).toBe(builtInStyles.length);
});

it('a style of the user has always the same colours', () => {
  const own = { id: 'mist', isBuiltIn: false };
  expect(lookOf(own)).toEqual(lookOf(own));
  expect(lookOf(own)).not.toEqual(lookOf({ id: 'fog', isBuiltIn: false }));
});
