import type { ProtectedPart } from './protected-parts.ts';

/** A word with the signs that stick to it, or a protected part. `end` is behind its last character. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What stands between it and the piece before. */
  readonly glue: '' | ' ';
  readonly isProtected: boolean;
}

/** What lies between two signs that part. `ending` is the sign behind it, '' at the end of the text. */
export interface Clause {
  readonly pieces: readonly Piece[];
  readonly ending: string;
}

// BREAK, a sign that parts, space, or what sticks together. A comma between digits and a stop within a word part nothing. Of
// several stops only the last is looked at, so that a long row of them takes no longer than other text.
const token =
  /(?<parting>\bBREAK\b|\n|,(?!\d)|(?<!\d),|[;|]|[.!?:…](?=\s|$)|[，。、；！？：—]|(?<!\\)[()[\]{}<>])|(?<space>[^\S\n]+)|(?:(?!\bBREAK\b|\n|,(?!\d)|(?<!\d),|[;|]|[.!?:…](?:\s|$)|[，。、；！？：—]|(?<!\\)[()[\]{}<>]|[^\S\n]).)+/gsu;
/** Chinese and Japanese part no words: they are parted where a phrase ends for certain, behind 的 and behind endings in hiragana. */
const phrase = /[^\p{Script=Hiragana}的]*(?:的|\p{Script=Hiragana}+)|[^\p{Script=Hiragana}的]+/gsu;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Parts a text at its commas, ends of sentences and lines, and at brackets that mean nothing; never in a protected part. */
export function splitClauses(text: string, parts: readonly ProtectedPart[]): Clause[] {
  const clauses: Clause[] = [];
  let pieces: Piece[] = [];
  let glue: Piece['glue'] = '';
  const add = (start: number, end: number, isProtected: boolean): void => {
    pieces.push({ text: text.slice(start, end), start, end, glue: pieces.length === 0 ? '' : glue, isProtected });
    glue = '';
  };
  const close = (sign: string): void => {
    if (pieces.length > 0) clauses.push({ pieces, ending: sign });
    else {
      const last = clauses.at(-1);
      if (last && rank(sign) > rank(last.ending)) clauses.splice(-1, 1, { ...last, ending: sign });
    }
    pieces = [];
    glue = '';
  };
  const between = (from: number, to: number): void => {
    for (const match of text.slice(from, to).matchAll(token)) {
      const [found, start] = [match[0], from + match.index];
      if (match.groups?.parting !== undefined) close(/[()[\]{}<>|]/.test(found) ? ',' : found);
      else if (match.groups?.space !== undefined) glue = ' ';
      else if (!unspaced.test(found)) add(start, start + found.length, false);
      else
        for (const { index, 0: few } of found.matchAll(phrase)) add(start + index, start + index + few.length, false);
    }
  };
  let at = 0;
  for (const part of parts) {
    between(at, part.start);
    add(part.start, part.end, true);
    at = part.end;
  }
  between(at, text.length);
  close('');
  return clauses;
}

/** Of several signs in a row, which one says most about how the text is parted. */
export function rank(sign: string): number {
  if (sign === '') return 0;
  if (sign === 'BREAK') return 4;
  if (sign === '\n') return 3;
  return /^[.!?…。！？]/u.test(sign) ? 2 : 1;
}

export function isWide(text: string): boolean {
  return unspaced.test(text);
}

/** Takes pieces away from a clause; what then meets is parted by a space. */
export function keepPieces(clause: Clause, keeps: (piece: Piece) => boolean): Clause {
  const pieces: Piece[] = [];
  let isGap = false;
  for (const piece of clause.pieces) {
    if (!keeps(piece)) {
      isGap = true;
      continue;
    }
    const glue = pieces.length === 0 ? '' : isGap && !isWide(piece.text) ? ' ' : piece.glue;
    pieces.push(glue === piece.glue ? piece : { ...piece, glue });
    isGap = false;
  }
  return { ...clause, pieces };
}

/** Clauses without pieces go; the sign behind them stays where it says more than the one before. */
export function withoutEmpty(clauses: readonly Clause[]): Clause[] {
  const kept: Clause[] = [];
  for (const clause of clauses) {
    const last = kept.at(-1);
    if (clause.pieces.length > 0) kept.push(clause);
    else if (last && rank(clause.ending) > rank(last.ending)) kept.splice(-1, 1, { ...last, ending: clause.ending });
  }
  return kept;
}

export function joinClauses(clauses: readonly Clause[]): string {
  const parts: string[] = [];
  for (const [at, { pieces, ending }] of clauses.entries()) {
    for (const piece of pieces) parts.push(piece.glue, piece.text);
    parts.push(at < clauses.length - 1 ? betweenClauses(ending) : /^[.!?…。！？]/u.test(ending) ? ending : '');
  }
  return parts.join('');
}

function betweenClauses(ending: string): string {
  if (ending === '\n') return '\n';
  if (ending === 'BREAK') return ' BREAK ';
  return /^[，。、；！？：]/u.test(ending) ? ending : ending === '—' ? ' — ' : `${ending} `;
}
