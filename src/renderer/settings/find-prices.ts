import type { ListedPrice } from '../../shared/models/costs.ts';

export const priceKinds = ['all', 'unknown', 'own'] as const;
export type PriceKind = (typeof priceKinds)[number];

/** Those of this kind whose names and ids have every word that was typed, in the order they came. */
export function findPrices(prices: readonly ListedPrice[], typed: string, kind: PriceKind): ListedPrice[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return prices.filter(({ provider, providerName, model, name, price, isCorrected }) => {
    if (kind === 'unknown' && price !== null) return false;
    if (kind === 'own' && !isCorrected) return false;
    const text = `${providerName} ${provider}/${model} ${name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Prices of one provider together, in the order they came. */
export function byProvider(prices: readonly ListedPrice[]): (readonly [ListedPrice, ...ListedPrice[]])[] {
  const groups = new Map<string, [ListedPrice, ...ListedPrice[]]>();
  for (const price of prices) {
    const group = groups.get(price.provider);
    if (group) group.push(price);
    else groups.set(price.provider, [price]);
  }
  return [...groups.values()];
}
