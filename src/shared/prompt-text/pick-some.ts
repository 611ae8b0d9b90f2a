/** Things to draw from. `weights` is null where all are as likely. */
export interface Drawable<Thing> {
  readonly texts: readonly Thing[];
  readonly weights: readonly number[] | null;
}
export type Lines = Drawable<string>;

const weighted = /^\s*(\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})::/;

/** Lines of a wildcard file; `3::red` is drawn three times as often as a line without a number. */
export function drawLines(lines: readonly string[]): Lines {
  const hasWeights = lines.some((line) => line.includes('::') && weighted.test(line));
  if (!hasWeights) return { texts: lines, weights: null };
  const read = lines.map((line) => {
    const match = weighted.exec(line);
    return match ? { text: line.slice(match[0].length), weight: Number(match[1]) } : { text: line, weight: 1 };
  });
  return { texts: read.map(({ text }) => text), weights: read.map(({ weight }) => weight) };
}

/** So many different ones, or all where there are fewer, in the order in which they were drawn. */
export function pickSome<Thing>({ texts, weights }: Drawable<Thing>, wanted: number, chance: () => number): Thing[] {
  const many = Math.min(wanted, texts.length);
  const picks =
    weights === null || isEven(weights) ? evenly(texts.length, many, chance) : byWeight(weights, many, chance);
  return picks.flatMap((index) => texts.slice(index, index + 1));
}

// Weights of zero alone leave nothing to go by.
const isEven = (weights: readonly number[]): boolean => weights.every((weight) => weight === weights[0]);

/** Fisher and Yates's shuffle, as far as it is needed, without a copy of what may be a million lines. */
function evenly(length: number, many: number, chance: () => number): number[] {
  const moved = new Map<number, number>();
  return Array.from({ length: many }, (_, at) => {
    const other = at + Math.floor(chance() * (length - at));
    const picked = moved.get(other) ?? other;
    moved.set(other, moved.get(at) ?? at);
    return picked;
  });
}

/** The weights up to and with each one, kept as long as the weights are: a file of a million lines is gone through once. */
const sumsOf = new WeakMap<readonly number[], Float64Array>();

function sumsUpTo(weights: readonly number[]): Float64Array {
  const known = sumsOf.get(weights);
  if (known) return known;
  const sums = new Float64Array(weights.length);
  let sum = 0;
  for (const [index, weight] of weights.entries()) sums[index] = sum += weight;
  sumsOf.set(weights, sums);
  return sums;
}

function byWeight(weights: readonly number[], many: number, chance: () => number): number[] {
  const sums = sumsUpTo(weights);
  /** In the order of their places. */
  const taken: number[] = [];
  return Array.from({ length: many }, () => {
    const total = (sums.at(-1) ?? 0) - taken.reduce((sum, index) => sum + (weights[index] ?? 0), 0);
    const rest = chance() * total;
    // Weights of zero are taken only when nothing else is left.
    const picked = placeOf(rest, { sums, weights, taken }) ?? lastFree(weights, taken);
    const at = taken.findIndex((index) => index > picked);
    taken.splice(at < 0 ? taken.length : at, 0, picked);
    return picked;
  });
}

/** The first place at which the weights of what is not taken add up to more than `rest`; null where they never do. */
function placeOf(
  rest: number,
  { sums, weights, taken }: { sums: Float64Array; weights: readonly number[]; taken: readonly number[] },
): number | null {
  let passed = 0;
  for (let next = 0; ; next += 1) {
    const [low, high] = [(taken[next - 1] ?? -1) + 1, taken[next] ?? sums.length];
    const free = firstAbove(sums, rest + passed, low, high);
    if (free < high) return free;
    if (next === taken.length) return null;
    passed += weights[high] ?? 0;
  }
}

function firstAbove(sums: Float64Array, value: number, from: number, end: number): number {
  let [low, high] = [from, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sums[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Stands in where rounding leaves a rest: the last that is possible, of those with a weight as long as there are any. */
function lastFree(weights: readonly number[], taken: readonly number[]): number {
  const isTaken = new Set(taken);
  let last = -1;
  for (let index = weights.length - 1; index >= 0; index -= 1) {
    if (isTaken.has(index)) continue;
    if ((weights[index] ?? 0) > 0) return index;
    if (last < 0) last = index;
  }
  return last;
}
