import type { Cost } from '../../shared/models/cost.ts';
import { priceOf } from '../../shared/routing/price.ts';
import type { Size } from './aspect.ts';
import type { ChosenModel } from './model-choice.ts';

/** What the line under the Generate button says. */
export interface Estimate {
  readonly cost: Cost;
  /** For all images together; null while nobody knows. */
  readonly seconds: number | null;
}

/** What this many images will cost and take, as far as the provider says. One's own machine is free. */
export function estimate(
  { provider, model }: ChosenModel,
  {
    count,
    size,
    seconds: length,
  }: { readonly count: number; readonly size: Size | null; readonly seconds: number | null },
): Estimate {
  const seconds = model.typicalSeconds === null ? null : model.typicalSeconds * count;
  if (model.price === null && provider.manifest.kind !== 'cloud') {
    return { cost: { kind: 'estimated', usd: 0 }, seconds };
  }
  const { width = model.defaults.width ?? null, height = model.defaults.height ?? null } = size ?? {};
  return { cost: priceOf(model, { count, width, height, seconds: length ?? model.defaults.seconds ?? null }), seconds };
}
