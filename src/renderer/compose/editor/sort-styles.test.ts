import { expect, it } from 'vitest';
import type { ListedStyle } from '../../../shared/models/prompt-style.ts';
import { sortStyles } from './sort-styles.ts';

const style = (name: string, isBuiltIn: boolean, isFavourite = false): ListedStyle => ({
  ...{ id: name, name, kind: 'style', positive: `${name} paint`, sentence: '', negative: '' },
  ...{ isBuiltIn, isFavourite },
});

it('favourites come first, then those of the user, and the search narrows by all its words', () => {
  const styles = [style('oil', true), style('ink', true, true), style('mist', false)];
  const names = (search: string): string[] => sortStyles(styles, search).map(({ name }) => name);
  expect(names('')).toEqual(['ink', 'mist', 'oil']);
  expect(names('PAINT  oi')).toEqual(['oil']);
  expect(names('nothing')).toEqual([]);
});
