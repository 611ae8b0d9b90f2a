import type { Model, Price } from '../../../shared/models/provider.ts';
import { fluxShapes, sizesOf, ultraShapes } from './shapes.ts';

const promptCharacters = 10_000;
const none = { samplers: [], schedulers: [], loras: [] };
const anyFormat: Model['choices'] = { ...none, outputFormats: ['webp', 'jpg', 'png'] };
const square = { width: 1024, height: 1024 };
const perImage = (usd: number): Price => ({ usd, per: 'image' });

/** Results have the reference's own size, so nothing about it is chosen, or shrunk, here. */
const followedSide = { min: 1, max: 4096, multipleOf: 1 };
const followed = { width: 4096, height: 4096 };

type Draft = Omit<Model, 'limits' | 'choices' | 'price' | 'typicalSeconds'> & {
  limits: Partial<Model['limits']> & Pick<Model['limits'], 'side'>;
  choices?: Model['choices'];
  price?: Price;
  seconds: number;
};

function model({ limits, choices, price, seconds, ...rest }: Draft): Model {
  return {
    ...rest,
    limits: { promptCharacters, imagesPerRequest: 4, ...limits },
    choices: choices ?? anyFormat,
    price: price ?? null,
    typicalSeconds: seconds,
  };
}

const shaped = { side: { min: 640, max: 1536, multipleOf: 32 }, sizes: sizesOf(fluxShapes) };
const proSide = { min: 256, max: 1440, multipleOf: 32 };

const drawing: readonly Model[] = [
  model({
    id: 'black-forest-labs/flux-dev',
    name: 'FLUX.1 dev',
    family: 'flux',
    tier: 'standard',
    operations: ['textToImage', 'imageToImage'],
    parameters: ['size', 'seed', 'steps', 'guidance', 'strength', 'outputFormat'],
    limits: shaped,
    defaults: { ...square, steps: 28, guidance: 3, strength: 0.8 },
    price: perImage(0.025),
    seconds: 4,
  }),
  model({
    id: 'black-forest-labs/flux-schnell',
    name: 'FLUX.1 schnell',
    family: 'flux',
    tier: 'fast',
    operations: ['textToImage'],
    parameters: ['size', 'seed', 'steps', 'outputFormat'],
    limits: shaped,
    defaults: { ...square, steps: 4 },
    price: perImage(0.003),
    seconds: 2,
  }),
  model({
    id: 'black-forest-labs/flux-1.1-pro',
    name: 'FLUX 1.1 pro',
    family: 'flux',
    tier: 'premium',
    operations: ['textToImage'],
    parameters: ['size', 'seed', 'references', 'outputFormat'],
    limits: { side: proSide, imagesPerRequest: 1, references: 1 },
    defaults: square,
    price: perImage(0.04),
    seconds: 6,
  }),
  model({
    id: 'black-forest-labs/flux-fill-dev',
    name: 'FLUX.1 fill dev',
    family: 'flux',
    tier: 'standard',
    operations: ['inpaint'],
    parameters: ['seed', 'steps', 'guidance', 'loras', 'outputFormat'],
    limits: { side: followedSide },
    defaults: { ...followed, steps: 28, guidance: 30 },
    seconds: 8,
  }),
  model({
    id: 'black-forest-labs/flux-dev-lora',
    name: 'FLUX.1 dev with LoRAs',
    family: 'flux',
    tier: 'standard',
    operations: ['textToImage', 'imageToImage'],
    parameters: ['size', 'seed', 'steps', 'guidance', 'strength', 'loras', 'outputFormat'],
    limits: shaped,
    defaults: { ...square, steps: 28, guidance: 3, strength: 0.8 },
    seconds: 6,
  }),
  model({
    id: 'black-forest-labs/flux-schnell-lora',
    name: 'FLUX.1 schnell with LoRAs',
    family: 'flux',
    tier: 'fast',
    operations: ['textToImage'],
    parameters: ['size', 'seed', 'steps', 'loras', 'outputFormat'],
    limits: shaped,
    defaults: { ...square, steps: 4 },
    seconds: 3,
  }),
  model({
    id: 'black-forest-labs/flux-1.1-pro-ultra',
    name: 'FLUX 1.1 pro ultra',
    family: 'flux',
    tier: 'premium',
    operations: ['textToImage'],
    parameters: ['size', 'seed', 'references', 'outputFormat'],
    limits: {
      side: { min: 1344, max: 3136, multipleOf: 32 },
      sizes: sizesOf(ultraShapes),
      imagesPerRequest: 1,
      references: 1,
    },
    defaults: { width: 2048, height: 2048 },
    choices: { ...none, outputFormats: ['jpg', 'png'] },
    price: perImage(0.06),
    seconds: 12,
  }),
  model({
    id: 'black-forest-labs/flux-2-pro',
    name: 'FLUX.2 pro',
    family: 'flux',
    tier: 'premium',
    operations: ['textToImage', 'imageToImage'],
    parameters: ['size', 'seed', 'references', 'outputFormat'],
    limits: { side: { min: 256, max: 2048, multipleOf: 32 }, imagesPerRequest: 1, references: 9 },
    defaults: square,
    seconds: 12,
  }),
  model({
    id: 'stability-ai/sdxl',
    name: 'SDXL',
    family: 'sdxl',
    tier: 'standard',
    operations: ['textToImage', 'imageToImage', 'inpaint'],
    parameters: ['size', 'seed', 'steps', 'guidance', 'negativePrompt', 'scheduler', 'strength', 'loras'],
    limits: { side: { min: 256, max: 1536, multipleOf: 8 } },
    defaults: { ...square, steps: 50, guidance: 7.5, strength: 0.8, scheduler: 'K_EULER' },
    choices: {
      ...none,
      schedulers: ['K_EULER', 'K_EULER_ANCESTRAL', 'DDIM', 'DPMSolverMultistep', 'HeunDiscrete', 'KarrasDPM', 'PNDM'],
    },
    seconds: 12,
  }),
];

const upscaling: readonly Model[] = [
  model({
    id: 'nightmareai/real-esrgan',
    name: 'Real-ESRGAN',
    family: 'upscaler',
    tier: 'standard',
    operations: ['upscale'],
    parameters: ['scale'],
    limits: { side: followedSide, imagesPerRequest: 1 },
    defaults: { scale: 4 },
    choices: { ...none, scales: [2, 4] },
    seconds: 6,
  }),
  model({
    id: 'philz1337x/clarity-upscaler',
    name: 'Clarity upscaler',
    family: 'upscaler',
    tier: 'premium',
    operations: ['upscale'],
    parameters: ['scale', 'seed'],
    limits: { side: followedSide, imagesPerRequest: 1 },
    defaults: { scale: 2 },
    choices: { ...none, scales: [2, 4] },
    seconds: 40,
  }),
];

export const models: readonly Model[] = [...drawing, ...upscaling];

/** A fine-tuned FLUX model of one's own, by its whole name with the version: `owner/name:<64 hex>`. */
export function trainedModel(id: string): Model {
  return model({
    id,
    name: id.split(':')[0] ?? id,
    family: 'flux',
    tier: 'standard',
    operations: ['textToImage', 'imageToImage', 'inpaint'],
    parameters: ['size', 'seed', 'steps', 'guidance', 'strength', 'loras', 'outputFormat'],
    limits: { side: { min: 256, max: 1440, multipleOf: 16 } },
    defaults: { ...square, steps: 28, guidance: 3, strength: 0.8 },
    seconds: 15,
  });
}
