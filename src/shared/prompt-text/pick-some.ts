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

function byWeight(weights: readonly number[], many: number, chance: () => number): number[] {
  const left = Float64Array.from(weights);
  const isTaken = new Uint8Array(weights.length);
  return Array.from({ length: many }, () => {
    const total = left.reduce((sum, weight) => sum + weight, 0);
    let rest = chance() * total;
    let picked = -1;
    for (let index = 0; index < left.length; index += 1) {
      const weight = left[index] ?? 0;
      // The last one that is possible stands in where rounding leaves a rest; zero weights are taken only when nothing else is left.
      if (isTaken[index] === 1 || (weight === 0 && total > 0)) continue;
      picked = index;
      rest -= weight;
      if (rest < 0) break;
    }
    isTaken[picked] = 1;
    left[picked] = 0;
    return picked;
  });
}
