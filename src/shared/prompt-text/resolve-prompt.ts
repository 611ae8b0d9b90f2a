import { AppError } from '../errors.ts';
import { longestPrompt } from '../models/generation-request.ts';
import { didYouMean } from '../nearest-names.ts';
import { drawLines, pickSome, type Lines } from './pick-some.ts';
import { deepest, parseDynamic, type ChoiceNode, type DynamicNode, type VariableNode } from './parse-dynamic.ts';
import { seededChance } from './seeded-chance.ts';

/** One thing that was drawn or filled in: what stood there, and what it became. The outer ones come before those inside them. */
export interface Draw {
  readonly kind: 'choice' | 'wildcard' | 'variable';
  /** As written; cut after 1,000 characters. */
  readonly source: string;
  readonly picked: string;
}

export interface ResolveOptions {
  readonly seed: number;
  /** The options in a wildcard file, or in all that a name with `*` means; null where there is none. */
  readonly wildcards: (name: string) => readonly string[] | null;
  /** What the user gave, by name. It may itself hold choices and wildcards, and goes before what the prompt says. */
  readonly variables: Readonly<Record<string, string>>;
  /** All names there are, so that a wrong one can be told what was meant. */
  readonly wildcardNames?: readonly string[];
}

/** No sensible prompt has more; one that calls itself would never end. */
const mostDraws = 1_000;
const longestSource = 1_000;

type Value = { readonly text: string } | { readonly nodes: readonly DynamicNode[] };

interface Place {
  readonly values: Map<string, Value>;
  /** What led here, to name a circle. */
  readonly path: readonly string[];
}

/**
 * Draws all choices and wildcards and fills in the variables. The same seed gives the same text on every machine. Throws
 * badInput for a missing or empty wildcard, a variable without a value and for what never ends, promptTooLong for a result
 * over 10,000 characters.
 */
export function resolvePrompt(template: string, options: ResolveOptions): { text: string; draws: Draw[] } {
  const chance = seededChance(options.seed);
  const draws: { kind: Draw['kind']; source: string; picked: string }[] = [];
  const lines = new Map<string, Lines>();
  const parsed = new Map<string, readonly DynamicNode[]>();
  const written = parse(template);
  const all = walk(written);
  const used = new Set(all.flatMap((node) => (isUse(node) ? [node.name] : [])));
  const isGiven = (name: string): boolean => Object.hasOwn(options.variables, name);

  function parse(text: string): readonly DynamicNode[] {
    if (text.length > longestPrompt) throw tooLong(text.length);
    const known = parsed.get(text);
    if (known) return known;
    const nodes = parseDynamic(text);
    parsed.set(text, nodes);
    return nodes;
  }

  const linesOf = (name: string): Lines => {
    const known = lines.get(name);
    if (known) return known;
    const found = options.wildcards(name);
    if (found === null) throw missingWildcard(name, options.wildcardNames ?? []);
    if (found.length === 0) {
      throw new AppError(
        'badInput',
        `The wildcard "${name}" has no lines to choose from. Write one option on each line.`,
      );
    }
    const read = drawLines(found);
    lines.set(name, read);
    return read;
  };

  /** Wildcards may use a variable that the prompt only sets. Their lines are gone through once, when that matters. */
  let inWildcards: ReadonlySet<string> | null = null;
  const isUsedInWildcards = (name: string): boolean => {
    const names = new Set(
      all.flatMap((node) => (typeof node !== 'string' && node.kind === 'wildcard' ? [node.name] : [])),
    );
    inWildcards ??= variablesIn([...names].flatMap((wildcard) => linesOf(wildcard).texts));
    return inWildcards.has(name);
  };

  const draw = (kind: Draw['kind'], source: string, place: Place, pick: (path: Place) => string): string => {
    const path = [...place.path, source.slice(0, 40)];
    if (path.length > deepest) throw endless(path);
    if (draws.length >= mostDraws) {
      throw new AppError(
        'badInput',
        `The prompt draws more than ${mostDraws} times. Look for a wildcard or a variable that calls itself again and again.`,
      );
    }
    const record = { kind, source: source.slice(0, longestSource), picked: '' };
    draws.push(record);
    record.picked = pick({ values: place.values, path });
    return record.picked;
  };

  const render = (nodes: readonly DynamicNode[], place: Place): string => {
    let text = '';
    let wasSilent = false;
    for (const node of nodes) {
      if (typeof node === 'string') {
        // What only sets a variable leaves no gap behind.
        text += wasSilent && /(^|\s)$/.test(text.slice(-1)) ? node.trimStart() : node;
        wasSilent = false;
      } else {
        const added = renderNode(node, place);
        wasSilent = added === null;
        text += added ?? '';
      }
      if (text.length > longestPrompt) throw tooLong(text.length);
    }
    return text;
  };

  const renderNode = (node: Exclude<DynamicNode, string>, place: Place): string | null => {
    switch (node.kind) {
      case 'choice':
        return draw('choice', node.source, place, (inner) => renderChoice(node, inner));
      case 'wildcard':
        return draw('wildcard', node.source, place, (inner) => {
          const values = new Map(inner.values);
          for (const [name, text] of Object.entries(node.sets)) values.set(name, { text });
          const [line = ''] = pickSome(linesOf(node.name), 1, chance);
          return render(parse(line), Object.keys(node.sets).length > 0 ? { ...inner, values } : inner);
        });
      case 'variable':
        return renderVariable(node, place);
    }
  };

  const renderChoice = (node: ChoiceNode, place: Place): string => {
    const [only] = node.options;
    const single = node.options.length === 1 && only?.nodes.length === 1 ? only.nodes[0] : undefined;
    // `{2$$__flavours__}` takes two different lines.
    const isOfLines = typeof single === 'object' && single.kind === 'wildcard';
    const length = isOfLines ? linesOf(single.name).texts.length : node.options.length;
    const most = Math.min(node.most ?? length, length);
    const least = Math.min(node.least, most);
    const wanted = least + Math.floor(chance() * (most - least + 1));
    if (wanted > mostDraws) throw tooMany(node.source, wanted);
    const picked = isOfLines
      ? pickSome(linesOf(single.name), wanted, chance).map((line) => parse(line))
      : pickSome({ texts: node.options, weights: node.options.map(({ weight }) => weight) }, wanted, chance).map(
          ({ nodes }) => nodes,
        );
    const text = picked.map((nodes) => render(nodes, place)).join(node.separator);
    if (text.length > longestPrompt) throw tooLong(text.length);
    return text;
  };

  const renderVariable = (node: VariableNode, place: Place): string | null => {
    const { name, does, value } = node;
    if (does !== 'use' && value) {
      if (!isGiven(name)) {
        place.values.set(name, does === 'set' ? { nodes: value.nodes } : { text: render(value.nodes, place) });
      }
      if (used.has(name) || isUsedInWildcards(name)) return null;
    }
    const known: Value | null = isGiven(name)
      ? { nodes: parse(options.variables[name] ?? '') }
      : (place.values.get(name) ?? (value ? { nodes: value.nodes } : null));
    if (!known) {
      throw new AppError(
        'badInput',
        `The prompt uses \${${name}}, which has no value. Give it one, or write a default: \${${name}:something}.`,
        { variable: name },
      );
    }
    return draw('variable', node.source, place, (inner) => ('text' in known ? known.text : render(known.nodes, inner)));
  };

  const text = render(written, { values: new Map(), path: [] });
  return { text, draws };
}

/** True where resolving may change the prompt: it has a choice, a wildcard, a variable, or an escaped sign of one. Never throws. */
export function isDynamic(prompt: string): boolean {
  // Most prompts have none of the signs that all of it is written with.
  if (!/[{}$|\\_]/.test(prompt)) return false;
  const nodes = parsedOrNull(prompt);
  const plain = nodes?.filter((node) => typeof node === 'string');
  return plain?.length !== nodes?.length || plain?.join('') !== prompt;
}

/** The variables a prompt names, each once, with the first default that is written. Draws in the default are not resolved. */
export function variablesOf(prompt: string): { name: string; default: string | null }[] {
  const found = new Map<string, string | null>();
  for (const node of walk(parsedOrNull(prompt) ?? [])) {
    if (typeof node === 'string' || node.kind !== 'variable') continue;
    found.set(node.name, found.get(node.name) ?? node.value?.source ?? null);
  }
  return [...found].map(([name, value]) => ({ name, default: value }));
}

/** The wildcards a prompt names, each once, as written between the underscores. What their lines name is not among them. */
export function wildcardsOf(prompt: string): string[] {
  const nodes = walk(parsedOrNull(prompt) ?? []);
  return [
    ...new Set(nodes.flatMap((node) => (typeof node !== 'string' && node.kind === 'wildcard' ? [node.name] : []))),
  ];
}

function parsedOrNull(prompt: string): readonly DynamicNode[] | null {
  try {
    return parseDynamic(prompt);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** All nodes, also those inside others. */
function walk(nodes: readonly DynamicNode[]): DynamicNode[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string' || node.kind === 'wildcard') return [node];
    const inside = node.kind === 'choice' ? node.options.flatMap((option) => option.nodes) : (node.value?.nodes ?? []);
    return [node, ...walk(inside)];
  });
}

function isUse(node: DynamicNode): node is VariableNode {
  return typeof node !== 'string' && node.kind === 'variable' && node.does === 'use';
}

function missingWildcard(name: string, known: readonly string[]): AppError {
  const wanted = name.includes('*')
    ? `No wildcard file has a name like "${name}".`
    : `There is no wildcard file "${name}".`;
  return new AppError(
    'badInput',
    `${wanted}${didYouMean(name, known)} Make it in the library's wildcards folder, or write \\__ where the underscores are meant as they stand.`,
    { wildcard: name },
  );
}

/** The names that lines use or set, without reading each of them as a prompt. */
function variablesIn(lines: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const line of lines) {
    if (!line.includes('${')) continue;
    for (const [, name = ''] of line.matchAll(/\$\{\s*([\p{L}_][\p{L}\p{N}\p{M}_-]*)/gu)) found.add(name);
  }
  return found;
}

function tooMany(source: string, wanted: number): AppError {
  return new AppError(
    'badInput',
    `"${source.slice(0, 40)}" takes ${wanted} options at once, more than the ${mostDraws} that are possible. Write how many it may take at most.`,
  );
}

function endless(path: readonly string[]): AppError {
  const way = path.slice(-4).join(' → ');
  return new AppError(
    'badInput',
    `The prompt goes round in circles or is nested more than ${deepest} deep: … ${way}. Break the circle.`,
  );
}

function tooLong(length: number): AppError {
  return new AppError(
    'promptTooLong',
    `With its choices, wildcards and variables filled in, the prompt has at least ${length} characters, ${length - longestPrompt} more than the ${longestPrompt} that are possible. Shorten it or what it draws from.`,
    { length, limit: longestPrompt },
  );
}
