import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTraffic } from '../../src/main/routing/traffic.ts';
import { strategies } from '../../src/shared/models/route-wishes.ts';
import { emptyRoutingState, RoutingSettings } from '../../src/shared/models/routing.ts';
import { planRoute } from '../../src/shared/routing/plan-route.ts';
import { createPreparedChoice, request } from '../bench/router/prepared-choice.ts';
import { providerStatus } from '../simulate/provider-status.ts';

const now = 1_000_000_000;
const services = [0.01, 0.004, 0.02, 0.004].map((usd, at) => ({ id: `p${at}`, usd }));
const statuses = services.map(({ id, usd }) =>
  providerStatus({ id, usd, kind: 'cloud', tier: 'standard', typicalSeconds: 5, atOnce: 3, perMinute: 1_000 }),
);

const step = fc.record({
  provider: fc.nat(services.length - 1),
  succeeded: fc.boolean(),
  seconds: fc.integer({ min: 1, max: 60 }),
  staysOpen: fc.boolean(),
});

describe('the prepared choice of the benches', () => {
  it('is what the route itself begins with, whatever has happened', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...strategies),
        fc.array(step, { minLength: 1, maxLength: 120, size: 'max' }),
        (strategy, steps) => {
          const settings = RoutingSettings.parse({ strategy, breaker: { failures: 9 } });
          const traffic = createTraffic({
            manifests: statuses.map(({ manifest }) => manifest),
            settings: () => settings,
            remembered: [],
            remember: () => undefined,
            history: () => [],
            now: () => now,
            steady: () => 0,
          });
          const choice = createPreparedChoice({ statuses, settings, strategy });
          const { spending } = emptyRoutingState;
          for (const [turn, { provider, succeeded, seconds, staysOpen }] of steps.entries()) {
            const standings = traffic.standings();
            const purse = { maxUsd: undefined, caps: settings.caps, spending, spentUsd: 0 };
            const best = choice.best([], { now, turn, standings, purse });
            const routing = { ...emptyRoutingState, settings, standings: [...standings], turn };
            const route = planRoute({ request, providers: statuses, routing, inputSize: null, now, failed: [] });
            expect(typeof best === 'string' ? best : best.at.status.manifest.id).toBe(
              route.ranked[0]?.provider ?? 'nobody',
            );
            const underWay = traffic.gate(`p${provider}`)?.begin(now);
            if (underWay === undefined || staysOpen) continue;
            traffic.end(underWay, {
              code: succeeded ? null : 'server',
              retryAfterMs: null,
              outcome: { model: 'm', operation: 'textToImage', succeeded, seconds, usd: null, at: now },
            });
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
