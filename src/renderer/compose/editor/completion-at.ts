import type { TextEdit } from './text-edit.ts';

/** A name that is being written at the caret. Places are UTF-16 units; `start` is where the name begins. */
export interface CompletionTarget {
  readonly kind: 'wildcard' | 'lora';
  readonly query: string;
  readonly start: number;
  readonly caret: number;
  /** Behind what is left of an older name after the caret, which a chosen one replaces. */
  readonly end: number;
}

const longestName = 200;
const apart = String.raw`[^\s,{}|()<>$]`;
const wordBefore = new RegExp(`${apart}*$`, 'u');
const restOfWildcard = new RegExp(`^${apart}*?__`, 'u');

/** Null where nothing is there to complete. */
export function completionAt(text: string, caret: number): CompletionTarget | null {
  const before = text.slice(Math.max(0, caret - longestName), caret);
  const after = text.slice(caret, caret + longestName);
  const lora = /<lora:([^<>:\n]*)$/iu.exec(before)?.[1];
  if (lora !== undefined) {
    const rest = /^[^<>:\n,]*(?=[:>])/u.exec(after)?.[0] ?? '';
    return { kind: 'lora', query: lora, start: caret - lora.length, caret, end: caret + rest.length };
  }
  // Each second pair of underscores closes what the one before it opened.
  const parts = (wordBefore.exec(before)?.[0] ?? '').split('__');
  const query = parts.at(-1) ?? '';
  if (parts.length % 2 === 1) return null;
  const rest = restOfWildcard.exec(after)?.[0] ?? '';
  return { kind: 'wildcard', query, start: caret - query.length, caret, end: caret + rest.length };
}

const mostShown = 100;

/** The names that have the query in them, those that begin with it first. */
export function matchingNames(names: readonly string[], query: string): string[] {
  const wanted = query.toLowerCase();
  const found = names
    .map((name) => ({ name, at: name.toLowerCase().indexOf(wanted) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => Number(one.at > 0) - Number(other.at > 0));
  return found.slice(0, mostShown).map(({ name }) => name);
}

const plainLora = (name: string): string => name.replace(/\.(?:safetensors|ckpt|pt)$/iu, '');

/** What choosing a name does to the text; a new LoRA gets the weight 1. */
export function completedBy({ kind, start, end }: CompletionTarget, name: string, text: string): TextEdit {
  if (kind === 'wildcard') return { start, end, inserted: `${name}__` };
  const isClosed = /^[:>]/u.test(text.slice(end, end + 1));
  return { start, end, inserted: isClosed ? plainLora(name) : `${plainLora(name)}:1>` };
}
