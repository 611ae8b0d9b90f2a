import { describe, expect, it } from 'vitest';
import type { Model } from '../models/provider.ts';
import { offerTrained } from './offer-trained.ts';

const source = 'https://files.example/pier.safetensors';
const base: Model = {
  id: 'maker/lora',
  name: 'With LoRAs',
  family: 'flux',
  tier: 'standard',
  operations: ['textToImage'],
  parameters: ['size', 'seed', 'loras'],
  limits: { promptCharacters: 1000, imagesPerRequest: 4, side: { min: 256, max: 1536, multipleOf: 16 } },
  defaults: { width: 1024, height: 1024 },
  choices: { samplers: [], schedulers: [], loras: [] },
  price: { usd: 0.035, per: 'megapixel' },
  typicalSeconds: 6,
};
const models = [base, { ...base, id: 'maker/plain', name: 'Plain' }];
const pier = { id: `${base.id}#${source}`, name: 'Pier', source };

describe('offerTrained', () => {
  it('offers a model of one’s own after the others, with all that the one it builds on can do', () => {
    expect(offerTrained(models, [pier])).toEqual([...models, { ...base, id: pier.id, name: 'Pier' }]);
  });

  it('believes a service that lists it itself', () => {
    const listed = { ...base, id: pier.id, name: 'Pier at the sea' };
    expect(offerTrained([base, listed], [pier])).toEqual([base, listed]);
  });

  it('offers nothing that can’t be drawn with', () => {
    const others = models.filter(({ id }) => id !== base.id);
    expect(offerTrained(others, [pier])).toEqual(others);
    expect(offerTrained([base], [{ ...pier, source: null }])).toEqual([base]);
    expect(offerTrained([base], [{ ...pier, id: source }])).toEqual([base]);
  });

  it('offers it once', () => {
    expect(offerTrained([base], [pier, pier])).toHaveLength(2);
  });
});
