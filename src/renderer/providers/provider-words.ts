import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import { translate } from '../i18n/i18n.ts';
import { formatUsd } from '../ui/format.ts';

/** How a provider stands, for its dot and its words. `off` is the user's own choice and hides what the service says. */
export type Standing = ProviderStatus['health']['state'] | 'off';

export function standingOf(provider: ProviderStatus, isChecking: boolean): Standing {
  if (isChecking) return 'checking';
  if (!provider.enabled && provider.health.state !== 'found') return 'off';
  return provider.health.state;
}

/** What a picture costs with these models: the least there is, and whether others cost more. */
export function priceWords(models: readonly Model[]): string {
  const prices = models
    .flatMap(({ price }) => (price === null ? [] : [price]))
    .sort((one, other) => one.usd - other.usd);
  const [least] = prices;
  if (least === undefined || prices.length < models.length) return translate('providers:priceUnknown');
  if (prices.every(({ usd }) => usd === 0)) return translate('providers:free');
  const price = translate(`providers:pricePer.${least.per}`, { amount: formatUsd(least.usd) });
  const isSame = prices.every(({ usd, per }) => usd === least.usd && per === least.per);
  return isSame ? price : translate('providers:priceFrom', { price });
}

/** Models by family, families in their usual order, names in the order of the alphabet. */
export function byFamily(
  models: readonly Model[],
): { readonly family: Model['family']; readonly models: readonly Model[] }[] {
  const order: readonly Model['family'][] = ['flux', 'sdxl', 'sd15', 'upscaler', 'procedural', 'other'];
  return order
    .map((family) => ({
      family,
      models: models
        .filter((model) => model.family === family)
        .sort((one, other) => one.name.localeCompare(other.name)),
    }))
    .filter((group) => group.models.length > 0);
}
