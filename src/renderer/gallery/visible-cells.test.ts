import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridLayout, rowsBetween } from './grid-layout.ts';
import { visibleCells, type Scene } from './visible-cells.ts';

const image = (place: number) => ({
  id: `image-${place}`,
  sequence: 1_000_000 - place,
  hash: 'abc',
  width: 1024,
  height: 1024,
  prompt: '',
  altText: null,
  rating: null,
});

const scene: Scene = {
  layout: gridLayout(1380, 160),
  lead: 0,
  top: 50_000,
  height: 780,
  devicePixelRatio: 1,
  isMirrored: false,
  fit: 'cover',
  total: 1_000_000,
  selection: [{ low: 0, high: 900_000 }],
  activePlace: null,
  speed: 0,
  mayLoad: true,
  base: 50_000,
  imageAt: image,
};

describe('visible cells', () => {
  it('covers the whole window at any place, speed and lead, each place once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000_000 }),
        fc.integer({ min: -20_000, max: 20_000 }),
        fc.integer({ min: 0, max: 7 }),
        (top, speed, lead) => {
          const cells = visibleCells({ ...scene, top, speed, lead });
          const places = new Set(cells.map(({ place }) => place));
          expect(places.size).toBe(cells.length);
          const rows = rowsBetween(scene.layout, top, top + scene.height);
          for (let row = rows.first; row <= rows.last; row++) {
            for (let column = 0; column < scene.layout.columns; column++) {
              const place = row * scene.layout.columns + column - lead;
              if (place >= 0 && place < scene.total) expect(places.has(place)).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('draws the same number of cells at any place and speed, few enough for a window of 1440 × 900', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 9_000_000 }),
        fc.constantFrom(0, 1500, 15_000, -15_000),
        (top, speed) => {
          expect(visibleCells({ ...scene, top, speed })).toHaveLength(64);
        },
      ),
    );
  });

  it('puts what is in view before what is near', () => {
    const cells = visibleCells(scene);
    const isInView = cells.map(({ y }) => y + 50_000 + scene.layout.rowHeight > scene.top && y < scene.height);
    expect(isInView.indexOf(false)).toBeGreaterThan(isInView.filter(Boolean).length - 1);
  });

  it('asks for no picture while the scroll bar flies, and says so', () => {
    expect(visibleCells({ ...scene, speed: 15_000 }).every(({ mayLoad }) => !mayLoad)).toBe(true);
    expect(visibleCells({ ...scene, speed: 1500 }).every(({ mayLoad }) => mayLoad)).toBe(true);
    expect(visibleCells({ ...scene, mayLoad: false }).every(({ mayLoad }) => !mayLoad)).toBe(true);
  });

  it('keeps a cell with its image, and gives a place without one a key of its own', () => {
    const [first] = visibleCells(scene);
    const [empty] = visibleCells({ ...scene, imageAt: () => undefined });
    expect(first?.key).toBe(1_000_000 - (first?.place ?? 0));
    expect(first?.isSelected).toBe(false);
    expect(empty).toMatchObject({ key: -1 - (empty?.place ?? 0), url: null });
  });

  it('lays columns out from the right where text runs from the right', () => {
    const cells = visibleCells({ ...scene, isMirrored: true });
    expect(Math.max(...cells.map(({ x }) => x))).toBeLessThanOrEqual(0);
  });
});
