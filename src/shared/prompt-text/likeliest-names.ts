const mostCompared = 10;

/**
 * Which names share most pairs of letters with a wrong one, at most ten, as places in the list: comparing letter by letter with
 * thousands would take too long.
 */
export function likeliestNames(wrong: string, known: readonly string[]): number[] {
  const pairs = new Set<number>();
  for (let at = 1; at < wrong.length; at += 1) pairs.add(wrong.charCodeAt(at - 1) * 65_536 + wrong.charCodeAt(at));
  const ranked: { index: number; share: number }[] = [];
  for (const [index, name] of known.entries()) {
    let shared = 0;
    for (let at = 1; at < name.length; at += 1)
      if (pairs.has(name.charCodeAt(at - 1) * 65_536 + name.charCodeAt(at))) shared += 1;
    if (shared > 0) ranked.push({ index, share: shared / (name.length + pairs.size) });
  }
  ranked.sort((one, other) => other.share - one.share);
  return ranked.slice(0, mostCompared).map(({ index }) => index);
}
