import { z } from 'zod';

const prompt = z.string().min(1);
const address = z.string().regex(/^(https?:\/\/|data:)/);
const count = { num_outputs: z.int().min(1).max(4).optional() };
const whole = (min: number, max: number) => z.int().min(min).max(max).optional();
const real = (min: number, max: number) => z.number().min(min).max(max).optional();
const multipleOf = (step: number, min: number, max: number) => z.int().min(min).max(max).multipleOf(step).optional();
const ratios = ['1:1', '16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '3:4', '4:3', '9:16', '9:21'] as const;

const shared = { prompt, seed: z.int().optional() };
const file = {
  output_format: z.enum(['webp', 'jpg', 'png']).optional(),
  output_quality: whole(0, 100),
};
const flux = {
  ...shared,
  ...file,
  ...count,
  aspect_ratio: z.enum(ratios).optional(),
  megapixels: z.enum(['1', '0.25']).optional(),
  disable_safety_checker: z.boolean().optional(),
  go_fast: z.boolean().optional(),
};
const schnell = { ...flux, num_inference_steps: whole(1, 4) };
const dev = {
  ...flux,
  num_inference_steps: whole(1, 50),
  guidance: real(0, 10),
  image: address.optional(),
  prompt_strength: real(0, 1),
};
const lora = { lora_weights: z.string().optional(), lora_scale: real(-1, 3) };
const extra = { extra_lora: z.string().optional(), extra_lora_scale: real(-1, 3) };
const pro = {
  ...shared,
  ...file,
  image_prompt: address.optional(),
  safety_tolerance: whole(1, 6),
  prompt_upsampling: z.boolean().optional(),
};

interface FakeModel {
  readonly isOfficial: boolean;
  readonly input: z.ZodObject;
  /** Whether the output is one address, not a list. */
  readonly isSingle: boolean;
  readonly usd: number;
}

const official = (input: z.ZodObject, usd: number, isSingle = false): FakeModel => ({
  isOfficial: true,
  input,
  isSingle,
  usd,
});
const community = (input: z.ZodObject, isSingle: boolean): FakeModel => ({
  isOfficial: false,
  input,
  isSingle,
  usd: 0.004,
});

export const models: Readonly<Record<string, FakeModel>> = {
  'black-forest-labs/flux-schnell': official(z.strictObject(schnell), 0.003),
  'black-forest-labs/flux-dev': official(z.strictObject(dev), 0.025),
  'black-forest-labs/flux-schnell-lora': official(z.strictObject({ ...schnell, ...lora }), 0.02),
  'black-forest-labs/flux-dev-lora': official(z.strictObject({ ...dev, ...lora, ...extra }), 0.032),
  'black-forest-labs/flux-fill-dev': official(
    z.strictObject({
      ...flux,
      ...lora,
      aspect_ratio: z.undefined().optional(),
      megapixels: z.enum(['1', '0.25', 'match_input']).optional(),
      image: address,
      mask: address.optional(),
      num_inference_steps: whole(1, 50),
      guidance: real(0, 100),
    }),
    0.04,
  ),
  'black-forest-labs/flux-1.1-pro': official(
    z.strictObject({
      ...pro,
      aspect_ratio: z.enum([...ratios, 'custom']).optional(),
      width: multipleOf(32, 256, 1440),
      height: multipleOf(32, 256, 1440),
    }),
    0.04,
    true,
  ),
  'black-forest-labs/flux-1.1-pro-ultra': official(
    z.strictObject({
      ...pro,
      output_format: z.enum(['jpg', 'png']).optional(),
      aspect_ratio: z.enum(ratios).optional(),
      image_prompt_strength: real(0, 1),
      raw: z.boolean().optional(),
    }),
    0.06,
    true,
  ),
  'black-forest-labs/flux-2-pro': official(
    z.strictObject({
      ...shared,
      ...file,
      input_images: z.array(address).max(10).optional(),
      aspect_ratio: z.enum([...ratios, 'custom', 'match_input_image']).optional(),
      resolution: z.string().optional(),
      width: whole(256, 2048),
      height: whole(256, 2048),
      safety_tolerance: whole(1, 5),
    }),
    0.05,
    true,
  ),
  'stability-ai/sdxl': community(
    z.strictObject({
      ...shared,
      ...count,
      negative_prompt: z.string().optional(),
      image: address.optional(),
      mask: address.optional(),
      width: multipleOf(8, 64, 2048),
      height: multipleOf(8, 64, 2048),
      scheduler: z
        .enum(['DDIM', 'DPMSolverMultistep', 'HeunDiscrete', 'KarrasDPM', 'K_EULER_ANCESTRAL', 'K_EULER', 'PNDM'])
        .optional(),
      num_inference_steps: whole(1, 500),
      guidance_scale: real(1, 50),
      prompt_strength: real(0, 1),
      refine: z.string().optional(),
      lora_scale: real(0, 1),
      replicate_weights: z.string().optional(),
      apply_watermark: z.boolean().optional(),
    }),
    false,
  ),
  'nightmareai/real-esrgan': community(
    z.strictObject({ image: address, scale: real(0, 10), face_enhance: z.boolean().optional() }),
    true,
  ),
  'philz1337x/clarity-upscaler': community(
    z.strictObject({
      image: address,
      scale_factor: real(1, 10),
      creativity: real(0, 1),
      resemblance: real(0, 3),
      prompt: z.string().optional(),
      seed: z.int().optional(),
    }),
    false,
  ),
  'ostris/flux-dev-lora-trainer': community(
    z.strictObject({
      input_images: address,
      trigger_word: z.string().optional(),
      autocaption: z.boolean().optional(),
      steps: whole(3, 6000),
      learning_rate: z.number().optional(),
      lora_rank: whole(1, 128),
    }),
    false,
  ),
};

/** A fine-tuned FLUX model. */
export const fineTuned: FakeModel = community(
  z.strictObject({
    ...flux,
    ...extra,
    image: address.optional(),
    mask: address.optional(),
    aspect_ratio: z.enum([...ratios, 'custom']).optional(),
    width: multipleOf(16, 256, 1440),
    height: multipleOf(16, 256, 1440),
    prompt_strength: real(0, 1),
    model: z.enum(['dev', 'schnell']).optional(),
    num_inference_steps: whole(1, 50),
    guidance_scale: real(0, 10),
    lora_scale: real(-1, 3),
    replicate_weights: z.string().optional(),
  }),
  false,
);

/** The pixels of a shape at one megapixel. */
export const fluxSizes: Readonly<Record<string, readonly [number, number]>> = {
  '1:1': [1024, 1024],
  '16:9': [1344, 768],
  '21:9': [1536, 640],
  '3:2': [1216, 832],
  '2:3': [832, 1216],
  '4:5': [896, 1088],
  '5:4': [1088, 896],
  '3:4': [896, 1152],
  '4:3': [1152, 896],
  '9:16': [768, 1344],
  '9:21': [640, 1536],
};

/** The id of a community model's newest version. */
export const versionOf = (name: string): string => Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64);
