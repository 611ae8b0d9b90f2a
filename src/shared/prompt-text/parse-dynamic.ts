import { AppError } from '../errors.ts';

/** `{a|b}`: `least` to `most` of the options, joined by `separator`. `most` is null where all may be taken. */
export interface ChoiceNode {
  readonly kind: 'choice';
  readonly source: string;
  readonly least: number;
  readonly most: number | null;
  readonly separator: string;
  readonly options: readonly { readonly weight: number; readonly nodes: readonly DynamicNode[] }[];
}

/** `__name__`, with what it sets for its lines: `__name(season=winter)__`. */
export interface WildcardNode {
  readonly kind: 'wildcard';
  readonly source: string;
  readonly name: string;
  readonly sets: Readonly<Record<string, string>>;
}

/** `${name}`, `${name:default}`, `${name=value}` (drawn at each use) and `${name=!value}` (drawn once). */
export interface VariableNode {
  readonly kind: 'variable';
  readonly source: string;
  readonly name: string;
  readonly does: 'use' | 'set' | 'setOnce';
  readonly value: { readonly source: string; readonly nodes: readonly DynamicNode[] } | null;
}

/** A text stands for itself. */
export type DynamicNode = string | ChoiceNode | WildcardNode | VariableNode;

/** Nested deeper than this, nobody can read it. */
export const deepest = 20;

interface Group {
  readonly close: number;
  /** Where its own bars stand, not those of groups inside it. */
  readonly bars: readonly number[];
}

interface Source {
  readonly text: string;
  /** By the place of the opening brace. One that is never closed has none, and is read as it stands. */
  readonly groups: ReadonlyMap<number, Group>;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** What stands between the underscores is the first group, what it sets for its lines the second. */
export const wildcardSyntax =
  /__(?=[^\s_]*[\p{L}\p{N}*])([\p{L}\p{N}\p{M}.*/-]+(?:_[\p{L}\p{N}\p{M}.*/-]+)*)(?:\(([^()\r\n]{0,200})\))?__/uy;
const variable = /\$\{\s*([\p{L}_][\p{L}\p{N}\p{M}_-]*)\s*(=!|=|:|\})/uy;
const count = /\s*(?:(\d{1,2})|(\d{0,2})-(\d{0,2}))\$\$(?:([^{}|$]*)\$\$)?/y;
const weight = /\s*(\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})::/y;
const anySyntax = /[{}_$\\]/;

/** Reads a prompt's choices, wildcards and variables. Throws badInput where they are nested more than 20 deep. */
export function parseDynamic(text: string): readonly DynamicNode[] {
  if (!anySyntax.test(text)) return text === '' ? [] : [text];
  return parseRange({ text, groups: findGroups(text) }, { from: 0, to: text.length }, 0);
}

function findGroups(text: string): Map<number, Group> {
  const groups = new Map<number, Group>();
  const open: { at: number; bars: number[] }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '\\' && text.startsWith('${', at + 1)) at += 2;
    else if (letter === '\\' && /[{}|]/.test(text[at + 1] ?? '')) at += 1;
    else if (letter === '{') open.push({ at, bars: [] });
    else if (letter === '|') open.at(-1)?.bars.push(at);
    else if (letter === '}') {
      const last = open.pop();
      if (last) groups.set(last.at, { close: at, bars: last.bars });
    }
  }
  return groups;
}

function parseRange(source: Source, { from, to }: Range, depth: number): DynamicNode[] {
  if (depth > deepest) {
    throw new AppError(
      'badInput',
      `Choices in the prompt are nested more than ${deepest} deep. Take some braces away.`,
    );
  }
  const nodes: DynamicNode[] = [];
  let plain = '';
  let at = from;
  while (at < to) {
    const found = escapeAt(source.text, at, depth) ?? nodeAt(source, at, depth);
    if (found !== null && found.end <= to) {
      if (typeof found.node === 'string') plain += found.node;
      else {
        if (plain !== '') nodes.push(plain);
        plain = '';
        nodes.push(found.node);
      }
      at = found.end;
    } else {
      plain += source.text[at] ?? '';
      at += 1;
    }
  }
  if (plain !== '') nodes.push(plain);
  return nodes;
}

interface Found {
  readonly node: DynamicNode;
  readonly end: number;
}

/** `\{`, `\}`, `\${`, `\__`, and within braces `\|`. Other backslashes belong to the weights of A1111 and ComfyUI. */
function escapeAt(text: string, at: number, depth: number): Found | null {
  if (text[at] !== '\\') return null;
  const next = text[at + 1];
  if (next === '{' || next === '}' || (next === '|' && depth > 0)) return { node: next, end: at + 2 };
  for (const sign of ['${', '__']) if (text.startsWith(sign, at + 1)) return { node: sign, end: at + 3 };
  return null;
}

function nodeAt(source: Source, at: number, depth: number): Found | null {
  switch (source.text[at]) {
    case '{':
      return choiceAt(source, at, depth);
    case '$':
      return variableAt(source, at, depth);
    case '_':
      return wildcardAt(source.text, at);
    default:
      return null;
  }
}

function choiceAt(source: Source, at: number, depth: number): Found | null {
  const { text } = source;
  const group = source.groups.get(at);
  if (!group) return null;
  const counted = matchAt(count, text, at + 1);
  // Braces around a single thing choose nothing: prompts written as JSON have many of them.
  if (!counted && group.bars.length === 0) return null;
  const [head = '', exactly, low, high, separator = ', '] = counted ?? [];
  const starts = [at + 1 + head.length, ...group.bars.map((bar) => bar + 1)];
  const ends = [...group.bars, group.close];
  const options = starts.map((start, index) => {
    const end = ends[index] ?? group.close;
    const weighted = matchAt(weight, text, start);
    const isWeighted = weighted !== null && start + weighted[0].length <= end;
    const range = withoutLineBreaks(text, { from: isWeighted ? start + weighted[0].length : start, to: end });
    return { weight: isWeighted ? Number(weighted[1]) : 1, nodes: parseRange(source, range, depth + 1) };
  });
  const least = counted ? Number(exactly ?? (low === '' ? 1 : low)) : 1;
  const most = counted && exactly === undefined ? (high === '' ? null : Number(high)) : least;
  const end = group.close + 1;
  return { node: { kind: 'choice', source: text.slice(at, end), least, most, separator, options }, end };
}

/** Options may stand on lines of their own. Spaces without a line break belong to the option. */
function withoutLineBreaks(text: string, { from, to }: Range): Range {
  let first = from;
  while (first < to && isSpace(text[first])) first += 1;
  let last = to;
  while (last > first && isSpace(text[last - 1])) last -= 1;
  const breaks = (start: number, end: number): boolean => /[\r\n]/.test(text.slice(start, end));
  return { from: breaks(from, first) ? first : from, to: breaks(last, to) ? last : to };
}

const isSpace = (letter: string | undefined): boolean => letter !== undefined && /\s/.test(letter);

function variableAt(source: Source, at: number, depth: number): Found | null {
  const { text } = source;
  const matched = matchAt(variable, text, at);
  const group = source.groups.get(at + 1);
  if (!matched || !group) return null;
  const [head, name = '', sign] = matched;
  const end = group.close + 1;
  const common = { kind: 'variable', source: text.slice(at, end), name } as const;
  if (sign === '}') return { node: { ...common, does: 'use', value: null }, end };
  const range = withoutLineBreaks(text, { from: at + head.length, to: group.close });
  const value = { source: text.slice(range.from, range.to), nodes: parseRange(source, range, depth + 1) };
  const does = sign === ':' ? 'use' : sign === '=' ? 'set' : 'setOnce';
  return { node: { ...common, does, value }, end };
}

function wildcardAt(text: string, at: number): Found | null {
  const matched = matchAt(wildcardSyntax, text, at);
  if (!matched) return null;
  const [source, name = '', given = ''] = matched;
  const pairs = given.split(',').flatMap((pair): [string, string][] => {
    const sign = pair.indexOf('=');
    return sign < 0 ? [] : [[pair.slice(0, sign).trim(), pair.slice(sign + 1).trim()]];
  });
  const node = { kind: 'wildcard', source, name: name.normalize('NFC'), sets: Object.fromEntries(pairs) } as const;
  return { node, end: at + source.length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
