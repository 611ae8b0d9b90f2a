/** One rating of one image, with what is needed to take it back. */
export interface EarlierRating {
  readonly before: number | null;
  readonly stars: number | null;
  /** When it was said, as the library counts. */
  readonly moment: number;
}

/** By the id of the image. */
export type EarlierRatings = ReadonlyMap<string, EarlierRating>;

/** What takes back both: each image as it was before the first of them. */
export function mergeRatings(one: EarlierRatings, other: EarlierRatings): EarlierRatings {
  const all = new Map(one);
  for (const [id, rating] of other) {
    const known = all.get(id);
    all.set(id, known === undefined ? rating : bothOf(known, rating));
  }
  return all;
}

function bothOf(one: EarlierRating, other: EarlierRating): EarlierRating {
  const [first, last] = one.moment <= other.moment ? [one, other] : [other, one];
  // Not where another window rated it in between, nor where that leads back to what is there: Undo would do nothing.
  if (last.before !== first.stars || first.before === last.stars) return last;
  return { ...last, before: first.before };
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
