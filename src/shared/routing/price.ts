import type { Cost } from '../models/cost.ts';
import type { Model } from '../models/provider.ts';

/** What is to be paid for. Sizes are pixels; `seconds` of video. Null: not known yet. */
export interface Amount {
  readonly count: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly seconds: number | null;
}

/** What this much of a model costs by its price list: estimated where the list knows, else unknown, never zero by default. */
export function priceOf({ price, limits, typicalSeconds }: Model, { count, width, height, seconds }: Amount): Cost {
  if (price === null) return { kind: 'unknown' };
  const units = (): number | null => {
    switch (price.per) {
      case 'image':
        return count;
      case 'request':
        return Math.ceil(count / limits.imagesPerRequest);
      case 'megapixel':
        return width === null || height === null ? null : (width * height) / 1_000_000;
      case 'second':
        return seconds === null ? null : count * seconds;
      case 'gpuSecond':
        return typicalSeconds === null ? null : count * typicalSeconds;
    }
  };
  const amount = units();
  if (amount === null) return { kind: 'unknown' };
  if (price.per !== 'megapixel') return { kind: 'estimated', usd: price.usd * amount };
  const one = price.first === undefined ? price.usd * amount : price.first + price.usd * Math.max(0, amount - 1);
  return { kind: 'estimated', usd: count * one };
}
