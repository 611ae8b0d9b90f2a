import { expect, it } from 'vitest';
import { emptyRoutingState } from '../../shared/models/routing.ts';
import type { Route, SkippedProvider } from '../../shared/routing/plan-route.ts';
import { exampleProvider } from '../ui/examples-for-tests.ts';
import { limitInTheWay } from './limit-words.ts';
import { shortReason } from './route-words.ts';

type TooDear = NonNullable<SkippedProvider['tooDear']>;

const named = (id: string, name: string) => {
  const provider = exampleProvider({ id, kind: 'cloud' });
  return { ...provider, manifest: { ...provider.manifest, name } };
};
const known = { providers: [named('runware', 'Runware'), named('fal', 'fal')], routing: emptyRoutingState, now: 0 };
const skip = (provider: string, tooDear?: TooDear): SkippedProvider => ({
  provider,
  name: provider,
  code: tooDear === undefined ? 'network' : 'overBudget',
  reason: 'Runware, FLUX.1 dev: it would cost a lot.',
  help: '',
  passes: false,
  ...(tooDear && { tooDear }),
});
const routeOf = (skipped: SkippedProvider[], strategy: Route['strategy'] = 'fastest') => ({
  route: { strategy, ranked: [], skipped },
});
const day = { of: 'day', usd: 0.001 } as const;
const dev: TooDear = { model: 'FLUX.1 dev', cost: { kind: 'estimated', usd: 0.026 }, limit: day };
const schnell: TooDear = { model: 'FLUX.1 schnell', cost: { kind: 'reported', usd: 0.0006 }, limit: day };
const unpriced: TooDear = { model: 'FLUX.1 dev', cost: { kind: 'unknown' }, limit: null };

it('says which limit is in the way, and what is nearest to it', () => {
  const spent = {
    ...known,
    routing: { ...emptyRoutingState, spending: { ...emptyRoutingState.spending, day: 0.001 } },
  };
  const both = routeOf([skip('fal', dev), skip('runware', schnell)]);
  expect(limitInTheWay(both, spent)).toEqual({
    of: 'day',
    words: 'Your cap of $0.0010 a day is reached: the cheapest now is Runware, FLUX.1 schnell, $0.0006.',
  });
  expect(limitInTheWay(both, known)?.words).toMatch(/^Your cap of \$0\.0010 a day is too low: /);
  const nothing = { ...schnell, limit: { of: 'month', usd: 0 } as const };
  expect(limitInTheWay(routeOf([skip('runware', nothing), skip('fal', unpriced)]), known)?.words).toMatch(
    /a month lets only free work through: the cheapest now is Runware/,
  );
  expect(limitInTheWay(routeOf([skip('fal', dev)], null), spent)?.words).toBe(
    'Your cap of $0.0010 a day is reached: fal, FLUX.1 dev would cost ≈ $0.026.',
  );
});

it('says that a cap would be passed, not that it is reached, while something of it is left', () => {
  const routing = { ...emptyRoutingState, spending: { ...emptyRoutingState.spending, month: 0.201 } };
  const wordsAt = (usd: number) => {
    const dear: TooDear = { model: 'FLUX.1 dev', cost: { kind: 'estimated', usd }, limit: { of: 'month', usd: 0.25 } };
    return limitInTheWay(routeOf([skip('fal', dear)]), { ...known, routing })?.words;
  };
  expect(wordsAt(0.06)).toBe(
    'Your cap of $0.250 a month would be passed, as $0.201 is spent: the cheapest now is fal, FLUX.1 dev, ≈ $0.060.',
  );
  expect(wordsAt(0.3)).toMatch(/^Your cap of \$0\.250 a month is too low: /);
});

it('says so where no price is known', () => {
  expect(limitInTheWay(routeOf([skip('fal', unpriced)]), known)).toEqual({
    of: null,
    words: expect.stringMatching(/what fal, FLUX\.1 dev costs is not known\. Enter its price/) as string,
  });
});

it('leaves it to the list where something else is in the way, too', () => {
  expect(limitInTheWay(routeOf([skip('fal', dev), skip('runware')]), known)).toBeNull();
  expect(limitInTheWay(routeOf([]), known)).toBeNull();
  expect(shortReason(skip('fal', dev), known)).toBe('FLUX.1 dev at ≈ $0.026 is over a cap');
});
