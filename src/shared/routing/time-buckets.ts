/** Times are counted in buckets, each a quarter longer than the one before: bucket n ends at 50 ms × 1.25^n. */
const firstEndMs = 50;
const growth = 1.25;
/** Weeks: whatever took longer is counted in it as well. */
const largestBucket = 80;

/** Images by bucket: a map, or its entries. */
export type BucketCounts = Iterable<readonly [bucket: number, images: number]>;

/** In milliseconds; a time that is just as long belongs to the bucket. */
export function endOfBucket(bucket: number): number {
  return firstEndMs * growth ** bucket;
}

function startOfBucket(bucket: number): number {
  return bucket === 0 ? 0 : endOfBucket(bucket - 1);
}

/** The bucket that a time in milliseconds is counted in. */
export function bucketOf(milliseconds: number): number {
  if (!(milliseconds > firstEndMs)) return 0;
  let bucket = Math.min(largestBucket, Math.round(Math.log(milliseconds / firstEndMs) / Math.log(growth)));
  // The logarithm may miss an edge by a hair.
  while (bucket < largestBucket && endOfBucket(bucket) < milliseconds) bucket += 1;
  while (bucket > 0 && endOfBucket(bucket - 1) >= milliseconds) bucket -= 1;
  return bucket;
}

/**
 * The time in milliseconds within which so many of the images were made (`quantile` 0 to 1), exact to its bucket; null
 * without any.
 */
export function msAt(quantile: number, counts: BucketCounts): number | null {
  const filled = [...counts].filter(([, images]) => images > 0).sort(([left], [right]) => left - right);
  const total = filled.reduce((sum, [, images]) => sum + images, 0);
  if (total === 0) return null;
  const wanted = Math.min(1, Math.max(0, quantile)) * total;
  let before = 0;
  for (const [bucket, images] of filled) {
    if (before + images >= wanted) {
      const start = startOfBucket(bucket);
      return start + ((endOfBucket(bucket) - start) * (wanted - before)) / images;
    }
    before += images;
  }
  return endOfBucket(filled.at(-1)?.[0] ?? 0);
}

/** In milliseconds, each image taken for the middle of its bucket; null without any. */
export function averageMs(counts: BucketCounts): number | null {
  let images = 0;
  let sum = 0;
  for (const [bucket, count] of counts) {
    images += count;
    sum += (count * (startOfBucket(bucket) + endOfBucket(bucket))) / 2;
  }
  return images === 0 ? null : sum / images;
}
