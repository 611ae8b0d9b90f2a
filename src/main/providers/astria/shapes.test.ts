import { describe, expect, it } from 'vitest';
import { shapeOf, sizesFor } from './shapes.ts';

describe('shapes', () => {
  it('are sizes and back again', () => {
    const sizes = sizesFor(['1K', '2K', '4K']);
    expect(sizes).toHaveLength(33);
    expect(sizes[0]).toEqual({ width: 1024, height: 1024 });
    expect(new Set(sizes.map((size) => JSON.stringify(shapeOf(size)))).size).toBe(33);
    expect(shapeOf({ width: 2048, height: 2048 })).toEqual({ aspect_ratio: '1:1', resolution: '2K' });
    expect(shapeOf({ width: 1000, height: 1000 })).toBeNull();
  });

  it('of a model that lists no resolution, or one nobody knows, are the usual ones', () => {
    expect(sizesFor([])).toEqual(sizesFor(['1K']));
    expect(sizesFor(['8K'])).toEqual(sizesFor(['1K']));
  });
});
