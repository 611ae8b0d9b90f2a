import { describe, expect, it } from 'vitest';
import type { Strategy } from '../../src/shared/models/route-wishes.ts';
import type { Stars } from '../../src/shared/models/routing.ts';
import { closedBreaker } from '../../src/shared/routing/breaker.ts';
import { aboutText } from '../../src/shared/routing/route-reasons.ts';
import { tryEvery } from '../../src/shared/routing/adaptive.ts';
import { ask, cloud, local, now, ranked, standing, withModels, type Asked } from './question.ts';

const by = (strategy: Strategy, more: Asked = {}): Asked => ({ ...more, settings: { ...more.settings, strategy } });
const track = (success: number, seconds: number, weight = 30) =>
  ({ model: 'm', operation: 'textToImage', weight, success, seconds, usd: null, at: now }) as const;

describe('the order', () => {
  it('is the primary, the fallbacks, one’s own machines, then the list', () => {
    const all = [cloud('a'), cloud('b'), local('c'), cloud('d')];
    expect(ranked(ask(all, { settings: { primary: 'd', fallbacks: ['b'] } }))).toEqual(['d/m', 'b/m', 'c/m', 'a/m']);
  });

  it('says first why the best one is the best', () => {
    const [first, second] = ask([cloud('a'), cloud('b')], { settings: { primary: 'a', fallbacks: ['b'] } }).ranked;
    expect(first?.reasons).toEqual(['your primary provider', '≈ $0.010', 'about 5 s']);
    expect(second?.reasons[0]).toBe('your fallback 1');
  });

  it('says the same time in every place', () => {
    const standings = [standing('a', { tracks: [track(1, 0.42)] })];
    const [first] = ask([cloud('a'), cloud('b')], by('fastest', { state: { standings } })).ranked;
    expect(first?.reasons[0]).toBe(`fastest: ${aboutText(first?.seconds ?? NaN)}`);
    expect([0.01, 0.42, 5, 6.25, 12.5, 500].map(aboutText)).toEqual([
      'about 0.1 s',
      'about 0.4 s',
      'about 5 s',
      'about 6.3 s',
      'about 13 s',
      'about 9 min',
    ]);
  });

  it('says which model of the same provider would have come first but for the money, and why', () => {
    const a = withModels(cloud('a'), [
      { id: 'unpriced', name: 'Unpriced', price: null },
      { id: 'dear', name: 'Dear', price: { usd: 5, per: 'image' } },
      { id: 'cheap', name: 'Cheap', price: { usd: 0.003, per: 'image' } },
    ]);
    const chosen = (day: number | null) =>
      ask([a], { settings: { caps: { image: null, job: null, day, month: null } } }).ranked[0];
    expect(chosen(1)?.model.id).toBe('cheap');
    expect(chosen(1)?.reasons).toContain('not Unpriced: what it costs is not known, and there is a cap');
    expect(chosen(null)?.model.id).toBe('unpriced');
    expect(chosen(null)?.reasons.join()).not.toContain('not ');
  });

  it('takes turns', () => {
    const all = [cloud('a'), cloud('b'), cloud('c')];
    const firstAt = (turn: number) => ranked(ask(all, by('round_robin', { state: { turn } })))[0];
    expect([0, 1, 2, 3].map(firstAt)).toEqual(['a/m', 'b/m', 'c/m', 'a/m']);
  });

  it('follows the load', () => {
    const standings = [standing('a', { running: 3, atOnce: 4 }), standing('b', { running: 1, atOnce: 2 })];
    const route = ask([cloud('a'), cloud('b')], by('least_loaded', { state: { standings } }));
    expect(route.ranked[0]).toMatchObject({ provider: 'b', score: 0.5 });
    expect(route.ranked[0]?.reasons[0]).toBe('least busy: 1 of 2 at once');
  });

  it('follows the price of the job, over providers and over the models of each', () => {
    const a = withModels(cloud('a'), [
      { id: 'dear', price: { usd: 0.09, per: 'image' } },
      { id: 'cheap', price: { usd: 0.003, per: 'image' } },
    ]);
    const route = ask([cloud('b'), a, cloud('c', { price: null })], by('cost_optimized', { request: { count: 2 } }));
    expect(ranked(route)).toEqual(['a/cheap', 'b/m', 'c/m']);
    expect(route.ranked[0]?.reasons[0]).toBe('cheapest that can: ≈ $0.0060');
    expect(route.ranked[2]?.reasons[0]).toBe('its price is not known');
  });

  it('follows quality: the tier first, then the votes on this kind of prompt', () => {
    const a = withModels(cloud('a'), [
      { id: 'quick', tier: 'fast' },
      { id: 'fine', tier: 'premium' },
    ]);
    expect(ranked(ask([cloud('b'), a], by('quality_focused')))).toEqual(['a/fine', 'b/m']);
    const scores = { b: { m: { people: { points: 1750, votes: 30 } } } };
    const voted = by('quality_focused', { state: { scores }, request: { prompt: 'a portrait of a woman' } });
    expect(ranked(ask([cloud('b'), a], voted))).toEqual(['b/m', 'a/fine']);
    const other = { ...voted, request: { prompt: 'a mountain lake' } };
    expect(ranked(ask([cloud('b'), a], other))).toEqual(['a/fine', 'b/m']);
  });

  it('follows how pictures were rated, those of this kind of prompt most, and says so', () => {
    const ratings = (rated: Stars) => ({ b: { m: { people: rated, all: rated } } });
    const liked = ratings({ ratings: 10, stars: 45 });
    const scores = { b: { m: { people: { points: 1510, votes: 3 } } } };
    const asked = by('quality_focused', { state: { ratings: liked }, request: { prompt: 'a portrait of a woman' } });
    const [best, other] = ask([cloud('a'), cloud('b')], asked).ranked;
    expect(best?.provider).toBe('b');
    expect(best?.reasons[0]).toBe('best: 1613 points by 10 ratings');
    expect(other?.reasons[0]).toBe('not as good: 1500 points by its tier standard');
    const elsewhere = ask([cloud('a'), cloud('b')], { ...asked, request: { prompt: 'a mountain lake' } }).ranked[0];
    expect(elsewhere?.reasons[0]).toBe('best: 1575 points by 10 ratings');
    const both = ask([cloud('a'), cloud('b')], { ...asked, state: { ratings: liked, scores } }).ranked[0];
    expect(both?.reasons[0]).toBe('best: 1616 points by 3 votes and 10 ratings');
    const bad = { ...asked, state: { ratings: ratings({ ratings: 1, stars: 1 }) } };
    expect(ask([cloud('b'), cloud('a')], bad).ranked[1]?.reasons[0]).toBe('not as good: 1465 points by 1 rating');
  });

  it('weighs ratings against time and money where it learns, and says so', () => {
    const ratings = (stars: number) => ({ b: { m: { other: { ratings: 4, stars }, all: { ratings: 4, stars } } } });
    const asked = by('adaptive', { state: { ratings: ratings(20) }, request: { prompt: 'a fox' } });
    const [best, other] = ask([cloud('a'), cloud('b')], asked).ranked;
    expect(best?.provider).toBe('b');
    expect(best?.reasons[0]).toMatch(/^least expected loss 0\.\d\d: little is known of it; quality by 4 ratings$/u);
    expect(other?.reasons[0]).toMatch(/little is known of it$/u);
    const bad = { ...asked, state: { ratings: ratings(4) } };
    expect(ask([cloud('b'), cloud('a')], bad).ranked[0]?.provider).toBe('a');
  });

  it('follows how reliable they were', () => {
    const standings = [
      standing('a', { tracks: [track(0.6, 5)] }),
      standing('b', { tracks: [track(0.99, 5)], breaker: { ...closedBreaker, failuresInARow: 2 } }),
      standing('c', { tracks: [track(0.98, 5)] }),
    ];
    const route = ask([cloud('a'), cloud('b'), cloud('c')], by('health_based', { state: { standings } }));
    expect(ranked(route)).toEqual(['c/m', 'b/m', 'a/m']);
  });

  it('follows time: what was seen rather than what is said, with the waiting', () => {
    const a = cloud('a', { typicalSeconds: 2 });
    const standings = [standing('a', { tracks: [track(1, 30)] })];
    expect(ranked(ask([a, cloud('b')], by('fastest')))).toEqual(['a/m', 'b/m']);
    const route = ask([a, cloud('b')], by('fastest', { state: { standings } }));
    expect(ranked(route)).toEqual(['b/m', 'a/m']);
    const waiting = { standings: [standing('b', { running: 2, atOnce: 2 })] };
    const [first, second] = ask([a, cloud('b')], by('fastest', { state: waiting, request: { count: 2 } })).ranked;
    expect([first?.seconds, second?.seconds]).toEqual([4, 12.5]);
    expect([first?.waits, second?.waits]).toEqual([false, true]);
  });

  it('follows what is expected to be lost, and says when somebody is tried', () => {
    const standings = [standing('a', { tracks: [track(0.99, 4)] }), standing('b', { tracks: [track(0.8, 20)] })];
    const at = (turn: number) => ask([cloud('a'), cloud('b')], by('adaptive', { state: { standings, turn } }));
    expect(at(0).ranked[0]?.provider).toBe('a');
    expect(at(0).ranked[0]?.reasons[0]).toMatch(
      /^least expected loss 0\.\d\d: 99 % likely to succeed, by 30 attempts lately$/u,
    );
    const [tried] = at(2 * tryEvery - 1).ranked;
    expect(tried?.provider).toBe('b');
    expect(tried?.reasons[0]).toContain('its turn to be tried');
    // What is hoped of the one that is tried makes nobody else worse.
    expect(at(2 * tryEvery - 1).ranked[1]?.reasons[0]).toMatch(/^least expected loss/u);
  });

  it.each([
    ['cost_optimized', 'no other costs less: ≈ $0.010'],
    ['least_loaded', 'no other is less busy: 0 of 2 at once'],
    ['quality_focused', 'no other is better: 1500 points by its tier standard'],
    ['health_based', 'no other is more reliable: 3 % risk of failure'],
    ['fastest', 'no other is faster: about 5 s'],
  ] as const)('calls none of two that are the same under %s better than the other one', (strategy, words) => {
    const { ranked: both } = ask([cloud('a'), cloud('b')], by(strategy));
    expect(both.map(({ reasons }) => reasons[0])).toEqual([words, words]);
  });

  it('claims nothing of one that is first because the better ones are busy or further from what is wished', () => {
    const standings = [standing('a', { running: 2, atOnce: 2 })];
    const both = [cloud('a', { typicalSeconds: 1 }), cloud('b')];
    const quick = ask(both, by('fastest', { state: { standings } })).ranked;
    expect(quick.map(({ provider, reasons }) => [provider, reasons[0]])).toEqual([
      ['b', 'about 5 s'],
      ['a', 'fastest: about 1.5 s'],
    ]);
    const fine = withModels(cloud('b'), [{ id: 'm', tier: 'premium', price: { usd: 0.09, per: 'image' } }]);
    const wished = ask([cloud('a'), fine], by('cost_optimized', { request: { wishes: { tier: 'premium' } } })).ranked;
    expect(wished.map(({ reasons }) => reasons.slice(0, 2))).toEqual([
      ['of the wished tier premium', '≈ $0.090'],
      ['of the tier standard, not the wished premium', 'cheapest that can: ≈ $0.010'],
    ]);
  });

  it('says of how many attempts one, and of no share that it is all or nothing', () => {
    const standings = [standing('a', { tracks: [track(1, 5, 1)] }), standing('b', { tracks: [track(1, 5, 500)] })];
    const { ranked: learned } = ask([cloud('a'), cloud('b')], by('adaptive', { state: { standings } }));
    expect(learned.map(({ reasons }) => reasons[0]?.replace(/^.*: /u, ''))).toEqual([
      'over 99 % likely to succeed, by 500 attempts lately',
      '97 % likely to succeed, by 1 attempt lately',
    ]);
    const risks = ask([cloud('a'), cloud('b')], by('health_based', { state: { standings } })).ranked;
    expect(risks[0]?.reasons[0]).toBe('most reliable: under 1 % risk of failure');
  });

  it('tells nobody of those that the job itself leaves out', () => {
    const all = [local('c'), cloud('a'), cloud('b')];
    const request = { wishes: { providers: ['a', 'b'] } };
    expect(ask(all, { request }).ranked[0]?.reasons[0]).toBe('first of those that are set up');
    const [fallback] = ask(all, { request, failed: [{ provider: 'a', code: 'auth' }] }).ranked;
    expect(fallback?.reasons[0]).toBe('first of those that are set up; a failed at this job: it refused the key');
  });

  it('says of who is busy that the job waits', () => {
    const route = ask([cloud('a')], { state: { standings: [standing('a', { roomAt: now + 9_000 })] } });
    expect(route.ranked[0]).toMatchObject({ waits: true, seconds: 14 });
    expect(route.ranked[0]?.reasons).toContain('at its limit a minute, the job waits its turn');
  });
});

describe('what a job wishes', () => {
  const a = withModels(cloud('a'), [{ id: 'one' }, { id: 'two', tier: 'premium' }]);

  it('is its provider and no other, and no strategy then', () => {
    const route = ask([cloud('b'), a], { request: { provider: 'a' } });
    expect([ranked(route), route.strategy, route.skipped]).toEqual([['a/one'], null, []]);
  });

  it('is its provider first and others after it, where those may do it', () => {
    const request = { provider: 'a', wishes: { orOther: true } };
    const route = ask([cloud('b'), a, cloud('c')], { request });
    expect([ranked(route), route.strategy]).toEqual([['a/one', 'b/m', 'c/m'], 'primary_first']);
    // Neither the user's order nor a comparison has put it there.
    expect(route.ranked[0]?.reasons).toEqual(['named by this job', '≈ $0.010', 'about 5 s']);
    expect(route.ranked[1]?.reasons[0]).toBe('may stand in for the named one');
    const failed = [{ provider: 'a', code: 'server' }] as const;
    expect(ranked(ask([cloud('b'), a], { request, failed }))).toEqual(['b/m']);
  });

  it('is a model, of whoever has it, and others after that where they may', () => {
    expect(ranked(ask([cloud('b'), a], { request: { model: 'two' } }))).toEqual(['a/two']);
    const request = { model: 'two', wishes: { orOther: true } };
    expect(ranked(ask([cloud('b'), a], { request }))).toEqual(['a/two', 'b/m']);
  });

  it('is a tier, first or only', () => {
    const wishes = { tier: 'premium' } as const;
    expect(ranked(ask([cloud('b'), a], { request: { wishes } }))).toEqual(['a/two', 'b/m']);
    const must = { ...wishes, musts: ['tier' as const] };
    const route = ask([cloud('b'), a], { request: { wishes: must } });
    expect(ranked(route)).toEqual(['a/two']);
    expect(route.skipped[0]?.reason).toBe('M is of the tier standard, not premium. It must hold.');
  });

  it('is a strategy of its own', () => {
    const cheap = cloud('c', { price: { usd: 0.001, per: 'image' } });
    const route = ask([a, cheap], { request: { wishes: { strategy: 'cost_optimized' } } });
    expect([route.strategy, ranked(route)[0]]).toEqual(['cost_optimized', 'c/m']);
  });
});
