import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleModel } from '../ui/examples-for-tests.ts';
import { aspects, fitSize, presetOf, sizeForPreset, sizeForRatio, swapAspect, type AspectPreset } from './aspect.ts';

const anyModel = fc
  .record({
    multipleOf: fc.constantFrom(1, 8, 16, 64),
    min: fc.integer({ min: 16, max: 512 }),
    room: fc.integer({ min: 128, max: 4096 }),
    width: fc.integer({ min: 256, max: 2048 }),
  })
  .map(({ multipleOf, min, room, width }) =>
    exampleModel({
      limits: { promptCharacters: 100, imagesPerRequest: 1, side: { min, max: min + room, multipleOf } },
      defaults: { width, height: width },
    }),
  );

describe('size presets', () => {
  it('gives every model a size it can do, whatever the shape', () => {
    fc.assert(
      fc.property(anyModel, fc.double({ min: 0.05, max: 20, noNaN: true }), (model, ratio) => {
        const { min, max, multipleOf } = model.limits.side;
        for (const side of Object.values(sizeForRatio(ratio, model))) {
          expect(side % multipleOf).toBe(0);
          expect(side).toBeGreaterThanOrEqual(min);
          expect(side).toBeLessThanOrEqual(max);
        }
      }),
    );
  });

  it('keeps about as many pixels as the model is at its best with', () => {
    expect(sizeForPreset('1:1', exampleModel())).toEqual({ width: 1024, height: 1024 });
    expect(sizeForPreset('16:9', exampleModel())).toEqual({ width: 1368, height: 768 });
    expect(sizeForPreset('9:16', exampleModel())).toEqual({ width: 768, height: 1368 });
  });

  it('keeps the shape when the long side meets the limit', () => {
    const model = exampleModel({
      limits: { promptCharacters: 100, imagesPerRequest: 1, side: { min: 64, max: 1024, multipleOf: 8 } },
    });
    expect(sizeForPreset('16:9', model)).toEqual({ width: 1024, height: 576 });
  });

  it('knows a typed size as the preset it equals', () => {
    const model = exampleModel();
    for (const name of Object.keys(aspects) as AspectPreset[]) {
      expect(presetOf(sizeForPreset(name, model), model)).toBe(name);
    }
    expect(presetOf({ width: 1000, height: 1024 }, model)).toBeNull();
  });

  it('brings a typed size to the nearest one the model can do', () => {
    expect(fitSize({ width: 100, height: 1027 }, exampleModel())).toEqual({ width: 256, height: 1024 });
  });

  it('takes the nearest of a list, and keeps the pixels within their limits', () => {
    const { limits } = exampleModel();
    const sizes = [
      { width: 1024, height: 1024 },
      { width: 1536, height: 1024 },
      { width: 1024, height: 1536 },
    ];
    const listed = exampleModel({ limits: { ...limits, sizes } });
    expect(sizeForPreset('16:9', listed)).toEqual({ width: 1536, height: 1024 });
    expect(fitSize({ width: 700, height: 800 }, listed)).toEqual({ width: 1024, height: 1024 });
    const counted = exampleModel({ limits: { ...limits, pixels: { min: 500_000, max: 1_000_000 } } });
    const { width, height } = fitSize({ width: 2000, height: 1000 }, counted);
    expect(width * height).toBeLessThanOrEqual(1_000_000);
    expect(width / height).toBeCloseTo(2, 1);
  });

  it('turns a shape on its side', () => {
    expect(swapAspect('3:2')).toBe('2:3');
    expect(swapAspect('1:1')).toBe('1:1');
    expect(swapAspect('reference')).toBe('custom');
  });
});
