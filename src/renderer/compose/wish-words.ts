import { translate } from '../i18n/i18n.ts';
import { formatExactUsd } from '../ui/format.ts';
import type { DraftWishes } from './draft.ts';

/** What was wished, in a few words: "Cheapest · at most $0.050". Empty without wishes. */
export function wishWords({ strategy, tier, maxUsd, localOnly, providers, musts }: DraftWishes): string {
  return [
    ...(strategy === null ? [] : [translate(`ui:strategies.${strategy}.name`)]),
    ...(tier === null ? [] : [translate(`ui:tiers.${tier}`)]),
    ...(maxUsd === null ? [] : [translate('route:wishes.upTo', { amount: formatExactUsd(maxUsd) })]),
    ...(localOnly ? [translate('route:wishes.ownMachines')] : []),
    ...(providers.length === 0 ? [] : [translate('route:wishes.chosen', { count: providers.length })]),
    ...(musts === null ? [] : [translate('route:wishes.holds', { count: musts.length })]),
  ].join(' · ');
}
