import { describe, expect, it } from 'vitest';
import { emptyRoutingState } from '../../shared/models/routing.ts';
import { closedBreaker } from '../../shared/routing/breaker.ts';
import type { RankedProvider, Route, SkippedProvider } from '../../shared/routing/plan-route.ts';
import { exampleModel, exampleProvider, exampleStanding } from '../ui/examples-for-tests.ts';
import type { DraftPlan } from './plan-draft.ts';
import { routeLine, shortReason } from './route-words.ts';

const named = (id: string, name: string, change: Parameters<typeof exampleProvider>[0] = {}) => {
  const provider = exampleProvider({ id, kind: 'cloud', ...change });
  return { ...provider, manifest: { ...provider.manifest, name } };
};
const providers = [
  named('runware', 'Runware'),
  named('fal', 'fal'),
  named('gemini', 'Gemini', { state: 'offline' }),
  named('openai', 'OpenAI', { enabled: false }),
];
const open = { ...closedBreaker, state: 'open' as const, until: 50_000, openings: 1, reason: 'server' as const };
const routing = { ...emptyRoutingState, standings: [exampleStanding({ provider: 'fal', breaker: open })] };
const known = { providers, routing, now: 20_100 };
const skip = (provider: string, code: SkippedProvider['code'], reason: string): SkippedProvider => ({
  provider,
  name: provider,
  code,
  reason,
  help: '',
  passes: code === 'server' || code === 'offline',
});
const best: RankedProvider = {
  provider: 'runware',
  model: exampleModel({ name: 'FLUX schnell' }),
  request: {} as RankedProvider['request'],
  dropped: [],
  cost: { kind: 'estimated', usd: 0.004 },
  seconds: 6,
  score: 0,
  reasons: [],
  waits: false,
  isTry: false,
};
const planOf = (route: Route, outlook: DraftPlan['outlook'] = 'now'): DraftPlan => ({
  isAutomatic: true,
  route,
  chosen: null,
  outlook,
  priced: null,
  request: null,
});

describe('the line under the button', () => {
  it('says who, for how much, by when, and who was skipped', () => {
    const skipped = [
      skip('fal', 'server', 'fal is cooling down.'),
      skip('openai', 'noProvider', 'OpenAI is not set up.'),
    ];
    expect(routeLine(planOf({ strategy: 'fastest', ranked: [best], skipped }), known)).toBe(
      'Runware · FLUX schnell, ≈ $0.0040, about 6 s; skipped fal: cooling down 30 s',
    );
  });

  it('says what a job would wait for, and what nobody can do', () => {
    const skipped = [skip('gemini', 'offline', 'No network.'), skip('fal', 'server', 'fal is cooling down.')];
    const route = { strategy: null, ranked: [], skipped };
    expect(routeLine(planOf(route, 'later'), known)).toBe('Would wait: Gemini: no network, fal: cooling down 30 s');
    const never = [skip('fal', 'invalid_request', 'FLUX can’t do inpainting.')];
    expect(routeLine(planOf({ ...route, skipped: never }, 'never'), known)).toBe(
      'No provider can do this: fal: FLUX can’t do inpainting',
    );
    expect(routeLine(planOf({ ...route, skipped: [] }, 'never'), known)).toBe('No provider can do this.');
  });

  it('names two of those that were skipped, and counts the rest', () => {
    const skipped = ['fal', 'gemini', 'runware', 'fal'].map((id) => skip(id, 'noProvider', 'Not now.'));
    expect(routeLine(planOf({ strategy: 'fastest', ranked: [best], skipped }), known)).toMatch(/, 2 more$/);
  });
});

describe('why somebody was skipped, in short', () => {
  it('counts down', () => {
    const skipped = skip('fal', 'server', 'fal is cooling down.');
    expect(shortReason(skipped, { ...known, now: 49_500 })).toBe('cooling down 1 s');
    expect(shortReason(skipped, { ...known, now: 50_500 })).toBe('is cooling down');
  });

  it('tells what it can’t do rather than what passes', () => {
    expect(shortReason(skip('fal', 'invalid_request', 'fal takes no seed.'), known)).toBe('takes no seed');
  });
});
