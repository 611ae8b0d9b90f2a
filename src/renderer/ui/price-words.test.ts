import { describe, expect, it } from 'vitest';
import { priceAmount, priceWords } from './price-words.ts';

describe('the words for a price', () => {
  it('say what a unit costs', () => {
    expect(priceWords({ usd: 0.04, per: 'image' })).toBe('$0.040 per image');
    expect(priceWords({ usd: 2, per: 'gpuSecond' })).toBe('$2.00 per second of work');
  });

  it('name both prices where the first megapixel has one of its own', () => {
    expect(priceWords({ usd: 0.015, per: 'megapixel', first: 0.03 })).toBe('$0.030, then $0.015 per megapixel');
    expect(priceAmount({ usd: 0.015, per: 'megapixel', first: 0 })).toBe('$0.00, then $0.015');
  });

  it('name one where both are the same', () => {
    expect(priceWords({ usd: 0.05, per: 'megapixel', first: 0.05 })).toBe('$0.050 per megapixel');
  });
});
