import type { Model, Price } from '../models/provider.ts';

/** How a correction is called in the settings. */
export const priceKey = (provider: string, model: string): string => `${provider}/${model}`;

/** The models of a provider with the user's prices, each beside what the provider's list says. The same list where none is corrected. */
export function correctPrices(provider: string, models: Model[], prices: Readonly<Record<string, Price>>): Model[] {
  // Asked for with every job, and most providers are believed.
  if (!models.some(({ id }) => Object.hasOwn(prices, priceKey(provider, id)))) return models;
  return models.map((model) => {
    const key = priceKey(provider, model.id);
    const price = Object.hasOwn(prices, key) ? prices[key] : undefined;
    if (price === undefined) return model;
    // One that builds on a corrected model brings the list's price along.
    return { ...model, price, listPrice: model.listPrice === undefined ? model.price : model.listPrice };
  });
}
