import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { RoutingState } from '../../shared/models/routing.ts';
import type { RankedProvider, SkippedProvider } from '../../shared/routing/plan-route.ts';
import type { route } from '../i18n/en/route.ts';
import { translate } from '../i18n/i18n.ts';
import { formatCost, formatSeconds } from '../ui/format.ts';
import { restOf, secondsUntil } from '../ui/standing.ts';
import type { DraftPlan } from './plan-draft.ts';

export interface Known {
  readonly providers: readonly ProviderStatus[];
  readonly routing: RoutingState;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const statusOf = (id: string, providers: readonly ProviderStatus[]): ProviderStatus | undefined =>
  providers.find(({ manifest }) => manifest.id === id);

export function providerName(id: string, providers: readonly ProviderStatus[]): string {
  return statusOf(id, providers)?.manifest.name ?? id;
}

type ShortState = Exclude<keyof (typeof route)['short'], 'coolingDown' | 'paused' | 'probing'>;

/** Why somebody was left out, in two or three words where that is possible. Time counts down with `now`. */
export function shortReason(
  { provider, code, reason, passes, tooDear }: SkippedProvider,
  { providers, routing, now }: Known,
): string {
  if (tooDear !== undefined) {
    const { model, cost } = tooDear;
    return translate(`route:line.${cost.kind === 'unknown' ? 'unknownPrice' : 'overLimit'}`, {
      model,
      cost: formatCost(cost),
    });
  }
  const status = statusOf(provider, providers);
  const standing = routing.standings.find((other) => other.provider === provider);
  const state = status?.health.state ?? 'ready';
  const isAway = code === 'network' || code === 'offline' || code === 'auth';
  if (status?.enabled === true && state !== 'ready' && isAway)
    return translate(`route:short.${state satisfies ShortState}`);
  const rest = state === 'ready' ? restOf(standing, routing.settings.breaker, now) : null;
  // Who could not do it anyhow is not skipped for its rest.
  if (rest !== null && passes) {
    return rest.kind === 'probing'
      ? translate('route:short.probing')
      : translate(`route:short.${rest.kind}`, { time: formatSeconds(secondsUntil(rest.until, now)) });
  }
  const name = status?.manifest.name ?? '';
  const [bare = reason] = reason.replace(/\.$/u, '').split('. ');
  return bare.startsWith(`${name} `) ? bare.slice(name.length + 1) : bare;
}

/** Those who could be meant: in use, or the only ones there are. */
export function skippedInUse(skipped: readonly SkippedProvider[], providers: readonly ProviderStatus[]) {
  const isInUse = ({ provider }: SkippedProvider): boolean => {
    const status = statusOf(provider, providers);
    return status?.enabled === true && status.manifest.kind !== 'builtin';
  };
  return { inUse: skipped.filter(isInUse), others: skipped.filter((skip) => !isInUse(skip)) };
}

/** "Runware · FLUX schnell, ≈ $0.0040, about 6 s". */
export function rankedWords({ provider, model, cost, seconds, waits }: RankedProvider, { providers }: Known): string {
  return [
    translate('route:line.who', { provider: providerName(provider, providers), model: model.name }),
    formatCost(cost),
    ...(seconds === null ? [] : [translate('route:line.time', { time: formatSeconds(seconds) })]),
    ...(waits ? [translate('route:line.waits')] : []),
  ].join(', ');
}

const shownSkips = 2;

function listWords(skipped: readonly SkippedProvider[], known: Known): string {
  const words = skipped.slice(0, shownSkips).map((skip) =>
    translate('route:line.skippedOne', {
      provider: providerName(skip.provider, known.providers),
      reason: shortReason(skip, known),
    }),
  );
  const rest = skipped.length - words.length;
  return [...words, ...(rest > 0 ? [translate('route:line.more', { count: rest })] : [])].join(', ');
}

/** The line under the Generate button: who does it, what it costs, how long it takes, and who was skipped. */
export function routeLine({ route, outlook }: DraftPlan, known: Known): string | null {
  if (route === null) return null;
  const [best] = route.ranked;
  const { inUse, others } = skippedInUse(route.skipped, known.providers);
  const skipped = inUse.length > 0 ? inUse : others;
  if (best === undefined) {
    if (skipped.length === 0) return translate('route:line.nobodyAtAll');
    const list = listWords(skipped, known);
    return outlook === 'later' ? translate('route:line.later', { list }) : translate('route:line.nobody', { list });
  }
  const words = rankedWords(best, known);
  return inUse.length === 0 ? words : `${words}; ${translate('route:line.skipped', { list: listWords(inUse, known) })}`;
}
