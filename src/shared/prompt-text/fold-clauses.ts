import { createTermFinder } from './find-terms.ts';
import { negations } from './opposites.ts';
import type { ReadPrompt } from './read-prompt.ts';
import { keepPieces, withoutEmpty, type Clause, type Piece } from './split-clauses.ts';
import { stopWords } from './stop-words.ts';
import { synonyms } from './synonyms.ts';
import { wordsOf } from './words.ts';

const findSynonyms = createTermFinder(synonyms.flat());
const rowOf = new Map(synonyms.flatMap((row, at) => row.map((term) => [term, at] as const)));

/** Drops the talk and the filler, and what says again in the same or in like words what was said before. */
export function foldClauses(read: ReadPrompt, clauses: readonly Clause[]): Clause[] {
  const { text, words, stems } = read;
  const isFiller = coveredBy(read.filler);
  const plain = withoutEmpty(
    clauses.map((clause) => keepPieces(clause, (piece) => piece.isProtected || !isFiller(piece))),
  );
  const said = new Set<string>();
  const rows = new Set<number>();
  const terms = findSynonyms(text, words, stems);
  const isTerm = coveredBy(terms);
  const keys = keyOfPieces(read);
  return withoutEmpty(
    plain.map((clause) => {
      if (clause.pieces.some(({ isProtected }) => isProtected)) return clause;
      const key = keys(clause.pieces);
      const isSaid = key !== '' && said.has(key);
      said.add(key);
      const [first, last] = [clause.pieces[0]?.start ?? 0, clause.pieces.at(-1)?.end ?? 0];
      // A whole clause of terms that only say again what their row has said; within a sentence a word can't go so easily.
      const isWhole = clause.pieces.every((piece) => isTerm(piece));
      const own = isWhole ? termsWithin(terms, first, last).map(({ term }) => rowOf.get(term) ?? -1) : [];
      const isLike = own.length > 0 && own.every((row) => rows.has(row));
      for (const row of own) rows.add(row);
      return isSaid || isLike ? { ...clause, pieces: [] } : clause;
    }),
  );
}

/** Small words that join what they stand between, and are kept while there is room. */
const joining = new Set([
  'of',
  'in',
  'on',
  'at',
  'by',
  'with',
  'from',
  'under',
  'over',
  'behind',
  'between',
  'into',
  'near',
  'through',
  'and',
  'for',
  'to',
  'above',
  'below',
]);

/** Small words that part what they stand between: without them, it would run together. */
const parting = new Set(
  `onto upon across along around beside beneath toward towards against within inside outside during before after while until
  since as if than then but or yet nor among off out up down about like who whom whose which when where has have had having
  he she they it show shows showing shown see sees seen look looks looking give gives giving make makes made making get gets
  take takes taking use uses using keep keeps become becomes becoming
  auf aus bei durch für gegen hinter mit nach neben um unter vor während wo wie zu zum zur zwischen über an am in im ins als
  aber oder und
  en con por para sobre entre hacia desde hasta como cuando donde mientras tras bajo ante durante pero y
  dans sur sous avec pour par vers chez où quand comme pendant derrière devant depuis et ou mais
  nel nella nei nelle su sul sulla per tra fra come quando dove mentre
  em nas nos com até quando onde enquanto`.split(/\s+/),
);

/** Drops articles and what else shows nothing, but for the words that join. Where one that parted is gone, a comma stands. */
export function condenseClauses(read: ReadPrompt, clauses: readonly Clause[]): Clause[] {
  const stops = stopWords[read.language];
  const joins = (word: string): boolean => negations.has(word) || (read.language === 'en' && joining.has(word));
  const keeps = ({ text, isProtected }: Piece): boolean => {
    const word = text.toLowerCase();
    return isProtected || !stops.has(word) || joins(word);
  };
  return withoutEmpty(
    clauses.flatMap((clause) => {
      const parts: Piece[][] = [[]];
      let isParted = false;
      let last: Piece | null = null;
      for (const piece of clause.pieces) {
        const isKept = keeps(piece);
        if (isKept) {
          if (isParted && last && !joins(last.text.toLowerCase()) && !joins(piece.text.toLowerCase())) parts.push([]);
          [isParted, last] = [false, piece];
        } else isParted ||= parting.has(piece.text.toLowerCase());
        parts.at(-1)?.push(piece);
      }
      return parts.map((pieces, at) =>
        keepPieces({ pieces, ending: at < parts.length - 1 ? ',' : clause.ending }, keeps),
      );
    }),
  );
}

function keyOfPieces(read: ReadPrompt): (pieces: readonly Piece[]) => string {
  const stops = stopWords[read.language];
  return (pieces) => {
    const words = pieces.flatMap((piece) => wordsOf(piece.text).map(({ text }) => text));
    const meaning = words.filter((word) => !stops.has(word));
    return meaning.length > 0 ? meaning.join(' ') : pieces.map(({ text }) => text).join(' ');
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether the words of a piece lie in one of the spans, which are in order. Asked in the order of the text. */
function coveredBy(spans: readonly Span[]): (piece: Span) => boolean {
  let at = 0;
  return (piece) => {
    while (at > 0 && (spans[at]?.start ?? Infinity) > piece.start) at -= 1;
    while ((spans[at]?.end ?? Infinity) <= piece.start) at += 1;
    const span = spans[at];
    // Signs may stick to a word: "please!" is covered by "please".
    return span !== undefined && span.start <= piece.start + 1 && span.end >= piece.end - 1 && span.end > piece.start;
  };
}

function termsWithin<Found extends Span>(terms: readonly Found[], start: number, end: number): Found[] {
  let [low, high] = [0, terms.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((terms[middle]?.end ?? Infinity) <= start) low = middle + 1;
    else high = middle;
  }
  const found: Found[] = [];
  for (let at = low; at < terms.length; at += 1) {
    const term = terms[at];
    if (!term || term.start >= end) break;
    found.push(term);
  }
  return found;
}
