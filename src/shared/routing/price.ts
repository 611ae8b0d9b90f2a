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
  const { usd, per, first } = price;
  switch (per) {
    case 'image':
      return estimated(count * usd);
    case 'request':
      return estimated(Math.ceil(count / limits.imagesPerRequest) * usd);
    case 'megapixel': {
      if (width === null || height === null) return { kind: 'unknown' };
      const megapixels = (width * height) / 1_000_000;
      return estimated(count * (first === undefined ? usd * megapixels : first + usd * Math.max(0, megapixels - 1)));
    }
    case 'second':
      return seconds === null ? { kind: 'unknown' } : estimated(count * seconds * usd);
    case 'gpuSecond':
      return typicalSeconds === null ? { kind: 'unknown' } : estimated(count * typicalSeconds * usd);
  }
}

const estimated = (usd: number): Cost => ({ kind: 'estimated', usd });
