import type { Cost } from '../../shared/models/cost.ts';
import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import type { RoutingSettings } from '../../shared/models/routing.ts';
import { priceOf } from '../../shared/routing/price.ts';

/** With what a provider is tried, and what that costs. */
export interface TestChoice {
  readonly model: Model;
  readonly cost: Cost;
}

/** The model that makes a picture from words for the least money; what a price is unknown of comes last. Null: there is none. */
export function testChoice({ manifest, models }: ProviderStatus, prices: RoutingSettings['prices']): TestChoice | null {
  const [best] = models
    .filter(({ operations }) => operations.includes('textToImage'))
    .map((listed): TestChoice => {
      const model = { ...listed, price: prices[`${manifest.id}/${listed.id}`] ?? listed.price };
      const { width = 1024, height = 1024 } = model.defaults;
      const isFree = manifest.kind !== 'cloud' && model.price === null;
      const cost: Cost = isFree
        ? { kind: 'estimated', usd: 0 }
        : priceOf(model, { count: 1, width, height, seconds: null });
      return { model, cost };
    })
    .sort((one, other) => usdOf(one) - usdOf(other));
  return best ?? null;
}

/** Large and finite, so that two unknown prices are equal. */
const usdOf = ({ cost }: TestChoice): number => (cost.kind === 'unknown' ? Number.MAX_VALUE : cost.usd);
