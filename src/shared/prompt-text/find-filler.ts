import { fillerTerms, unspacedFiller } from './filler-terms.ts';
import { createTermFinder } from './find-terms.ts';
import type { Word } from './words.ts';

const findSpaced = createTermFinder(fillerTerms);
const unspacedTerm = new RegExp(unspacedFiller.join('|'), 'gu');

export interface FillerSpan {
  readonly start: number;
  /** Behind the last character. */
  readonly end: number;
}

/** Where a text talks with the machine or says what changes nothing, in order. */
export function findFiller(text: string, words: readonly Word[], stems: readonly string[]): FillerSpan[] {
  const spaced = findSpaced(text, words, stems).map(({ start, end }) => ({ start, end }));
  const unspaced = Array.from(text.matchAll(unspacedTerm), ({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
  return [...spaced, ...unspaced].sort((one, other) => one.start - other.start);
}
