import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { Model } from '../../../shared/models/provider.ts';
import { shapes } from './shapes.ts';

const noChoices = { samplers: [], schedulers: [], loras: [] } satisfies Model['choices'];
const formats = { ...noChoices, outputFormats: ['jpg', 'png', 'webp'] } satisfies Model['choices'];
/** One picture a task, whatever the model. */
const ordinary = { promptCharacters: longestPrompt, imagesPerRequest: 1 } as const;
const megapixel = 1_048_576;

function flux2Limits(references: number): Model['limits'] {
  return {
    ...ordinary,
    side: { min: 64, max: 4096, multipleOf: 16 },
    pixels: { min: 64 * 64, max: 4 * megapixel },
    references,
  };
}

function flux2(model: Pick<Model, 'id' | 'name' | 'tier' | 'price' | 'typicalSeconds'> & Partial<Model>): Model {
  return {
    family: 'flux',
    operations: ['textToImage', 'imageToImage'],
    parameters: ['size', 'seed', 'references', 'outputFormat'],
    limits: flux2Limits(7),
    defaults: { width: 1024, height: 1024 },
    choices: formats,
    ...model,
  };
}

function shaped(
  model: Pick<Model, 'id' | 'name' | 'tier' | 'operations' | 'parameters' | 'price' | 'typicalSeconds'> & {
    references: number;
  },
): Model {
  const { references, ...rest } = model;
  const sizes = (shapes[model.id] ?? []).map(({ width, height }) => ({ width, height }));
  const sides = sizes.flatMap(({ width, height }) => [width, height]);
  return {
    family: 'flux',
    ...rest,
    limits: {
      ...ordinary,
      side: { min: Math.min(...sides), max: Math.max(...sides), multipleOf: 16 },
      sizes,
      references,
    },
    defaults: { ...sizes[0] },
    choices: model.parameters.includes('outputFormat') ? formats : noChoices,
  };
}

function flux3(model: Pick<Model, 'id' | 'name' | 'tier' | 'price' | 'typicalSeconds'>): Model {
  return shaped({
    ...model,
    operations: ['textToImage', 'imageToImage'],
    parameters: ['size', 'references'],
    references: 9,
  });
}

/** In the order in which they are taken. The megapixels of references, which FLUX.2 charges as further ones, are not in the list. */
export const models: readonly Model[] = [
  flux2({
    id: 'flux-2-pro',
    name: 'FLUX.2 [pro]',
    tier: 'standard',
    price: { usd: 0.015, per: 'megapixel', first: 0.03 },
    typicalSeconds: 10,
  }),
  flux2({
    id: 'flux-2-klein-9b',
    name: 'FLUX.2 [klein] 9B',
    tier: 'fast',
    price: { usd: 0.002, per: 'megapixel', first: 0.015 },
    typicalSeconds: 3,
    limits: flux2Limits(3),
  }),
  flux3({
    id: 'flux-3-image@2k',
    name: 'FLUX 3 Image, 2K',
    tier: 'premium',
    price: { usd: 0.1, per: 'image' },
    typicalSeconds: 20,
  }),
  flux2({
    id: 'flux-2-max',
    name: 'FLUX.2 [max]',
    tier: 'premium',
    price: { usd: 0.03, per: 'megapixel', first: 0.07 },
    typicalSeconds: 30,
  }),
  flux2({
    id: 'flux-2-flex',
    name: 'FLUX.2 [flex]',
    tier: 'premium',
    parameters: ['size', 'seed', 'steps', 'guidance', 'references', 'outputFormat'],
    defaults: { width: 1024, height: 1024, steps: 50 },
    price: { usd: 0.05, per: 'megapixel', first: 0.05 },
    typicalSeconds: 12,
  }),
  flux3({
    id: 'flux-3-image',
    name: 'FLUX 3 Image, 1K',
    tier: 'standard',
    price: { usd: 0.048, per: 'image' },
    typicalSeconds: 10,
  }),
  flux3({
    id: 'flux-3-image@4k',
    name: 'FLUX 3 Image, 4K',
    tier: 'premium',
    price: { usd: 0.607, per: 'image' },
    typicalSeconds: 150,
  }),
  flux2({
    id: 'flux-2-klein-4b',
    name: 'FLUX.2 [klein] 4B',
    tier: 'fast',
    price: { usd: 0.001, per: 'megapixel', first: 0.014 },
    typicalSeconds: 2,
    limits: flux2Limits(3),
  }),
  {
    id: 'flux-pro-1.0-fill',
    name: 'FLUX.1 Fill [pro]',
    family: 'flux',
    tier: 'standard',
    operations: ['inpaint'],
    parameters: ['seed', 'steps', 'guidance', 'outputFormat'],
    limits: { ...ordinary, side: { min: 64, max: 4096, multipleOf: 1 } },
    defaults: { steps: 50, guidance: 60 },
    choices: formats,
    price: { usd: 0.05, per: 'image' },
    typicalSeconds: 12,
  },
  shaped({
    id: 'flux-kontext-pro',
    name: 'FLUX.1 Kontext [pro]',
    tier: 'standard',
    operations: ['imageToImage'],
    parameters: ['size', 'seed', 'references', 'outputFormat'],
    references: 3,
    price: { usd: 0.04, per: 'image' },
    typicalSeconds: 8,
  }),
  shaped({
    id: 'flux-kontext-max',
    name: 'FLUX.1 Kontext [max]',
    tier: 'premium',
    operations: ['imageToImage'],
    parameters: ['size', 'seed', 'references', 'outputFormat'],
    references: 3,
    price: { usd: 0.08, per: 'image' },
    typicalSeconds: 10,
  }),
  {
    id: 'flux-pro-1.1',
    name: 'FLUX1.1 [pro]',
    family: 'flux',
    tier: 'standard',
    operations: ['textToImage'],
    parameters: ['size', 'seed', 'references', 'outputFormat'],
    limits: { ...ordinary, side: { min: 256, max: 1440, multipleOf: 32 }, references: 1 },
    defaults: { width: 1024, height: 768 },
    choices: formats,
    price: { usd: 0.04, per: 'image' },
    typicalSeconds: 8,
  },
  shaped({
    id: 'flux-pro-1.1-ultra',
    name: 'FLUX1.1 [pro] Ultra',
    tier: 'premium',
    operations: ['textToImage'],
    parameters: ['size', 'seed', 'references', 'outputFormat'],
    references: 1,
    price: { usd: 0.06, per: 'image' },
    typicalSeconds: 12,
  }),
  {
    id: 'flux-3-video',
    name: 'FLUX 3 Video, HD',
    family: 'flux',
    tier: 'standard',
    operations: ['video'],
    parameters: ['seconds'],
    startsFrom: 'prompt',
    limits: { ...ordinary, side: { min: 720, max: 1280, multipleOf: 1 } },
    defaults: { width: 1280, height: 720, seconds: 5 },
    choices: { ...noChoices, seconds: Array.from({ length: 16 }, (_, index) => 5 + index) },
    price: { usd: 0.17, per: 'second' },
    typicalSeconds: 120,
  },
];
