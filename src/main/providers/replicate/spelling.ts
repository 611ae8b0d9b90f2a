import { fluxShapes, ultraShapes, type Shape } from './shapes.ts';

type Range = readonly [least: number, most: number];

/** How a model spells what others spell otherwise, and what it takes. */
export interface Spelling {
  /** Official models run by name; all others by the id of a version. */
  readonly isOfficial: boolean;
  /** A list of shapes, `custom` beside width and height, width and height alone, or nothing. */
  readonly size: readonly Shape[] | 'custom' | 'sides' | null;
  /** Whether a size can be sent beside a reference, too; else the result takes the reference's shape. */
  readonly sizesReferences: boolean;
  readonly guidance: 'guidance' | 'guidance_scale';
  readonly hasCount: boolean;
  /** Where the picture to start from goes. */
  readonly image: 'image' | 'input_images';
  readonly references: 'image_prompt' | 'input_images' | null;
  /** The fields for one LoRA each, and for its weight. */
  readonly loras: readonly (readonly [weights: string, scale: string])[];
  readonly loraScale: Range;
  readonly scale: 'scale' | 'scale_factor' | null;
  readonly steps?: Range;
  readonly guidanceRange?: Range;
  readonly fixed?: Readonly<Record<string, unknown>>;
}

const flux: Spelling = {
  isOfficial: true,
  size: fluxShapes,
  sizesReferences: false,
  guidance: 'guidance',
  hasCount: true,
  image: 'image',
  references: null,
  loras: [],
  loraScale: [-1, 3],
  scale: null,
};
const schnell: Spelling = { ...flux, steps: [1, 4] };
const dev: Spelling = { ...flux, steps: [1, 50], guidanceRange: [0, 10] };
const pro: Spelling = { ...flux, size: 'custom', hasCount: false, references: 'image_prompt' };
const upscaler: Spelling = { ...flux, isOfficial: false, size: null, hasCount: false, scale: 'scale' };
const own: readonly [string, string] = ['lora_weights', 'lora_scale'];
const extra: readonly [string, string] = ['extra_lora', 'extra_lora_scale'];
/** In its fast mode the model multiplies the weights of LoRAs, so that the same number looks stronger. */
const faithful = { go_fast: false };

const spellings: Readonly<Record<string, Spelling>> = {
  'black-forest-labs/flux-dev': dev,
  'black-forest-labs/flux-schnell': schnell,
  'black-forest-labs/flux-1.1-pro': pro,
  'black-forest-labs/flux-1.1-pro-ultra': { ...pro, size: ultraShapes },
  'black-forest-labs/flux-2-pro': {
    ...pro,
    image: 'input_images',
    references: 'input_images',
    sizesReferences: true,
  },
  'black-forest-labs/flux-fill-dev': {
    ...dev,
    size: null,
    guidanceRange: [0, 100],
    loras: [own],
    fixed: { megapixels: 'match_input' },
  },
  'black-forest-labs/flux-dev-lora': { ...dev, loras: [own, extra], fixed: faithful },
  'black-forest-labs/flux-schnell-lora': { ...schnell, loras: [own], fixed: faithful },
  'stability-ai/sdxl': {
    ...flux,
    isOfficial: false,
    size: 'sides',
    sizesReferences: true,
    guidance: 'guidance_scale',
    loras: [['replicate_weights', 'lora_scale']],
    loraScale: [0, 1],
    steps: [1, 500],
    guidanceRange: [1, 50],
  },
  'nightmareai/real-esrgan': upscaler,
  'philz1337x/clarity-upscaler': { ...upscaler, scale: 'scale_factor' },
};

const trained: Spelling = {
  ...dev,
  isOfficial: false,
  size: 'custom',
  guidance: 'guidance_scale',
  loras: [extra],
  fixed: { ...faithful, model: 'dev' },
};

/** `owner/name`, with `:<64 hex>` where it is a version. */
export function readModelId(id: string): { name: string; version: string | null } {
  const [name = id, version] = id.split(':');
  return { name, version: version ?? null };
}

/** What is not in the list is a model of one's own. */
export const spellingOf = (id: string): Spelling => spellings[readModelId(id).name] ?? trained;
