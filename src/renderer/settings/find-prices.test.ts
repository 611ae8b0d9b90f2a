import { describe, expect, it } from 'vitest';
import type { ListedPrice } from '../../shared/models/costs.ts';
import { byProvider, findPrices } from './find-prices.ts';

const price = { usd: 0.04, per: 'image' } as const;
const entry = (provider: string, model: string, changes: Partial<ListedPrice> = {}): ListedPrice => ({
  ...{ provider, providerName: provider.toUpperCase(), model, name: `${model} one`, price, list: price },
  ...{ isCorrected: false, listedOn: null, base: null, isOffered: true },
  ...changes,
});
const all = [
  entry('fal', 'flux/dev'),
  entry('fal', 'kontext', { price: null, list: null }),
  entry('bfl', 'flux-2-pro', { isCorrected: true }),
];
const found = (typed: string, kind: 'all' | 'unknown' | 'own' = 'all'): string[] =>
  findPrices(all, typed, kind).map(({ model }) => model);

describe('the search among prices', () => {
  it('wants every word, of whichever name, in any case', () => {
    expect(found('FLUX fal')).toEqual(['flux/dev']);
    expect(found('fal/flux')).toEqual(['flux/dev']);
    expect(found('  ')).toEqual(['flux/dev', 'kontext', 'flux-2-pro']);
    expect(found('one two')).toEqual([]);
  });

  it('can be held to what nobody knows, and to one’s own', () => {
    expect([found('', 'unknown'), found('', 'own'), found('fal', 'own')]).toEqual([['kontext'], ['flux-2-pro'], []]);
  });

  it('keeps the models of a provider together', () => {
    expect(byProvider([...all, entry('fal', 'last')]).map((group) => group.map(({ model }) => model))).toEqual([
      ['flux/dev', 'kontext', 'last'],
      ['flux-2-pro'],
    ]);
  });
});
