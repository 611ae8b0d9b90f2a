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

const wordEnd = /[\p{L}\p{M}\p{N}]$/u;
const wordStart = /^[\p{L}\p{M}\p{N}]/u;

/** Whatever signs they have, in whatever case, with any space between their words. Not by a pattern: a hundred of them would take minutes. */
function lockedTerms(prompt: string, locked: readonly string[]): Found[] {
  const terms = new Set(locked.map((term) => plainOf(term.trim()).text).filter((term) => term !== ''));
  if (terms.size === 0) return [];
  const { text, places } = plainOf(prompt);
  const placeOf = (at: number): number => places[at] ?? prompt.length;
  return [...terms].flatMap((term) => {
    const found: Found[] = [];
    const isOpen = { before: unspaced.test(term.slice(0, 1)), behind: unspaced.test(term.slice(-1)) };
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at)) {
      const end = at + term.length;
      const isWhole =
        (isOpen.before || !wordEnd.test(text.slice(Math.max(0, at - 2), at))) &&
        (isOpen.behind || !wordStart.test(text.slice(end, end + 2)));
      if (isWhole) found.push({ kind: 'locked', start: placeOf(at), end: placeOf(end - 1) + 1 });
      at = isWhole ? end : at + 1;
    }
    return found;
  });
}

/** In lower case, each run of space as one; `places` says where each character stood. */
function plainOf(text: string): { text: string; places: readonly number[] } {
  const places: number[] = [];
  let plain = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const isSpace = /\s/.test(char);
    if (isSpace && plain.endsWith(' ')) continue;
    const lower = char.toLowerCase();
    plain += isSpace ? ' ' : lower.length === 1 ? lower : char;
    places.push(at);
  }
  return { text: plain, places };
}
