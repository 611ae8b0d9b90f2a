import { describe, expect, it } from 'vitest';
import { offsetsOf, placesIn, stepFrom } from './list-window.ts';

describe('the window onto a list', () => {
  const offsets = offsetsOf([10, 20, 10, 40]);

  it('holds every row of which something is in sight', () => {
    expect(offsets).toEqual([0, 10, 30, 40, 80]);
    expect(placesIn(offsets, 0, 9)).toEqual({ first: 0, last: 0 });
    expect(placesIn(offsets, 15, 35)).toEqual({ first: 1, last: 2 });
    expect(placesIn(offsets, -300, 1_000)).toEqual({ first: 0, last: 3 });
  });

  it('holds nothing of an empty list', () => {
    const { first, last } = placesIn(offsetsOf([]), 0, 500);
    expect(last).toBeLessThan(first);
  });
});

describe('walking through a list by keys', () => {
  const rows = { count: 6, rowsInSight: 3, isHeading: (place: number) => place === 0 || place === 3 };

  it('begins at the first row, or from below at the last', () => {
    expect(stepFrom('ArrowDown', null, rows)).toBe(1);
    expect(stepFrom('ArrowUp', null, rows)).toBe(5);
  });

  it('passes over headings and stops at the ends', () => {
    expect(stepFrom('ArrowDown', 2, rows)).toBe(4);
    expect(stepFrom('ArrowUp', 4, rows)).toBe(2);
    expect(stepFrom('ArrowUp', 1, rows)).toBe(1);
    expect(stepFrom('Home', 5, rows)).toBe(1);
    expect(stepFrom('PageDown', 4, rows)).toBe(5);
  });

  it('leaves other keys alone, and an empty list', () => {
    expect(stepFrom('Tab', 1, rows)).toBeNull();
    expect(stepFrom('ArrowDown', null, { count: 0, rowsInSight: 1 })).toBeNull();
  });
});
