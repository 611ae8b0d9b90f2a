import type { Model } from '../../../shared/models/provider.ts';
import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { Family } from './guess-family.ts';
import { modelIdOf, stemOf, type ModelFile } from './model-ids.ts';

/** What a server offers to choose from. */
export interface Choices {
  readonly samplers: readonly string[];
  readonly schedulers: readonly string[];
  readonly loras: readonly string[];
}

interface Usual {
  readonly side: number;
  readonly steps: number;
  readonly guidance: number;
  readonly samplers: readonly string[];
  readonly schedulers: readonly string[];
  readonly tier: Model['tier'];
  readonly multipleOf: number;
  readonly largestSide: number;
}

const usual: Readonly<Record<Family, Usual>> = {
  sd15: {
    side: 512,
    steps: 25,
    guidance: 7,
    samplers: ['dpmpp_2m', 'euler'],
    schedulers: ['karras', 'normal'],
    tier: 'fast',
    multipleOf: 8,
    largestSide: 4096,
  },
  sdxl: {
    side: 1024,
    steps: 25,
    guidance: 7,
    samplers: ['dpmpp_2m', 'euler'],
    schedulers: ['karras', 'normal'],
    tier: 'standard',
    multipleOf: 8,
    largestSide: 4096,
  },
  flux: {
    side: 1024,
    steps: 20,
    guidance: 3.5,
    samplers: ['euler'],
    schedulers: ['simple', 'normal'],
    tier: 'premium',
    multipleOf: 16,
    largestSide: 4096,
  },
  // Between the sizes of the two big families: either draws something sensible until the user says more.
  other: {
    side: 768,
    steps: 25,
    guidance: 6,
    samplers: ['dpmpp_2m', 'euler'],
    schedulers: ['karras', 'normal'],
    tier: 'standard',
    multipleOf: 16,
    largestSide: 4096,
  },
};

/** Distilled models need few steps and hardly any guidance; their names say so. */
const distilled: readonly (readonly [RegExp, Partial<Usual>])[] = [
  [/schnell/i, { steps: 4, tier: 'fast' }],
  [
    /lcm/i,
    { steps: 6, guidance: 1.5, samplers: ['lcm', 'euler'], schedulers: ['sgm_uniform', 'normal'], tier: 'fast' },
  ],
  [
    /lightning|hyper/i,
    { steps: 8, guidance: 1, samplers: ['euler'], schedulers: ['sgm_uniform', 'normal'], tier: 'fast' },
  ],
  [/turbo/i, { steps: 4, guidance: 1, samplers: ['euler_ancestral', 'euler'], schedulers: ['normal'], tier: 'fast' }],
];

function usualFor(family: Family, path: string): Usual {
  const more = distilled.find(([name]) => name.test(path))?.[1] ?? {};
  return { ...usual[family], ...more };
}

const firstOffered = (wanted: readonly string[], offered: readonly string[]): string | undefined =>
  wanted.find((each) => offered.includes(each)) ?? offered[0];

/** A checkpoint or a FLUX diffusion model as the editor and the router see it. */
export function describeGenerator(model: ModelFile, family: Family, choices: Choices): Model {
  const { side, steps, guidance, samplers, schedulers, tier, multipleOf, largestSide } = usualFor(family, model.file);
  const sampler = firstOffered(samplers, choices.samplers);
  const scheduler = firstOffered(schedulers, choices.schedulers);
  return {
    id: modelIdOf(model),
    name: stemOf(model.file),
    family,
    tier,
    operations: ['textToImage', 'imageToImage', 'inpaint'],
    promptWeights: 'comfyui',
    parameters: [
      ...(family === 'flux' ? [] : (['negativePrompt'] as const)),
      ...(['size', 'seed', 'steps', 'guidance', 'sampler', 'scheduler', 'strength', 'loras'] as const),
    ],
    limits: {
      promptCharacters: longestPrompt,
      imagesPerRequest: 1,
      side: { min: 64, max: largestSide, multipleOf },
    },
    defaults: {
      width: side,
      height: side,
      steps,
      guidance,
      ...(sampler === undefined ? {} : { sampler }),
      ...(scheduler === undefined ? {} : { scheduler }),
      // An inpainting checkpoint is made for painting anew what lies under the mask.
      strength: /inpaint/i.test(model.file) ? 1 : 0.75,
    },
    choices: { samplers: [...choices.samplers], schedulers: [...choices.schedulers], loras: [...choices.loras] },
    price: null,
    typicalSeconds: null,
  };
}

export function describeUpscaler(file: string): Model {
  return {
    id: modelIdOf({ folder: 'upscale_models', file }),
    name: stemOf(file),
    family: 'upscaler',
    tier: 'standard',
    operations: ['upscale'],
    parameters: [],
    limits: { promptCharacters: longestPrompt, imagesPerRequest: 1, side: { min: 16, max: 16_384, multipleOf: 1 } },
    defaults: {},
    choices: { samplers: [], schedulers: [], loras: [] },
    price: null,
    typicalSeconds: null,
  };
}
