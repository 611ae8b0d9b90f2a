import type { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { RouteAnswer } from '../../shared/models/route.ts';
import type { RoutingState } from '../../shared/models/routing.ts';
import type { Size } from '../../shared/routing/fit-request.ts';
import { planRoute } from '../../shared/routing/plan-route.ts';
import { pricedInstead } from '../../shared/routing/priced-instead.ts';

interface Known {
  readonly providers: {
    list(): ProviderStatus[];
    status(id: string): ProviderStatus;
    ensureFresh(id?: string): Promise<void>;
  };
  readonly state: () => RoutingState;
  readonly inputSize: (id: string) => Promise<Size>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Who would do a request now, as the contract tells it. Asks providers that nobody has asked yet; nothing is sent. */
export async function rehearse(request: GenerationRequest, known: Known): Promise<RouteAnswer> {
  const { providers, state, inputSize, now } = known;
  if (request.provider !== undefined) providers.status(request.provider);
  await providers.ensureFresh(request.wishes?.orOther === true ? undefined : request.provider);
  const size = request.image === undefined ? null : await inputSize(request.image);
  const question = { request, inputSize: size, providers: providers.list(), routing: state(), now: now() };
  const route = planRoute(question);
  const instead = pricedInstead(question, route);
  return {
    strategy: request.wishes?.strategy ?? state().settings.strategy,
    ranked: route.ranked.map(({ model, request: _fitted, isTry: _isTry, reasons, dropped, score, ...candidate }) => ({
      ...candidate,
      score: Number.isFinite(score) ? score : null,
      reasons: [...reasons],
      dropped: [...dropped],
      model: model.id,
      modelName: model.name,
    })),
    skipped: route.skipped.map(({ provider, reason, help }) => ({ provider, reason, help })),
    pricedInstead: instead && {
      provider: instead.provider,
      model: instead.model.id,
      modelName: instead.model.name,
      cost: instead.cost,
    },
    spending: state().spending,
  };
}
