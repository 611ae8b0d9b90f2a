import { longestPrompt, type Operation } from '../../../shared/models/generation-request.ts';
import type { Model, Parameter } from '../../../shared/models/provider.ts';
import { guessFamilyByName } from '../comfyui/guess-family.ts';
import type { ModelEntry } from './answers.ts';

/** The contract's word for each operation. */
export const tasks = {
  textToImage: 'txt2img',
  imageToImage: 'img2img',
  inpaint: 'inpaint',
  upscale: 'upscale',
} as const satisfies Partial<Record<Operation, string>>;

const usualSide = { min: 256, max: 2048, multipleOf: 8 } as const;

/** The app's models in the app's order: its first one is its fast one. Null for one that makes no pictures. */
export function describeModel(entry: ModelEntry, index: number, usdPerSecond: number | null): Model | null {
  const operations = (Object.keys(tasks) as (keyof typeof tasks)[]).filter((each) => entry.tasks.includes(tasks[each]));
  if (operations.length === 0) return null;
  const { limits, defaults } = entry;
  const draws = operations.some((each) => each !== 'upscale');
  const side = {
    min: limits?.min ?? usualSide.min,
    max: limits?.max ?? usualSide.max,
    multipleOf: limits?.multiple_of ?? usualSide.multipleOf,
  };
  const usual = Math.min(1024, Math.floor(side.max / side.multipleOf) * side.multipleOf);
  return {
    id: entry.id,
    name: entry.name ?? entry.id,
    family: draws ? guessFamilyByName(entry.id) : 'upscaler',
    tier: index === 0 ? 'fast' : 'standard',
    operations,
    parameters: parametersOf(entry, operations),
    limits: { promptCharacters: longestPrompt, imagesPerRequest: limits?.max_images ?? 1, side },
    defaults: {
      width: defaults?.width ?? usual,
      height: defaults?.height ?? usual,
      ...(typeof defaults?.steps === 'number' ? { steps: defaults.steps } : {}),
      ...(typeof defaults?.guidance === 'number' ? { guidance: defaults.guidance } : {}),
      ...(operations.includes('upscale') ? { scale: 2 } : {}),
    },
    choices: {
      samplers: [],
      schedulers: [...(entry.supports?.scheduler ?? [])],
      loras: [],
      outputFormats: ['png', 'jpg', 'webp'],
      ...(operations.includes('upscale') ? { scales: [2, 4] } : {}),
    },
    price: usdPerSecond === null ? null : { usd: usdPerSecond, per: 'gpuSecond' },
    typicalSeconds: null,
  };
}

function parametersOf({ supports }: ModelEntry, operations: readonly Operation[]): Parameter[] {
  const has: readonly (readonly [Parameter, boolean])[] = [
    ['negativePrompt', supports?.negative_prompt === true],
    ['size', operations.some((each) => each !== 'upscale')],
    ['seed', supports?.seed === true],
    ['steps', supports?.steps === true],
    ['guidance', supports?.guidance === true],
    ['scheduler', (supports?.scheduler ?? []).length > 0],
    ['strength', operations.includes('imageToImage') || operations.includes('inpaint')],
    ['loras', supports?.lora === true],
    ['outputFormat', true],
    ['scale', operations.includes('upscale')],
  ];
  return has.flatMap(([parameter, isThere]) => (isThere ? [parameter] : []));
}
