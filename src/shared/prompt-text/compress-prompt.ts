import { choosePhrases } from './choose-phrases.ts';
import { condenseClauses, foldClauses } from './fold-clauses.ts';
import type { ProtectedPart } from './protected-parts.ts';
import { readPrompt } from './read-prompt.ts';
import { joinClauses, splitClauses } from './split-clauses.ts';

/**
 * Shortens a prompt to at most `limit` characters (UTF-16 units) without asking anybody: the same text always gives the same
 * one, and one that fits is left as it is. What must survive does, word for word, as long as it fits; a part longer than the
 * limit itself is shortened like other text, or goes where it names a file.
 */
export function compressPrompt(
  prompt: string,
  { limit, locked = [] }: { limit: number; locked?: readonly string[] },
): string {
  if (prompt.length <= limit) return prompt;
  const all = readPrompt(prompt, locked);
  const tooLong = all.parts.filter(({ end, start }) => end - start > limit);
  const text = withoutFiles(prompt, tooLong);
  const read = text === prompt ? all : readPrompt(text, locked);
  const clauses = splitClauses(
    text,
    read.parts.filter(({ end, start }) => end - start <= limit),
  );
  const folded = foldClauses(read, clauses);
  for (const wanted of [() => folded, () => condenseClauses(read, folded)]) {
    const shorter = joinClauses(wanted());
    if (shorter !== '' && shorter.length <= limit) return shorter;
  }
  const condensed = condenseClauses(read, folded);
  const kept = choosePhrases(read, condensed.length > 0 ? condensed : clauses, limit);
  if (kept !== '') return kept;
  const pieces = clauses.flatMap((clause) => clause.pieces);
  return pieces.find((piece) => piece.text.length <= limit)?.text ?? beginningOf(pieces[0]?.text ?? '', limit);
}

/** A name of a file can't be shortened. */
function withoutFiles(prompt: string, tooLong: readonly ProtectedPart[]): string {
  let text = prompt;
  for (const { kind, start, end } of tooLong.toReversed())
    if (kind === 'lora' || kind === 'embedding') text = `${text.slice(0, start)} ${text.slice(end)}`;
  return text;
}

/** As much of a single word as fits, without cutting what is seen as one character. */
function beginningOf(word: string, limit: number): string {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(word)) {
    if (index + segment.length > limit) break;
    end = index + segment.length;
  }
  return word.slice(0, end);
}
