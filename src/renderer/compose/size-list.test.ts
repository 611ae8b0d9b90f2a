import { describe, expect, it } from 'vitest';
import { shapeName, sizeGroups } from './size-list.ts';

describe('the sizes of a model that has a list', () => {
  it('are called by their shape, although services round it', () => {
    expect(shapeName({ width: 1376, height: 768 })).toBe('16:9');
    expect(shapeName({ width: 768, height: 1376 })).toBe('9:16');
    expect(shapeName({ width: 1024, height: 1024 })).toBe('1:1');
    expect(shapeName({ width: 1000, height: 560 })).toBe('16:9');
    expect(shapeName({ width: 1000, height: 180 })).toBeNull();
  });

  it('stand in groups: square, wide, tall, and small before large', () => {
    const sizes = [
      { width: 768, height: 1376 },
      { width: 2048, height: 2048 },
      { width: 1024, height: 1024 },
      { width: 1376, height: 768 },
    ];
    expect(sizeGroups(sizes, 'Other')).toEqual([
      {
        group: '1:1',
        items: [
          { value: '1024x1024', label: '1024 × 1024' },
          { value: '2048x2048', label: '2048 × 2048' },
        ],
      },
      { group: '16:9', items: [{ value: '1376x768', label: '1376 × 768' }] },
      { group: '9:16', items: [{ value: '768x1376', label: '768 × 1376' }] },
    ]);
  });
});
