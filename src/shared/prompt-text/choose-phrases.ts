import { firstSubject } from './first-subject.ts';
import { negations } from './opposites.ts';
import type { Phrase } from './phrase.ts';
import type { ReadPrompt } from './read-prompt.ts';
import { isWide, rank, type Clause, type Piece } from './split-clauses.ts';
import { stopWords } from './stop-words.ts';
import { stem, wordsOf } from './words.ts';

const mostWords = 5;
/** Below it phrases are single words, or hardly one of them would fit. */
const shortLimit = 100;
/** A longer word stands alone, so that the others don't go with it. */
const longWord = 40;
/** Characters between two phrases. */
const between = 2;
const breakLength = ' BREAK '.length;

/** The phrases that say most, in the order of the text, at most `limit` characters. Protected parts come first, then what it is about. */
export function choosePhrases(read: ReadPrompt, clauses: readonly Clause[], limit: number): string {
  const phrases = clauses.flatMap((clause, at) => phrasesOf(read, clause, at, limit < shortLimit ? 1 : mostWords));
  const breaks = clauses.filter(({ ending }) => ending === 'BREAK').length * breakLength;
  // Where there is room, a BREAK between phrases that are kept stays too.
  const needed = phrases.reduce((sum, phrase) => sum + (phrase.isProtected ? phrase.cost : 0), 0);
  const keepsBreaks = breaks * 5 <= limit && needed + breaks <= limit;
  // No separator follows the last phrase.
  let room = limit + between - (keepsBreaks ? breaks : 0);
  const chosen = new Set<Phrase>();
  const take = (phrase: Phrase): void => {
    chosen.add(phrase);
    room -= phrase.cost;
  };
  for (const phrase of phrases) if (phrase.isProtected && phrase.cost <= room) take(phrase);
  for (const phrase of firstSubject(read, phrases)) {
    const cut = phrase.cost <= room ? phrase : beginningOf(phrase, room, stopWords[read.language]);
    if (cut === null) break;
    if (cut !== phrase) phrases.splice(phrases.indexOf(phrase), 1, cut);
    take(cut);
    if (cut !== phrase) break;
  }
  const worth = worthOf(read, phrases);
  for (const phrase of chosen) worth.cover(phrase);
  const optional = phrases.filter((phrase) => !phrase.isProtected);
  const density = (phrase: Phrase): number => worth.of(phrase) / phrase.cost;
  let least = optional.reduce((most, phrase) => Math.max(most, density(phrase)), 0);
  // What a phrase adds only ever shrinks: going down in steps comes close to taking the best each time, in linear time.
  for (let step = 0; step < 40; step += 1, least *= 0.85)
    for (const phrase of optional) {
      if (chosen.has(phrase) || phrase.cost > room || density(phrase) < least) continue;
      take(phrase);
      worth.cover(phrase);
    }
  for (const phrase of optional) if (!chosen.has(phrase) && phrase.cost <= room && phrase.says.length > 0) take(phrase);
  return render(phrases, chosen, keepsBreaks);
}

function phrasesOf(read: ReadPrompt, clause: Clause, at: number, most: number): Phrase[] {
  const stops = stopWords[read.language];
  const phrases: Phrase[] = [];
  let lead: Piece[] = [];
  let pieces: Piece[] = [];
  const close = (isProtected = false): void => {
    if (pieces.length > 0)
      phrases.push(phraseOf({ lead, pieces, clause: at, ending: clause.ending, isProtected }, stops));
    [lead, pieces] = [[], []];
  };
  for (const piece of clause.pieces) {
    const word = piece.text.toLowerCase();
    if (piece.isProtected) {
      close();
      pieces.push(piece);
      close(true);
    } else if (stops.has(word) && !negations.has(word)) {
      // "Field of poppies" is one thing.
      const isJoined = (word === 'of' || word === 'de') && pieces.length > 0 && pieces.length < most - 1;
      if (!isJoined) close();
      (isJoined ? pieces : lead).push(piece);
    } else {
      if (pieces.length >= most || piece.text.length > longWord) close();
      pieces.push(piece);
      if (piece.text.length > longWord) close();
    }
  }
  close();
  return phrases;
}

function phraseOf(phrase: Omit<Phrase, 'says' | 'cost'>, stops: ReadonlySet<string>): Phrase {
  const all = [...(phrase.isProtected ? [] : phrase.lead), ...phrase.pieces];
  const cost = all.reduce((sum, piece) => sum + piece.text.length + 1, between - 1);
  const words = phrase.pieces.flatMap((piece) => wordsOf(piece.text)).filter(({ text }) => !stops.has(text));
  return { ...phrase, lead: phrase.isProtected ? [] : phrase.lead, says: words.map(({ text }) => stem(text)), cost };
}

/** As many of its first words as there is room for; null where there is none. */
function beginningOf(phrase: Phrase, room: number, stops: ReadonlySet<string>): Phrase | null {
  for (let end = phrase.pieces.length - 1; end > 0; end -= 1) {
    const cut = phraseOf({ ...phrase, pieces: phrase.pieces.slice(0, end) }, stops);
    if (cut.cost <= room && cut.says.length > 0) return cut;
  }
  return null;
}

/** What a phrase adds to those already chosen. */
function worthOf(
  read: ReadPrompt,
  phrases: readonly Phrase[],
): { of(phrase: Phrase): number; cover(phrase: Phrase): void } {
  const weights = weightsOfStems(read);
  const covered = new Set<string>();
  const near = new Set<Phrase>();
  for (const [at, phrase] of phrases.entries())
    if (phrase.isProtected)
      for (const other of [phrases[at - 1], phrases[at + 1]]) if (other?.clause === phrase.clause) near.add(other);
  const pairs = (says: readonly string[]): string[] => says.slice(1).map((word, at) => `${says[at] ?? ''} ${word}`);
  return {
    of(phrase) {
      let sum = 0;
      for (const word of phrase.says) sum += (weights.get(word) ?? 1) * (covered.has(word) ? 0.1 : 1);
      for (const [at, pair] of pairs(phrase.says).entries())
        if (!covered.has(pair)) sum += 0.3 * (weights.get(phrase.says[at] ?? '') ?? 1);
      return near.has(phrase) ? sum * 1.5 : sum;
    },
    cover(phrase) {
      for (const word of phrase.says) covered.add(word);
      for (const pair of pairs(phrase.says)) covered.add(pair);
    },
  };
}

/** Often, early, known as a style, named like somebody or something: each makes a word matter more. Adverbs matter less. */
function weightsOfStems(read: ReadPrompt): ReadonlyMap<string, number> {
  const { text, words, stems } = read;
  const known = new Map<number, number>();
  const mark = (found: { firstWord: number; wordCount: number }, factor: number): void => {
    for (let at = 0; at < found.wordCount; at += 1) known.set(found.firstWord + at, factor);
  };
  for (const term of read.quality) mark(term, 0.9);
  for (const term of read.styles) mark(term, 1.6);
  const weights = new Map<string, { weight: number; count: number }>();
  for (const [at, word] of words.entries()) {
    const key = stems[at] ?? word.text;
    const before = weights.get(key);
    if (before) {
      before.count += 1;
      continue;
    }
    const early = 1 + 0.6 * (1 - word.start / text.length) ** 2;
    const isAdverb = word.text.length > 5 && word.text.endsWith('ly');
    const isName =
      /^\p{Lu}/u.test(text.slice(word.start, word.start + 2)) &&
      /[^.!?\n]\s$/.test(text.slice(Math.max(0, word.start - 2), word.start));
    const factor = isAdverb ? 0.4 : isName && read.language !== 'de' ? 1.4 : 1;
    // A long word costs more, and says more as often as not.
    const length = word.unspaced ? Math.min(2, 0.5 * word.text.length) : Math.min(1.5, 0.4 + word.text.length * 0.12);
    weights.set(key, { weight: early * factor * length * (known.get(at) ?? 1), count: 1 });
  }
  return new Map(Array.from(weights, ([key, { weight, count }]) => [key, weight * (1 + 0.35 * Math.log2(count))]));
}

function render(phrases: readonly Phrase[], chosen: ReadonlySet<Phrase>, keepsBreaks: boolean): string {
  const parts: string[] = [];
  let last: Phrase | null = null;
  let lastAt = -1;
  let sign = '';
  for (const [at, phrase] of phrases.entries()) {
    const isNewClause = last !== null && last.clause !== phrase.clause;
    if (!chosen.has(phrase)) continue;
    const follows = last?.clause === phrase.clause && lastAt === at - 1;
    if (last && !follows)
      parts.push(
        isNewClause ? separator(sign, phrase, keepsBreaks) : isWide(phrase.pieces[0]?.text ?? '') ? '，' : ', ',
      );
    const all = follows ? [...phrase.lead, ...phrase.pieces] : phrase.pieces;
    for (const [index, piece] of all.entries()) parts.push(index > 0 || follows ? piece.glue : '', piece.text);
    [last, lastAt, sign] = [phrase, at, phrase.ending];
  }
  return parts.join('');
}

function separator(sign: string, next: Phrase, keepsBreaks: boolean): string {
  if (sign === 'BREAK' && keepsBreaks) return ' BREAK ';
  if (sign === '\n') return '\n';
  if (isWide(next.pieces[0]?.text ?? '')) return rank(sign) === 2 ? '。' : '，';
  return rank(sign) === 2 ? '. ' : ', ';
}
