/** A bracket and the one that closes it. `end` is behind the closing bracket. */
export interface BracketPair {
  readonly kind: '(' | '[' | '{';
  readonly start: number;
  readonly end: number;
}

const openers = { ')': '(', ']': '[', '}': '{' } as const;

/**
 * Which brackets belong together, in order of their ends, and which ones stand alone. A bracket behind a backslash is text.
 * Each kind is matched by itself, as AUTOMATIC1111's parser does (modules/prompt_parser.py).
 */
export function matchBrackets(text: string): { pairs: BracketPair[]; stray: number[] } {
  const open: Record<BracketPair['kind'], number[]> = { '(': [], '[': [], '{': [] };
  const pairs: BracketPair[] = [];
  const stray: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '(' || char === '[' || char === '{') open[char].push(at);
    else if (char === ')' || char === ']' || char === '}') {
      const kind = openers[char];
      const start = open[kind].pop();
      if (start === undefined) stray.push(at);
      else pairs.push({ kind, start, end: at + 1 });
    }
  }
  for (const left of Object.values(open)) for (const at of left) stray.push(at);
  return { pairs, stray: stray.sort((one, other) => one - other) };
}

const longestNumber = 16;

/** The number behind the last colon of a bracket, `1.2` of `(text:1.2)`; null where there is none. */
export function numberOf(text: string, { start, end }: BracketPair): number | null {
  const tail = text.slice(Math.max(start + 1, end - 1 - longestNumber), end - 1);
  const number = /:\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*$/.exec(tail)?.[1];
  return number === undefined ? null : Number(number);
}

/**
 * By what the attention to each place of the text is multiplied: `(x:1.2)` by 1.2, `(x)` by 1.1, `[x]` by 1/1.1, and what
 * is nested by each (AUTOMATIC1111; ComfyUI reads round brackets the same way, only that there an inner number replaces the
 * outer ones).
 */
export function attentionAt(text: string, pairs: readonly BracketPair[]): (at: number) => number {
  if (pairs.length === 0) return () => 1;
  const changes = new Float64Array(text.length + 1);
  for (const pair of pairs) {
    const factor = factorOf(text, pair);
    changes[pair.start] = (changes[pair.start] ?? 0) + Math.log(factor);
    changes[pair.end] = (changes[pair.end] ?? 0) - Math.log(factor);
  }
  let sum = 0;
  const sums = changes.map((change) => (sum += change));
  return (at) => Math.round(Math.exp(sums[at] ?? 0) * 1_000) / 1_000;
}

function factorOf(text: string, pair: BracketPair): number {
  if (pair.kind === '{') return 1;
  const number = numberOf(text, pair);
  if (pair.kind === '[') return number === null ? 1 / 1.1 : 1;
  // What is not above zero has no logarithm; nobody's weights are below a hundredth.
  return number === null ? 1.1 : Math.max(0.01, number);
}
