/** One rating of one image, with what is needed to take it back. */
export interface EarlierRating {
  readonly before: number | null;
  readonly stars: number | null;
  /** When it was said, as the library counts. */
  readonly moment: number;
}

/** By the id of the image. */
export type EarlierRatings = ReadonlyMap<string, EarlierRating>;

/**
 * What takes back both: each image as it was before the first of them. Where that is what they all are by now, only the later ones are
 * taken back: Undo always does something.
 */
export function mergeRatings(earlier: EarlierRatings, later: EarlierRatings): EarlierRatings {
  const all = new Map(earlier);
  for (const [id, rating] of later) {
    const known = all.get(id);
    const merged = known === undefined ? rating : bothOf(known, rating);
    if (merged.before === merged.stars) all.delete(id);
    else all.set(id, merged);
  }
  return all.size === 0 ? later : all;
}

function bothOf(one: EarlierRating, other: EarlierRating): EarlierRating {
  const [first, last] = one.moment <= other.moment ? [one, other] : [other, one];
  // Another window may have rated it in between.
  return last.before === first.stars ? { ...last, before: first.before } : last;
}

/** The calls that take them back: ids of the same moment and rating in each, and not too many. */
export function callsToTakeBack(
  ratings: EarlierRatings,
  idsPerCall: number,
): { readonly ids: string[]; readonly rating: number | null; readonly asOf: number }[] {
  const alike = Map.groupBy(ratings, ([, { before, moment }]) => `${before ?? 0} ${moment}`);
  return [...alike.values()].flatMap((same) => {
    const calls = [];
    for (let start = 0; start < same.length; start += idsPerCall) {
      const some = same.slice(start, start + idsPerCall);
      const [first] = some;
      if (first) calls.push({ ids: some.map(([id]) => id), rating: first[1].before, asOf: first[1].moment });
    }
    return calls;
  });
}
