import { longestPrompt } from '../models/generation-request.ts';
import { matchBrackets } from './brackets.ts';
import type { FillerSpan } from './find-filler.ts';
import { createTermFinder } from './find-terms.ts';
import { negations, opposites } from './opposites.ts';
import { mostFindings, type PromptFinding, type PromptFix } from './prompt-finding.ts';
import type { ReadPrompt } from './read-prompt.ts';
import { unknownLoras } from './unknown-loras.ts';
import { unknownWildcards } from './unknown-wildcards.ts';

/** Null: nobody knows which there are. */
export interface KnownFiles {
  readonly loras: readonly string[] | null;
  readonly wildcards: readonly string[] | null;
}

/** In the order of the text, at most a hundred, of each kind the first ones; `inAll` is how many there are. */
export function findProblems(read: ReadPrompt, known: KnownFiles): { findings: PromptFinding[]; inAll: number } {
  const talk = filler(read);
  const isInTalk = insideOf(talk);
  // Filler that is said twice is one thing to look at.
  const isFiller = ({ start, end }: PromptFinding): boolean => isInTalk(start) && isInTalk(end - 1);
  const kinds: readonly (readonly PromptFinding[])[] = [
    tooLong(read.text),
    controlCharacters(read.text),
    strayBrackets(read.text),
    known.loras ? unknownLoras(read.parts, known.loras) : [],
    known.wildcards ? unknownWildcards(read.text, known.wildcards) : [],
    contradictions(read),
    repeatedWords(read).filter((finding) => !isFiller(finding)),
    repeatedClauses(read).filter((finding) => !isFiller(finding)),
    talk,
  ];
  const findings = firstOfEach(kinds).sort((one, other) => one.start - other.start || one.end - other.end);
  return { findings, inAll: kinds.reduce((sum, { length }) => sum + length, 0) };
}

/** One of each kind in turn, so that none crowds out the others. */
function firstOfEach(kinds: readonly (readonly PromptFinding[])[]): PromptFinding[] {
  const chosen: PromptFinding[] = [];
  const longest = Math.max(...kinds.map(({ length }) => length));
  for (let at = 0; at < longest && chosen.length < mostFindings; at += 1)
    chosen.push(...kinds.flatMap((few) => few[at] ?? []));
  return chosen.slice(0, mostFindings);
}

/** What follows each other directly is found once: "very very". */
function filler(read: ReadPrompt): PromptFinding[] {
  const { text } = read;
  const isInside = insideOf(read.parts);
  const runs: FillerSpan[] = [];
  for (const span of read.filler) {
    if (isInside(span.start)) continue;
    const last = runs.at(-1);
    if (last && /^\s*$/.test(text.slice(last.end, span.start)))
      runs.splice(-1, 1, { start: last.start, end: span.end });
    else runs.push(span);
  }
  return runs.map(({ start, end }) => ({
    kind: 'filler',
    start,
    end,
    params: { text: text.slice(start, end) },
    fix: without(text, start, end),
  }));
}

/** Takes the space away with the words, so that none is left double. */
function without(text: string, start: number, end: number): PromptFix {
  if (text[end] === ' ') return { start, end: end + 1, replacement: '' };
  return { start: text[start - 1] === ' ' ? start - 1 : start, end, replacement: '' };
}

/** "the the". */
function repeatedWords({ text, words, parts }: ReadPrompt): PromptFinding[] {
  const isInside = insideOf(parts);
  return words.flatMap((word, at): PromptFinding[] => {
    const previous = words[at - 1];
    if (previous?.text !== word.text || word.unspaced || isInside(word.start)) return [];
    if (!/^\s+$/.test(text.slice(previous.end, word.start))) return [];
    const fix = { start: previous.end, end: word.end, replacement: '' };
    return [{ kind: 'repeated', start: word.start, end: word.end, params: { text: word.text }, fix }];
  });
}

const separator = /[,;.\n，。、；]+/gu;
const shortestClause = 4;

/** A clause or tag that was there before, in the same words. */
function repeatedClauses({ text, parts }: ReadPrompt): PromptFinding[] {
  const isInside = insideOf(parts);
  const seen = new Set<string>();
  const findings: PromptFinding[] = [];
  let from = 0;
  const ends = [...Array.from(text.matchAll(separator), ({ index }) => index), text.length];
  for (const end of ends) {
    if (end < from || isInside(end)) continue;
    const clause = text.slice(from, end);
    const start = from + clause.length - clause.replace(/^[\s,;.，。、；]+/u, '').length;
    const shown = text.slice(start, end).trimEnd();
    const key = shown.toLowerCase().replaceAll(/\s+/gu, ' ');
    if (key.length >= shortestClause && seen.has(key)) {
      const fix = { start: from, end, replacement: '' };
      findings.push({ kind: 'repeated', start, end: start + shown.length, params: { text: shown }, fix });
    }
    if (key !== 'break') seen.add(key);
    from = end;
  }
  return findings;
}

const findOpposites = createTermFinder(opposites.flatMap(({ one, other }) => [...one, ...other]));
const sidesOf = new Map<string, { pair: number; side: 'one' | 'other' }[]>();
for (const [pair, both] of opposites.entries())
  for (const side of ['one', 'other'] as const)
    for (const term of both[side]) sidesOf.set(term, [...(sidesOf.get(term) ?? []), { pair, side }]);

/** The first of each side counts, unless it is denied ("no people") or lies in what chooses or is written ("{day|night}"). */
function contradictions({ text, words, stems, parts }: ReadPrompt): PromptFinding[] {
  const isInside = insideOf(parts.filter(({ kind }) => kind === 'quoted' || kind === 'dynamic' || kind === 'schedule'));
  const firsts = opposites.map((): { one?: [number, number]; other?: [number, number] } => ({}));
  for (const { term, start, end, firstWord } of findOpposites(text, words, stems)) {
    if (isInside(start) || words.slice(Math.max(0, firstWord - 3), firstWord).some((word) => negations.has(word.text)))
      continue;
    for (const { pair, side } of sidesOf.get(term) ?? []) {
      const first = firsts[pair];
      if (first) first[side] ??= [start, end];
    }
  }
  return firsts.flatMap(({ one, other }): PromptFinding[] => {
    if (!one || !other) return [];
    const [earlier, later] = one[0] < other[0] ? [one, other] : [other, one];
    const params = { text: text.slice(...later), other: text.slice(...earlier) };
    return [{ kind: 'contradiction', start: later[0], end: later[1], params, fix: tagFix(text, later) }];
  });
}

/** A term that is a whole tag can go with its comma; in a sentence only its writer knows how it goes on. */
function tagFix(text: string, [start, end]: [number, number]): PromptFix | null {
  const before = /,\s*$/.exec(text.slice(Math.max(0, start - 10), start))?.[0];
  const isEnd = end === text.length || /^\s*[,\n]/.test(text.slice(end, end + 10));
  return before !== undefined && isEnd ? { start: start - before.length, end, replacement: '' } : null;
}

function strayBrackets(text: string): PromptFinding[] {
  return matchBrackets(text)
    .stray.filter((at) => !/[:;]-?$/.test(text.slice(Math.max(0, at - 2), at)))
    .map((start) => {
      const fix = closingFix(text, start) ?? { start, end: start + 1, replacement: '' };
      return { kind: 'unbalanced', start, end: start + 1, params: { bracket: text[start] ?? '' }, fix };
    });
}

/** A weight whose bracket was never closed: a time or a ratio, `12:30`, is none. */
const openWeight =
  /\((?<words>[^()[\]{}<>\n]{1,200}?(?<!\d)\s*:\s*)(?<number>[+-]?(?:\d{1,3}(?:\.\d{1,6})?|\.\d{1,6}))(?=[,.;!?]?(?:\s|$))/y;

/** `(storm:1.3` wants its other half behind the number, or the number would be left as a word. */
function closingFix(text: string, at: number): PromptFix | null {
  openWeight.lastIndex = at;
  const found = openWeight.exec(text)?.groups;
  if (!found) return null;
  const start = at + 1 + (found.words?.length ?? 0);
  const number = found.number ?? '';
  return { start, end: start + number.length, replacement: `${number})` };
}

/** Tabs and line ends are no fault. */
// eslint-disable-next-line no-control-regex -- looking for them is the point
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]+/gu;

function controlCharacters(text: string): PromptFinding[] {
  return Array.from(text.matchAll(control), ({ index: start, 0: found }) => {
    const end = start + found.length;
    const code = `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    return { kind: 'controlCharacter', start, end, params: { code }, fix: { start, end, replacement: '' } };
  });
}

function tooLong(text: string): PromptFinding[] {
  const over = text.length - longestPrompt;
  if (over <= 0) return [];
  return [
    { kind: 'tooLong', start: longestPrompt, end: text.length, params: { over, most: longestPrompt }, fix: null },
  ];
}

/** Whether a place lies in one of the parts, which are in order. */
function insideOf(parts: readonly { start: number; end: number }[]): (at: number) => boolean {
  return (at) => {
    let [low, high] = [0, parts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((parts[middle]?.end ?? Infinity) <= at) low = middle + 1;
      else high = middle;
    }
    return (parts[low]?.start ?? Infinity) <= at;
  };
}
