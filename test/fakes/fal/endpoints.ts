import { z } from 'zod';

const size = z.union([
  z.enum(['square_hd', 'square', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9']),
  z.strictObject({ width: z.int().min(64).max(2048), height: z.int().min(64).max(2048) }),
]);
const largeSize = z.strictObject({ width: z.int().min(512).max(2048), height: z.int().min(512).max(2048) });
const loras = z
  .array(z.strictObject({ path: z.string().min(1), scale: z.number().min(0).max(4).optional() }))
  .optional();
const jpegOrPng = z.enum(['jpeg', 'png']).optional();
const prompt = z.string().min(1);
const address = z.string().regex(/^(https:\/\/|data:)/);
const steps = (min: number, max: number) => z.int().min(min).max(max).optional();
const guidance = (min: number, max: number) => z.number().min(min).max(max).optional();
const strength = z.number().min(0.01).max(1).optional();
const ratio = z.enum(['21:9', '16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16', '9:21']).optional();

const shared = {
  prompt,
  num_images: z.int().min(1).max(4).optional(),
  seed: z.int().optional(),
  enable_safety_checker: z.boolean().optional(),
  sync_mode: z.literal(false).optional(),
};
const flux = { ...shared, image_size: size.optional(), output_format: jpegOrPng };
const dev = { ...flux, num_inference_steps: steps(1, 50), guidance_scale: guidance(1, 20) };
const tolerance = { safety_tolerance: z.enum(['1', '2', '3', '4', '5', '6']).optional() };
const flux2 = {
  ...shared,
  output_format: jpegOrPng,
  image_size: largeSize.optional(),
  num_inference_steps: steps(4, 50),
  guidance_scale: guidance(0, 20),
};
const sdxl = {
  ...shared,
  negative_prompt: z.string().optional(),
  image_size: size.optional(),
  num_inference_steps: steps(1, 50),
  guidance_scale: guidance(0, 20),
  loras,
  format: jpegOrPng,
};
const { format: _format, ...anyCheckpoint } = sdxl;
const schedulers = [
  'DPM++ 2M',
  'DPM++ 2M Karras',
  'DPM++ 2M SDE',
  'DPM++ 2M SDE Karras',
  'Euler',
  'Euler A',
  'Euler (trailing timesteps)',
  'LCM',
  'LCM (trailing timesteps)',
  'DDIM',
  'TCD',
] as const;

/** What each endpoint takes; unknown fields are refused here, so that a field spelled wrong is noticed. */
export const inputs: Readonly<Record<string, z.ZodObject>> = {
  'fal-ai/flux/schnell': z.strictObject({
    ...flux,
    num_inference_steps: steps(1, 12),
    guidance_scale: guidance(1, 20),
  }),
  'fal-ai/flux/dev': z.strictObject(dev),
  'fal-ai/flux/dev/image-to-image': z.strictObject({
    ...dev,
    image_size: z.undefined().optional(),
    image_url: address,
    strength,
  }),
  'fal-ai/flux-lora': z.strictObject({ ...dev, loras }),
  'fal-ai/flux-lora/image-to-image': z.strictObject({ ...dev, loras, image_url: address, strength }),
  'fal-ai/flux-lora/inpainting': z.strictObject({ ...dev, loras, image_url: address, mask_url: address, strength }),
  'fal-ai/flux-lora-fill': z.strictObject({
    ...dev,
    guidance_scale: guidance(1, 40),
    loras,
    image_url: address,
    mask_url: address,
    paste_back: z.boolean().optional(),
    resize_to_original: z.boolean().optional(),
  }),
  'fal-ai/flux-pro/v1.1': z.strictObject({ ...flux, ...tolerance }),
  'fal-ai/flux-pro/v1.1-ultra': z.strictObject({
    ...shared,
    ...tolerance,
    output_format: jpegOrPng,
    aspect_ratio: ratio,
  }),
  'fal-ai/flux-pro/v1/fill': z.strictObject({
    ...shared,
    ...tolerance,
    output_format: jpegOrPng,
    image_url: address,
    mask_url: address,
  }),
  'fal-ai/flux-pro/kontext': z.strictObject({
    ...shared,
    ...tolerance,
    output_format: jpegOrPng,
    image_url: address,
    aspect_ratio: ratio,
  }),
  'fal-ai/flux-2': z.strictObject(flux2),
  'fal-ai/flux-2/lora': z.strictObject({ ...flux2, loras: loras.unwrap().max(3).optional() }),
  'fal-ai/flux-2-pro': z.strictObject({
    prompt,
    seed: z.int().optional(),
    image_size: largeSize.optional(),
    output_format: jpegOrPng,
    safety_tolerance: z.enum(['1', '2', '3', '4', '5']).optional(),
  }),
  'fal-ai/fast-sdxl': z.strictObject(sdxl),
  'fal-ai/fast-sdxl/image-to-image': z.strictObject({ ...sdxl, image_url: address, strength }),
  'fal-ai/fast-sdxl/inpainting': z.strictObject({ ...sdxl, image_url: address, mask_url: address, strength }),
  'fal-ai/lora': z.strictObject({
    ...anyCheckpoint,
    model_name: z.string().min(1),
    scheduler: z.enum(schedulers).optional(),
    clip_skip: z.int().optional(),
    prompt_weighting: z.boolean().optional(),
    image_format: jpegOrPng,
  }),
  'fal-ai/esrgan': z.strictObject({
    image_url: address,
    scale: z.number().min(1).max(8).optional(),
    model: z.string().optional(),
    face: z.boolean().optional(),
    tile: z.int().optional(),
    output_format: jpegOrPng,
  }),
  'fal-ai/aura-sr': z.strictObject({
    image_url: address,
    upscale_factor: z.literal(4).optional(),
    checkpoint: z.enum(['v1', 'v2']).optional(),
    overlapping_tiles: z.boolean().optional(),
  }),
  'fal-ai/clarity-upscaler': z.strictObject({
    image_url: address,
    prompt: prompt.optional(),
    negative_prompt: z.string().optional(),
    upscale_factor: z.number().min(1).max(4).optional(),
    creativity: z.number().optional(),
    resemblance: z.number().optional(),
    guidance_scale: z.number().optional(),
    num_inference_steps: steps(1, 50),
    seed: z.int().optional(),
  }),
  'fal-ai/kling-video/v2.1/standard/image-to-video': z.strictObject({
    prompt,
    image_url: address,
    duration: z.enum(['5', '10']).optional(),
  }),
  'fal-ai/flux-lora-fast-training': z.strictObject({
    images_data_url: address,
    trigger_word: z.string().optional(),
    steps: z.int().min(1).max(10_000).optional(),
    create_masks: z.boolean().optional(),
    is_style: z.boolean().optional(),
    is_input_format_already_preprocessed: z.boolean().optional(),
    data_archive_format: z.string().optional(),
  }),
};

/** US dollars, and for what. */
export const prices: Readonly<Record<string, { usd: number; unit: string }>> = {
  'fal-ai/flux/schnell': { usd: 0.003, unit: 'megapixels' },
  'fal-ai/flux/dev': { usd: 0.025, unit: 'megapixels' },
  'fal-ai/flux-lora': { usd: 0.035, unit: 'megapixels' },
  'fal-ai/flux-pro/v1.1': { usd: 0.04, unit: 'megapixels' },
  'fal-ai/flux-pro/v1.1-ultra': { usd: 0.06, unit: 'images' },
  'fal-ai/flux-pro/kontext': { usd: 0.04, unit: 'images' },
  'fal-ai/esrgan': { usd: 0.002, unit: 'megapixels' },
  'fal-ai/kling-video/v2.1/standard/image-to-video': { usd: 0.05, unit: 'seconds' },
  'fal-ai/fast-sdxl': { usd: 0.00111, unit: 'compute seconds' },
  'fal-ai/flux-lora-fast-training': { usd: 2, unit: 'runs' },
};

/** Model-level refusal: the list that pydantic writes. */
export function validationBody(error: z.ZodError): unknown {
  return {
    detail: error.issues.map((issue) => ({
      loc: ['body', ...issue.path],
      msg: issue.message,
      type: issue.code === 'invalid_type' && issue.message.includes('undefined') ? 'missing' : 'value_error',
      url: 'https://docs.fal.ai/errors#value_error',
    })),
  };
}
