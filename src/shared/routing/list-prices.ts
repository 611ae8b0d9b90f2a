import type { ListedPrice } from '../models/costs.ts';
import type { Price, ProviderStatus } from '../models/provider.ts';
import { priceKey } from './correct-prices.ts';

/** Services whose prices matter to the user: those in use, and those with a price of the user's own. */
export function pricedProviders(
  providers: readonly ProviderStatus[],
  corrections: Readonly<Record<string, Price>>,
): ProviderStatus[] {
  const corrected = new Set(Object.keys(corrections).map((key) => key.slice(0, key.indexOf('/'))));
  return providers.filter(
    ({ enabled, manifest }) => manifest.kind === 'cloud' && (enabled || corrected.has(manifest.id)),
  );
}

/**
 * What every model of these providers costs, with the price of the list beside a correction; providers and models in the order they
 * are given, corrections of models that their service has given up last. What runs on one's own machine has no price and is left out.
 */
export function listPrices(
  providers: readonly ProviderStatus[],
  corrections: Readonly<Record<string, Price>>,
): ListedPrice[] {
  return providers
    .filter(({ manifest }) => manifest.kind === 'cloud')
    .flatMap(({ manifest, models }) => {
      const { id: provider, name: providerName, pricesCheckedOn } = manifest;
      const builtIn = new Map(manifest.models.map(({ id, price }) => [id, price]));
      const offered = models.map(({ id, name, price, listPrice }): ListedPrice => {
        const list = listPrice === undefined ? price : listPrice;
        return {
          ...{ provider, providerName, model: id, name, price, list },
          isCorrected: Object.hasOwn(corrections, priceKey(provider, id)),
          listedOn: isSame(list, builtIn.get(id) ?? null) ? pricesCheckedOn : null,
          isOffered: true,
        };
      });
      const known = new Set(offered.map(({ model }) => priceKey(provider, model)));
      const prefix = priceKey(provider, '');
      const given = Object.entries(corrections).filter(([key]) => key.startsWith(prefix) && !known.has(key));
      return [
        ...offered,
        ...given.map(([key, price]): ListedPrice => {
          const model = key.slice(prefix.length);
          const entry = { provider, providerName, model, name: model, price, list: builtIn.get(model) ?? null };
          return { ...entry, isCorrected: true, listedOn: pricesCheckedOn, isOffered: false };
        }),
      ];
    });
}

/** A price that a service told when it was asked has no date of Easel's. */
function isSame(one: Price | null, other: Price | null): boolean {
  return one !== null && other !== null && one.usd === other.usd && one.per === other.per && one.first === other.first;
}
