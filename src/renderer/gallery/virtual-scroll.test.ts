import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  follow,
  furthestContent,
  isAstray,
  positionAt,
  runsOut,
  scrollShape,
  toBox,
  toContent,
  type ScrollPosition,
  type ScrollShape,
} from './virtual-scroll.ts';

const rowHeight = 168;
const shapeOf = (items: number, columns: number, viewport: number, devicePixelRatio: number): ScrollShape =>
  scrollShape({ content: Math.ceil(items / columns) * rowHeight, viewport, devicePixelRatio });

const shapes = fc
  .record({
    items: fc.integer({ min: 1, max: 5_000_000 }),
    columns: fc.integer({ min: 1, max: 24 }),
    viewport: fc.integer({ min: 300, max: 2200 }),
    ratio: fc.constantFrom(1, 1.25, 1.5, 2, 3),
  })
  .map(({ items, columns, viewport, ratio }) => shapeOf(items, columns, viewport, ratio));

/** What a browser does with a wished scrollTop: it stays inside and is rounded to device pixels. */
const browser = (shape: ScrollShape, box: number): number =>
  Math.min(Math.max(0, Math.round(box)), Math.max(0, shape.box - shape.viewport));

describe('virtual scrolling', () => {
  it('never asks for a box that Chromium cannot scroll', () => {
    for (const ratio of [1, 2, 3]) expect(shapeOf(5_000_000, 1, 900, ratio).box * ratio).toBeLessThan(33_554_428);
  });

  it('reaches both ends, whatever the size', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        expect(toContent(shape, 0)).toBe(0);
        expect(toContent(shape, shape.box - shape.viewport)).toBeCloseTo(furthestContent(shape), 6);
      }),
    );
  });

  it.each([1, 2, 3])('shows every one of five million items at a device pixel ratio of %i', (ratio) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_999_999 }), fc.integer({ min: 1, max: 20 }), (item, columns) => {
        const shape = shapeOf(5_000_000, columns, 800, ratio);
        const top = Math.floor(item / columns) * rowHeight;
        const position = positionAt(shape, top);
        expect(position.box).toBeGreaterThanOrEqual(0);
        expect(position.box).toBeLessThanOrEqual(shape.box - shape.viewport);
        expect(position.content).toBeLessThanOrEqual(top);
        expect(position.content + shape.viewport).toBeGreaterThanOrEqual(top + rowHeight);
      }),
    );
  });

  it('translates back and forth without loss', () => {
    fc.assert(
      fc.property(shapes, fc.double({ min: 0, max: 1, noNaN: true }), (shape, share) => {
        const content = share * furthestContent(shape);
        expect(toContent(shape, toBox(shape, content))).toBeCloseTo(content, 4);
      }),
    );
  });

  it('keeps the order: further down the scroll bar is never further up the list', () => {
    fc.assert(
      fc.property(
        shapes,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (shape, one, other) => {
          const room = shape.box - shape.viewport;
          const [lower, upper] = [Math.min(one, other) * room, Math.max(one, other) * room];
          expect(toContent(shape, lower)).toBeLessThanOrEqual(toContent(shape, upper) + 1e-6);
        },
      ),
    );
  });

  it('maps a jump of the scroll bar in proportion', () => {
    const shape = shapeOf(5_000_000, 8, 800, 1);
    const from: ScrollPosition = { box: 0, content: 0 };
    for (const share of [0.1, 0.25, 0.5, 0.9]) {
      const jumped = follow(shape, from, share * (shape.box - shape.viewport));
      expect(jumped.content / furthestContent(shape)).toBeCloseTo(share, 2);
    }
  });

  it('counts one pixel of a dragged thumb as a jump, but not a turn of the wheel', () => {
    for (const ratio of [1, 2, 3]) {
      const shape = shapeOf(5_000_000, 8, 1400, ratio);
      expect(shape.jump).toBeLessThan(shape.box / shape.viewport);
      expect(shape.jump).toBeGreaterThan(1000);
    }
  });

  it('moves content and box alike in small steps, and comes back without drift', () => {
    fc.assert(
      fc.property(
        shapes,
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
        fc.array(fc.integer({ min: -400, max: 400 }), { maxLength: 60 }),
        (shape, share, steps) => {
          const start = positionAt(shape, share * furthestContent(shape));
          let position = start;
          for (const step of steps) {
            const next = follow(shape, position, position.box + step);
            const free = next.content > 0 && next.content < furthestContent(shape);
            if (free) expect(next.content - position.content).toBeCloseTo(step, 6);
            else return;
            position = next;
          }
          const back = follow(shape, position, start.box + 0);
          const total = Math.abs(start.box - position.box);
          if (total <= shape.jump) expect(back.content).toBeCloseTo(start.content, 6);
        },
      ),
    );
  });

  it('never leaves the user at an end of the box that is not an end of the list', () => {
    let arrivals = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(1, 2, 3),
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        fc.constantFrom(-1, 1),
        (columns, ratio, distance, direction) => {
          const shape = shapeOf(5_000_000, columns, 800, ratio);
          let position = positionAt(shape, (direction < 0 ? distance : 1 - distance) * furthestContent(shape));
          // Scrolls by steps of 900 px without a pause, until the browser gives way no more.
          for (let turn = 0; turn < 20_000; turn++) {
            const box = browser(shape, position.box + direction * 900);
            if (box === position.box) break;
            position = follow(shape, position, box);
            if (runsOut(shape, position)) position = positionAt(shape, position.content);
          }
          const isAtEnd = direction < 0 ? position.box === 0 : position.box >= Math.floor(shape.box - shape.viewport);
          if (!isAtEnd) return;
          arrivals++;
          expect(position.content).toBeCloseTo(direction < 0 ? 0 : furthestContent(shape), 0);
        },
      ),
    );
    expect(arrivals).toBeGreaterThan(10);
  });

  it('says when the scroll bar has gone astray, and putting it right keeps what is shown', () => {
    const shape = shapeOf(5_000_000, 8, 800, 1);
    let position = positionAt(shape, 40_000_000);
    expect(isAstray(shape, position)).toBe(false);
    for (let turn = 0; turn < 100; turn++) position = follow(shape, position, position.box + 500);
    expect(isAstray(shape, position)).toBe(true);
    const right = positionAt(shape, position.content);
    expect(right.content).toBe(position.content);
    expect(isAstray(shape, right)).toBe(false);
  });

  it('leaves a list that fits alone', () => {
    const shape = scrollShape({ content: 300, viewport: 800, devicePixelRatio: 1 });
    expect(positionAt(shape, 500)).toEqual({ box: 0, content: 0 });
    expect(runsOut(shape, { box: 0, content: 0 })).toBe(false);
  });
});
