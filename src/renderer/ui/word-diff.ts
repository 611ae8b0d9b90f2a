/** A run of words. Removed ones stand in the text before only, added ones in the text after only. */
export interface WordChange {
  readonly kind: 'kept' | 'added' | 'removed';
  readonly text: string;
}

/**
 * More edits than this are not looked for: texts so different are shown as one that went and one that came. The search takes
 * time and memory by the square of it: about 20 ms and 18 MB.
 */
const mostEdits = 3_000;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Words and punctuation, each with the white space that follows it; Chinese and the like come apart as well. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = words.at(-1);
    if (segment.trim() === '' && last !== undefined) words[words.length - 1] = last + segment;
    else words.push(segment);
  }
  return words;
}

/**
 * The shortest way from one list of words to the other, as Myers finds it ("An O(ND) Difference Algorithm and Its Variations",
 * 1986): which words of both are the same, in order. Null when it takes more than `mostEdits`.
 */
function samePairs(before: readonly number[], after: readonly number[]): [number, number][] | null {
  const most = Math.min(before.length + after.length, mostEdits);
  const reached = new Int32Array(2 * most + 3);
  const middle = most + 1;
  const past: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    past.push(reached.slice(middle - edits - 1, middle + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const left = reached[middle + diagonal - 1] ?? 0;
      const above = reached[middle + diagonal + 1] ?? 0;
      let x = diagonal === -edits || (diagonal !== edits && left < above) ? above : left + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      reached[middle + diagonal] = x;
      if (x >= before.length && x - diagonal >= after.length) return walkBack(past, before.length, after.length);
    }
  }
  return null;
}

function walkBack(past: readonly Int32Array[], beforeLength: number, afterLength: number): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [beforeLength, afterLength];
  for (let edits = past.length - 1; edits >= 0; edits -= 1) {
    const reached = past[edits];
    const at = (diagonal: number): number => reached?.[diagonal + edits + 1] ?? 0;
    const diagonal = x - y;
    const isDown = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
    const fromDiagonal = isDown ? diagonal + 1 : diagonal - 1;
    const fromX = edits === 0 ? 0 : at(fromDiagonal);
    const fromY = edits === 0 ? 0 : fromX - fromDiagonal;
    while (x > fromX && y > fromY) pairs.push([(x -= 1), (y -= 1)]);
    [x, y] = [fromX, fromY];
  }
  return pairs.reverse();
}

const hasWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** Commas that happen to be the same between words that are not make a comparison hard to read: they go with the words. */
function foldPunctuation(changes: readonly WordChange[]): WordChange[] {
  return changes.flatMap((change, place) => {
    const isBetween = place > 0 && place < changes.length - 1;
    if (change.kind !== 'kept' || !isBetween || hasWord(change.text)) return [change];
    return [
      { kind: 'removed', text: change.text },
      { kind: 'added', text: change.text },
    ];
  });
}

/** One run for what belongs together; what went stands before what came. */
function joinRuns(changes: readonly WordChange[]): WordChange[] {
  const runs: WordChange[] = [];
  let [removed, added] = ['', ''];
  const flush = (): void => {
    if (removed !== '') runs.push({ kind: 'removed', text: removed });
    if (added !== '') runs.push({ kind: 'added', text: added });
    [removed, added] = ['', ''];
  };
  for (const { kind, text } of changes) {
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else {
      flush();
      const last = runs.at(-1);
      if (last?.kind === 'kept') runs[runs.length - 1] = { kind, text: last.text + text };
      else runs.push({ kind, text });
    }
  }
  flush();
  return runs;
}

/**
 * What happened to the words between two texts, in order. White space alone is no change: what is kept has that of the text
 * after. Two texts of 10,000 characters take a few milliseconds where they are alike, and at most some tens.
 */
export function wordDiff(before: string, after: string): WordChange[] {
  const [old, young] = [wordsOf(before), wordsOf(after)];
  const numbers = new Map<string, number>();
  const numberOf = (word: string): number => {
    const key = word.trim();
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };
  const changes: WordChange[] = [];
  let [x, y] = [0, 0];
  const until = (nextX: number, nextY: number): void => {
    changes.push(...old.slice(x, nextX).map((text): WordChange => ({ kind: 'removed', text })));
    changes.push(...young.slice(y, nextY).map((text): WordChange => ({ kind: 'added', text })));
    [x, y] = [nextX + 1, nextY + 1];
  };
  for (const [sameX, sameY] of samePairs(old.map(numberOf), young.map(numberOf)) ?? []) {
    until(sameX, sameY);
    changes.push({ kind: 'kept', text: young[sameY] ?? '' });
  }
  until(old.length, young.length);
  return joinRuns(foldPunctuation(joinRuns(changes)));
}
