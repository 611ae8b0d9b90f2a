/**
 * A selection of images as ranges of sequence numbers, both ends included, lowest first, never touching. A million selected
 * images are one range, and images that arrive or leave do not shift it.
 */
export type Selection = readonly SequenceRange[];
export interface SequenceRange {
  readonly low: number;
  readonly high: number;
}

export const nothingSelected: Selection = [];

export function isSelected(selection: Selection, sequence: number): boolean {
  let low = 0;
  let high = selection.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const range = selection[middle];
    if (range === undefined || sequence < range.low) high = middle;
    else if (sequence > range.high) low = middle + 1;
    else return true;
  }
  return false;
}

export function withRange(selection: Selection, added: SequenceRange): Selection {
  let { low, high } = added;
  const before: SequenceRange[] = [];
  const after: SequenceRange[] = [];
  for (const range of selection) {
    if (range.high < low - 1) before.push(range);
    else if (range.low > high + 1) after.push(range);
    else {
      low = Math.min(low, range.low);
      high = Math.max(high, range.high);
    }
  }
  return [...before, { low, high }, ...after];
}

export function withoutRange(selection: Selection, removed: SequenceRange): Selection {
  return selection.flatMap((range) => {
    if (range.high < removed.low || range.low > removed.high) return [range];
    const left = range.low < removed.low ? [{ low: range.low, high: removed.low - 1 }] : [];
    const right = range.high > removed.high ? [{ low: removed.high + 1, high: range.high }] : [];
    return [...left, ...right];
  });
}

export function toggled(selection: Selection, sequence: number): Selection {
  const one = { low: sequence, high: sequence };
  return isSelected(selection, sequence) ? withoutRange(selection, one) : withRange(selection, one);
}

export function rangeBetween(one: number, other: number): SequenceRange {
  return { low: Math.min(one, other), high: Math.max(one, other) };
}
