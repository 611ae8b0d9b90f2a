import { z } from 'zod';

/** The `input` of each public endpoint, strictly, with its price. */

const prompt = z.string().min(1);
const seed = z.int().min(-1).default(-1);
const side = z.int().min(256).max(1536).multipleOf(64, 'must be divisible by 64');
const starSize = z.string().regex(/^\d{3,4}\*\d{3,4}$/);
const steps = (most: number, usual: number) => z.int().min(1).max(most).default(usual);
const guidance = (usual: number) => z.number().min(0).max(10).default(usual);
const address = z.string().regex(/^(https:\/\/|data:image\/\w+;base64,)/, 'must be a URL');
const loras = z.array(z.strictObject({ path: z.url({ protocol: /^https$/ }), scale: z.number().min(0).max(1) }));
const checker = z.boolean().default(true);

const flux = (most: number, usual: number) =>
  z.strictObject({
    prompt,
    negative_prompt: z.string().optional(),
    width: side.default(1024),
    height: side.default(1024),
    num_inference_steps: steps(most, usual),
    guidance: guidance(7.5),
    seed,
    image_format: z.enum(['jpeg', 'png']).default('jpeg'),
  });

const zImageSizes = ['512*512', '768*768', '1024*1024', '1280*1280', '1024*768', '768*1024', '1280*720', '720*1280'];

/** What the endpoints understand, all together, after defaults. */
export interface PublicInput {
  readonly prompt: string;
  readonly negative_prompt?: string;
  readonly width?: number;
  readonly height?: number;
  readonly size?: string;
  readonly aspect_ratio?: string;
  readonly seed?: number;
  readonly image?: string;
  readonly images?: readonly string[];
  readonly image_format?: string;
  readonly output_format?: string;
}

interface PublicEndpoint {
  readonly input: z.ZodType<PublicInput>;
  readonly usd: number;
  readonly per: 'megapixel' | 'image';
}

export const publicEndpoints: Readonly<Partial<Record<string, PublicEndpoint>>> = {
  'black-forest-labs-flux-1-schnell': { input: flux(8, 4), usd: 0.0024, per: 'megapixel' },
  'black-forest-labs-flux-1-dev': { input: flux(50, 28), usd: 0.02, per: 'megapixel' },
  'black-forest-labs-flux-1-kontext-dev': {
    input: z.strictObject({
      prompt,
      image: address,
      negative_prompt: z.string().optional(),
      size: starSize.default('1024*1024'),
      num_inference_steps: steps(50, 28),
      guidance: guidance(2),
      seed,
      output_format: z.enum(['png', 'jpeg']).default('png'),
      enable_safety_checker: checker,
    }),
    usd: 0.025,
    per: 'image',
  },
  'z-image-turbo': {
    input: z.strictObject({
      prompt,
      image: address.optional(),
      strength: z.number().min(0).max(1).default(0.8),
      size: z.enum(zImageSizes).default('1024*1024'),
      seed,
      output_format: z.enum(['png', 'jpeg', 'webp']).default('jpeg'),
      enable_safety_checker: checker,
    }),
    usd: 0.005,
    per: 'image',
  },
  'p-image-t2i': {
    input: z.strictObject({
      prompt,
      aspect_ratio: z.enum(['1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3']).default('16:9'),
      seed,
      disable_safety_checker: z.boolean().default(false),
    }),
    usd: 0.005,
    per: 'image',
  },
  'qwen-image-t2i': {
    input: z.strictObject({
      prompt,
      negative_prompt: z.string().optional(),
      size: starSize.default('1024*1024'),
      seed,
      enable_safety_checker: checker,
    }),
    usd: 0.02,
    per: 'image',
  },
  'qwen-image-t2i-lora': {
    input: z.strictObject({
      prompt,
      loras: loras.default([]),
      size: starSize.default('1024*1024'),
      seed,
      enable_safety_checker: checker,
    }),
    usd: 0.025,
    per: 'image',
  },
  'qwen-image-edit-2511-lora': {
    input: z.strictObject({
      prompt,
      images: z.array(address).min(1).max(3),
      loras: loras.default([]),
      size: starSize.default('1024*1024'),
      seed,
      output_format: z.enum(['png', 'jpeg']).default('png'),
    }),
    usd: 0.025,
    per: 'image',
  },
  'seedream-v4-t2i': {
    input: z.strictObject({
      prompt,
      negative_prompt: z.string().optional(),
      size: starSize.default('2048*2048'),
      seed,
      enable_safety_checker: checker,
    }),
    usd: 0.027,
    per: 'image',
  },
  'wan-2-6-t2i': {
    input: z.strictObject({ prompt, size: z.enum(['1024*1024', '1024*768', '1440*1024']).default('1024*1024'), seed }),
    usd: 0.03,
    per: 'image',
  },
  'nano-banana-edit': {
    input: z.strictObject({ prompt, images: z.array(address).min(1).max(4) }),
    usd: 0.038,
    per: 'image',
  },
};

const aspects: Readonly<Partial<Record<string, readonly [number, number]>>> = {
  '1:1': [1024, 1024],
  '16:9': [1344, 756],
  '9:16': [756, 1344],
  '4:3': [1152, 864],
  '3:4': [864, 1152],
  '3:2': [1248, 832],
  '2:3': [832, 1248],
};

export function sizeOf({ width, height, size, aspect_ratio }: PublicInput): { width: number; height: number } {
  if (width !== undefined && height !== undefined) return { width, height };
  const [across = 1024, down = 1024] = size?.split('*').map(Number) ?? aspects[aspect_ratio ?? '1:1'] ?? [];
  return { width: across, height: down };
}
