import { planRoute, type RankedProvider, type Route, type RouteQuestion } from './plan-route.ts';

/**
 * Whoever would do it cheapest at a price that is known, where the one that comes first has none: somebody else, or another model
 * of the same provider. All who can do it are looked at, also where a provider, model or tier is wished for; what must hold holds,
 * and a provider or model that is named without another being allowed is the only one. Null where the first one's price is known,
 * and where nobody's is. `route` is the answer to the question.
 */
export function pricedInstead(
  question: RouteQuestion,
  { ranked: [best] }: Pick<Route, 'ranked'>,
): RankedProvider | null {
  if (best?.cost.kind !== 'unknown') return null;
  const byPrice = planRoute({ ...question, request: withoutWishes(question) });
  // A wished provider is still named, since some do only what is asked of them by name: it comes first, but is not taken for it.
  const priced = byPrice.ranked.filter(({ cost }) => cost.kind !== 'unknown');
  return priced.reduce<RankedProvider | null>(
    (cheapest, one) => (cheapest === null || one.score < cheapest.score ? one : cheapest),
    null,
  );
}

/** Nearness to what is named would come before the price, among the models of a provider as well. */
function withoutWishes({ request, routing }: RouteQuestion): RouteQuestion['request'] {
  const { model, ...others } = request;
  const { tier, ...wishes } = request.wishes ?? {};
  const mustBeOfTier = tier !== undefined && (wishes.musts ?? routing.settings.musts).includes('tier');
  return {
    ...(model === undefined || wishes.orOther === true ? others : request),
    wishes: { ...wishes, ...(mustBeOfTier && { tier }), strategy: 'cost_optimized' },
  };
}
