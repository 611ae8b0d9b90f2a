/**
 * Which image stands at which place of the gallery, known from the sizes of the buckets alone. Place 0 is the newest image.
 * Buckets are kept oldest first with running totals, so that a new image, which comes at the newest end, changes one number.
 */
export interface ImageIndex {
  readonly bucketSize: number;
  total(): number;
  /** The bucket that holds a place, the place of its newest image and how many it has; null outside the gallery. */
  bucketAt(place: number): { readonly bucket: number; readonly start: number; readonly count: number } | null;
  bucketOf(sequence: number): number;
  /** How many images are in newer buckets than this one. */
  startOf(bucket: number): number;
  countOf(bucket: number): number;
  /** Sets how many images a bucket holds; 0 removes it. */
  setCount(bucket: number, count: number): void;
  /** The nearest bucket with images on the older or newer side of this one. */
  neighbour(bucket: number, side: 'older' | 'newer'): number | null;
  newestBucket(): number | null;
}

export function createImageIndex(bucketSize: number, pairs: readonly (readonly [number, number])[]): ImageIndex {
  const sorted = pairs.filter(([, count]) => count > 0).sort(([one], [other]) => one - other);
  const buckets = sorted.map(([bucket]) => bucket);
  const counts = sorted.map(([, count]) => count);
  /** `ends[i]`: how many images the buckets 0 to i hold. */
  const ends: number[] = [];

  const addUpFrom = (first: number): void => {
    ends.length = counts.length;
    for (let at = first; at < counts.length; at++) ends[at] = (ends[at - 1] ?? 0) + (counts[at] ?? 0);
  };
  addUpFrom(0);

  /** The first position whose value is at least this. */
  const search = (values: readonly number[], wanted: number): number => {
    let low = 0;
    let high = values.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const total = (): number => ends.at(-1) ?? 0;

  return {
    bucketSize,
    total,
    bucketAt(place) {
      if (place < 0 || place >= total()) return null;
      const at = search(ends, total() - place);
      return { bucket: buckets[at] ?? 0, start: total() - (ends[at] ?? 0), count: counts[at] ?? 0 };
    },
    bucketOf: (sequence) => Math.floor(sequence / bucketSize),
    startOf(bucket) {
      const at = search(buckets, bucket + 1);
      return total() - (ends[at - 1] ?? 0);
    },
    countOf(bucket) {
      const at = search(buckets, bucket);
      return buckets[at] === bucket ? (counts[at] ?? 0) : 0;
    },
    setCount(bucket, count) {
      const at = search(buckets, bucket);
      if (buckets[at] === bucket) {
        if (count > 0) counts[at] = count;
        else {
          buckets.splice(at, 1);
          counts.splice(at, 1);
        }
      } else if (count > 0) {
        buckets.splice(at, 0, bucket);
        counts.splice(at, 0, count);
      }
      addUpFrom(at);
    },
    neighbour(bucket, side) {
      const at = side === 'older' ? search(buckets, bucket) - 1 : search(buckets, bucket + 1);
      return buckets[at] ?? null;
    },
    newestBucket: () => buckets.at(-1) ?? null,
  };
}
