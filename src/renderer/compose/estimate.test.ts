import { describe, expect, it } from 'vitest';
import { exampleModel, exampleProvider } from '../ui/examples-for-tests.ts';
import type { Model } from '../../shared/models/provider.ts';
import { estimate } from './estimate.ts';

const cloud = (price: Model['price']) => ({
  provider: exampleProvider({ id: 'cloud', kind: 'cloud' }),
  model: exampleModel({ price }),
});
const size = { width: 1000, height: 2000 };
const amount = (count: number, seconds: number | null = null) => ({ count, size, seconds });

describe('the line under the button', () => {
  it('calls one’s own machine free', () => {
    const own = { provider: exampleProvider(), model: exampleModel() };
    expect(estimate(own, amount(3))).toEqual({ cost: { kind: 'estimated', usd: 0 }, seconds: 30 });
  });

  it('never takes an unknown price for zero', () => {
    expect(estimate(cloud(null), amount(1)).cost).toEqual({ kind: 'unknown' });
  });

  it('counts images, requests or megapixels, as the provider does', () => {
    expect(estimate(cloud({ usd: 0.01, per: 'image' }), amount(5)).cost).toEqual({ kind: 'estimated', usd: 0.05 });
    expect(estimate(cloud({ usd: 0.01, per: 'request' }), amount(5)).cost).toEqual({ kind: 'estimated', usd: 0.02 });
    expect(estimate(cloud({ usd: 0.01, per: 'second' }), amount(1, 8)).cost).toEqual({ kind: 'estimated', usd: 0.08 });
    expect(estimate(cloud({ usd: 0.01, per: 'megapixel' }), amount(5)).cost).toEqual({ kind: 'estimated', usd: 0.1 });
  });
});
