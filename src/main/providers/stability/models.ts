import type { Model } from '../../../shared/models/provider.ts';
import { largeSizes, normalSizes } from './shapes.ts';

/** US dollars. */
export const usdPerCredit = 0.01;
const promptCharacters = 10_000;

const styles = [
  'enhance',
  'anime',
  'photographic',
  'digital-art',
  'comic-book',
  'fantasy-art',
  'line-art',
  'analog-film',
  'neon-punk',
  'isometric',
  'low-poly',
  'origami',
  'modeling-compound',
  'cinematic',
  '3d-model',
  'pixel-art',
  'tile-texture',
];

type Part = Pick<Model, 'id' | 'name' | 'tier' | 'operations' | 'typicalSeconds'> & { readonly credits: number };

const common = ({ credits, ...part }: Part): Pick<Model, 'price' | 'family'> & Omit<Part, 'credits'> => ({
  ...part,
  family: 'other',
  price: { usd: Math.round(credits * usdPerCredit * 10_000) / 10_000, per: 'image' },
});

const drawsWithSize = { promptCharacters, imagesPerRequest: 1 } as const;
const normal: Model['limits'] = {
  ...drawsWithSize,
  side: { min: 640, max: 1536, multipleOf: 64 },
  sizes: normalSizes,
};
const large: Model['limits'] = { ...drawsWithSize, side: { min: 800, max: 1872, multipleOf: 16 }, sizes: largeSizes };
/** The result has the size of the reference, which may have this many pixels at most. */
const likeReference: Model['limits'] = {
  ...drawsWithSize,
  side: { min: 64, max: 16_384, multipleOf: 1 },
  pixels: { min: 4096, max: 9_437_184 },
};
const noChoices = { samplers: [], schedulers: [], loras: [] };
const choices: Model['choices'] = { ...noChoices, styles, outputFormats: ['png', 'jpg', 'webp'] };
const withoutStyles: Model['choices'] = { ...noChoices, outputFormats: ['png', 'jpg', 'webp'] };
const normalDefaults = { width: 1024, height: 1024 };
/** So many pixels a side that a reference keeps its size up to the service's limit. */
const referenceDefaults = { width: 3072, height: 3072 };

const drawing = ['negativePrompt', 'size', 'seed', 'style', 'outputFormat'] as const;
const editing = ['negativePrompt', 'seed', 'style', 'outputFormat'] as const;

const sd35 = (part: Part, guidance: number): Model => ({
  ...common(part),
  parameters: [...drawing, 'guidance', 'strength'],
  limits: normal,
  defaults: { ...normalDefaults, guidance, strength: 0.6 },
  choices,
});

const control = (part: Omit<Part, 'tier' | 'operations' | 'credits' | 'typicalSeconds'>, strength: number): Model => ({
  ...common({ ...part, tier: 'standard', operations: ['imageToImage'], credits: 5, typicalSeconds: 8 }),
  parameters: [...editing, 'strength'],
  limits: likeReference,
  defaults: { ...referenceDefaults, strength },
  choices,
});

/** The recommended ones first, for pictures from words and from pictures. */
export const models: Model[] = [
  {
    ...common({
      id: 'core',
      name: 'Stable Image Core',
      tier: 'standard',
      operations: ['textToImage'],
      credits: 3,
      typicalSeconds: 5,
    }),
    parameters: [...drawing],
    limits: large,
    defaults: { width: 1216, height: 1216 },
    choices,
  },
  sd35(
    {
      id: 'sd3.5-large',
      name: 'Stable Diffusion 3.5 Large',
      tier: 'standard',
      operations: ['textToImage', 'imageToImage'],
      credits: 6.5,
      typicalSeconds: 8,
    },
    4,
  ),
  sd35(
    {
      id: 'sd3.5-flash',
      name: 'Stable Diffusion 3.5 Flash',
      tier: 'fast',
      operations: ['textToImage', 'imageToImage'],
      credits: 2.5,
      typicalSeconds: 3,
    },
    1,
  ),
  {
    ...common({
      id: 'ultra',
      name: 'Stable Image Ultra',
      tier: 'premium',
      operations: ['textToImage', 'imageToImage'],
      credits: 8,
      typicalSeconds: 10,
    }),
    parameters: [...drawing, 'strength'],
    limits: normal,
    defaults: { ...normalDefaults, strength: 0.6 },
    choices,
  },
  sd35(
    {
      id: 'sd3.5-large-turbo',
      name: 'Stable Diffusion 3.5 Large Turbo',
      tier: 'fast',
      operations: ['textToImage', 'imageToImage'],
      credits: 4,
      typicalSeconds: 4,
    },
    1,
  ),
  sd35(
    {
      id: 'sd3.5-medium',
      name: 'Stable Diffusion 3.5 Medium',
      tier: 'standard',
      operations: ['textToImage', 'imageToImage'],
      credits: 3.5,
      typicalSeconds: 6,
    },
    4,
  ),
  // `strength` is how far to leave the reference, the service's control strength how closely to follow it.
  control({ id: 'control-structure', name: 'Control: structure' }, 0.3),
  control({ id: 'control-sketch', name: 'Control: sketch' }, 0.3),
  {
    ...control({ id: 'control-style', name: 'Control: style guide' }, 0.5),
    parameters: [...drawing, 'strength'],
    limits: normal,
    defaults: { ...normalDefaults, strength: 0.5 },
  },
  {
    ...common({
      id: 'inpaint',
      name: 'Inpaint',
      tier: 'standard',
      operations: ['inpaint'],
      credits: 5,
      typicalSeconds: 8,
    }),
    parameters: [...editing],
    limits: likeReference,
    defaults: referenceDefaults,
    choices,
  },
  {
    ...common({
      id: 'upscale-fast',
      name: 'Fast upscaler (4×)',
      tier: 'standard',
      operations: ['upscale'],
      credits: 2,
      typicalSeconds: 3,
    }),
    family: 'upscaler',
    parameters: ['outputFormat'],
    limits: {
      ...drawsWithSize,
      side: { min: 32, max: 1536, multipleOf: 1 },
      pixels: { min: 1024, max: 1_048_576 },
    },
    defaults: {},
    choices: withoutStyles,
  },
  {
    ...common({
      id: 'upscale-conservative',
      name: 'Conservative upscaler (4 megapixels)',
      tier: 'premium',
      operations: ['upscale'],
      credits: 40,
      typicalSeconds: 35,
    }),
    family: 'upscaler',
    parameters: ['negativePrompt', 'seed', 'outputFormat'],
    limits: likeReference,
    defaults: {},
    choices: withoutStyles,
  },
  {
    ...common({
      id: 'upscale-creative',
      name: 'Creative upscaler (4 megapixels)',
      tier: 'premium',
      operations: ['upscale'],
      credits: 60,
      typicalSeconds: null,
    }),
    family: 'upscaler',
    parameters: ['negativePrompt', 'seed', 'style', 'outputFormat'],
    limits: { ...likeReference, pixels: { min: 4096, max: 1_048_576 } },
    defaults: {},
    choices,
  },
  {
    ...common({
      id: 'remove-background',
      name: 'Remove background',
      tier: 'standard',
      operations: ['removeBackground'],
      credits: 5,
      typicalSeconds: 4,
    }),
    parameters: ['outputFormat'],
    limits: { ...likeReference, pixels: { min: 4096, max: 4_194_304 } },
    defaults: {},
    // Only these can be transparent.
    choices: { ...noChoices, outputFormats: ['png', 'webp'] },
  },
];
