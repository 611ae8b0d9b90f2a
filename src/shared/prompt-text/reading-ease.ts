import type { Word } from './words.ts';

/** Fewer words say nothing about how hard a text is. */
const fewestWords = 20;
const latin = /^[a-z][a-z'’-]*$/;

/**
 * Flesch's reading ease: 206.835 − 1.015 × words per sentence − 84.6 × syllables per word; 100 is very easy, below 30 very
 * hard. Null for what isn't English (the formula was made for English only) and below 20 words. Source: R. Flesch, A new
 * readability yardstick, Journal of Applied Psychology 32 (1948).
 */
export function readingEase(text: string, words: readonly Word[], isEnglish: boolean): number | null {
  const spoken = words.filter((word) => latin.test(word.text));
  if (!isEnglish || spoken.length < fewestWords || spoken.length < words.length * 0.8) return null;
  const sentences = Math.max(1, text.match(/[.!?…]+(?=\s|$)|\n+/g)?.length ?? 0);
  const syllables = spoken.reduce((sum, word) => sum + syllablesOf(word.text), 0);
  const ease = 206.835 - 1.015 * (spoken.length / sentences) - 84.6 * (syllables / spoken.length);
  return Math.round(Math.max(0, Math.min(100, ease)));
}

/** Groups of vowels, a silent e at the end left out. */
function syllablesOf(word: string): number {
  const groups = word.replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, '').match(/[aeiouy]+/g);
  return Math.max(1, groups?.length ?? 0);
}
