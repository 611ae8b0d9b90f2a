import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hueDifference, oklch, toScreen, type Lab } from './colour.ts';

function onScreen(colour: Lab): number[] {
  const rgb = new Float64Array(3);
  toScreen(Float32Array.from(colour), 0, rgb);
  return [...rgb].map(Math.round);
}

describe('colours', () => {
  it('come out as the sRGB values they stand for', () => {
    expect(onScreen([1, 0, 0])).toEqual([255, 255, 255]);
    expect(onScreen([0, 0, 0])).toEqual([0, 0, 0]);
    // The published OKLCH values of pure red, green and blue.
    for (const [tone, expected] of [
      [oklch(0.62796, 0.25768, 29.234), [255, 0, 0]],
      [oklch(0.86644, 0.29483, 142.495), [0, 255, 0]],
      [oklch(0.45201, 0.31321, 264.052), [0, 0, 255]],
      [oklch(0.59987, 0, 0), [128, 128, 128]],
    ] as const) {
      onScreen(tone).forEach((value, channel) =>
        expect(Math.abs(value - (expected[channel] ?? 0))).toBeLessThanOrEqual(2),
      );
    }
  });

  it('become paler, not different, where a screen can not show them', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.99, noNaN: true }),
        fc.integer({ min: 0, max: 359 }),
        (lightness, hue) => {
          const [kept, a, b] = oklch(lightness, 0.4, hue);
          expect(kept).toBe(lightness);
          expect(Math.hypot(a, b)).toBeLessThan(0.4);
          const angle = (Math.atan2(b, a) * 180) / Math.PI;
          expect(Math.abs(hueDifference(angle, hue))).toBeLessThan(0.1);
        },
      ),
    );
  });

  it('measure hues the short way round', () => {
    expect([hueDifference(10, 350), hueDifference(350, 10), hueDifference(200, 20)]).toEqual([20, -20, -180]);
  });
});
