import { describe, expect, it } from 'vitest';
import type { Model, Price } from '../models/provider.ts';
import { correctPrices } from './correct-prices.ts';
import { offerTrained } from './offer-trained.ts';

const listed: Price = { usd: 0.035, per: 'megapixel', first: 0.05 };
const own: Price = { usd: 0.02, per: 'image' };
const model = (id: string, price: Price | null = listed): Model => ({
  ...{ id, name: id, family: 'flux', tier: 'standard', operations: ['textToImage'], parameters: [], defaults: {} },
  limits: { promptCharacters: 1000, imagesPerRequest: 4, side: { min: 256, max: 1536, multipleOf: 16 } },
  choices: { samplers: [], schedulers: [], loras: [] },
  ...{ price, typicalSeconds: null },
});

describe('correctPrices', () => {
  it('puts the user’s price in the place of the list’s, and keeps that one beside it', () => {
    const models = [model('a/b'), model('c', null)];
    expect(correctPrices('fal', models, { 'fal/a/b': own })).toEqual([
      { ...model('a/b'), price: own, listPrice: listed },
      model('c', null),
    ]);
    expect(correctPrices('fal', models, { 'fal/c': own })[1]).toEqual({ ...model('c'), price: own, listPrice: null });
  });

  it('is the same list where nothing is corrected', () => {
    const models = [model('a')];
    for (const prices of [{}, { 'bfl/a': own }, { 'fal/b': own }] as Record<string, Price>[])
      expect(correctPrices('fal', models, prices)).toBe(models);
  });

  it('is not taken in by names that every object has', () => {
    const models = [model('constructor')];
    expect(correctPrices('__proto__', models, {})).toBe(models);
  });

  it('holds for what builds on the model, unless that has a price of its own', () => {
    const trained = { id: 'a#x', name: 'Pier', source: 'https://x' };
    const prices = { 'fal/a': own, 'fal/a#y': { usd: 9, per: 'image' } as const };
    const offered = correctPrices(
      'fal',
      offerTrained(correctPrices('fal', [model('a')], prices), [trained, { ...trained, id: 'a#y' }]),
      prices,
    );
    expect(offered.map(({ price, listPrice }) => [price?.usd, listPrice])).toEqual([
      [0.02, listed],
      [0.02, listed],
      [9, listed],
    ]);
  });
});
