import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeAfterKey } from './grid-keys.ts';

const grid = { columns: 4, rowsPerPage: 3, lead: 0, isMirrored: false };
const after = (key: string, place: number, total = 22): number | null => placeAfterKey(key, { place, total }, grid);

describe('keys of the grid', () => {
  it('moves by one sideways and by a row up and down', () => {
    expect([after('ArrowLeft', 5), after('ArrowRight', 5), after('ArrowUp', 5), after('ArrowDown', 5)]).toEqual([
      4, 6, 1, 9,
    ]);
  });

  it('moves the other way where text runs from the right', () => {
    expect(placeAfterKey('ArrowLeft', { place: 5, total: 22 }, { ...grid, isMirrored: true })).toBe(6);
  });

  it('stays in the first row going up, and ends on the last image going down', () => {
    expect(after('ArrowUp', 2)).toBe(2);
    expect(after('ArrowDown', 19)).toBe(21);
    expect(after('ArrowDown', 20)).toBe(20);
  });

  it('moves by pages and to both ends', () => {
    expect(after('PageDown', 1)).toBe(13);
    expect(after('PageUp', 13)).toBe(1);
    expect(after('PageUp', 6)).toBe(2);
    expect(after('PageDown', 15)).toBe(21);
    expect(after('Home', 13)).toBe(0);
    expect(after('End', 13)).toBe(21);
  });

  it('leaves other keys alone, and an empty grid', () => {
    expect(after('Tab', 3)).toBeNull();
    expect(after('toString', 3)).toBeNull();
    expect(after('ArrowDown', 0, 0)).toBeNull();
  });

  it('never leaves the gallery', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        fc.integer({ min: 1, max: 90 }),
        fc.nat(),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(),
        (key, total, placeSeed, columns, leadSeed) => {
          const place = placeAfterKey(
            key,
            { place: placeSeed % total, total },
            { ...grid, columns, lead: leadSeed % columns },
          );
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThan(total);
        },
      ),
    );
  });
});
