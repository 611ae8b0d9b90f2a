import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { Model } from '../../../shared/models/provider.ts';

/** The levels of work, which OpenAI calls quality. The last two came with version 2.5. */
const qualities = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Quality = (typeof qualities)[number];

const tierOf = { low: 'fast', medium: 'standard', high: 'premium', xhigh: 'premium', max: 'premium' } as const;
const secondsOf = { low: 8, medium: 20, high: 60, xhigh: 110, max: 170 } as const;

/** US dollars per image of 1024×1024, where they are known; those of the other fixed sizes cost no more. */
const imagePrices: Readonly<Record<string, Partial<Record<Quality, number>>>> = {
  'gpt-image-2': { low: 0.006, medium: 0.053, high: 0.211 },
};

/** US dollars per million tokens; the same for all models whose prices are known. */
export const tokenPrices = { textIn: 5, imageIn: 8, out: 30 } as const;
const firstPricedVersion = 2;
const lastPricedVersion = 2.6;

const fixedSizes = [
  { width: 1024, height: 1024 },
  { width: 1536, height: 1024 },
  { width: 1024, height: 1536 },
];

/** The shortest side is what 655,360 pixels have in the longest shape, three to one. */
const anySize = {
  side: { min: 480, max: 3840, multipleOf: 16 },
  pixels: { min: 655_360, max: 8_294_400 },
} as const;
/** The long side by the short one, at most. */
export const longestShape = 3;

/** A request lost on its way back loses all its images, so fewer than the ten that the service takes. */
const imagesPerRequest = 4;
const mostInputs = 16;

/** 2.6 of `gpt-image-2.6-flare`; 0 for names without a version. */
function versionOf(engine: string): number {
  return Number(/^gpt-image-(\d+(?:\.\d+)?)/.exec(engine)?.[1] ?? 0);
}

/** Whether the engine makes any size, not just three. */
export function makesAnySize(engine: string): boolean {
  return versionOf(engine) >= 2;
}

export function hasTokenPrices(engine: string): boolean {
  const version = versionOf(engine);
  return version >= firstPricedVersion && version <= lastPricedVersion;
}

function nameOf(engine: string): string {
  const date = /-(\d{4}-\d{2}-\d{2})$/.exec(engine);
  const words = (date ? engine.slice(0, date.index) : engine)
    .split('-')
    .map((word) =>
      word === 'gpt' ? 'GPT' : word === 'chatgpt' ? 'ChatGPT' : word.slice(0, 1).toUpperCase() + word.slice(1),
    );
  return `${words.join(' ')}${date ? ` of ${date[1] ?? ''}` : ''}`;
}

/** Marks the models of any size where there is another one, whose sizes have a price. */
const anySizeMark = '@any';

/** One of OpenAI's engines at one quality, as a model of Easel. `usd`: what each of the fixed sizes costs, which are then all there are. */
export function modelOf(engine: string, quality: Quality, usd?: number): Model {
  const isFree = makesAnySize(engine) && usd === undefined;
  return {
    id: `${engine}/${quality}`,
    name: `${nameOf(engine)}, ${quality} quality`,
    family: 'other',
    tier: tierOf[quality],
    operations: ['textToImage', 'imageToImage', 'inpaint'],
    parameters: ['size', 'references', 'outputFormat'],
    limits: {
      promptCharacters: longestPrompt,
      imagesPerRequest,
      references: mostInputs - 1,
      ...(isFree ? anySize : { side: { min: 1024, max: 1536, multipleOf: 512 }, sizes: fixedSizes }),
    },
    defaults: { width: 1024, height: 1024 },
    choices: { samplers: [], schedulers: [], loras: [], outputFormats: ['png', 'jpg', 'webp'] },
    price: usd === undefined ? null : { usd, per: 'image' },
    typicalSeconds: secondsOf[quality],
  };
}

/** An engine at all its qualities. */
export function modelsOf(engine: string): Model[] {
  const all = qualities.slice(0, versionOf(engine) >= 2.5 ? 5 : 3);
  return all.flatMap((quality) => {
    const model = modelOf(engine, quality);
    const usd = imagePrices[engine]?.[quality];
    if (usd === undefined) return [model];
    const { id, name } = model;
    return [modelOf(engine, quality, usd), { ...model, id: `${id}${anySizeMark}`, name: `${name}, any size` }];
  });
}

/** What OpenAI calls a model of ours. */
export function engineOf(modelId: string): { engine: string; quality: string } {
  const slash = modelId.lastIndexOf('/');
  return slash < 0
    ? { engine: modelId, quality: 'auto' }
    : { engine: modelId.slice(0, slash), quality: modelId.slice(slash + 1).replace(anySizeMark, '') };
}
