import type { ListedPrice } from '../models/costs.ts';
import type { Model, Price, ProviderStatus } from '../models/provider.ts';
import { priceKey } from './correct-prices.ts';
import { baseId } from './offer-trained.ts';

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
      // Only `manifest.models` have a day; what a training made of one costs as that does.
      const listedFor = (id: string): Price | null => builtIn.get(id) ?? builtIn.get(baseId(id)) ?? null;
      const known = new Map(models.map((model) => [model.id, model]));
      const isCorrected = (id: string): boolean => Object.hasOwn(corrections, priceKey(provider, id));
      const baseOf = ({ id, price }: Model): ListedPrice['base'] => {
        const base = known.get(baseId(id));
        if (base === undefined || base.id === id || isCorrected(id) || !isSame(price, base.price)) return null;
        return { name: base.name, isCorrected: isCorrected(base.id) };
      };
      const offered = models.map((offer): ListedPrice => {
        const { id, name, price, listPrice } = offer;
        const list = listPrice === undefined ? price : listPrice;
        return {
          ...{ provider, providerName, model: id, name, price, list },
          isCorrected: isCorrected(id),
          listedOn: isSame(list, listedFor(id)) ? pricesCheckedOn : null,
          base: baseOf(offer),
          isOffered: true,
        };
      });
      const prefix = priceKey(provider, '');
      const given = Object.entries(corrections).filter(
        ([key]) => key.startsWith(prefix) && !known.has(key.slice(prefix.length)),
      );
      return [
        ...offered,
        ...given.map(([key, price]): ListedPrice => {
          const model = key.slice(prefix.length);
          const entry = { provider, providerName, model, name: model, price, list: listedFor(model) };
          return { ...entry, isCorrected: true, listedOn: pricesCheckedOn, base: null, isOffered: false };
        }),
      ];
    });
}

/** A price that a service told when it was asked has no date of Easel's. */
function isSame(one: Price | null, other: Price | null): boolean {
  return one !== null && other !== null && one.usd === other.usd && one.per === other.per && one.first === other.first;
}
