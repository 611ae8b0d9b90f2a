import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { Model } from '../../../shared/models/provider.ts';
import type { HubTask } from './services/service.ts';

const side = { min: 256, max: 1536, multipleOf: 16 } as const;

function textToImage(model: Pick<Model, 'id' | 'name' | 'tier'> & Partial<Model>): Model {
  return {
    family: 'flux',
    operations: ['textToImage'],
    parameters: ['size', 'seed', 'steps', 'guidance'],
    limits: { promptCharacters: longestPrompt, imagesPerRequest: 1, side },
    defaults: { width: 1024, height: 1024 },
    choices: { samplers: [], schedulers: [], loras: [] },
    price: null,
    typicalSeconds: 10,
    ...model,
  };
}

function imageToImage(model: Pick<Model, 'id' | 'name' | 'tier'> & Partial<Model>): Model {
  return textToImage({ operations: ['imageToImage'], parameters: ['seed', 'steps', 'guidance'], ...model });
}

const freeForm: Model['parameters'] = ['negativePrompt', 'size', 'seed', 'steps', 'guidance'];

/** The models that are known beforehand; which of them are served now is the hub's to say. */
export const knownModels: readonly Model[] = [
  textToImage({
    id: 'black-forest-labs/FLUX.1-dev',
    name: 'FLUX.1 [dev]',
    tier: 'standard',
    price: { usd: 0.025, per: 'megapixel' },
  }),
  textToImage({
    id: 'black-forest-labs/FLUX.1-schnell',
    name: 'FLUX.1 [schnell]',
    tier: 'fast',
    // Made for few steps and no guidance.
    parameters: ['size', 'seed', 'steps'],
    price: { usd: 0.003, per: 'megapixel' },
    typicalSeconds: 3,
  }),
  textToImage({
    id: 'Qwen/Qwen-Image',
    name: 'Qwen-Image',
    tier: 'premium',
    family: 'other',
    parameters: freeForm,
    typicalSeconds: 15,
  }),
  textToImage({ id: 'black-forest-labs/FLUX.2-dev', name: 'FLUX.2 [dev]', tier: 'premium', typicalSeconds: 20 }),
  textToImage({
    id: 'stabilityai/stable-diffusion-xl-base-1.0',
    name: 'Stable Diffusion XL',
    tier: 'standard',
    family: 'sdxl',
    parameters: freeForm,
  }),
  imageToImage({
    id: 'black-forest-labs/FLUX.1-Kontext-dev',
    name: 'FLUX.1 Kontext [dev]',
    tier: 'standard',
    typicalSeconds: 15,
  }),
];

/** A model that the hub lists, by what its name tells. */
export function describeModel(id: string, task: HubTask): Model {
  const known = knownModels.find((model) => model.id === id);
  if (known) return known;
  const isFlux = /flux/i.test(id);
  const family = isFlux ? 'flux' : /sdxl|stable-diffusion-xl/i.test(id) ? 'sdxl' : 'other';
  const tier = /schnell|turbo|lightning|klein/i.test(id) ? 'fast' : 'standard';
  const named = { id, name: id.split('/').at(-1) ?? id, family, tier, typicalSeconds: null } as const;
  if (task === 'image-to-image') return imageToImage(named);
  return textToImage(isFlux ? named : { ...named, parameters: freeForm });
}
