import type { SkippedProvider } from '../../shared/routing/plan-route.ts';
import { translate } from '../i18n/i18n.ts';
import { formatCost, formatExactUsd, formatUsd } from '../ui/format.ts';
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

/** Less is written as $0.0000. */
const leastShownUsd = 0.00005;

const usdOf = ({ cost }: Pick<TooDear, 'cost'>): number => (cost.kind === 'unknown' ? Infinity : cost.usd);

function limitWords({ of, usd }: Limit, costUsd: number, { routing: { spending } }: Known): string {
  const limit = translate(`route:limit.of.${of}`, { limit: formatExactUsd(usd) });
  if (usd === 0) return translate('route:limit.freeOnly', { limit });
  const spent = of === 'day' || of === 'month' ? spending[of] : 0;
  if (spent >= usd) return translate('route:limit.reached', { limit });
  // What costs more than the whole cap is too dear whatever is spent.
  if (spent < leastShownUsd || costUsd > usd) return translate('route:limit.tooLow', { limit });
  return translate('route:limit.passed', { limit, spent: formatUsd(spent) });
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
      limit: limitWords(limit, usdOf({ cost }), known),
      ...what,
    }),
  };
}
