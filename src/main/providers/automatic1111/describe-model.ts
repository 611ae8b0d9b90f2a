import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { Model } from '../../../shared/models/provider.ts';
import { guessFamilyByName, type Family } from '../comfyui/guess-family.ts';
import type { ModelFile } from './answers.ts';
import { modelIdOf } from './model-ids.ts';
import type { ServerFacts } from './server-facts.ts';

interface Usual {
  readonly side: number;
  readonly steps: number;
  readonly guidance: number;
  readonly samplers: readonly string[];
  readonly schedulers: readonly string[];
  readonly tier: Model['tier'];
}

const diffusion = {
  steps: 25,
  // Servers before 1.9 have the schedule inside the sampler's name.
  samplers: ['DPM++ 2M', 'DPM++ 2M Karras', 'Euler a', 'Euler'],
  schedulers: ['Karras', 'Automatic'],
} as const;

const usual: Readonly<Record<Family, Usual>> = {
  sd15: { ...diffusion, side: 512, guidance: 7, tier: 'fast' },
  sdxl: { ...diffusion, side: 1024, guidance: 7, tier: 'standard' },
  flux: { side: 1024, steps: 20, guidance: 3.5, samplers: ['Euler'], schedulers: ['Simple'], tier: 'premium' },
  // Between the sizes of the two big families: either draws something sensible until the user says more.
  other: { ...diffusion, side: 768, guidance: 6, tier: 'standard' },
};

/** Distilled models need few steps and hardly any guidance; their names say so. */
const distilled: readonly (readonly [RegExp, Partial<Usual>])[] = [
  [/schnell/i, { steps: 4, tier: 'fast' }],
  [/lcm/i, { steps: 6, guidance: 1.5, samplers: ['LCM', 'Euler'], schedulers: ['SGM Uniform'], tier: 'fast' }],
  [/lightning|hyper/i, { steps: 8, guidance: 1, samplers: ['Euler'], schedulers: ['SGM Uniform'], tier: 'fast' }],
  [/turbo/i, { steps: 4, guidance: 1, samplers: ['Euler a'], schedulers: ['Automatic'], tier: 'fast' }],
];

const largestSide = 4096;

/** The family that a model's name and folder tell. */
export function familyOf({ model_name, title }: ModelFile): Family {
  const guess = guessFamilyByName(model_name);
  return guess === 'other' ? guessFamilyByName(title ?? '') : guess;
}

function describeGenerator(model: ModelFile, facts: ServerFacts): Model {
  const family = familyOf(model);
  const more = distilled.find(([name]) => name.test(model.model_name))?.[1] ?? {};
  const { side, steps, guidance, samplers, schedulers, tier } = { ...usual[family], ...more };
  const firstOffered = (wanted: readonly string[], offered: readonly string[]): string | undefined =>
    wanted.find((each) => offered.includes(each)) ?? offered[0];
  const sampler = firstOffered(samplers, facts.samplers);
  const scheduler = firstOffered(schedulers, facts.schedulers);
  const takesLoras = facts.loras !== null && facts.loras.length > 0;
  return {
    id: modelIdOf({ use: 'models', name: model.model_name }),
    name: model.model_name,
    family,
    tier,
    operations: ['textToImage', 'imageToImage', 'inpaint'],
    promptWeights: 'a1111',
    parameters: [
      ...(family === 'flux' ? [] : (['negativePrompt'] as const)),
      ...(['size', 'seed', 'steps', 'guidance', 'sampler'] as const),
      ...(scheduler === undefined ? [] : (['scheduler'] as const)),
      'strength',
      ...(takesLoras ? (['loras'] as const) : []),
      ...(facts.styles.length > 0 ? (['style'] as const) : []),
    ],
    limits: {
      promptCharacters: longestPrompt,
      imagesPerRequest: 1,
      side: { min: 64, max: largestSide, multipleOf: 8 },
    },
    defaults: {
      width: side,
      height: side,
      steps,
      guidance,
      ...(sampler === undefined ? {} : { sampler }),
      ...(scheduler === undefined ? {} : { scheduler }),
      // An inpainting checkpoint is made for painting anew what lies under the mask.
      strength: /inpaint/i.test(model.model_name) ? 1 : 0.75,
    },
    choices: {
      samplers: [...facts.samplers],
      schedulers: [...facts.schedulers],
      loras: (facts.loras ?? []).map(({ name }) => name),
      styles: [...facts.styles],
    },
    price: null,
    typicalSeconds: null,
  };
}

function describeUpscaler(name: string): Model {
  return {
    id: modelIdOf({ use: 'upscalers', name }),
    name,
    family: 'upscaler',
    tier: 'standard',
    operations: ['upscale'],
    parameters: ['scale'],
    limits: { promptCharacters: longestPrompt, imagesPerRequest: 1, side: { min: 16, max: 8192, multipleOf: 1 } },
    defaults: { scale: 2 },
    choices: { samplers: [], schedulers: [], loras: [], scales: [2, 3, 4, 6, 8] },
    price: null,
    typicalSeconds: null,
  };
}

/** The first model of the list is the one proposed. AUTOMATIC1111 itself can't draw with FLUX. */
const familyOrder: Readonly<Record<ServerFacts['kind'], readonly Model['family'][]>> = {
  automatic1111: ['sdxl', 'sd15', 'other', 'flux'],
  forge: ['flux', 'sdxl', 'sd15', 'other'],
  sdnext: ['flux', 'sdxl', 'sd15', 'other'],
};

/** Everything a server can be asked for, as the editor and the router see it. */
export function describeModels(facts: ServerFacts): Model[] {
  const order = familyOrder[facts.kind];
  const generators = facts.models
    .map((model) => describeGenerator(model, facts))
    .sort((left, right) => order.indexOf(left.family) - order.indexOf(right.family));
  return [...generators, ...facts.upscalers.map(describeUpscaler)];
}
