import type { SkippedProvider } from '../../shared/routing/plan-route.ts';
import { translate } from '../i18n/i18n.ts';
import { formatCost, formatExactUsd } from '../ui/format.ts';
import type { DraftPlan } from './plan-draft.ts';
import { providerName, skippedInUse, type Known } from './route-words.ts';

type TooDear = NonNullable<SkippedProvider['tooDear']>;
type Limit = NonNullable<TooDear['limit']>;

/** What keeps a draft from being sent where it is money alone. */
export interface LimitInTheWay {
  /** Null: a price is not known, whichever the cap. */
  readonly of: Limit['of'] | null;
  /** Which cap, and what is nearest to it, in a sentence or two. */
  readonly words: string;
}

const usdOf = ({ cost }: TooDear): number => (cost.kind === 'unknown' ? Infinity : cost.usd);

function limitWords({ of, usd }: Limit, { routing: { spending } }: Known): string {
  const limit = translate(`route:limit.of.${of}`, { limit: formatExactUsd(usd) });
  const isSpent = (of === 'day' || of === 'month') && spending[of] > 0;
  return translate(`route:limit.${usd === 0 ? 'freeOnly' : isSpent ? 'reached' : 'tooLow'}`, { limit });
}

/** Null: somebody can do it, or caps are not all that keeps them from it. */
export function limitInTheWay({ route }: Pick<DraftPlan, 'route'>, known: Known): LimitInTheWay | null {
  if (route === null || route.ranked.length > 0) return null;
  const { inUse } = skippedInUse(route.skipped, known.providers);
  const dear = inUse.flatMap(({ provider, tooDear }) => (tooDear === undefined ? [] : [{ provider, ...tooDear }]));
  const [first] = dear;
  if (first === undefined || dear.length < inUse.length) return null;
  const { provider, model, cost, limit } = dear.reduce(
    (best, other) => (usdOf(other) < usdOf(best) ? other : best),
    first,
  );
  const what = { provider: providerName(provider, known.providers), model, cost: formatCost(cost) };
  if (limit === null) return { of: null, words: translate('route:limit.unknownPrice', what) };
  const isNamed = route.strategy === null;
  return {
    of: limit.of,
    words: translate(isNamed ? 'route:limit.named' : 'route:limit.cheapest', {
      limit: limitWords(limit, known),
      ...what,
    }),
  };
}
