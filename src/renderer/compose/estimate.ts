import type { Cost } from '../../shared/models/cost.ts';
import type { Size } from './aspect.ts';
import type { ChosenModel } from './model-choice.ts';

/** What the line under the Generate button says. */
export interface Estimate {
  readonly cost: Cost;
  /** For all images together; null while nobody knows. */
  readonly seconds: number | null;
}

/** What this many images will cost and take, as far as the provider says. One's own machine is free. */
export function estimate({ provider, model }: ChosenModel, count: number, size: Size | null): Estimate {
  const seconds = model.typicalSeconds === null ? null : model.typicalSeconds * count;
  if (model.price === null) {
    const free = provider.manifest.kind !== 'cloud';
    return { cost: free ? { kind: 'estimated', usd: 0 } : { kind: 'unknown' }, seconds };
  }
  const { usd, per } = model.price;
  const requests = Math.ceil(count / model.limits.imagesPerRequest);
  const { width = model.defaults.width, height = model.defaults.height } = size ?? {};
  switch (per) {
    case 'image':
      return { cost: { kind: 'estimated', usd: usd * count }, seconds };
    case 'request':
      return { cost: { kind: 'estimated', usd: usd * requests }, seconds };
    case 'megapixel':
      if (width === undefined || height === undefined) return { cost: { kind: 'unknown' }, seconds };
      return { cost: { kind: 'estimated', usd: (usd * count * width * height) / 1_000_000 }, seconds };
  }
}
