import { describe, expect, it } from 'vitest';
import type { ProviderStatus } from '../../src/shared/models/provider.ts';
import { planRoute } from '../../src/shared/routing/plan-route.ts';
import { pricedInstead } from '../../src/shared/routing/priced-instead.ts';
import { cloud, local, question, withModels, type Asked } from './question.ts';

const named = (providers: readonly ProviderStatus[], asked: Asked = {}): string | null => {
  const about = question(providers, asked);
  const instead = pricedInstead(about, planRoute(about));
  return instead && `${instead.provider}/${instead.model.id}`;
};
const unpriced = cloud('dark', { id: 'u', price: null });
const dear = cloud('dear', { id: 'd', price: { usd: 0.09, per: 'image' } });
const cheap = cloud('cheap', { id: 'c', price: { usd: 0.01, per: 'image' } });
const first = { primary: 'dark' };

describe('what would do a job at a known price', () => {
  it('is the cheapest one, where the one that comes first has no known price', () => {
    expect(named([unpriced, dear, cheap], { settings: first })).toBe('cheap/c');
    expect(named([unpriced, dear, local('own')], { settings: first })).toBe('own/m');
  });

  it('may be another model of the same provider', () => {
    const both = withModels(unpriced, [
      { id: 'u', price: null },
      { id: 'p', price: { usd: 0.02, per: 'image' } },
    ]);
    expect(named([both])).toBe('dark/p');
    expect(named([both], { request: { provider: 'dark' } })).toBe('dark/p');
  });

  it('is nobody where the price of the first one is known, or none is, or the job names its model', () => {
    expect(named([dear, cheap])).toBeNull();
    expect(named([unpriced, dear], { settings: { primary: 'dear' } })).toBeNull();
    expect(named([unpriced], { settings: first })).toBeNull();
    expect(named([unpriced, cheap], { settings: first, request: { model: 'u' } })).toBeNull();
    expect(named([])).toBeNull();
  });

  it('is the cheapest one, whatever provider, model or tier is wished for', () => {
    const both = withModels(unpriced, [
      { id: 'u', price: null, tier: 'premium' },
      { id: 'near', price: { usd: 0.5, per: 'image' }, tier: 'premium' },
      { id: 'p', price: { usd: 0.02, per: 'image' }, tier: 'fast' },
    ]);
    const wished = (request: Asked['request']): string | null => named([both, dear], { settings: first, request });
    const orOther = true;
    expect(wished({ provider: 'dark', wishes: { orOther } })).toBe('dark/p');
    expect(wished({ provider: 'dark', model: 'u', wishes: { orOther } })).toBe('dark/p');
    expect(wished({ model: 'u', wishes: { orOther } })).toBe('dark/p');
    expect(wished({ wishes: { tier: 'premium' } })).toBe('dark/p');
    // Another provider's that is cheaper than any of the wished one.
    const request = { provider: 'dark', wishes: { orOther } };
    expect(named([both, dear, cheap], { settings: first, request })).toBe('cheap/c');
  });

  it('has the tier that must hold', () => {
    const both = withModels(unpriced, [
      { id: 'u', price: null, tier: 'premium' },
      { id: 'near', price: { usd: 0.5, per: 'image' }, tier: 'premium' },
      { id: 'p', price: { usd: 0.02, per: 'image' }, tier: 'fast' },
    ]);
    const request = { wishes: { tier: 'premium' } } as const;
    expect(named([both], { request: { wishes: { ...request.wishes, musts: ['tier'] } } })).toBe('dark/near');
    expect(named([both], { request, settings: { musts: ['tier'] } })).toBe('dark/near');
  });

  it('comes first where it is named, as is said to whoever asks', () => {
    const both = withModels(unpriced, [
      { id: 'u', price: null, tier: 'premium' },
      { id: 'p', price: { usd: 0.02, per: 'image' }, tier: 'fast' },
    ]);
    const wishes = { tier: 'premium', orOther: true } as const;
    expect(named([both], { request: { provider: 'dark', wishes } })).toBe('dark/p');
    const [best] = planRoute(question([both], { request: { provider: 'dark', model: 'p', wishes } })).ranked;
    expect(best?.model.id).toBe('p');
  });

  it('keeps to the musts and wishes of the job', () => {
    const request = { wishes: { providers: ['dark', 'dear'] } };
    expect(named([unpriced, dear, cheap], { settings: first, request })).toBe('dear/d');
  });
});
