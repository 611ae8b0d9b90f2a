import { emptyWords, pictureWords } from './filler-terms.ts';
import { readPrompt, type ReadPrompt } from './read-prompt.ts';
import { hasUnspacedScript, stem, wordsOf, type Word } from './words.ts';

/** A few words that a picture can show. `count` is how often they come, `weight` what they matter, 1 for the most. */
export interface Concept {
  readonly text: string;
  readonly weight: number;
  readonly count: number;
}

const mostConcepts = 40;
const mostWords = 4;
/** What parts one phrase from the next even where no small word does. */
const parting = /[^\s'’\-_&/]/u;

/** What a prompt is about, most important first: subjects, actions, places, styles, light, quality terms, at most 40. */
export function keyConcepts(prompt: string): string[] {
  return rankConcepts(readPrompt(prompt)).map(({ text }) => text);
}

interface Candidate {
  text: string;
  key: string;
  points: number;
  count: number;
}

/** Phrases of words that mean something, scored by how often their words come, how early, how weighted and how well known. */
export function rankConcepts(read: ReadPrompt): Concept[] {
  const { text, words, stems } = read;
  const counts = new Map<string, number>();
  for (const [at, word] of words.entries()) if (!read.isStopWord(word)) bump(counts, stems[at] ?? word.text);
  const candidates = new Map<string, Candidate>();
  for (const { first, last, factor } of phrasesOf(read)) {
    const start = words[first]?.start ?? 0;
    const inside = stems.slice(first, last + 1);
    const key = inside.join(' ');
    const known = candidates.get(key);
    if (known) {
      known.count += 1;
      known.points *= 1.1;
      continue;
    }
    const often =
      inside.reduce((sum, one) => sum + 1 + 0.5 * Math.log2(counts.get(one) ?? 1), 0) / Math.sqrt(inside.length);
    const early = 1 + 0.8 * (1 - start / text.length);
    const shown = text.slice(start, words[last]?.end).replaceAll(/\s+/gu, ' ');
    candidates.set(key, { text: shown, key, count: 1, points: often * early * factor * read.attention(start) });
  }
  const ranked = [...candidates.values()].sort((one, other) => other.points - one.points).slice(0, mostConcepts);
  const most = ranked[0]?.points ?? 1;
  return ranked.map((one) => ({
    text: one.text,
    count: one.count,
    weight: Math.round((one.points / most) * 100) / 100,
  }));
}

/** Most words have a space between them and nothing else. */
function isParted(text: string, from: number, to: number): boolean {
  return (to - from !== 1 || text[from] !== ' ') && parting.test(text.slice(from, to));
}

interface Phrase {
  first: number;
  last: number;
  factor: number;
}

function phrasesOf(read: ReadPrompt): Phrase[] {
  const { text, words } = read;
  const known = new Map<number, Phrase>();
  for (const term of read.quality) known.set(term.firstWord, termPhrase(term, 0.8));
  for (const term of read.styles) known.set(term.firstWord, termPhrase(term, 1.2));
  const isTalk = talkIn(read);
  const phrases: Phrase[] = [];
  let first = -1;
  const close = (last: number): void => {
    if (first >= 0 && last >= first && words.slice(first, last + 1).some((word) => !pictureWords.has(word.text)))
      phrases.push({ first: Math.max(first, last - mostWords + 1), last, factor: factorOf(words, first, last) });
    first = -1;
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (!word) continue;
    const previous = words[at - 1];
    if (previous && isParted(text, previous.end, word.start)) close(at - 1);
    const term = known.get(at);
    if (term) {
      close(at - 1);
      phrases.push(term);
      at = term.last;
    } else if (read.isStopWord(word) || isWeak(word) || isTalk(word)) close(at - 1);
    else if (first < 0) first = at;
  }
  close(words.length - 1);
  return phrases;
}

const termPhrase = ({ firstWord, wordCount }: { firstWord: number; wordCount: number }, factor: number): Phrase => ({
  first: firstWord,
  last: firstWord + wordCount - 1,
  factor,
});

/** Adverbs say how, not what; a number alone says nothing; neither does a letter. */
function isWeak({ text, unspaced }: Word): boolean {
  return !unspaced && (text.length < 2 || /^\d+$/.test(text) || (text.length > 5 && text.endsWith('ly')));
}

/** What is taken away as filler, shows nothing, or only says what is drawn. What is written in quotation marks does show. */
function talkIn(read: ReadPrompt): (word: Word) => boolean {
  const kept = read.parts.filter(({ kind }) => kind === 'quoted' || kind === 'locked');
  const inFiller = inOrder(read.filler);
  const isKept = inOrder(kept);
  return ({ text, start }) => read.isMarkup(start) || ((inFiller(start) || emptyWords.has(text)) && !isKept(start));
}

/** Whether a place lies in one of the spans, which are in order. Asked in the order of the text. */
function inOrder(spans: readonly { readonly start: number; readonly end: number }[]): (at: number) => boolean {
  let next = 0;
  return (at) => {
    while ((spans[next]?.end ?? Infinity) <= at) next += 1;
    return (spans[next]?.start ?? Infinity) <= at;
  };
}

function factorOf(words: readonly Word[], first: number, last: number): number {
  // A verb alone is rarely what a picture is about.
  const only = first === last ? words[first]?.text : undefined;
  return only !== undefined && /(?:ing|ed)$/.test(only) ? 0.6 : 1;
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** How many words may stand between those of a concept. */
const slack = 3;

/**
 * Which concepts a text still has: all their words that mean something, in whatever form and order, near each other.
 * `share` is 0 to 1, and 1 where there are none to keep.
 */
export function conceptsKept(
  concepts: readonly string[],
  text: string,
): { kept: string[]; missing: string[]; share: number } {
  const lower = text.toLowerCase();
  const places = new Map<string, number[]>();
  for (const [at, word] of wordsOf(text).entries()) {
    const key = stem(word.text);
    const known = places.get(key);
    if (known) known.push(at);
    else places.set(key, [at]);
  }
  const isKept = (concept: string): boolean => {
    // Korean glues its particles to the word.
    if (hasUnspacedScript(concept) || /\p{Script=Hangul}/u.test(concept)) return lower.includes(concept.toLowerCase());
    const wanted = meaningful(concept);
    const [first, ...others] = wanted;
    if (first === undefined) return lower.includes(concept.toLowerCase());
    const reach = wanted.length + slack;
    return (places.get(first) ?? []).some((at) =>
      others.every((other) => (places.get(other) ?? []).some((place) => Math.abs(place - at) <= reach)),
    );
  };
  const kept = concepts.filter(isKept);
  const missing = concepts.filter((concept) => !kept.includes(concept));
  return { kept, missing, share: concepts.length === 0 ? 1 : kept.length / concepts.length };
}

function meaningful(concept: string): string[] {
  const read = readPrompt(concept);
  const all = read.words.map((word, at) => ({ word, key: read.stems[at] ?? word.text }));
  const isTalk = talkIn(read);
  const meaning = all.filter(({ word }) => !read.isStopWord(word) && !isTalk(word));
  return (meaning.length > 0 ? meaning : all).map(({ key }) => key);
}
