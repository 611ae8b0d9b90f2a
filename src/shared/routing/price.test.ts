import { describe, expect, it } from 'vitest';
import type { Model } from '../models/provider.ts';
import { priceOf } from './price.ts';

const model = (price: Model['price'], more: Partial<Model> = {}): Model => ({
  id: 'm',
  name: 'M',
  family: 'other',
  tier: 'standard',
  operations: ['textToImage'],
  parameters: [],
  limits: { promptCharacters: 1000, imagesPerRequest: 4, side: { min: 64, max: 2048, multipleOf: 8 } },
  defaults: {},
  choices: { samplers: [], schedulers: [], loras: [] },
  price,
  typicalSeconds: null,
  ...more,
});
const amount = { count: 5, width: 1000, height: 500, seconds: 6 };

describe('priceOf', () => {
  it('counts images, requests, megapixels, seconds of video and seconds of work', () => {
    expect(priceOf(model({ usd: 0.01, per: 'image' }), amount)).toEqual({ kind: 'estimated', usd: 0.05 });
    expect(priceOf(model({ usd: 0.01, per: 'request' }), amount)).toEqual({ kind: 'estimated', usd: 0.02 });
    expect(priceOf(model({ usd: 0.01, per: 'megapixel' }), amount)).toEqual({ kind: 'estimated', usd: 0.025 });
    const dearFirst = model({ usd: 0.01, per: 'megapixel', first: 0.03 });
    expect(priceOf(dearFirst, { ...amount, count: 2 })).toEqual({ kind: 'estimated', usd: 0.06 });
    expect(priceOf(dearFirst, { ...amount, count: 1, width: 1000, height: 3000 })).toMatchObject({ usd: 0.05 });
    expect(priceOf(model({ usd: 0.01, per: 'second' }), { ...amount, count: 1 })).toMatchObject({ usd: 0.06 });
    const gpu = model({ usd: 0.001, per: 'gpuSecond' }, { typicalSeconds: 10 });
    expect(priceOf(gpu, { ...amount, count: 1 })).toEqual({ kind: 'estimated', usd: 0.01 });
  });

  it('says that it does not know instead of nothing', () => {
    expect(priceOf(model(null), amount)).toEqual({ kind: 'unknown' });
    expect(priceOf(model({ usd: 1, per: 'megapixel' }), { ...amount, width: null })).toEqual({ kind: 'unknown' });
    expect(priceOf(model({ usd: 1, per: 'second' }), { ...amount, seconds: null })).toEqual({ kind: 'unknown' });
    expect(priceOf(model({ usd: 1, per: 'gpuSecond' }), amount)).toEqual({ kind: 'unknown' });
  });
});
