import type { z } from 'zod';
import { GenerationRequest, type GenerationRequestInput } from '../../src/shared/models/generation-request.ts';
import type { Model, ProviderStatus } from '../../src/shared/models/provider.ts';
import {
  RoutingSettings,
  emptyRoutingState,
  type RoutingState,
  type Standing,
} from '../../src/shared/models/routing.ts';
import { planRoute, type Route, type RouteQuestion } from '../../src/shared/routing/plan-route.ts';
import { providerStatus } from '../simulate/provider-status.ts';
import { newStanding } from '../simulate/running-standings.ts';

/** Long enough after the beginning of time that an hour less is still a time. */
export const now = 1_000_000_000;

export function cloud(id: string, model: Partial<Model> = {}, changes: Partial<ProviderStatus> = {}): ProviderStatus {
  const status = providerStatus({
    id,
    kind: 'cloud',
    tier: 'standard',
    usd: 0.01,
    typicalSeconds: 5,
    atOnce: 2,
    perMinute: null,
  });
  return withModels({ ...status, ...changes }, [model]);
}

export function local(id: string, model: Partial<Model> = {}): ProviderStatus {
  const status = cloud(id, { price: null, ...model });
  return { ...status, manifest: { ...status.manifest, kind: 'local' } };
}

export function withModels(status: ProviderStatus, models: readonly Partial<Model>[]): ProviderStatus {
  const [usual] = status.models;
  if (!usual) throw new Error('The provider has no model.');
  return { ...status, models: models.map((changes) => ({ ...usual, ...changes })) };
}

export function standing(provider: string, changes: Partial<Standing> = {}): Standing {
  return { ...newStanding(provider, { atOnce: 2, perMinute: null }), ...changes };
}

export interface Asked extends Partial<Omit<RouteQuestion, 'request' | 'providers' | 'routing'>> {
  readonly request?: GenerationRequestInput;
  readonly settings?: z.input<typeof RoutingSettings>;
  readonly state?: Partial<RoutingState>;
}

export function question(
  providers: readonly ProviderStatus[],
  { request = {}, settings = {}, state = {}, ...more }: Asked = {},
): RouteQuestion {
  return {
    request: GenerationRequest.parse({ prompt: 'a lighthouse', ...request }),
    providers,
    routing: { ...emptyRoutingState, settings: RoutingSettings.parse(settings), ...state },
    inputSize: null,
    now,
    ...more,
  };
}

export const ask = (providers: readonly ProviderStatus[], asked: Asked = {}): Route =>
  planRoute(question(providers, asked));

export const ranked = (route: Route): string[] => route.ranked.map(({ provider, model }) => `${provider}/${model.id}`);
export const skipped = (route: Route): Record<string, string> =>
  Object.fromEntries(route.skipped.map(({ provider, code, reason }) => [provider, `${code}: ${reason}`]));
