import { planRoute, type RankedProvider, type Route, type RouteQuestion } from './plan-route.ts';

/**
 * Whoever would do it cheapest at a price that is known, where the one that comes first has none: somebody else, or another model
 * of the same provider. Null where the first one's price is known, and where nobody's is. `route` is the answer to the question.
 */
export function pricedInstead(
  question: RouteQuestion,
  { ranked: [best] }: Pick<Route, 'ranked'>,
): RankedProvider | null {
  if (best?.cost.kind !== 'unknown') return null;
  const { request } = question;
  const wishes = { ...request.wishes, strategy: 'cost_optimized' as const };
  const byPrice = planRoute({ ...question, request: { ...request, wishes } });
  return byPrice.ranked.find(({ cost }) => cost.kind !== 'unknown') ?? null;
}
