import { stem, wordsOf, type Word } from './words.ts';

/** A known term in a text. `term` is as the list has it, `end` is behind its last character. */
export interface FoundTerm {
  readonly term: string;
  readonly start: number;
  readonly end: number;
  readonly firstWord: number;
  readonly wordCount: number;
}

/** Finds the terms of a list among a text's words, whatever their case or plural, longer ones before those they contain. */
export type TermFinder = (text: string, words: readonly Word[], stems: readonly string[]) => FoundTerm[];

export const stemsOf = (words: readonly Word[]): string[] => words.map((word) => stem(word.text));

/** What may stand between the words of one term. */
const gap = /^[\s_.’'-]{0,3}$/;

interface Term {
  readonly term: string;
  readonly stems: readonly string[];
}

/** Terms by the stem of their first word, longer ones first. */
function indexOf(terms: readonly string[]): ReadonlyMap<string, readonly Term[]> {
  const byFirst = new Map<string, Term[]>();
  for (const term of terms) {
    const stems = stemsOf(wordsOf(term));
    const first = stems[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), { term, stems }]);
  }
  for (const few of byFirst.values()) few.sort((one, other) => other.stems.length - one.stems.length);
  return byFirst;
}

export function createTermFinder(terms: readonly string[]): TermFinder {
  // Made when it is first needed: most commands in a terminal never look into a prompt.
  let byFirst: ReadonlyMap<string, readonly Term[]> | null = null;
  return (text, words, stems) => {
    const isAt = (at: number, wanted: readonly string[]): boolean =>
      wanted.every((word, further) => {
        if (stems[at + further] !== word) return false;
        return further === 0 || gap.test(text.slice(words[at + further - 1]?.end, words[at + further]?.start));
      });
    byFirst ??= indexOf(terms);
    const found: FoundTerm[] = [];
    for (let at = 0; at < words.length; at += 1) {
      const match = byFirst.get(stems[at] ?? '')?.find((candidate) => isAt(at, candidate.stems));
      const [first, last] = [words[at], words[at + (match?.stems.length ?? 1) - 1]];
      if (!match || !first || !last) continue;
      const wordCount = match.stems.length;
      found.push({ term: match.term, start: first.start, end: last.end, firstWord: at, wordCount });
      at += wordCount - 1;
    }
    return found;
  };
}
