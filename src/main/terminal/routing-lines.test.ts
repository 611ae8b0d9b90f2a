import { describe, expect, it } from 'vitest';
import type { RankedCandidate } from '../../shared/models/route.ts';
import { RoutingSettings } from '../../shared/models/routing.ts';
import { healthLines, metricsLines } from './health-lines.ts';
import { routeLines, routingLines } from './routing-lines.ts';
import { snakeCase } from './snake-case.ts';

const settings = RoutingSettings.parse({
  primary: 'fal',
  fallbacks: ['runware', 'comfyui'],
  caps: { day: 5, image: 0 },
  limits: { fal: { atOnce: 2 } },
  fallbackAfterRefusal: true,
  prices: { 'fal/fal-ai/FLUX': { usd: 1, per: 'image' } },
});

describe('routing, as a person reads it', () => {
  it('marks what the environment decides, with what it hides', () => {
    const inForce = { ...settings, strategy: 'fastest' as const, cloudOff: true };
    const overrides = [
      { setting: 'strategy', variable: 'SERVICE_ROUTING_STRATEGY', value: 'fastest' },
      { setting: 'cloudOff', variable: 'AI_ENABLED', value: 'on' },
    ];
    const lines = routingLines({ settings, inForce, overrides });
    expect(lines).toContain(
      'strategy   fastest  (SERVICE_ROUTING_STRATEGY says so for this run; stored: primary_first)',
    );
    expect(lines).toContain('cloud      off  (AI_ENABLED says so for this run; stored: on)');
    expect(lines).toContain('fallbacks  runware, comfyui');
    expect(lines).toContain('fallback   on, also after content was refused');
    expect(lines).toContain('caps       $0.00 per image, $5.00 per day');
    expect(lines).toContain('limits     fal 2 at once');
  });

  it('counts a limit that was taken away as none', () => {
    const none = { ...settings, limits: { bfl: { perMinute: null, atOnce: null } } };
    const lines = (now: RoutingSettings): string[] => routingLines({ settings: now, inForce: now, overrides: [] });
    expect(lines(none)).toContain("limits     the providers' own");
    expect(lines({ ...none, limits: { ...none.limits, ...settings.limits } })).toContain('limits     fal 2 at once');
  });

  it('keeps the names of models for scripts', () => {
    expect(snakeCase(settings)).toMatchObject({
      cloud_off: false,
      prices: { 'fal/fal-ai/FLUX': { usd: 1, per: 'image' } },
    });
  });
});

describe('a route, as a person reads it', () => {
  const spending = { day: 0, month: 0 };

  it('ranks, and says why, what is dropped, and who is left out', () => {
    expect(
      routeLines({
        strategy: 'cost_optimized',
        ranked: [
          {
            provider: 'runware',
            model: 'runware:100@1',
            modelName: 'FLUX schnell',
            cost: { kind: 'estimated', usd: 0.004 },
            seconds: 6.234,
            score: 0.004,
            reasons: ['cheapest of 2', 'ready', '≈ $0.0040', 'about 6.2 s'],
            dropped: [{ parameter: 'steps', note: 'It takes no steps.' }] as never,
            waits: true,
          },
          {
            provider: 'fal',
            model: 'm',
            modelName: 'M',
            cost: { kind: 'unknown' },
            seconds: null,
            score: 1,
            reasons: ['may stand in for the named one', 'at an unknown price'],
            dropped: [],
            waits: false,
          },
        ],
        skipped: [
          { provider: 'bfl', reason: 'It is cooling down for 40 s.', help: 'easel routing reset bfl' },
          { provider: 'builtin', reason: 'A real provider is set up.', help: '' },
        ],
        pricedInstead: null,
        spending,
      }),
    ).toEqual([
      'strategy: cost_optimized',
      '1. runware, FLUX schnell: ≈ $0.0040, about 6.2 s, waits for its turn',
      '   cheapest of 2; ready',
      '   note: It takes no steps.',
      '2. fal, M: cost unknown, time unknown',
      '   may stand in for the named one',
      'skipped:',
      '   bfl: It is cooling down for 40 s. easel routing reset bfl',
      '   builtin: A real provider is set up.',
    ]);
  });

  it('says that nobody can', () => {
    const nobody = { strategy: 'fastest', ranked: [], skipped: [], pricedInstead: null, spending } as const;
    expect(routeLines({ ...nobody, ranked: [], skipped: [] })).toContain('Nobody can do this now.');
  });

  it('says that nobody knows what the first one costs, who does it at a price, and how one is entered', () => {
    const first: RankedCandidate = {
      ...{ provider: 'fal', model: 'fal-ai/m', modelName: 'M', cost: { kind: 'unknown' }, seconds: null, score: 0 },
      ...{ reasons: ['your primary provider', 'at an unknown price'], dropped: [], waits: false },
    };
    const cost = { kind: 'estimated', usd: 0.004 } as const;
    const pricedInstead = { provider: 'runware', model: 'r', modelName: 'R', cost };
    const answer = { strategy: 'primary_first', ranked: [first], skipped: [], spending } as const;
    const said = { ...answer, ranked: [first], skipped: [] };
    const [note, other, enter] = [
      'note: what fal, M costs is not known, so no sum and no estimate counts it.',
      '   runware, R would do it: ≈ $0.0040. Choose it with: --provider runware --model r',
      '   Enter its price with: easel prices set fal/fal-ai/m <usd>',
    ];
    expect(routeLines({ ...said, pricedInstead }).slice(3)).toEqual([note, other, enter]);
    expect(routeLines({ ...said, pricedInstead: null }).slice(3)).toEqual([note, enter]);
    const spaced = { ...pricedInstead, model: 'my flux#1' };
    expect(routeLines({ ...said, pricedInstead: spaced })[4]).toContain('--model "my flux#1"');
  });
});

describe('health and metrics, as a person reads them', () => {
  it('name the level, what the checks have shown and the last error', () => {
    const record = {
      provider: 'fal',
      checks: 2000,
      failuresInARow: 1,
      uptime: 0.9996,
      lastSuccessAt: 1,
      lastFailureAt: 2,
      lastCheckMs: 81,
      nextCheckAt: 3,
      errors: [{ code: 'server', message: 'It broke.', at: 2, source: 'job' as const }],
    };
    expect(healthLines({ level: 'critical', message: 'No provider can be used now.', records: [record] })).toEqual([
      'critical: No provider can be used now.',
      'fal           99.9 % of 2000 checks, the last one in 81 ms, failed 1 in a row',
      '   last error (job, server): It broke.',
    ]);
  });

  it('name figures, and never an unknown cost as nothing', () => {
    const figures = {
      attempts: 4,
      succeeded: 3,
      failed: 1,
      fallbacks: 1,
      images: 3,
      kept: 3,
      reportedUsd: 0.01,
      estimatedUsd: 0.02,
      heldUsd: 0.04,
      unknownCosts: 1,
      times: { average: 1500, p50: 900, p95: 2400 },
    };
    const provider = {
      ...figures,
      provider: 'fal',
      name: 'fal',
      running: 1,
      atOnce: 2,
      perMinute: null,
      startedLastMinute: 0,
      breaker: 'half_open' as const,
      pausedUntil: null,
      pool: { open: 1, most: 8 },
      checks: { fromCache: 0, asked: 1 },
      perHour: [],
      models: [],
    };
    expect(metricsLines({ providers: [provider], promptCache: { hits: 2, misses: 3 } })).toEqual([
      'fal           4 attempts, 75 % succeeded, 1 took over, 3 images, 1.5 s on average, p50 900 ms, p95 2.4 s, ≈ $0.030 and 1 unknown cost; 1/2 at once, 1/8 connections, breaker half open',
      '5 prompts with styles, 2 of them at hand',
    ]);
    const free = { ...provider, reportedUsd: 0, estimatedUsd: 0 };
    const lineOf = (one: typeof provider): string | undefined =>
      metricsLines({ providers: [one], promptCache: { hits: 0, misses: 0 } })[0];
    expect(lineOf({ ...free, unknownCosts: 0 })).toContain(', nothing charged; ');
    expect(lineOf(free)).toContain('p95 2.4 s, 1 unknown cost; ');
  });
});
