import { describe, expect, it } from 'vitest';
import type { ListedPrice } from '../../shared/models/costs.ts';
import { priceLines } from './price-lines.ts';

const price = { usd: 0.04, per: 'image' } as const;
const entry = (changes: Partial<ListedPrice>): ListedPrice => ({
  ...{ provider: 'fal', providerName: 'Fal', model: 'a/b', name: 'B', price, list: price },
  ...{ isCorrected: false, listedOn: '2026-06-01', base: null, isOffered: true },
  ...changes,
});

describe('a list of prices', () => {
  it.each<[Partial<ListedPrice>, string]>([
    [{}, '$0.040/image  by the list of 2026-06-01  fal/a/b'],
    [{ listedOn: null }, '$0.040/image  as the service tells it  fal/a/b'],
    [
      { isCorrected: true, price: { usd: 0.1, per: 'megapixel' } },
      '$0.100/MP  yours; the list of 2026-06-01: $0.040/image  fal/a/b',
    ],
    [{ isCorrected: true, list: null, listedOn: null }, '$0.040/image  yours; no list says it  fal/a/b'],
    [{ base: { name: 'Flux', isCorrected: false } }, '$0.040/image  as Flux, by the list of 2026-06-01  fal/a/b'],
    [
      { base: { name: 'Flux', isCorrected: false }, listedOn: null },
      '$0.040/image  as Flux, as the service tells it  fal/a/b',
    ],
    [{ base: { name: 'Flux', isCorrected: true } }, '$0.040/image  as Flux, whose price is yours  fal/a/b'],
    [{ isCorrected: true, isOffered: false }, '$0.040/image  yours; not offered now  fal/a/b'],
  ])('says what counts, and from where: %j', (changes, line) => {
    expect(priceLines({ prices: [entry(changes)] })).toEqual([line]);
  });

  it('says how a price is entered that nobody knows', () => {
    expect(priceLines({ prices: [entry({ price: null, list: null, listedOn: null })] })).toEqual([
      'not known    fal/a/b',
      'Enter a price that is not known with: easel prices set <provider>/<model> <usd>',
    ]);
  });

  it('says what to do where nothing is set up', () => {
    expect(priceLines({ prices: [] })).toEqual([expect.stringContaining('--provider <id>')]);
  });
});
