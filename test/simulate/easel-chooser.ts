import { GenerationRequest } from '../../src/shared/models/generation-request.ts';
import type { ProviderStatus } from '../../src/shared/models/provider.ts';
import { emptyRoutingState, type RoutingState, type Standing } from '../../src/shared/models/routing.ts';
import type { Strategy } from '../../src/shared/models/route-wishes.ts';
import { breakerAfter, breakerAfterStart, breakerAt } from '../../src/shared/routing/breaker.ts';
import { planRoute } from '../../src/shared/routing/plan-route.ts';
import { trackAfter } from '../../src/shared/routing/tracks.ts';
import type { Chooser, World } from './drift.ts';
import { providerStatus } from './provider-status.ts';
import { newStanding } from './running-standings.ts';

const limits = { atOnce: 1_000, perMinute: null };

/** Easel itself, which knows the prices of the first day and learns the rest. */
export function easel({ providers, conduct }: World, strategy: Strategy): Chooser {
  const statuses: readonly ProviderStatus[] = Array.from({ length: providers }, (_, at) =>
    providerStatus({
      id: `p${at}`,
      kind: 'cloud',
      tier: 'standard',
      usd: conduct(at, 0).usd,
      typicalSeconds: null,
      ...limits,
    }),
  );
  const request = GenerationRequest.parse({ prompt: 'a lighthouse' });
  const { settings } = emptyRoutingState;
  const standings: Standing[] = statuses.map(({ manifest }) => newStanding(manifest.id, limits));
  const change = (at: number, changes: (standing: Standing) => Partial<Standing>): void => {
    const standing = standings[at];
    if (standing) standings[at] = { ...standing, ...changes(standing) };
  };
  return {
    choose: (turn, now) => {
      const routing: RoutingState = { ...emptyRoutingState, settings: { ...settings, strategy }, standings, turn };
      const [first] = planRoute({ request, providers: statuses, routing, inputSize: null, now }).ranked;
      const chosen = Number(first?.provider.slice(1) ?? 0);
      change(chosen, ({ breaker }) => ({ breaker: breakerAfterStart(breakerAt(breaker, settings.breaker, now)) }));
      return chosen;
    },
    learn: (at, { succeeded, seconds, usd }, now) => {
      const isProbe = standings[at]?.breaker.probing ?? false;
      const outcome = { model: 'm', operation: 'textToImage', succeeded, seconds, usd, at: now, isProbe } as const;
      change(at, ({ breaker, tracks: [track] }) => ({
        breaker: breakerAfter(breaker, settings.breaker, succeeded ? null : 'server', now),
        tracks: [trackAfter(track ?? null, outcome)],
      }));
    },
  };
}
