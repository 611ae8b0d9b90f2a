import { matchBrackets, numberOf, type BracketPair } from './brackets.ts';

/** What must survive word for word wherever a prompt is shortened or rewritten. `end` is behind its last character. */
export interface ProtectedPart {
  readonly kind: 'lora' | 'embedding' | 'weight' | 'schedule' | 'quoted' | 'locked' | 'dynamic';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

type Found = Omit<ProtectedPart, 'text'>;

/** Characters in brackets without a number; what is longer, or has sentences, is an aside and no emphasis. */
const longestEmphasis = 60;
/** Characters between quotation marks, and between single ones, which are apostrophes more often. */
const longestQuote = 500;
const longestSingleQuote = 80;

const tag = /<(?:lora|lyco|lycoris|hypernet):[^<>\n]+>/giu;
const embedding = /(?<![\p{L}\p{N}_])embedding:[^\s,()[\]<>{}|:]+/giu;
const wildcard = /__(?!_)[\p{L}\p{N}./*~-]+(?:_[\p{L}\p{N}./*~-]+)*__/gu;

/** In order, and none overlapping another: of two that do, one is made that spans both. `locked` are the user's own terms. */
export function protectedParts(prompt: string, locked: readonly string[] = []): ProtectedPart[] {
  const found: Found[] = [
    ...matches(prompt, tag, 'lora'),
    ...matches(prompt, embedding, 'embedding'),
    ...matches(prompt, wildcard, 'dynamic'),
    ...quotes(prompt),
    ...matchBrackets(prompt).pairs.flatMap((pair) => bracketPart(prompt, pair) ?? []),
    ...lockedTerms(prompt, locked),
  ];
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  const parts: Found[] = [];
  for (const part of found) {
    const last = parts.at(-1);
    if (!last || part.start >= last.end) parts.push(part);
    else if (part.end > last.end) parts.splice(-1, 1, { ...last, end: part.end });
  }
  return parts.map((part) => ({ ...part, text: prompt.slice(part.start, part.end) }));
}

function matches(prompt: string, pattern: RegExp, kind: Found['kind']): Found[] {
  return Array.from(prompt.matchAll(pattern), ({ index, 0: text }) => ({
    kind,
    start: index,
    end: index + text.length,
  }));
}

function bracketPart(prompt: string, pair: BracketPair): Found | null {
  const { kind, start, end } = pair;
  const inner = (): string => prompt.slice(start + 1, end - 1);
  if (kind === '{') {
    if (prompt[start - 1] === '$') return { kind: 'dynamic', start: start - 1, end };
    return /\||\$\$/.test(inner()) ? { kind: 'dynamic', start, end } : null;
  }
  const hasNumber = numberOf(prompt, pair) !== null;
  if (kind === '[' && (hasNumber || (end - start <= longestEmphasis && inner().includes('|'))))
    return { kind: 'schedule', start, end };
  if (hasNumber) return { kind: 'weight', start, end };
  const isDouble = prompt[start + 1] === prompt[start] && prompt[end - 2] === prompt[end - 1];
  const isShort = end - start > 2 && end - start <= longestEmphasis;
  return isDouble || (isShort && !/\n|[.!?]\s/.test(inner())) ? { kind: 'weight', start, end } : null;
}

const closers: Readonly<Record<string, string>> = {
  ...{
    '"': '"',
    '“': '”“"',
    '„': '“”"',
    '«': '»',
    '»': '«',
    '‹': '›',
    '「': '」',
    '『': '』',
    '《': '》',
    "'": "'",
    '‘': '’',
  },
};
const letter = /[\p{L}\p{N}]/u;

/** A mark opens where no word ends, and closes on the same line where none begins: 27" and the dogs' are no quotes. */
function quotes(prompt: string): Found[] {
  const found: Found[] = [];
  const next = nextOf(prompt);
  for (const { index: start, 0: opener } of prompt.matchAll(/["“„«»‹「『《'‘]/gu)) {
    if (start < (found.at(-1)?.end ?? 0)) continue;
    const isWide = /[「『《]/.test(opener);
    if (!isWide && letter.test(prompt[start - 1] ?? ' ')) continue;
    const longest = opener === "'" || opener === '‘' ? longestSingleQuote : longestQuote;
    const ends = Array.from(closers[opener] ?? '', (closer) => next(closer, start + 1));
    const end = Math.min(...ends);
    if (end - start > longest || end === start + 1 || next('\n', start) < end) continue;
    if (!isWide && opener !== '"' && letter.test(prompt[end + 1] ?? ' ')) continue;
    found.push({ kind: 'quoted', start, end: end + 1 });
  }
  return found;
}

/** Where a character comes next, asked with ever greater places: the text is gone through once for each character. */
function nextOf(text: string): (char: string, from: number) => number {
  const known = new Map<string, number>();
  return (char, from) => {
    let at = known.get(char) ?? -1;
    if (at < from) {
      at = text.indexOf(char, from);
      if (at < 0) at = Infinity;
      known.set(char, at);
    }
    return at;
  };
}

/** Scripts that put no spaces between words: a term in them has no ends to look for. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function lockedTerms(prompt: string, locked: readonly string[]): Found[] {
  const terms = locked.map((term) => term.trim()).filter((term) => term !== '');
  if (terms.length === 0) return [];
  const patterns = terms
    .toSorted((one, other) => other.length - one.length)
    .map((term) => {
      const words = term.split(/\s+/u).map((word) => escapeRegExp(word));
      const first = unspaced.test(term.slice(0, 1)) ? '' : '(?<![\\p{L}\\p{M}\\p{N}])';
      const last = unspaced.test(term.slice(-1)) ? '' : '(?![\\p{L}\\p{M}\\p{N}])';
      return `${first}${words.join('\\s+')}${last}`;
    });
  return matches(prompt, new RegExp(patterns.join('|'), 'giu'), 'locked');
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
