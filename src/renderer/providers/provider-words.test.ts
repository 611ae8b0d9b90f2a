import { describe, expect, it } from 'vitest';
import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import { exampleProvider } from '../ui/examples-for-tests.ts';
import {
  balanceWords,
  byFamily,
  modelPrice,
  priceWords,
  providerGroups,
  standingOf,
  standingWords,
} from './provider-words.ts';

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
    const steps = model('c', 'flux', { usd: 0.015, per: 'megapixel', first: 0.03 });
    expect(priceWords([steps])).toBe('$0.030, then $0.015 a megapixel');
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

  it('says what keeps a service from being used before that it is not in use', () => {
    expect(standingOf(provider(false, 'keyMissing'), false)).toBe('keyMissing');
    expect(standingOf(provider(false, 'locked'), false)).toBe('locked');
    expect(standingOf(provider(false, 'notSetUp'), false)).toBe('off');
  });

  it('has words for every way a provider can stand, and does not call a service with its key “not set up”', () => {
    for (const state of ['ready', 'unreachable', 'offline', 'keyMissing', 'keyRefused', 'locked', 'found'] as const) {
      expect(standingWords(exampleProvider({ state }), state)).toMatch(/^[A-Z]/);
    }
    expect(standingWords(exampleProvider(), 'notSetUp')).toBe('Not set up');
    expect(standingWords(exampleProvider({ kind: 'cloud' }), 'notSetUp')).toBe('Not asked yet');
  });

  it('tells a balance in money where the service does, else in its own unit', () => {
    expect(balanceWords({ amount: 12.4, unit: 'USD', usd: 12.4 })).toBe('$12.40');
    expect(balanceWords({ amount: 1240, unit: 'credits', usd: null })).toBe('1,240 credits');
  });

  it('tells the price of one model, and of some where others are not known', () => {
    const known = model('a', 'flux', { usd: 0.004, per: 'image' });
    expect(modelPrice(known)).toBe('$0.0040 an image');
    expect(modelPrice(model('b', 'flux', null))).toBe('Unknown');
    expect(priceWords([known, model('b', 'flux', null)])).toBe('From $0.0040 an image; of some models unknown');
  });
});

describe('the groups of the page', () => {
  it('show this machine, cloud services and the built-in one; those in use as cards, the others by name', () => {
    const off = { enabled: false, state: 'keyMissing', kind: 'cloud' } as const;
    const groups = providerGroups([
      exampleProvider({ id: 'builtin', kind: 'builtin' }),
      exampleProvider({ id: 'stability', ...off }),
      exampleProvider({ id: 'openai', kind: 'cloud' }),
      exampleProvider({ id: 'bfl', ...off }),
      exampleProvider({ id: 'comfyui', enabled: false, state: 'found' }),
    ]);
    const ids = (providers: readonly ProviderStatus[]) => providers.map(({ manifest }) => manifest.id);
    expect(groups.map(({ kind, known, others }) => [kind, ids(known), ids(others)])).toEqual([
      ['local', ['comfyui'], []],
      ['cloud', ['openai'], ['bfl', 'stability']],
      ['builtin', ['builtin'], []],
    ]);
  });

  it('keep the card of a service that is switched off open while it has its key', () => {
    const away = exampleProvider({ id: 'openai', kind: 'cloud', enabled: false, state: 'notSetUp' });
    const key = { field: 'apiKey', isSet: true, source: 'vault', variable: null, shown: null } as const;
    expect(providerGroups([{ ...away, credentials: [key] }])[0]?.known).toHaveLength(1);
    expect(providerGroups([away])[0]?.known).toHaveLength(0);
  });

  it('leave a provider where it was opened, although it is in use now', () => {
    const [group] = providerGroups([exampleProvider({ id: 'openai', kind: 'cloud' })], new Set(['openai']));
    expect(group).toMatchObject({ known: [], others: [{ manifest: { id: 'openai' } }] });
  });
});
