/** The id before which `id` goes when it moves by so many places; null for the end, undefined when it can't move. */
export function targetOfMove(ids: readonly string[], id: string, by: -1 | 1): string | null | undefined {
  const index = ids.indexOf(id);
  const place = index + by;
  if (index === -1 || place < 0 || place >= ids.length) return undefined;
  return ids[by === -1 ? place : place + 1] ?? null;
}

/** The same for a drop on another row's upper or lower half. */
export function targetOfDrop(
  ids: readonly string[],
  id: string,
  over: string,
  half: 'upper' | 'lower',
): string | null | undefined {
  const others = ids.filter((other) => other !== id);
  const place = others.indexOf(over) + (half === 'lower' ? 1 : 0);
  if (over === id || !others.includes(over) || place === ids.indexOf(id)) return undefined;
  return others[place] ?? null;
}

/** The ids with `id` in front of `before`; null: at the end. */
export function putBefore(ids: readonly string[], id: string, before: string | null): string[] {
  const others = ids.filter((other) => other !== id);
  const place = before === null ? others.length : others.indexOf(before);
  return [...others.slice(0, place), id, ...others.slice(place)];
}
