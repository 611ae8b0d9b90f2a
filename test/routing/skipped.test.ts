import { describe, expect, it } from 'vitest';
import { closedBreaker } from '../../src/shared/routing/breaker.ts';
import { ask, cloud, local, now, ranked, skipped, standing, withModels } from './question.ts';

const open = { ...closedBreaker, state: 'open', until: now + 40_000, openings: 1, reason: 'timeout' } as const;

describe('who is left out', () => {
  it('is a provider that cools down, with the seconds left, even when the job names it', () => {
    const state = { standings: [standing('a', { breaker: { ...open, until: now + 20_000 } })] };
    const route = ask([cloud('a'), cloud('b')], { state });
    expect(ranked(route)).toEqual(['b/m']);
    expect(route.ranked[0]?.reasons[0]).toBe(
      'first of those that are set up; a is cooling down after failures: it did not answer in time, 20 s left',
    );
    const named = ask([cloud('a'), cloud('b')], { state, request: { provider: 'a' } });
    expect(named.ranked).toEqual([]);
    expect(named.skipped).toEqual([expect.objectContaining({ provider: 'a', code: 'timeout', againAt: now + 20_000 })]);
  });

  it('is one that is tried again already, but not one that may be tried', () => {
    const half = { ...closedBreaker, state: 'half_open', openings: 1, reason: 'server' } as const;
    const trying = { standings: [standing('a', { breaker: { ...half, probing: true } })] };
    expect(skipped(ask([cloud('a')], { state: trying })).a).toContain('its one try is under way');
    expect(ranked(ask([cloud('a')], { state: { standings: [standing('a', { breaker: half })] } }))).toEqual(['a/m']);
  });

  it('is let back when its cool-down ends, and does not cool down longer because the clock was set back', () => {
    const state = { standings: [standing('a', { breaker: { ...open, until: now + 30_000 } })] };
    expect(ranked(ask([cloud('a')], { state, now: now + 30_000 }))).toEqual(['a/m']);
    expect(skipped(ask([cloud('a')], { state, now: now - 3_600_000 })).a).toContain('30 s left');
  });

  it('is one that asked to be left alone', () => {
    const state = { standings: [standing('a', { pausedUntil: now + 90_000 })] };
    expect(skipped(ask([cloud('a')], { state })).a).toBe('rate_limit: a asked to be left alone, 90 s left.');
    expect(ranked(ask([cloud('a')], { state, now: now + 90_000 }))).toEqual(['a/m']);
  });

  it('is everybody but the primary where only that may be used, named or not', () => {
    const settings = { mode: 'single', primary: 'b' } as const;
    expect(ranked(ask([cloud('a'), cloud('b')], { settings }))).toEqual(['b/m']);
    expect(skipped(ask([cloud('a'), cloud('b')], { settings, request: { provider: 'a' } })).a).toContain('Only b');
    expect(ask([cloud('a')], { settings: { mode: 'single' } }).skipped[0]?.help).toBe('Choose a primary provider.');
  });

  it('is every cloud service where those are switched off or the job stays at home', () => {
    const both = [cloud('a'), local('b')];
    expect(ranked(ask(both, { settings: { cloudOff: true } }))).toEqual(['b/m']);
    expect(ranked(ask(both, { request: { wishes: { localOnly: true } } }))).toEqual(['b/m']);
    expect(ranked(ask(both, { settings: { cloudOff: true }, request: { provider: 'a' } }))).toEqual([]);
  });

  it('is who may have a key behind the lock, and the drawing that nobody chose does not stand in for it', () => {
    const locked = {
      ...cloud('a'),
      enabled: false,
      health: { ...cloud('a').health, state: 'locked' as const, message: 'The keys are locked.' },
    };
    const drawing = local('sketch');
    const builtin = { ...drawing, manifest: { ...drawing.manifest, kind: 'builtin' as const } };
    const route = ask([locked, builtin]);
    expect(route.ranked).toEqual([]);
    expect(route.skipped[0]).toMatchObject({ provider: 'a', code: 'auth', passes: true, help: 'Unlock the vault.' });
    expect(ranked(ask([locked, builtin], { request: { provider: 'sketch' } }))).toEqual(['sketch/m']);
  });

  it('is who is not in the set of the job', () => {
    expect(ranked(ask([cloud('a'), cloud('b')], { request: { wishes: { providers: ['b'] } } }))).toEqual(['b/m']);
  });

  it('is who failed at this job, and everybody where no fallback is wanted', () => {
    const failed = [{ provider: 'a', code: 'server' }] as const;
    const both = [cloud('a'), cloud('b')];
    expect(ranked(ask(both, { failed }))).toEqual(['b/m']);
    expect(skipped(ask(both, { failed })).a).toBe('server: a failed at this job: it had an error.');
    expect(ranked(ask(both, { failed, settings: { fallback: false } }))).toEqual([]);
  });

  it('is everybody else where one refused the content, unless the user allows it', () => {
    const failed = [{ provider: 'a', code: 'content_policy' }] as const;
    expect(ranked(ask([cloud('a'), cloud('b')], { failed }))).toEqual([]);
    expect(ranked(ask([cloud('a'), cloud('b')], { failed, settings: { fallbackAfterRefusal: true } }))).toEqual([
      'b/m',
    ]);
  });

  it('is who would have to drop what must hold', () => {
    const plain = cloud('a', { parameters: [] });
    const full = cloud('b', { parameters: ['seed', 'size', 'steps'] });
    const asking = (musts: ('seed' | 'size' | 'steps')[]) =>
      ask([plain, full], { request: { steps: 20, width: 512, height: 768, wishes: { musts } } });
    expect(ranked(asking([]))).toEqual(['a/m', 'b/m']);
    for (const must of ['seed', 'size', 'steps'] as const) expect(ranked(asking([must])), must).toEqual(['b/m']);
    expect(skipped(asking(['steps'])).a).toBe('invalid_request: M takes no steps. It must hold.');
  });

  it('goes by the settings where the job says nothing of what must hold', () => {
    const settings = { musts: ['seed'] } as const;
    const plain = cloud('a', { parameters: [] });
    expect(ranked(ask([plain], { settings: { musts: [...settings.musts] } }))).toEqual([]);
    expect(ranked(ask([plain], { settings: { musts: ['seed'] }, request: { wishes: { musts: [] } } }))).toEqual([
      'a/m',
    ]);
  });

  it('gives the reason that is nearest to a yes', () => {
    const dearToo = cloud('a');
    const route = ask([dearToo], {
      settings: { caps: { job: 0.001 } },
      state: { standings: [standing('a', { pausedUntil: now + 1_000 })] },
    });
    expect(route.skipped[0]).toMatchObject({ code: 'overBudget' });
    expect(route.skipped[0]?.againAt).toBeUndefined();
  });
});

describe('money', () => {
  const dear = cloud('a', { price: { usd: 0.04, per: 'image' } });
  const unknown = cloud('b', { price: null });
  const free = local('c');
  const all = [dear, unknown, free];

  it('is no matter where there is no cap', () => {
    expect(ranked(ask(all))).toEqual(['c/m', 'a/m', 'b/m']);
  });

  it.each([
    ['a top price', { request: { wishes: { maxUsd: 0.03 } } }],
    ['a cap for an image', { settings: { caps: { image: 0.03 } } }],
    ['a cap for a job', { settings: { caps: { job: 0.03 } } }],
    ['a cap for a day', { settings: { caps: { day: 1 } }, state: { spending: { day: 0.97, month: 0 } } }],
    ['a cap for a month', { settings: { caps: { month: 9 } }, state: { spending: { day: 0, month: 8.97 } } }],
    ['a cap of nothing', { settings: { caps: { day: 0 } } }],
  ] as const)('lets only through what is free under %s', (_, asked) => {
    const route = ask(all, asked);
    expect(ranked(route)).toEqual(['c/m']);
    expect(route.skipped.map(({ code }) => code)).toEqual(['overBudget', 'overBudget']);
    for (const { help } of route.skipped) expect(help).not.toBe('');
  });

  it('counts the whole job, and what of it was spent before', () => {
    const asked = { settings: { caps: { job: 0.1 } }, request: { count: 3 } };
    expect(ranked(ask([dear], asked))).toEqual([]);
    expect(ranked(ask([dear], { ...asked, missing: 2 }))).toEqual(['a/m']);
    expect(ranked(ask([dear], { ...asked, missing: 2, spentUsd: 0.04 }))).toEqual([]);
    expect(ranked(ask([dear], { request: { count: 3 }, settings: { caps: { image: 0.04 } } }))).toEqual(['a/m']);
  });

  it('may be spent up to the cap itself', () => {
    const spending = { day: 0.1 + 0.2 - 0.04, month: 0 };
    expect(ranked(ask([dear], { settings: { caps: { day: 0.3 } }, state: { spending } }))).toEqual(['a/m']);
  });

  it('goes by the price that the user corrected', () => {
    const settings = { prices: { 'b/m': { usd: 0.002, per: 'image' } }, caps: { job: 0.003 } } as const;
    const [best] = ask([dear, unknown], { settings: { ...settings } }).ranked;
    expect(best).toMatchObject({
      provider: 'b',
      cost: { kind: 'estimated', usd: 0.002 },
      model: { price: { usd: 0.002 } },
    });
  });

  it('takes a cheaper model of the same provider where the first one costs too much', () => {
    const two = withModels(dear, [
      { price: { usd: 0.04, per: 'image' } },
      { id: 'small', price: { usd: 0.01, per: 'image' } },
    ]);
    expect(ranked(ask([two], { settings: { caps: { job: 0.02 } } }))).toEqual(['a/small']);
  });
});
