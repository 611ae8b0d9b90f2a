import type { Model } from '../../../shared/models/provider.ts';

type Given = Pick<Model, 'id' | 'name' | 'tier'> & Partial<Omit<Model, 'id' | 'name' | 'tier'>>;

const noChoices = { samplers: [], schedulers: [], loras: [] };
const square = { width: 1024, height: 1024 } as const;
const imageSeconds = 20;

export const lucidIds: readonly string[] = [
  '7b592283-e8a7-4c5a-9ba6-d18c31f258b9',
  '05ce0082-2d80-4a2d-8653-4d1c85e2418e',
];
export const phoenixId = 'de7d3faf-762f-48e0-b3b7-9d0ac3a3fcf3';
export const fluxDevId = 'b2614463-296c-462a-9586-aafdb8f00e36';
const fluxSchnellId = '1dd50843-d653-4516-a8e3-f0238ee453ff';
export const lightningId = 'b24e16ff-06e3-43eb-8d33-4416c2d75876';

/** No address lists them, so these are all that are known. */
export const styleIds: Readonly<Record<string, string>> = {
  Dynamic: '111dc692-d470-4eec-b791-3475abac4c46',
  None: '556c1ee5-ec38-42e8-955a-1e82dad0ffa1',
  Creative: '6fedbf1f-4a17-45ec-84fb-92fe524a29ef',
  Illustration: '645e4195-f63d-4715-a3f2-3fb1e6eb8c70',
  '3D Render': 'debdf72a-91a4-467b-bf61-cc02bdeb69c6',
  'Ray Traced': 'b504f83c-3326-4947-82e1-7fe9e839ec0f',
  Portrait: '8e2bc543-6ee2-45f9-bcd9-594b6ce84dcd',
  'Game Concept': '09d2b5b5-d7c5-4c02-905d-9f84051640f4',
  Cinematic: 'a5632c7c-ddbb-4e2f-ba34-8456ab3ac436',
  Bokeh: '9fdc5e8c-4d13-49b4-9ce6-5a74cbb19177',
  Fashion: '594c4a08-a522-4e0e-b7ff-e4dac4b6b622',
};

/** The styles of the Stable Diffusion models, which go by name. */
const presetStyles =
  'ANIME BOKEH CINEMATIC CINEMATIC_CLOSEUP CREATIVE DYNAMIC ENVIRONMENT FASHION FILM FOOD GENERAL HDR ILLUSTRATION LEONARDO LONG_EXPOSURE MACRO MINIMALISTIC MONOCHROME MOODY NONE NEUTRAL PHOTOGRAPHY PORTRAIT RAYTRACED RENDER_3D RETRO SKETCH_BW SKETCH_COLOR STOCK_PHOTO VIBRANT UNPROCESSED'.split(
    ' ',
  );

/** The service makes up to eight small pictures at once, but only four where a side is longer than 768. */
const imageLimits: Model['limits'] = {
  promptCharacters: 1500,
  imagesPerRequest: 4,
  side: { min: 32, max: 1536, multipleOf: 8 },
};

/** A model of the first interface that decides most things itself. */
function drawing(given: Given): Model {
  return {
    family: 'other',
    operations: ['textToImage'],
    parameters: ['size', 'seed', 'style'],
    limits: imageLimits,
    defaults: square,
    choices: { ...noChoices, styles: Object.keys(styleIds) },
    price: null,
    typicalSeconds: imageSeconds,
    ...given,
  };
}

/** A Stable Diffusion model, with all its controls. */
export function diffusion(given: Given): Model {
  return drawing({
    family: 'sdxl',
    operations: ['textToImage', 'imageToImage', 'inpaint'],
    parameters: ['negativePrompt', 'size', 'seed', 'steps', 'guidance', 'scheduler', 'strength', 'style', 'loras'],
    defaults: { ...square, steps: 15, guidance: 7, scheduler: 'EULER_DISCRETE', strength: 0.5 },
    choices: {
      samplers: [],
      schedulers: ['EULER_DISCRETE', 'EULER_ANCESTRAL_DISCRETE', 'KLMS', 'DDIM', 'DPM_SOLVER', 'PNDM', 'LEONARDO'],
      loras: [],
      styles: presetStyles,
    },
    ...given,
  });
}

/** A model of the second interface, made by somebody else. */
function partner(given: Given): Model {
  return drawing({
    operations: ['textToImage', 'imageToImage'],
    parameters: ['size', 'references'],
    choices: noChoices,
    ...given,
    limits: { ...imageLimits, imagesPerRequest: 8, references: 3, ...given.limits },
  });
}

function video(given: Given & { sizes: Model['limits']['sizes']; seconds?: number[] }): Model {
  const { sizes, seconds, ...model } = given;
  return {
    family: 'other',
    operations: ['video'],
    parameters: ['negativePrompt', 'size', 'seed', ...(seconds ? (['seconds'] as const) : [])],
    startsFrom: 'either',
    limits: {
      promptCharacters: 1500,
      imagesPerRequest: 1,
      side: { min: 480, max: 1920, multipleOf: 1 },
      ...(sizes ? { sizes } : {}),
    },
    defaults: { ...sizes?.[0], ...(seconds?.[0] === undefined ? {} : { seconds: seconds[0] }) },
    choices: { ...noChoices, ...(seconds ? { seconds } : {}) },
    price: null,
    typicalSeconds: 180,
    ...model,
  };
}

const lines480 = { width: 832, height: 480 };
const lines720 = { width: 1280, height: 720 };
const lines1080 = { width: 1920, height: 1080 };

const sizesOfThirds = [square, { width: 1536, height: 1024 }, { width: 1024, height: 1536 }];
const sizesOfScreens = [square, { width: 1376, height: 768 }, { width: 768, height: 1376 }];
const partnerSide = { min: 768, max: 1536, multipleOf: 1 };

/** What an upscaled picture may have: 20 megapixels, at twice the sides. */
const largestInputSide = 2236;

/** The one that is recommended first; then by tier; then what is no drawing. */
export const models: Model[] = [
  drawing({
    id: '7b592283-e8a7-4c5a-9ba6-d18c31f258b9',
    name: 'Lucid Origin',
    tier: 'standard',
    operations: ['textToImage', 'imageToImage'],
    parameters: ['size', 'seed', 'style', 'strength'],
    defaults: { ...square, strength: 0.5 },
  }),
  drawing({ id: fluxSchnellId, name: 'Flux Schnell', tier: 'fast', family: 'flux' }),
  partner({
    id: 'gemini-image-2',
    name: 'Nano Banana Pro',
    tier: 'premium',
    parameters: ['size', 'seed', 'style', 'references'],
    choices: { ...noChoices, styles: Object.keys(styleIds) },
    limits: { ...imageLimits, imagesPerRequest: 8, references: 3, side: partnerSide, sizes: sizesOfScreens },
  }),
  diffusion({ id: lightningId, name: 'Leonardo Lightning XL', tier: 'fast' }),
  drawing({
    id: phoenixId,
    name: 'Leonardo Phoenix 1.0',
    tier: 'standard',
    parameters: ['negativePrompt', 'size', 'seed', 'style'],
  }),
  drawing({
    id: '05ce0082-2d80-4a2d-8653-4d1c85e2418e',
    name: 'Lucid Realism',
    tier: 'standard',
    operations: ['textToImage', 'imageToImage'],
    parameters: ['size', 'seed', 'style', 'strength'],
    defaults: { ...square, strength: 0.5 },
  }),
  partner({
    id: 'nano-banana-2',
    name: 'Nano Banana 2',
    tier: 'standard',
    limits: {
      ...imageLimits,
      promptCharacters: 5000,
      imagesPerRequest: 8,
      references: 3,
      side: partnerSide,
      sizes: sizesOfScreens,
    },
  }),
  drawing({
    id: fluxDevId,
    name: 'Flux Dev',
    tier: 'premium',
    family: 'flux',
    parameters: ['size', 'seed', 'style', 'loras'],
  }),
  partner({
    id: 'flux-pro-2.0',
    name: 'FLUX.2 pro',
    tier: 'premium',
    family: 'flux',
    limits: { ...imageLimits, imagesPerRequest: 8, references: 3, side: { min: 256, max: 1440, multipleOf: 16 } },
  }),
  partner({
    id: 'gpt-image-2',
    name: 'GPT Image 2',
    tier: 'premium',
    limits: { ...imageLimits, imagesPerRequest: 8, references: 3, side: partnerSide, sizes: sizesOfThirds },
    price: { usd: 0.055, per: 'image' },
  }),
  drawing({
    id: 'universal-upscaler',
    name: 'Universal Upscaler',
    tier: 'standard',
    family: 'upscaler',
    operations: ['upscale'],
    parameters: ['scale', 'style'],
    limits: {
      promptCharacters: 1500,
      imagesPerRequest: 1,
      side: { min: 32, max: largestInputSide, multipleOf: 1 },
    },
    defaults: { scale: 2 },
    choices: {
      ...noChoices,
      scales: [2, 1.5],
      styles: ['GENERAL', 'CINEMATIC', '2D ART & ILLUSTRATION', 'CG ART & GAME ASSETS'],
    },
  }),
  video({ id: 'MOTION2', name: 'Motion 2.0', tier: 'standard', sizes: [lines480, lines720] }),
  video({ id: 'MOTION2FAST', name: 'Motion 2.0 Fast', tier: 'fast', sizes: [lines480] }),
  video({ id: 'VEO3', name: 'Veo 3', tier: 'premium', sizes: [lines720, lines1080], seconds: [8, 6, 4] }),
  video({ id: 'VEO3FAST', name: 'Veo 3 Fast', tier: 'standard', sizes: [lines720, lines1080], seconds: [8, 6, 4] }),
  video({ id: 'KLING2_1', name: 'Kling 2.1', tier: 'premium', sizes: [lines1080], startsFrom: 'image' }),
  video({ id: 'KLING2_5', name: 'Kling 2.5', tier: 'premium', sizes: [lines1080], seconds: [5, 10] }),
];

const elementPrefix = 'element:';

/** A model of the user's own, trained at the service on top of one of its models. */
export function elementModel(id: number, name: string, base: 'flux' | 'sdxl'): Model {
  const own = { id: `${elementPrefix}${id}`, name } as const;
  return base === 'flux'
    ? drawing({ ...own, tier: 'premium', family: 'flux' })
    : diffusion({ ...own, tier: 'standard', family: 'sdxl' });
}

/** The id that the service gave to a model of the user's own; null for every other model. */
export function elementIdOf(modelId: string): number | null {
  return modelId.startsWith(elementPrefix) ? Number(modelId.slice(elementPrefix.length)) : null;
}

/** The model that the service draws with; a trained one is an addition to it. */
export function serviceModelOf({ id, family }: Pick<Model, 'id' | 'family'>): string {
  if (elementIdOf(id) === null) return id;
  return family === 'sdxl' ? lightningId : fluxDevId;
}
