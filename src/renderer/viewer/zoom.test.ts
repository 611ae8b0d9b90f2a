import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitScale,
  fitted,
  fullScale,
  held,
  isCut,
  pannedBy,
  shareOf,
  wheelFactor,
  zoomAt,
  zoomTo,
  type Frame,
  type Size,
} from './zoom.ts';

const sizes = fc.record({ width: fc.integer({ min: 1, max: 16_384 }), height: fc.integer({ min: 1, max: 16_384 }) });
const stages = fc.record({ width: fc.integer({ min: 100, max: 4000 }), height: fc.integer({ min: 100, max: 3000 }) });
const frameOf = (picture: Size, stage: Size, devicePixelRatio = 1): Frame => ({ picture, stage, devicePixelRatio });
const points = fc.record({ x: fc.integer({ min: -2000, max: 2000 }), y: fc.integer({ min: -2000, max: 2000 }) });
const factors = fc.double({ min: 0.2, max: 5, noNaN: true });

describe('zoom', () => {
  it('fits the whole picture into the stage and never blows it up', () => {
    fc.assert(
      fc.property(sizes, stages, (picture, stage) => {
        const scale = fitScale(frameOf(picture, stage));
        expect(scale).toBeLessThanOrEqual(1);
        expect(isCut({ scale, x: 0, y: 0 }, frameOf(picture, stage))).toBe(false);
      }),
    );
  });

  it('keeps what is under the pointer there while the picture covers the stage', () => {
    const picture = { width: 4000, height: 4000 };
    const stage = { width: 1000, height: 800 };
    const inside = fc.record({ x: fc.integer({ min: -400, max: 400 }), y: fc.integer({ min: -300, max: 300 }) });
    fc.assert(
      fc.property(inside, fc.double({ min: 1, max: 4, noNaN: true }), (point, factor) => {
        const before = { scale: 1, x: 120, y: -60 };
        const after = zoomAt(before, factor, point, frameOf(picture, stage));
        const under = (zoom: typeof before) => ({
          x: (point.x - zoom.x) / zoom.scale,
          y: (point.y - zoom.y) / zoom.scale,
        });
        expect(under(after).x).toBeCloseTo(under(before).x, 6);
        expect(under(after).y).toBeCloseTo(under(before).y, 6);
      }),
    );
  });

  it('never lets the picture drift off, whatever is done to it', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('zoom' as const), point: points, factor: factors }),
      fc.record({ kind: fc.constant('pan' as const), point: points, factor: factors }),
    );
    fc.assert(
      fc.property(sizes, stages, fc.array(step, { maxLength: 30, size: 'max' }), (picture, stage, steps) => {
        const frame = frameOf(picture, stage);
        let zoom = fitted(frame);
        for (const { kind, point, factor } of steps) {
          zoom = kind === 'zoom' ? zoomAt(zoom, factor, point, frame) : pannedBy(zoom, point, frame);
          expect(held(zoom, frame)).toEqual(zoom);
          expect(zoom.scale).toBeGreaterThanOrEqual(Math.min(1, fitScale(frame)) - 1e-9);
          expect(zoom.scale).toBeLessThanOrEqual(32.000_001);
        }
      }),
    );
  });

  it('shows one pixel of the picture on one pixel of the screen at 100 %', () => {
    const picture = { width: 4000, height: 3000 };
    const stage = { width: 800, height: 600 };
    for (const ratio of [1, 2, 3]) {
      const frame = frameOf(picture, stage, ratio);
      const zoom = zoomTo(fitted(frame), fullScale(frame), { x: 0, y: 0 }, frame);
      expect(shareOf(zoom, frame)).toBeCloseTo(1, 9);
      expect(isCut(zoom, frame)).toBe(true);
    }
    const small = frameOf({ width: 300, height: 200 }, stage, 2);
    expect(zoomTo(fitted(small), fullScale(small), { x: 0, y: 0 }, small).scale).toBe(0.5);
  });

  it('turns the wheel the way it is turned, and not too far at once', () => {
    expect(wheelFactor({ deltaY: -100, deltaMode: 0, ctrlKey: false })).toBeGreaterThan(1.1);
    expect(wheelFactor({ deltaY: 100, deltaMode: 0, ctrlKey: false })).toBeLessThan(0.9);
    expect(wheelFactor({ deltaY: -100_000, deltaMode: 0, ctrlKey: false })).toBeLessThan(1.5);
    expect(wheelFactor({ deltaY: -3, deltaMode: 1, ctrlKey: false })).toBeGreaterThan(1.05);
  });
});
