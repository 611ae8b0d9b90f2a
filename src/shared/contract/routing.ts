import { z } from 'zod';
import { GenerationRequest } from '../models/generation-request.ts';
import { ProviderMetrics, SystemHealth } from '../models/metrics.ts';
import { RouteAnswer } from '../models/route.ts';
import { Strategy } from '../models/route-wishes.ts';
import { Override, RoutingChange, RoutingSettings, RoutingState } from '../models/routing.ts';
import { operation } from './operation.ts';

/** As stored, and what of it environment variables override for this run. */
const StoredRouting = z.object({
  settings: RoutingSettings,
  inForce: RoutingSettings,
  overrides: z.array(Override),
});
const ProviderId = z.object({ provider: z.string().describe('The provider') });

export const routing = {
  get: operation({
    summary: 'How jobs find their provider',
    command: 'routing get',
    access: 'read',
    withoutLibrary: true,
  }).output(StoredRouting),

  /** Only what is given changes. Throws `unknownProvider` for one that does not exist. */
  update: operation({ summary: 'Change how jobs find their provider', access: 'write', withoutLibrary: true })
    .input(RoutingChange)
    .output(StoredRouting),

  setStrategy: operation({
    summary: 'Choose the strategy',
    command: 'routing set',
    positional: ['strategy'],
    access: 'write',
    withoutLibrary: true,
  })
    .input(z.object({ strategy: Strategy.describe('One of the strategies') }))
    .output(StoredRouting),

  setPrimary: operation({
    summary: 'Choose who is asked first; none for nobody in particular',
    command: 'routing primary',
    positional: ['provider'],
    access: 'write',
    withoutLibrary: true,
  })
    .input(ProviderId)
    .output(StoredRouting),

  setFallbacks: operation({
    summary: 'Choose who is asked next, in this order',
    command: 'routing fallbacks',
    positional: ['providers'],
    access: 'write',
    withoutLibrary: true,
  })
    .input(
      z.object({
        providers: z
          .array(z.string())
          .max(40)
          // As people write lists: with commas between them.
          .transform((ids) =>
            ids
              .flatMap((id) => id.split(','))
              .map((id) => id.trim())
              .filter((id) => id !== ''),
          )
          .describe('Providers, in order; none clears the list'),
      }),
    )
    .output(StoredRouting),

  /** Who would get this request now, by the very function that decides when it runs. Nothing is sent. */
  plan: operation({
    summary: 'Rehearse a request: who would do it, and why',
    access: 'read',
    withoutLibrary: 'untilMade',
  })
    .input(GenerationRequest)
    .output(RouteAnswer),

  /** Everything the interface needs to plan by itself. */
  state: operation({ summary: 'How the providers stand for routing', access: 'read' }).output(RoutingState),

  /** Closes the breaker and forgets a pause that the service asked for. */
  reset: operation({
    summary: 'Let a provider work again at once',
    command: 'routing reset',
    positional: ['provider'],
    access: 'write',
  })
    .input(ProviderId)
    .output(RoutingState),

  metrics: operation({
    summary: 'Success, speed, cost and load of each provider and model',
    command: 'metrics',
    access: 'read',
  })
    .input(
      z.object({
        hours: z
          .int()
          .min(1)
          .max(24 * 366)
          .default(24)
          .describe('Over the last so many hours'),
      }),
    )
    .output(
      z.object({
        health: SystemHealth,
        providers: z.array(ProviderMetrics),
        /** Prompts with styles that were at hand, and that had to be made, since the start of this program. */
        promptCache: z.object({ hits: z.int(), misses: z.int() }),
      }),
    ),
};
