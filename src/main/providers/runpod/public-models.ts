import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { Model } from '../../../shared/models/provider.ts';

interface Entry extends Pick<Model, 'id' | 'name' | 'operations' | 'parameters' | 'price'> {
  readonly family?: Model['family'];
  readonly tier: Model['tier'];
  readonly side?: Model['limits']['side'];
  readonly sizes?: Model['limits']['sizes'];
  readonly references?: number;
  readonly defaults?: Model['defaults'];
  readonly outputFormats?: Model['choices']['outputFormats'];
}

/** Shapes of the endpoint that knows no pixels, each as the size of about a megapixel that stands for it here. */
export const aspectSizes = [
  { ratio: '1:1', width: 1024, height: 1024 },
  { ratio: '16:9', width: 1344, height: 756 },
  { ratio: '9:16', width: 756, height: 1344 },
  { ratio: '4:3', width: 1152, height: 864 },
  { ratio: '3:4', width: 864, height: 1152 },
  { ratio: '3:2', width: 1248, height: 832 },
  { ratio: '2:3', width: 832, height: 1248 },
] as const;

const size = (width: number, height: number) => ({ width, height });
/** Where nothing is told about sizes: those of the endpoints that tell. */
const usualSide = { min: 256, max: 1536, multipleOf: 64 } as const;

function describe({ side = usualSide, sizes, references, outputFormats, ...entry }: Entry): Model {
  return {
    family: 'other',
    ...entry,
    limits: {
      promptCharacters: longestPrompt,
      imagesPerRequest: 1,
      side,
      ...(sizes ? { sizes } : {}),
      ...(references === undefined ? {} : { references }),
    },
    defaults: entry.defaults ?? {},
    choices: { samplers: [], schedulers: [], loras: [], ...(outputFormats ? { outputFormats } : {}) },
    typicalSeconds: null,
  };
}

const square = { width: 1024, height: 1024 };
const fluxParameters: Model['parameters'] = ['negativePrompt', 'size', 'seed', 'steps', 'guidance', 'outputFormat'];

const entries: Entry[] = [
  {
    id: 'black-forest-labs-flux-1-dev',
    name: 'FLUX.1 dev',
    family: 'flux',
    tier: 'standard',
    operations: ['textToImage'],
    parameters: fluxParameters,
    // The endpoint's own default of 7.5 is far too high for this model.
    defaults: { ...square, steps: 28, guidance: 3.5 },
    outputFormats: ['png', 'jpg'],
    price: { usd: 0.02, per: 'megapixel' },
  },
  {
    id: 'black-forest-labs-flux-1-schnell',
    name: 'FLUX.1 schnell',
    family: 'flux',
    tier: 'fast',
    operations: ['textToImage'],
    parameters: fluxParameters,
    defaults: { ...square, steps: 4, guidance: 3.5 },
    outputFormats: ['png', 'jpg'],
    price: { usd: 0.0024, per: 'megapixel' },
  },
  {
    id: 'seedream-v4-t2i',
    name: 'Seedream 4',
    tier: 'premium',
    operations: ['textToImage'],
    parameters: ['negativePrompt', 'size', 'seed'],
    side: { min: 1024, max: 4096, multipleOf: 64 },
    defaults: { width: 2048, height: 2048 },
    price: { usd: 0.027, per: 'image' },
  },
  {
    id: 'z-image-turbo',
    name: 'Z-Image Turbo',
    tier: 'fast',
    operations: ['textToImage', 'imageToImage'],
    parameters: ['size', 'seed', 'strength', 'outputFormat'],
    side: { min: 512, max: 1280, multipleOf: 16 },
    sizes: [
      size(1024, 1024),
      size(512, 512),
      size(768, 768),
      size(1280, 1280),
      size(1024, 768),
      size(768, 1024),
      size(1280, 720),
      size(720, 1280),
    ],
    defaults: { ...square, strength: 0.8 },
    outputFormats: ['png', 'jpg', 'webp'],
    price: { usd: 0.005, per: 'image' },
  },
  {
    id: 'black-forest-labs-flux-1-kontext-dev',
    name: 'FLUX.1 Kontext dev',
    family: 'flux',
    tier: 'standard',
    operations: ['imageToImage'],
    parameters: fluxParameters,
    defaults: { ...square, steps: 28, guidance: 2 },
    outputFormats: ['png', 'jpg'],
    price: { usd: 0.025, per: 'image' },
  },
  {
    id: 'p-image-t2i',
    name: 'P-Image',
    tier: 'fast',
    operations: ['textToImage'],
    parameters: ['size', 'seed'],
    side: { min: 756, max: 1344, multipleOf: 4 },
    sizes: aspectSizes.map(({ width, height }) => size(width, height)),
    defaults: { width: 1344, height: 756 },
    price: { usd: 0.005, per: 'image' },
  },
  {
    id: 'qwen-image-t2i',
    name: 'Qwen-Image',
    tier: 'standard',
    operations: ['textToImage'],
    parameters: ['negativePrompt', 'size', 'seed'],
    defaults: square,
    price: { usd: 0.02, per: 'image' },
  },
  {
    id: 'qwen-image-t2i-lora',
    name: 'Qwen-Image with LoRAs',
    tier: 'standard',
    operations: ['textToImage'],
    parameters: ['size', 'seed', 'loras'],
    defaults: square,
    price: { usd: 0.025, per: 'image' },
  },
  {
    id: 'qwen-image-edit-2511-lora',
    name: 'Qwen-Image Edit 2511 with LoRAs',
    tier: 'standard',
    operations: ['imageToImage'],
    parameters: ['size', 'seed', 'loras', 'references', 'outputFormat'],
    references: 2,
    defaults: square,
    outputFormats: ['png', 'jpg'],
    price: { usd: 0.025, per: 'image' },
  },
  {
    id: 'wan-2-6-t2i',
    name: 'Wan 2.6',
    tier: 'standard',
    operations: ['textToImage'],
    parameters: ['size', 'seed'],
    side: { min: 768, max: 1440, multipleOf: 16 },
    sizes: [size(1024, 1024), size(1024, 768), size(1440, 1024)],
    defaults: square,
    price: { usd: 0.03, per: 'image' },
  },
  {
    id: 'nano-banana-edit',
    name: 'Nano Banana Edit',
    tier: 'standard',
    operations: ['imageToImage'],
    parameters: ['references'],
    side: { min: 64, max: 4096, multipleOf: 1 },
    references: 3,
    defaults: square,
    price: { usd: 0.038, per: 'image' },
  },
];

/** RunPod's public endpoints that make pictures. Their ids are the endpoints' own. */
export const publicModels: Model[] = entries.map(describe);
