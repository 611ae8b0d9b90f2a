import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { Model, Parameter, Price } from '../../../shared/models/provider.ts';

/** A request lost on its way back loses all its images, so fewer than the four that the service takes. */
const imagesPerRequest = 2;
/** Beside the first; the service names no limit. */
const references = 3;

const usualSide = { min: 256, max: 1920, multipleOf: 8 } as const;
/** Nine megapixels as a square. */
const largeSide = { min: 256, max: 3000, multipleOf: 8 } as const;
const usualSizes = [
  { width: 1024, height: 1024 },
  { width: 1344, height: 768 },
  { width: 768, height: 1344 },
  { width: 1248, height: 832 },
  { width: 832, height: 1248 },
  { width: 1184, height: 864 },
  { width: 864, height: 1184 },
];

interface Traits {
  readonly name: string;
  readonly tier: Model['tier'];
  readonly family?: Model['family'];
  readonly operations?: Model['operations'];
  /** Beside `size`. */
  readonly parameters: readonly Parameter[];
  readonly limits?: Partial<Model['limits']>;
  readonly defaults?: Model['defaults'];
  readonly price?: Price;
  readonly typicalSeconds?: number;
}

function modelOf(id: string, traits: Traits): Model {
  const { name, tier, family = 'other', operations = ['textToImage'], parameters, limits, defaults } = traits;
  return {
    id,
    name,
    family,
    tier,
    operations: [...operations],
    parameters: ['size', ...parameters],
    limits: {
      promptCharacters: longestPrompt,
      imagesPerRequest,
      side: usualSide,
      ...(parameters.includes('references') ? { references } : {}),
      ...limits,
    },
    defaults: { width: 1024, height: 1024, ...defaults },
    choices: {
      samplers: [],
      schedulers: [],
      loras: [],
      ...(parameters.includes('outputFormat') ? { outputFormats: ['png', 'jpg'] } : {}),
    },
    price: traits.price ?? null,
    typicalSeconds: traits.typicalSeconds ?? null,
  };
}

const withReferences = ['textToImage', 'imageToImage'] as const;
const flux = { family: 'flux' } as const;
const edits = { ...flux, operations: ['imageToImage' as const], defaults: { steps: 28, guidance: 3.5 } };
const google: Pick<Traits, 'operations' | 'parameters' | 'limits'> = {
  operations: [...withReferences],
  parameters: ['references'],
  limits: { sizes: usualSizes },
};

const traits: Readonly<Record<string, Traits>> = {
  'black-forest-labs/FLUX.2-dev': {
    ...flux,
    name: 'FLUX.2 dev',
    tier: 'standard',
    operations: [...withReferences],
    parameters: ['seed', 'steps', 'guidance', 'references', 'loras', 'outputFormat'],
    typicalSeconds: 6,
  },
  'black-forest-labs/FLUX.1-schnell': {
    ...flux,
    name: 'FLUX.1 schnell',
    tier: 'fast',
    // More steps cost more in proportion, which a price list does not tell beforehand: it always takes its usual four.
    parameters: ['seed', 'negativePrompt'],
    defaults: { steps: 4 },
    price: { usd: 0.0027, per: 'megapixel' },
    typicalSeconds: 2,
  },
  'black-forest-labs/FLUX.2-pro': {
    ...flux,
    name: 'FLUX.2 pro',
    tier: 'premium',
    operations: [...withReferences],
    parameters: ['seed', 'references', 'outputFormat'],
    limits: { side: largeSide },
    // Known for about one megapixel, and charged by their number.
    price: { usd: 0.03, per: 'megapixel', first: 0.03 },
    typicalSeconds: 12,
  },
  'black-forest-labs/FLUX.1.1-pro': {
    ...flux,
    name: 'FLUX 1.1 pro',
    tier: 'premium',
    parameters: ['seed'],
    price: { usd: 0.04, per: 'megapixel' },
    typicalSeconds: 6,
  },
  'black-forest-labs/FLUX.1-kontext-pro': {
    ...edits,
    name: 'FLUX.1 Kontext pro',
    tier: 'standard',
    parameters: ['seed', 'steps', 'guidance'],
  },
  'black-forest-labs/FLUX.1-kontext-max': {
    ...edits,
    name: 'FLUX.1 Kontext max',
    tier: 'premium',
    parameters: ['seed', 'steps', 'guidance'],
  },
  'black-forest-labs/FLUX.2-flex': {
    ...flux,
    name: 'FLUX.2 flex',
    tier: 'premium',
    operations: [...withReferences],
    parameters: ['seed', 'steps', 'guidance', 'references', 'outputFormat'],
  },
  'black-forest-labs/FLUX.2-max': {
    ...flux,
    name: 'FLUX.2 max',
    tier: 'premium',
    parameters: ['seed', 'outputFormat'],
  },
  'google/flash-image-2.5': { ...google, name: 'Gemini 2.5 Flash Image', tier: 'standard' },
  'google/gemini-3-pro-image': { ...google, name: 'Gemini 3 Pro Image', tier: 'premium' },
  'google/imagen-4.0-fast': { ...google, name: 'Imagen 4 Fast', tier: 'fast' },
  'ByteDance-Seed/Seedream-4.0': { name: 'Seedream 4.0', tier: 'standard', parameters: [] },
  'Qwen/Qwen-Image': { name: 'Qwen Image', tier: 'standard', parameters: [] },
  'ideogram/ideogram-3.0': { name: 'Ideogram 3.0', tier: 'premium', parameters: [] },
  'HiDream-ai/HiDream-I1-Full': { name: 'HiDream I1 Full', tier: 'standard', parameters: [] },
};

/** The models that are described in the documentation, recommended ones first: standard, fast, premium. */
export const knownModels: readonly Model[] = Object.entries(traits).map(([id, each]) => modelOf(id, each));

/** A model that only the service's list names, with what every model takes. */
export function describeOther(id: string, name: string | null): Model {
  const isStableDiffusion = /stable-diffusion/i.test(id);
  const family = /flux/i.test(id) ? 'flux' : isStableDiffusion && /xl/i.test(id) ? 'sdxl' : 'other';
  return modelOf(id, {
    name: name ?? id.slice(id.indexOf('/') + 1),
    tier: 'standard',
    family,
    parameters: isStableDiffusion ? ['seed', 'steps', 'negativePrompt'] : family === 'flux' ? ['seed'] : [],
  });
}

export const isFlux2 = ({ id }: Model): boolean => id.includes('/FLUX.2-');
/** Kontext edits one picture; all others that take pictures go by several. */
export const editsOnePicture = ({ id }: Model): boolean => /kontext/i.test(id);
