import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellSizes,
  columnOf,
  contentHeight,
  firstPlaceOf,
  gridLayout,
  keepColumn,
  revealRow,
  rowOf,
  rowsBetween,
  rowTop,
} from './grid-layout.ts';

const widths = fc.integer({ min: 40, max: 4000 });
const wishes = fc.integer({ min: cellSizes.least, max: cellSizes.most });

describe('grid layout', () => {
  it('uses the width without reaching over it, and cells never get smaller than wished where one fits', () => {
    fc.assert(
      fc.property(widths, wishes, (width, wish) => {
        const layout = gridLayout(width, wish);
        const used = layout.columns * layout.columnWidth - (layout.columnWidth - layout.cell);
        expect(layout.inset * 2 + used).toBeLessThanOrEqual(width);
        if (width >= wish) expect(layout.cell).toBeGreaterThanOrEqual(wish);
        expect(width - used).toBeLessThan(layout.columns);
      }),
    );
  });

  it('puts every place into exactly one cell inside the content', () => {
    fc.assert(
      fc.property(
        widths,
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        fc.nat(),
        (width, total, share, leadSeed) => {
          const layout = gridLayout(width, 160);
          const lead = leadSeed % layout.columns;
          const place = Math.floor(share * total);
          const row = rowOf(layout, place, lead);
          expect(firstPlaceOf(layout, row, lead) + columnOf(layout, place, lead)).toBe(place);
          expect(rowTop(layout, row) + layout.cell).toBeLessThan(contentHeight(layout, total, lead));
        },
      ),
    );
  });

  it('names all rows that can be seen, and no row that cannot', () => {
    const layout = gridLayout(1000, 160);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 100, max: 2000 }), (top, height) => {
        const { first, last } = rowsBetween(layout, top, top + height);
        expect(rowTop(layout, first + 1)).toBeGreaterThan(top);
        expect(rowTop(layout, last)).toBeLessThan(top + height);
        expect(rowTop(layout, last + 1)).toBeGreaterThanOrEqual(top + height);
      }),
    );
  });

  it('keeps the column of the image that is looked at, however many others come or go', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: -5000, max: 5000 }),
        fc.nat(),
        (from, shift, leadSeed) => {
          const layout = gridLayout(1000, 160);
          const lead = leadSeed % layout.columns;
          const to = Math.max(0, from + shift);
          const kept = keepColumn(layout, lead, from, to);
          expect(columnOf(layout, to, kept.lead)).toBe(columnOf(layout, from, lead));
          expect(kept.lead).toBeGreaterThanOrEqual(0);
          expect(kept.lead).toBeLessThan(layout.columns);
          expect(rowOf(layout, to, kept.lead)).toBe(rowOf(layout, from, lead) + kept.rows);
        },
      ),
    );
  });

  it('scrolls no further than needed to show a row', () => {
    const layout = gridLayout(1000, 160);
    expect(revealRow(layout, 0, 500, 600)).toBe(0);
    expect(revealRow(layout, 2, 0, 600)).toBe(0);
    const down = revealRow(layout, 50, 0, 600);
    expect(down + 600).toBeGreaterThanOrEqual(rowTop(layout, 50) + layout.cell);
    expect(revealRow(layout, 50, down, 600)).toBe(down);
  });
});
