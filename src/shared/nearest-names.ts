/** How far apart two words may be, in changed letters for each letter, to be taken for a slip of the pen. */
const farthest = 0.5;

/** The known names that a wrong one may have meant, nearest first, at most `most`. Case and punctuation don't count. */
export function nearestNames(wrong: string, known: readonly string[], most = 3): string[] {
  const wanted = plain(wrong);
  const ranked = known.map((name) => {
    const candidate = plain(name);
    const isPart = wanted.length >= 3 && candidate.includes(wanted);
    return { name, distance: isPart ? 0 : changes(wanted, candidate) / Math.max(wanted.length, candidate.length, 1) };
  });
  return ranked
    .filter(({ distance }) => distance <= farthest)
    .sort((left, right) => left.distance - right.distance)
    .slice(0, most)
    .map(({ name }) => name);
}

/** " Did you mean a or b?", to be put behind a sentence; empty where nothing is near. */
export function didYouMean(wrong: string, known: readonly string[]): string {
  const near = nearestNames(wrong, known);
  return near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
}

function plain(name: string): string {
  return name
    .slice(0, 100)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Levenshtein's distance. */
function changes(from: string, to: string): number {
  const letters = Array.from(to);
  let row = [0, ...letters.map((_, index) => index + 1)];
  for (const [at, letter] of Array.from(from).entries()) {
    const next = [at + 1];
    for (const [index, other] of letters.entries()) {
      const replaced = (row[index] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? from.length;
}
