import { describe, expect, it } from 'vitest';
import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import { byFamily, priceWords, standingOf } from './provider-words.ts';

const model = (name: string, family: Model['family'], price: Model['price']): Model => ({
  id: name,
  name,
  family,
  tier: 'standard',
  operations: ['textToImage'],
  parameters: [],
  limits: { promptCharacters: 1000, imagesPerRequest: 1, side: { min: 64, max: 2048, multipleOf: 1 } },
  defaults: {},
  choices: { samplers: [], schedulers: [], loras: [] },
  price,
  typicalSeconds: null,
});

const provider = (enabled: boolean, state: ProviderStatus['health']['state']): ProviderStatus =>
  ({ enabled, health: { state } }) as ProviderStatus;

describe('words for providers', () => {
  it('says free only where every model is', () => {
    expect(priceWords([model('a', 'flux', { usd: 0, per: 'image' })])).toBe('Free');
    expect(priceWords([model('a', 'flux', { usd: 0, per: 'image' }), model('b', 'flux', null)])).toBe('Unknown');
    expect(priceWords([])).toBe('Unknown');
  });

  it('names the least price, and that others cost more', () => {
    const cheap = model('a', 'flux', { usd: 0.004, per: 'image' });
    const dear = model('b', 'flux', { usd: 0.05, per: 'image' });
    expect(priceWords([cheap])).toBe('$0.0040 an image');
    expect(priceWords([dear, cheap])).toBe('From $0.0040 an image');
  });

  it('groups models by family and leaves out empty families', () => {
    const groups = byFamily([model('z', 'sdxl', null), model('b', 'flux', null), model('a', 'flux', null)]);
    expect(groups.map(({ family, models }) => [family, models.map(({ name }) => name)])).toEqual([
      ['flux', ['a', 'b']],
      ['sdxl', ['z']],
    ]);
  });

  it('says that a provider is not in use before it says how it is, but offers what was found', () => {
    expect(standingOf(provider(false, 'ready'), false)).toBe('off');
    expect(standingOf(provider(false, 'found'), false)).toBe('found');
    expect(standingOf(provider(true, 'unreachable'), false)).toBe('unreachable');
    expect(standingOf(provider(true, 'ready'), true)).toBe('checking');
  });
});
