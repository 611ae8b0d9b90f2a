import { describe, expect, it } from 'vitest';
import { exampleModel } from '../ui/examples-for-tests.ts';
import { modelHints, modelPrice } from './model-hints.ts';

describe('the words beside a model', () => {
  it('tell the tier of a service’s models, and no family that says nothing', () => {
    expect(modelHints(exampleModel(), 'local')).toBe('SDXL · 1024 × 1024');
    expect(modelHints(exampleModel({ family: 'other', tier: 'fast' }), 'cloud')).toBe('Fast · 1024 × 1024');
    expect(modelHints(exampleModel({ operations: ['video'], family: 'other' }), 'cloud')).toBe('Standard · Video');
  });

  it('tell a service’s price with its unit, never zero for one nobody knows, and none for one’s own machine', () => {
    expect(modelPrice(exampleModel({ price: { usd: 0.04, per: 'image' } }), 'cloud')).toBe('$0.040 / image');
    const steps = exampleModel({ price: { usd: 0.015, per: 'megapixel', first: 0.03 } });
    expect(modelPrice(steps, 'cloud')).toBe('$0.030, then $0.015 / megapixel');
    expect(modelPrice(exampleModel({ price: null }), 'cloud')).toBe('price unknown');
    expect(modelPrice(exampleModel({ price: { usd: 0, per: 'image' } }), 'cloud')).toBe('free');
    expect(modelPrice(exampleModel({ price: null }), 'local')).toBeNull();
  });
});
