import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf, shapes } from './shapes.ts';

describe('the shapes of Black Forest Labs', () => {
  it('are found again by their pixels', () => {
    for (const [model, list] of Object.entries(shapes)) {
      for (const shape of list) expect(shapeOf(model, shape)).toEqual(shape);
    }
  });

  it('take the nearest one for pixels that are not in the list', () => {
    expect(shapeOf('flux-3-image', { width: 1280, height: 720 })).toMatchObject({ aspectRatio: '16:9' });
    expect(shapeOf('flux-3-image', { width: 700, height: 700 })).toMatchObject({
      aspectRatio: '1:1',
      resolution: '768sq',
    });
  });

  it('always have an answer for a model that has shapes, and none for one that has not', () => {
    const side = fc.integer({ min: 16, max: 16_384 });
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(shapes)), side, side, (model, width, height) => {
        expect(shapes[model]).toContain(shapeOf(model, { width, height }));
      }),
    );
    expect(shapeOf('flux-2-pro', { width: 1024, height: 1024 })).toBeNull();
  });
});
