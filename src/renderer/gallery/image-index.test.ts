import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createImageIndex } from './image-index.ts';

const changes = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 256 })), {
  maxLength: 80,
});

describe('image index', () => {
  it('finds for every place the bucket a plain count would find, after any changes', () => {
    fc.assert(
      fc.property(changes, changes, (first, later) => {
        const counts = new Map(first);
        const index = createImageIndex(256, [...counts]);
        for (const [bucket, count] of later) {
          counts.set(bucket, count);
          index.setCount(bucket, count);
        }
        const filled = [...counts].filter(([, count]) => count > 0).sort(([one], [other]) => other - one);
        let start = 0;
        for (const [bucket, count] of filled) {
          expect(index.startOf(bucket)).toBe(start);
          expect(index.countOf(bucket)).toBe(count);
          expect(index.bucketAt(start)).toEqual({ bucket, start, count });
          expect(index.bucketAt(start + count - 1)).toEqual({ bucket, start, count });
          start += count;
        }
        expect(index.total()).toBe(start);
        expect(index.bucketAt(start)).toBeNull();
        expect(index.bucketAt(-1)).toBeNull();
      }),
    );
  });

  it('walks over empty buckets to the neighbours', () => {
    const index = createImageIndex(256, [
      [9, 3],
      [4, 1],
      [2, 5],
    ]);
    expect(index.neighbour(9, 'older')).toBe(4);
    expect(index.neighbour(3, 'older')).toBe(2);
    expect(index.neighbour(3, 'newer')).toBe(4);
    expect(index.neighbour(2, 'older')).toBeNull();
    expect(index.neighbour(9, 'newer')).toBeNull();
    expect(index.newestBucket()).toBe(9);
    index.setCount(9, 0);
    expect(index.newestBucket()).toBe(4);
  });
});
