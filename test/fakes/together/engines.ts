/** What the service knows of its models, as its contract has it. */
export interface Engine {
  readonly takes: readonly string[];
  readonly largestSide: number;
  readonly sizes?: readonly string[];
  readonly perMegapixel?: number;
  readonly defaultSteps?: number;
}

const usual = { largestSide: 1920 } as const;
const upsampling = ['prompt_upsampling', 'seed'];
const kontext = { ...usual, takes: ['seed', 'steps', 'guidance_scale', 'image_url'], defaultSteps: 28 };
const google = {
  ...usual,
  takes: ['reference_images'],
  sizes: ['1024x1024', '1344x768', '768x1344', '1248x832', '832x1248', '1184x864', '864x1184'],
};
const plain = { ...usual, takes: ['seed'] };

export const engines: Readonly<Record<string, Engine>> = {
  'black-forest-labs/FLUX.1-schnell': {
    ...usual,
    takes: ['seed', 'steps', 'negative_prompt'],
    perMegapixel: 0.0027,
    defaultSteps: 4,
  },
  'black-forest-labs/FLUX.1.1-pro': { ...usual, takes: ['seed'], perMegapixel: 0.04 },
  'black-forest-labs/FLUX.2-dev': {
    ...usual,
    takes: [...upsampling, 'steps', 'guidance', 'reference_images', 'image_loras'],
  },
  'black-forest-labs/FLUX.2-pro': { largestSide: 4096, takes: [...upsampling, 'image_url', 'reference_images'] },
  'black-forest-labs/FLUX.2-flex': {
    ...usual,
    takes: [...upsampling, 'steps', 'guidance', 'image_url', 'reference_images'],
  },
  'black-forest-labs/FLUX.2-max': { ...usual, takes: upsampling },
  'black-forest-labs/FLUX.1-kontext-pro': kontext,
  'black-forest-labs/FLUX.1-kontext-max': kontext,
  'google/flash-image-2.5': google,
  'google/gemini-3-pro-image': google,
  'google/imagen-4.0-fast': google,
  'ByteDance-Seed/Seedream-4.0': plain,
  'Qwen/Qwen-Image': plain,
  'ideogram/ideogram-3.0': plain,
  'HiDream-ai/HiDream-I1-Full': plain,
  'stabilityai/stable-diffusion-xl-base-1.0': {
    ...usual,
    takes: ['seed', 'steps', 'negative_prompt', 'guidance_scale'],
  },
};
