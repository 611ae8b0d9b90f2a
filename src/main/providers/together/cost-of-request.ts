import type { Cost } from '../../../shared/models/cost.ts';
import { priceOf } from '../../../shared/routing/price.ts';
import type { ProviderRequest } from '../provider.ts';

/**
 * What the images cost by the price list. More steps than usual cost more in proportion; whether fewer cost less is not known,
 * so they don't here.
 */
export function costOfRequest({ model, width, height, steps }: ProviderRequest, images: number): Cost {
  const cost = priceOf(model, { count: images, width, height, seconds: null });
  const usual = model.defaults.steps;
  if (cost.kind === 'unknown' || usual === undefined || steps === null) return cost;
  return { ...cost, usd: cost.usd * Math.max(1, steps / usual) };
}
