/** Times are counted in buckets that grow by a quarter: bucket n ends at 50 ms × 1.25^n. The last holds whatever is longer: 4 hours and more. */
const firstEndMs = 50;
const growth = 1.25;
const lastBucket = 56;

/** The bucket of a time in milliseconds. */
export function bucketOf(ms: number): number {
  if (!(ms > firstEndMs)) return 0;
  return Math.min(lastBucket, Math.ceil(Math.log(ms / firstEndMs) / Math.log(growth) - 1e-9));
}

/** The time in milliseconds that a part of all (0.5, 0.95) did not exceed; `counts` is [bucket, how many]. Null: nothing was counted. */
export function msAt(part: number, counts: readonly (readonly [number, number])[]): number | null {
  const sorted = counts.filter(([, many]) => many > 0).sort(([one], [other]) => one - other);
  const total = sorted.reduce((sum, [, many]) => sum + many, 0);
  let seen = 0;
  for (const [bucket, many] of sorted) {
    // In the middle of its bucket's last step, by how far into the bucket it is.
    const inside = (part * total - seen) / many;
    if (inside <= 1) return startOf(bucket) + (endOf(bucket) - startOf(bucket)) * Math.max(0, inside);
    seen += many;
  }
  return null;
}

const endOf = (bucket: number): number => firstEndMs * growth ** bucket;
const startOf = (bucket: number): number => (bucket === 0 ? 0 : endOf(bucket - 1));
