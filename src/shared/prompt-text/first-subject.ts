import { emptyWords, pictureWords } from './filler-terms.ts';
import type { Phrase } from './phrase.ts';
import type { ReadPrompt } from './read-prompt.ts';
import { wordsOf } from './words.ts';

/** Kinds of pictures: what they are of is named behind them. */
const pictureKinds: ReadonlySet<string> = new Set(
  'portrait shot view painting drawing illustration render rendering depiction'.split(' '),
);
/** Words that lead from one thing to what it is of. */
const linking: ReadonlySet<string> = new Set(['of', 'showing', 'de', 'von']);
const emptySets = [emptyWords, pictureWords, pictureKinds, linking];
const mostWords = 8;
const file = /^(?:<|embedding:)/i;

/**
 * The phrases that name what a prompt is about: the first words that show something, up to where a small word stood. None
 * where that is a protected part, which is kept anyway. `read` and the phrases are of the same text.
 */
export function firstSubject(read: ReadPrompt, phrases: readonly Phrase[]): Phrase[] {
  const known = new Set<number>();
  for (const { firstWord, wordCount } of [...read.styles, ...read.quality])
    for (const word of read.words.slice(firstWord, firstWord + wordCount)) known.add(word.start);
  const shows = ({ pieces }: Phrase): boolean =>
    pieces.some((piece) =>
      wordsOf(piece.text).some(
        ({ text, start }) => !known.has(piece.start + start) && !emptySets.some((few) => few.has(text)),
      ),
    );
  const first = phrases.findIndex((phrase) =>
    phrase.isProtected ? !file.test(phrase.pieces[0]?.text ?? '') : shows(phrase),
  );
  const start = phrases[first];
  if (!start || start.isProtected) return [];
  const subject = [start];
  let words = start.pieces.length;
  for (let at = first + 1; words < mostWords; at += 1) {
    const [previous, phrase] = [phrases[at - 1], phrases[at]];
    if (!previous || !phrase || phrase.isProtected || phrase.clause !== start.clause) break;
    if (isParted(read.text, previous, phrase)) break;
    subject.push(phrase);
    words += phrase.pieces.length;
  }
  return subject;
}

/** Whether a small word stands or stood between two phrases, other than one that says what the first is of. */
function isParted(text: string, previous: Phrase, { lead, pieces }: Phrase): boolean {
  if (lead.length > 0) return lead.some((piece) => !linking.has(piece.text.toLowerCase()));
  const last = previous.pieces.at(-1);
  if (!last || linking.has(last.text.toLowerCase())) return false;
  return /[\p{L}\p{N}]/u.test(text.slice(last.end, pieces[0]?.start));
}
