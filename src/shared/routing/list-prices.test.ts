import { describe, expect, it } from 'vitest';
import type { Model, Price, ProviderStatus } from '../models/provider.ts';
import { correctPrices } from './correct-prices.ts';
import { listPrices } from './list-prices.ts';
import { offerTrained } from './offer-trained.ts';

const listed: Price = { usd: 0.035, per: 'megapixel', first: 0.05 };
const own: Price = { usd: 0.02, per: 'image' };
const model = (id: string, price: Price | null = listed): Model => ({ id, name: id.toUpperCase(), price }) as Model;
const provider = (
  corrections: Record<string, Price>,
  { id = 'fal', kind = 'cloud', models = [model('a/b')] } = {},
): ProviderStatus =>
  ({
    manifest: { id, name: 'Fal', kind, pricesCheckedOn: '2026-06-01', models: [model('a/b')] },
    models: correctPrices(id, models, corrections),
  }) as ProviderStatus;
const prices = (corrections: Record<string, Price>, more: Parameters<typeof provider>[1] = {}) =>
  listPrices([provider(corrections, more)], corrections);

describe('listPrices', () => {
  it('says of a correction that it is one, and what the list of which day says', () => {
    expect(prices({})).toEqual([
      {
        ...{ provider: 'fal', providerName: 'Fal', model: 'a/b', name: 'A/B', price: listed, list: listed },
        ...{ isCorrected: false, listedOn: '2026-06-01', base: null, isOffered: true },
      },
    ]);
    const [corrected] = prices({ 'fal/a/b': own });
    expect(corrected).toMatchObject({ price: own, list: listed, isCorrected: true, listedOn: '2026-06-01' });
  });

  it('gives no day to a price that the service told when it was asked, and none to one that nobody knows', () => {
    const models = [model('a/b', { ...listed, usd: 0.04 }), model('new'), model('secret', null)];
    expect(prices({}, { models }).map(({ listedOn }) => listedOn)).toEqual([null, null, null]);
  });

  it('keeps a correction in sight whose model is not offered now, and no other service’s', () => {
    const corrections = { 'fal/gone': own, 'falx/a': own };
    expect(prices(corrections).map(({ model: id, isOffered }) => [id, isOffered])).toEqual([
      ['a/b', true],
      ['gone', false],
    ]);
  });

  describe('of what a training made', () => {
    const trained = (corrections: Record<string, Price>, base = model('a/b')) => {
      const offered = offerTrained(correctPrices('fal', [base], corrections), [
        { id: 'a/b#pier', name: 'Pier', source: 'https://weights.example/pier' },
      ]);
      return prices(corrections, { models: offered }).find(({ model: id }) => id === 'a/b#pier');
    };

    it('is that of the list for what it builds on', () => {
      const base = { name: 'A/B', isCorrected: false };
      expect(trained({})).toMatchObject({ price: listed, list: listed, listedOn: '2026-06-01', base });
      expect(trained({}, model('a/b', own))).toMatchObject({ price: own, listedOn: null, base });
    });

    it('is the user’s own where that of what it builds on is, without being corrected itself', () => {
      const base = { name: 'A/B', isCorrected: true };
      const changes = { price: own, list: listed, listedOn: '2026-06-01', isCorrected: false, base };
      expect(trained({ 'fal/a/b': own })).toMatchObject(changes);
    });

    it('is its own where the user has given it one, beside the list’s', () => {
      const changes = { price: own, list: listed, listedOn: '2026-06-01', isCorrected: true, base: null };
      expect(trained({ 'fal/a/b#pier': own })).toMatchObject(changes);
      const [, gone] = prices({ 'fal/a/b#gone': own });
      expect(gone).toMatchObject({ price: own, list: listed, base: null, isOffered: false });
    });
  });

  it('leaves out what runs on one’s own machine', () => {
    expect(prices({ 'comfyui/x': own }, { id: 'comfyui', kind: 'local' })).toEqual([]);
  });
});
