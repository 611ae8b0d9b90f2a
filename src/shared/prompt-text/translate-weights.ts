import { bracketFactor, parseWeights, scheduledParts, type TextRange, type WeightGroup } from './parse-weights.ts';
import type { WeightDialect } from '../models/provider.ts';

/** Beyond these no service does anything sensible. */
const most = 10;

/**
 * Writes a prompt's weights the way a service reads them.
 *
 * - `a1111`: as written.
 * - `comfyui`: `[x]` becomes `(x:0.91)`, and weights inside weights are multiplied out, because ComfyUI takes only the inner one.
 * - `none`: numbers, doubled brackets and schedules are taken away and their words kept. Single brackets without a number stay:
 *   such services take them for punctuation. So does what stands in quotation marks.
 *
 * LoRA tags stay unless `dropLoras` is set. No word is lost, and translating twice changes nothing more.
 */
export function translateWeights(
  prompt: string,
  dialect: WeightDialect,
  { dropLoras = false }: { dropLoras?: boolean } = {},
): string {
  const text = dropLoras ? withoutLoraTags(prompt) : prompt;
  switch (dialect) {
    case 'a1111':
      return text;
    case 'comfyui':
      return multipliedOut(text);
    case 'none':
      return withoutWeights(text);
  }
}

export function roundWeight(weight: number): number {
  return Math.min(Math.max(Math.round(weight * 100) / 100, -most), most);
}

function multipliedOut(text: string): string {
  let before = text;
  let after = multipliedOnce(text);
  // Among brackets without partners, one that is taken away may bring another group to light.
  while (after !== before) {
    before = after;
    after = multipliedOnce(after);
  }
  return after;
}

function multipliedOnce(text: string): string {
  return replaceGroups(text, parseWeights(text), (group) =>
    scheduledParts(text, group) === null && needsRewriting(text, group)
      ? rewritten(text, group, factorOf(group))
      : text.slice(group.open, group.close + 1),
  );
}

const factorOf = ({ kind, written }: WeightGroup): number =>
  written ?? (kind === 'round' ? bracketFactor : 1 / bracketFactor);

function needsRewriting(text: string, group: WeightGroup): boolean {
  if (group.kind === 'square') return true;
  return group.children.some(
    (child) => scheduledParts(text, child) === null && (child.written !== null || needsRewriting(text, child)),
  );
}

/** The words of a group, each run of them in brackets of its own. */
function rewritten(text: string, group: WeightGroup, factor: number): string {
  let result = '';
  let from = group.open + 1;
  for (const child of group.children) {
    if (scheduledParts(text, child) !== null) continue;
    result = joined(result, weighted(text.slice(from, child.open), factor));
    result = joined(result, rewritten(text, child, factor * factorOf(child)));
    from = child.close + 1;
  }
  return joined(result, weighted(text.slice(from, group.contentEnd), factor));
}

function weighted(run: string, factor: number): string {
  let first = 0;
  let last = run.length;
  const isEdge = (letter: string | undefined): boolean => letter !== undefined && /[\s,]/.test(letter);
  while (first < last && isEdge(run[first])) first += 1;
  while (last > first && isEdge(run[last - 1])) last -= 1;
  const weight = roundWeight(factor);
  const words = run.slice(first, last);
  if (words === '') return run;
  const kept = weight === 1 ? escaped(words) : `(${escaped(words)}:${weight})`;
  return run.slice(0, first) + kept + run.slice(last);
}

/** Round brackets that are left in a run have no partner: unescaped they would take the next one's. */
function escaped(words: string): string {
  return words.replace(/\\.|[()]/gsu, (found) => (found.startsWith('\\') ? found : `\\${found}`));
}

function withoutWeights(text: string): string {
  const stripped = stripAll(text);
  // Where a service knows no weights, nobody needs to escape a bracket, unless that would make a weight of it.
  const unescaped = stripped.replace(/\\([\\()[\]])/g, (pair, sign: string) => (sign === '\\' ? pair : sign));
  return stripAll(unescaped) === unescaped ? unescaped : stripped;
}

function stripAll(text: string): string {
  let before = text;
  let after = stripOnce(text);
  // Taking one away may bring another one to light; each round is shorter than the one before.
  while (after !== before) {
    before = after;
    after = stripOnce(after);
  }
  return after;
}

function stripOnce(text: string): string {
  const isQuoted = quotedPlaces(text);
  return strip(text, parseWeights(text, isQuoted), { from: 0, to: text.length }, null);
}

function strip(
  text: string,
  groups: readonly WeightGroup[],
  { from, to }: TextRange,
  parent: WeightGroup | null,
): string {
  let result = '';
  let at = from;
  let isGone = false;
  const add = (words: string): void => {
    result = isGone ? joined(result, words) : result + words;
  };
  for (const group of groups) {
    add(text.slice(at, group.open));
    at = group.close + 1;
    const scheduled = scheduledParts(text, group);
    isGone = scheduled !== null || group.written !== null || isDoubled(group, parent);
    if (scheduled) {
      const parts = scheduled.map((part) => {
        const inside = group.children.filter((child) => child.open >= part.from && child.close < part.to);
        return strip(text, inside, part, group).trim();
      });
      add(parts.filter((part) => part !== '').join(', '));
    } else {
      const inner = strip(text, group.children, { from: group.open + 1, to: group.contentEnd }, group);
      add(isGone ? inner : `${text[group.open] ?? ''}${inner}${text[group.close] ?? ''}`);
    }
  }
  add(text.slice(at, to));
  return result;
}

/** Brackets that are gone have kept words apart. */
function joined(before: string, after: string): string {
  const isNeeded = /[\p{L}\p{N}]$/u.test(before.slice(-2)) && /^[\p{L}\p{N}]/u.test(after);
  return isNeeded ? `${before} ${after}` : before + after;
}

/** `((x))`: one of the two holds nothing but the other. */
function isDoubled(group: WeightGroup, parent: WeightGroup | null): boolean {
  const wraps = (outer: WeightGroup, inner: WeightGroup | undefined): boolean =>
    inner?.kind === outer.kind && inner.open === outer.open + 1 && inner.close === outer.contentEnd - 1;
  return wraps(group, group.children[0]) || (parent !== null && wraps(parent, group));
}

/** Text that shall be written into the picture, word for word. */
function quotedPlaces(text: string): (at: number) => boolean {
  const ranges = [...text.matchAll(/"[^"\r\n]{1,200}"|“[^“”\r\n]{1,200}”/g)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  if (ranges.length === 0) return () => false;
  let next = 0;
  return (at) => {
    // Asked from left to right.
    while ((ranges[next]?.to ?? Infinity) <= at) next += 1;
    return (ranges[next]?.from ?? Infinity) <= at;
  };
}

function replaceGroups(text: string, groups: readonly WeightGroup[], replace: (group: WeightGroup) => string): string {
  let result = '';
  let at = 0;
  for (const group of groups) {
    result = joined(joined(result, text.slice(at, group.open)), replace(group));
    at = group.close + 1;
  }
  return joined(result, text.slice(at));
}

function withoutLoraTags(text: string): string {
  const [first = '', ...others] = text.split(/<(?:lora|lyco):[^<>]*>/i);
  return others.reduce((result, part) => {
    const before = trimmedEnd(result);
    const after = trimmedStart(part);
    if (before === '') return after;
    if (after === '') return before;
    const hasComma =
      result.slice(before.length).includes(',') || part.slice(0, part.length - after.length).includes(',');
    return `${before}${hasComma ? ', ' : ' '}${after}`;
  }, first);
}

function trimmedEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s,]/.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

function trimmedStart(text: string): string {
  let start = 0;
  while (start < text.length && /[\s,]/.test(text[start] ?? '')) start += 1;
  return text.slice(start);
}
