/** Where each row begins, in pixels, and at last where the list ends. */
export function offsetsOf(heights: readonly number[]): number[] {
  const offsets = [0];
  let end = 0;
  for (const height of heights) offsets.push((end += height));
  return offsets;
}

/** The rows of which anything lies between two heights. */
export function placesIn(offsets: readonly number[], from: number, to: number): { first: number; last: number } {
  const count = offsets.length - 1;
  const rowAt = (height: number): number => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle + 1] ?? 0) > height) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return { first: rowAt(Math.max(0, from)), last: Math.min(count - 1, rowAt(Math.max(0, to))) };
}

interface Rows {
  readonly count: number;
  readonly rowsInSight: number;
  readonly isHeading?: ((place: number) => boolean) | undefined;
}

/** The row that a key leads to from another one; null: the key leads nowhere. Headings are passed over. */
export function stepFrom(key: string, selected: number | null, { count, rowsInSight, isHeading }: Rows): number | null {
  const steps: Partial<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: rowsInSight,
    PageUp: -rowsInSight,
    Home: -count,
    End: count,
  };
  const step = steps[key];
  if (step === undefined || count === 0) return null;
  const wanted = Math.min(Math.max((selected ?? (step > 0 ? -1 : count)) + step, 0), count - 1);
  const look = (direction: 1 | -1): number | null => {
    for (let place = wanted; place >= 0 && place < count; place += direction)
      if (isHeading?.(place) !== true) return place;
    return null;
  };
  return look(step > 0 ? 1 : -1) ?? look(step > 0 ? -1 : 1);
}
