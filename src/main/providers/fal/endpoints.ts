/** How an endpoint spells what others spell otherwise. */
export interface Endpoint {
  /** The field for the file format; null where there is no choice. */
  readonly format: 'output_format' | 'format' | 'image_format' | null;
  /** The field for the number of pictures; null where one is made at a time. */
  readonly count: 'num_images' | null;
  readonly scale: 'scale' | 'upscale_factor' | null;
  readonly hasPrompt: boolean;
  /** What it takes at least and at most. */
  readonly steps?: readonly [number, number];
  readonly guidance?: readonly [number, number];
  readonly mostLoras?: number;
  readonly fixed?: Readonly<Record<string, unknown>>;
}

const usual: Endpoint = { format: 'output_format', count: 'num_images', scale: null, hasPrompt: true };
const dev: Endpoint = { ...usual, steps: [1, 50], guidance: [1, 20] };
const sdxl: Endpoint = { ...usual, format: 'format' };
const flux2: Endpoint = { ...usual, steps: [4, 50], guidance: [0, 20] };
const upscaler: Endpoint = { format: null, count: null, scale: 'upscale_factor', hasPrompt: false };

const endpoints: Readonly<Record<string, Endpoint>> = {
  'fal-ai/flux/dev': dev,
  'fal-ai/flux/schnell': { ...usual, steps: [1, 12] },
  'fal-ai/flux/dev/image-to-image': dev,
  'fal-ai/flux-lora': dev,
  'fal-ai/flux-lora/image-to-image': dev,
  'fal-ai/flux-lora/inpainting': dev,
  'fal-ai/flux-lora-fill': { ...usual, steps: [1, 50], fixed: { paste_back: true, resize_to_original: true } },
  'fal-ai/flux-2': flux2,
  'fal-ai/flux-2/lora': { ...flux2, mostLoras: 3 },
  'fal-ai/flux-2-pro': { ...usual, count: null },
  'fal-ai/fast-sdxl': sdxl,
  'fal-ai/fast-sdxl/image-to-image': sdxl,
  'fal-ai/fast-sdxl/inpainting': sdxl,
  'fal-ai/lora': {
    ...usual,
    format: 'image_format',
    // Without it, prompts end after 77 tokens and weights in them count for nothing.
    fixed: { model_name: 'stabilityai/stable-diffusion-xl-base-1.0', prompt_weighting: true },
  },
  'fal-ai/esrgan': { ...upscaler, scale: 'scale', fixed: { output_format: 'png' } },
  'fal-ai/aura-sr': upscaler,
  'fal-ai/clarity-upscaler': { ...upscaler, hasPrompt: true },
  'fal-ai/kling-video/v2.1/standard/image-to-video': { ...usual, format: null, count: null },
};

/** The endpoint of training, and the one that draws with what it made. */
export const trainingEndpoint = 'fal-ai/flux-lora-fast-training';
export const loraEndpoint = 'fal-ai/flux-lora';

/** A model of one's own is an endpoint with a LoRA: `fal-ai/flux-lora#https://…`. */
export function readModelId(id: string): { endpoint: string; lora: string | null } {
  const [endpoint = id, ...lora] = id.split('#');
  return { endpoint, lora: lora.length === 0 ? null : lora.join('#') };
}

export const trainedModelId = (loraUrl: string): string => `${loraEndpoint}#${loraUrl}`;

export const endpointOf = (id: string): Endpoint => endpoints[readModelId(id).endpoint] ?? usual;

/**
 * Where requests to an endpoint are asked about: below owner and alias alone, without the rest of its path. Ids of workflows
 * and ComfyUI graphs have one more segment in front.
 */
export function requestsPath(endpoint: string): string {
  const segments = endpoint.split('/');
  const kept = segments[0] === 'workflows' || segments[0] === 'comfy' ? 3 : 2;
  return `/${segments.slice(0, kept).join('/')}/requests`;
}
