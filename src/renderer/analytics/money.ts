import type { CostGroup } from '../../shared/models/costs.ts';
import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import { translate } from '../i18n/i18n.ts';
import { formatUsd } from '../ui/format.ts';

/** What is known to be spent. */
export const spentUsd = ({ reportedUsd, estimatedUsd }: Pick<CostGroup, 'reportedUsd' | 'estimatedUsd'>): number =>
  reportedUsd + estimatedUsd;

/** Amounts along an axis that ends at `most`: all with the same digits. */
export function usdAlongAxis(most: number): (usd: number) => string {
  const digits = most >= 0.5 ? 2 : most >= 0.05 ? 3 : 4;
  return (usd) => `$${usd.toFixed(digits)}`;
}

/** "≈ $0.30" where some of it is estimated, "$0.30" where the services said so. */
export function spentWords(group: Pick<CostGroup, 'reportedUsd' | 'estimatedUsd'>): string {
  const amount = formatUsd(spentUsd(group));
  return group.estimatedUsd > 0 ? translate('ui:cost.estimated', { amount }) : amount;
}

/** "$0.04", "≥ $0.04" where some costs are unknown, "unknown" where all are; null without a kept image. */
export function perKeptWords({ usdPerKept, unknownCosts, kept }: CostGroup): string | null {
  if (kept === 0) return null;
  if (usdPerKept === null) return translate('analytics:models.unknown');
  const amount = formatUsd(usdPerKept);
  return unknownCosts > 0 ? translate('analytics:models.atLeast', { amount }) : amount;
}

/** The model of a group, and its provider; null where it can't be chosen now. */
export function modelOf(
  key: string,
  providers: readonly ProviderStatus[],
): { readonly provider: ProviderStatus; readonly model: Model } | null {
  const [id] = key.split('/');
  const provider = providers.find(({ manifest }) => manifest.id === id);
  const model = provider?.models.find((each) => `${provider.manifest.id}/${each.id}` === key);
  return provider && model ? { provider, model } : null;
}
