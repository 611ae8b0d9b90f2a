import type { Model } from '../../../shared/models/provider.ts';

type Given = Pick<Model, 'id' | 'name' | 'tier'> & Partial<Omit<Model, 'id' | 'name' | 'tier'>>;

const noChoices = { samplers: [], schedulers: [], loras: [] };
const pictureFormats: Model['choices']['outputFormats'] = ['png', 'jpg', 'webp'];
/** The service's general limits, which hold for every model it runs itself. */
const hostedLimits: Model['limits'] = {
  promptCharacters: 3000,
  imagesPerRequest: 20,
  side: { min: 128, max: 2048, multipleOf: 64 },
};
const square = { width: 1024, height: 1024 } as const;

/** A model whose steps and guidance can be set, run by Runware itself. */
function hosted(given: Given): Model {
  return {
    family: 'flux',
    operations: ['textToImage', 'imageToImage'],
    parameters: ['size', 'seed', 'steps', 'guidance', 'strength', 'loras', 'outputFormat'],
    limits: hostedLimits,
    defaults: { ...square, strength: 0.8 },
    choices: { ...noChoices, outputFormats: pictureFormats },
    price: null,
    typicalSeconds: null,
    ...given,
  };
}

/** A model that takes pictures as references instead of starting from one. */
function editing(given: Given): Model {
  return hosted({
    parameters: ['size', 'seed', 'steps', 'guidance', 'references', 'outputFormat'],
    limits: { ...hostedLimits, references: 3 },
    defaults: square,
    ...given,
  });
}

/** A model that Runware passes on to its maker: fewer parameters, sizes of its own, a fixed price that only the answer tells. */
function partner(given: Given): Model {
  return editing({
    family: 'other',
    parameters: ['size', 'references', 'outputFormat'],
    ...given,
    limits: { ...hostedLimits, imagesPerRequest: 4, references: 3, ...given.limits },
  });
}

/** Works on a picture of any shape; of a larger one the service takes a smaller copy. */
function forPictures(operation: 'upscale' | 'removeBackground', given: Given): Model {
  return {
    family: operation === 'upscale' ? 'upscaler' : 'other',
    operations: [operation],
    parameters: operation === 'upscale' ? ['scale', 'outputFormat'] : ['outputFormat'],
    limits: { promptCharacters: 3000, imagesPerRequest: 1, side: { min: 16, max: 2048, multipleOf: 1 } },
    defaults: operation === 'upscale' ? { scale: given.choices?.scales?.[0] ?? 2 } : {},
    price: null,
    typicalSeconds: null,
    ...given,
    choices: {
      ...noChoices,
      // A background that is gone needs a format with transparency.
      outputFormats: operation === 'upscale' ? pictureFormats : ['png', 'webp'],
      ...given.choices,
    },
  };
}

const twoOrFour = { choices: { ...noChoices, scales: [2, 4] } };
const fourOnly = { choices: { ...noChoices, scales: [4] } };

/** Google's pictures of one and two thousand pixels, in the shapes whose sizes are known. */
const googleSizes = [square, { width: 1376, height: 768 }, { width: 768, height: 1376 }, { width: 2048, height: 2048 }];
const googleSide = { min: 512, max: 2048, multipleOf: 1 };
const openaiSizes = [square, { width: 1536, height: 1024 }, { width: 1024, height: 1536 }];
const flux2Limits = { ...hostedLimits, imagesPerRequest: 4, references: 3, pixels: { min: 65_536, max: 4_000_000 } };
const inpainting: Partial<Model> = { operations: ['inpaint'], defaults: square };

/** The one that is recommended first; then by tier; then what works on pictures. */
export const models: Model[] = [
  hosted({ id: 'runware:101@1', name: 'FLUX.1 dev', tier: 'standard' }),
  hosted({
    id: 'runware:100@1',
    name: 'FLUX.1 schnell',
    tier: 'fast',
    parameters: ['size', 'seed', 'steps', 'strength', 'loras', 'outputFormat'],
    defaults: { ...square, steps: 4, strength: 0.8 },
    price: { usd: 0.0006, per: 'image' },
  }),
  partner({ id: 'bfl:5@1', name: 'FLUX.2 pro', tier: 'premium', family: 'flux', limits: flux2Limits }),
  editing({ id: 'runware:400@2', name: 'FLUX.2 klein 9B', tier: 'fast' }),
  hosted({
    id: 'runware:z-image@turbo',
    name: 'Z-Image turbo',
    tier: 'fast',
    family: 'other',
    operations: ['textToImage'],
    parameters: ['size', 'seed', 'steps', 'outputFormat'],
    defaults: square,
  }),
  editing({ id: 'runware:400@1', name: 'FLUX.2 dev', tier: 'standard' }),
  editing({
    id: 'runware:106@1',
    name: 'FLUX.1 Kontext dev',
    tier: 'standard',
    operations: ['imageToImage'],
    parameters: ['size', 'seed', 'steps', 'guidance', 'outputFormat'],
    limits: hostedLimits,
  }),
  partner({ id: 'bfl:7@1', name: 'FLUX.2 max', tier: 'premium', family: 'flux', limits: flux2Limits }),
  partner({
    id: 'google:4@2',
    name: 'Nano Banana Pro',
    tier: 'premium',
    limits: { ...hostedLimits, imagesPerRequest: 4, references: 3, side: googleSide, sizes: googleSizes },
  }),
  partner({
    id: 'google:4@3',
    name: 'Nano Banana 2',
    tier: 'premium',
    limits: {
      ...hostedLimits,
      imagesPerRequest: 4,
      references: 3,
      side: googleSide,
      sizes: [...googleSizes, { width: 512, height: 512 }],
    },
  }),
  partner({
    id: 'openai:gpt-image@2',
    name: 'GPT Image 2',
    tier: 'premium',
    limits: {
      ...hostedLimits,
      imagesPerRequest: 4,
      references: 3,
      side: { min: 1024, max: 1536, multipleOf: 1 },
      sizes: openaiSizes,
    },
  }),
  partner({
    id: 'bfl:3@1',
    name: 'FLUX.1 Kontext pro',
    tier: 'premium',
    family: 'flux',
    operations: ['imageToImage'],
    parameters: ['size', 'outputFormat'],
  }),
  hosted({
    id: 'runware:102@1',
    name: 'FLUX.1 Fill dev',
    tier: 'standard',
    parameters: ['size', 'seed', 'steps', 'guidance', 'outputFormat'],
    ...inpainting,
    defaults: { ...square, steps: 30 },
  }),
  partner({
    id: 'bfl:1@2',
    name: 'FLUX.1 Fill pro',
    tier: 'premium',
    family: 'flux',
    ...inpainting,
    parameters: ['size', 'outputFormat'],
  }),
  forPictures('upscale', { id: 'runware:500@1', name: 'Clarity', tier: 'standard', ...twoOrFour }),
  forPictures('upscale', {
    id: 'runware:504@1',
    name: 'Real-ESRGAN',
    tier: 'fast',
    ...fourOnly,
    price: { usd: 0.0013, per: 'image' },
  }),
  forPictures('upscale', { id: 'runware:503@1', name: 'SwinIR', tier: 'fast', ...fourOnly }),
  forPictures('upscale', { id: 'runware:502@1', name: 'SD latent upscaler', tier: 'standard', ...twoOrFour }),
  forPictures('upscale', { id: 'runware:501@1', name: 'CCSR', tier: 'premium', ...twoOrFour }),
  forPictures('removeBackground', { id: 'runware:110@1', name: 'Bria RMBG 2.0', tier: 'standard' }),
  forPictures('removeBackground', { id: 'runware:109@1', name: 'RemBG 1.4', tier: 'fast' }),
  forPictures('removeBackground', { id: 'runware:112@1', name: 'BiRefNet', tier: 'standard' }),
  forPictures('removeBackground', { id: 'bria:2@1', name: 'Bria background removal', tier: 'premium' }),
];

/** Kinds of models whose parameters are known, by the beginning of the service's word for their architecture. */
const architectures = [
  { begins: 'flux1', family: 'flux', hasNegativePrompt: false },
  { begins: 'sdxl', family: 'sdxl', hasNegativePrompt: true },
  { begins: 'pony', family: 'sdxl', hasNegativePrompt: true },
  { begins: 'sd1x', family: 'sd15', hasNegativePrompt: true },
] as const;

export interface FoundModel {
  /** `civitai:133005@782002` */
  readonly air: string;
  readonly name: string;
  readonly version: string | null;
  readonly architecture: string;
  readonly defaultSteps: number | null;
  readonly defaultGuidance: number | null;
}

/** A model from the service's catalogue; null for a kind whose parameters are not known. */
export function modelOf(found: FoundModel): Model | null {
  const architecture = architectures.find(({ begins }) => found.architecture.toLowerCase().startsWith(begins));
  if (!architecture) return null;
  const { family, hasNegativePrompt } = architecture;
  const side = family === 'sd15' ? 512 : 1024;
  return hosted({
    id: found.air,
    name: found.version === null ? found.name : `${found.name} ${found.version}`,
    tier: 'standard',
    family,
    operations: hasNegativePrompt ? ['textToImage', 'imageToImage', 'inpaint'] : ['textToImage', 'imageToImage'],
    parameters: [
      ...(hasNegativePrompt ? (['negativePrompt', 'scheduler'] as const) : []),
      'size',
      'seed',
      'steps',
      'guidance',
      'strength',
      'loras',
      'outputFormat',
    ],
    defaults: {
      width: side,
      height: side,
      strength: 0.8,
      ...(found.defaultSteps === null ? {} : { steps: found.defaultSteps }),
      ...(found.defaultGuidance === null ? {} : { guidance: found.defaultGuidance }),
    },
  });
}
