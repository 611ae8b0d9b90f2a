import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { providerErrorCodes } from '../../src/shared/errors.ts';
import type { ProviderStatus } from '../../src/shared/models/provider.ts';
import { parameters, strategies, tiers, type Must } from '../../src/shared/models/route-wishes.ts';
import { breakerStates } from '../../src/shared/models/routing.ts';
import { breakerAt, letsPass } from '../../src/shared/routing/breaker.ts';
import { priceOf } from '../../src/shared/routing/price.ts';
import { RoutingSettings } from '../../src/shared/models/routing.ts';
import { ask, cloud, local, now, standing, withModels, type Asked } from './question.ts';

const rareNumber = (values: readonly number[]) => fc.option(fc.constantFrom(...values));
const anyModel = fc.record({
  id: fc.constantFrom('m', 'n', 'o'),
  tier: fc.constantFrom(...tiers),
  parameters: fc.subarray(['size', 'seed', 'steps', 'negativePrompt', 'style'] as const).map((list) => [...list]),
  price: fc.option(
    fc.record({
      usd: fc.constantFrom(0, 0.002, 0.01, 0.2),
      per: fc.constantFrom('image' as const, 'megapixel' as const),
    }),
  ),
  typicalSeconds: rareNumber([1, 8, 60]),
});
const anyProvider = fc.record({
  isLocal: fc.boolean(),
  enabled: fc.boolean(),
  state: fc.constantFrom('ready' as const, 'ready' as const, 'ready' as const, 'unreachable' as const),
  models: fc.uniqueArray(anyModel, { maxLength: 3, selector: ({ id }) => id }),
  running: fc.nat({ max: 3 }),
  roomAt: rareNumber([now - 1, now + 5_000]),
  pausedUntil: rareNumber([now - 1, now + 5_000]),
  breaker: fc.record({
    state: fc.constantFrom('closed' as const, ...breakerStates),
    until: fc.constantFrom(now - 1, now + 20_000),
    openings: fc.nat({ max: 3 }),
    failuresInARow: fc.nat({ max: 4 }),
    reason: fc.option(fc.constantFrom(...providerErrorCodes)),
    probing: fc.boolean(),
  }),
  success: fc.constantFrom(0.2, 0.9, 1),
  weight: fc.constantFrom(0, 1, 20),
});
const id = fc.constantFrom('p0', 'p1', 'p2', 'p3');
const cap = rareNumber([0, 0.005, 0.05, 1]);
const anyQuestion = fc.record({
  providers: fc.array(anyProvider, { minLength: 1, maxLength: 5, size: 'max' }),
  strategy: fc.constantFrom(...strategies),
  turn: fc.nat({ max: 200 }),
  primary: fc.option(id),
  fallbacks: fc.uniqueArray(id),
  single: fc.integer({ min: 0, max: 9 }).map((of) => of === 0),
  cloudOff: fc.integer({ min: 0, max: 9 }).map((of) => of === 0),
  caps: fc.record({ image: cap, job: cap, day: cap, month: cap }),
  spent: fc.constantFrom(0, 0.04, 2),
  wishes: fc.record(
    {
      tier: fc.constantFrom(...tiers),
      maxUsd: fc.constantFrom(0, 0.01, 1),
      localOnly: fc.boolean(),
      providers: fc.uniqueArray(id, { minLength: 1 }),
      musts: fc.subarray([...parameters, 'tier'] as Must[]),
      orOther: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  named: fc.record({ provider: id, model: fc.constantFrom('m', 'n') }, { requiredKeys: [] }),
  count: fc.integer({ min: 1, max: 5 }),
  failed: fc.uniqueArray(id, { maxLength: 2 }),
});
type Question = typeof anyQuestion extends fc.Arbitrary<infer Value> ? Value : never;

function worldOf({ providers }: Question): ProviderStatus[] {
  return providers.map(({ isLocal, enabled, state, models }, at) => {
    const status = withModels((isLocal ? local : cloud)(`p${at}`), models);
    return { ...status, enabled, health: { ...status.health, state, message: `It is ${state}.` } };
  });
}

function askedOf(question: Question): Asked {
  const { strategy, turn, primary, fallbacks, single, cloudOff, caps, spent, wishes, named, count, failed } = question;
  return {
    request: { prompt: 'a woman at a lake', width: 512, height: 520, steps: 9, style: 'x', count, wishes, ...named },
    settings: { strategy, primary, fallbacks, cloudOff, caps, mode: single ? 'single' : 'unified' },
    state: {
      turn,
      spending: { day: spent, month: spent },
      standings: question.providers.map(({ running, roomAt, pausedUntil, breaker, success, weight }, at) => {
        const track = {
          model: 'm',
          operation: 'textToImage',
          weight,
          success,
          seconds: 5,
          usd: 0.01,
          at: now,
        } as const;
        return standing(`p${at}`, { running, roomAt, pausedUntil, breaker, tracks: [track] });
      }),
    },
    failed: failed.map((provider) => ({ provider, code: 'server' as const })),
  };
}

const check = (seed: number, holds: (question: Question) => void): void => {
  fc.assert(fc.property(anyQuestion, holds), { seed, numRuns: 1_500 });
};

describe('a route', () => {
  it('never breaks what must hold, what may be spent, or who may be asked', () => {
    check(11, (question) => {
      const { wishes, caps, spent, count, cloudOff, single, primary, failed, named } = question;
      const providers = worldOf(question);
      for (const { provider, model, dropped, cost, request } of ask(providers, askedOf(question)).ranked) {
        const status = providers.find(({ manifest }) => manifest.id === provider);
        const its = question.providers[Number(provider.slice(1))];
        if (!status || !its) throw new Error('Nobody asked for it.');
        const isCloud = status.manifest.kind === 'cloud';
        for (const must of wishes.musts ?? []) {
          expect(dropped.map(({ parameter }) => parameter)).not.toContain(must);
          if (must === 'seed') expect(model.parameters).toContain('seed');
          if (must === 'tier' && wishes.tier) expect(model.tier).toBe(wishes.tier);
        }
        if (wishes.localOnly === true || cloudOff) expect(isCloud).toBe(false);
        if (wishes.providers) expect(wishes.providers).toContain(provider);
        if (single) expect(provider).toBe(primary);
        if (named.provider !== undefined && wishes.orOther !== true) expect(provider).toBe(named.provider);
        if (named.model !== undefined && wishes.orOther !== true) expect(model.id).toBe(named.model);
        expect(failed).not.toContain(provider);
        expect(letsPass(breakerAt(its.breaker, RoutingSettings.parse({}).breaker, now))).toBe(true);
        expect(its.pausedUntil ?? 0).toBeLessThanOrEqual(now);
        if (isCloud) expect(cost).toEqual(priceOf(model, { count, ...request }));
        const isLimited = [wishes.maxUsd ?? null, ...Object.values(caps)].some((limit) => limit !== null);
        if (cost.kind === 'unknown') expect(isLimited).toBe(false);
        else if (cost.usd > 0) {
          const { usd } = cost;
          const little = 1e-9;
          expect(usd).toBeLessThanOrEqual((wishes.maxUsd ?? Infinity) + little);
          expect(usd / count).toBeLessThanOrEqual((caps.image ?? Infinity) + little);
          expect(usd).toBeLessThanOrEqual((caps.job ?? Infinity) + little);
          expect(spent + usd).toBeLessThanOrEqual((caps.day ?? Infinity) + little);
          expect(spent + usd).toBeLessThanOrEqual((caps.month ?? Infinity) + little);
        }
      }
    });
  });

  it('ranks or skips each provider that could be asked, once, with its reason', () => {
    check(12, (question) => {
      const { named, wishes } = question;
      const providers = worldOf(question);
      const { ranked, skipped } = ask(providers, askedOf(question));
      const all = providers.map(({ manifest }) => manifest.id);
      const meant =
        named.provider === undefined || wishes.orOther === true ? all : all.filter((it) => it === named.provider);
      expect([...ranked, ...skipped].map(({ provider }) => provider).sort()).toEqual(meant.sort());
      for (const { reasons } of ranked) expect(reasons[0]).toMatch(/\S/u);
      for (const { reason } of skipped) expect(reason).toMatch(/\S/u);
    });
  });

  it('is the same for the same question, in whatever order its knowledge is listed', () => {
    check(13, (question) => {
      const providers = worldOf(question);
      const asked = askedOf(question);
      const route = ask(providers, asked);
      expect(ask(structuredClone(providers), structuredClone(asked))).toEqual(route);
      const standings = [...(asked.state?.standings ?? [])].reverse();
      expect(ask(providers, { ...asked, state: { ...asked.state, standings } })).toEqual(route);
    });
  });

  it('keeps the order of two when somebody else is out of the question', () => {
    check(14, (question) => {
      // Whose turn it is depends on how many there are.
      if (question.strategy === 'round_robin' || question.strategy === 'adaptive') return;
      const providers = worldOf(question);
      const asked = askedOf(question);
      const [, ...others] = ask(providers, asked).ranked.map(({ provider }) => provider);
      const without = providers.filter(({ manifest }) => others.includes(manifest.id));
      expect(ask(without, asked).ranked.map(({ provider }) => provider)).toEqual(others);
    });
  });
});
