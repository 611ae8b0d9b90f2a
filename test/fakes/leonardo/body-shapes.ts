import { z } from 'zod';

const extension = z.enum(['png', 'jpg', 'jpeg', 'webp']);
const uploaded = z.strictObject({ id: z.string(), type: z.enum(['GENERATED', 'UPLOADED']) });

export const InitImage = z.strictObject({ extension });
export const CanvasInitImage = z.strictObject({ initExtension: extension, maskExtension: extension });

const presetStyle = z.enum(
  'ANIME BOKEH CINEMATIC CINEMATIC_CLOSEUP CREATIVE DYNAMIC ENVIRONMENT FASHION FILM FOOD GENERAL HDR ILLUSTRATION LEONARDO LONG_EXPOSURE MACRO MINIMALISTIC MONOCHROME MOODY NONE NEUTRAL PHOTOGRAPHY PORTRAIT RAYTRACED RENDER_3D RETRO SKETCH_BW SKETCH_COLOR STOCK_PHOTO VIBRANT UNPROCESSED'.split(
    ' ',
  ) as [string, ...string[]],
);

export const FirstGeneration = z.strictObject({
  prompt: z.string().min(1).max(1500),
  negative_prompt: z.string().optional(),
  modelId: z.uuid().default('b24e16ff-06e3-43eb-8d33-4416c2d75876'),
  num_images: z.int().min(1).max(8).default(4),
  width: z.int().min(32).max(1536).multipleOf(8).default(1024),
  height: z.int().min(32).max(1536).multipleOf(8).default(768),
  num_inference_steps: z.int().min(10).max(60).optional(),
  guidance_scale: z.number().min(1).max(20).optional(),
  seed: z.int().min(0).max(9_999_999_998).optional(),
  scheduler: z
    .enum(['KLMS', 'EULER_ANCESTRAL_DISCRETE', 'EULER_DISCRETE', 'DDIM', 'DPM_SOLVER', 'PNDM', 'LEONARDO'])
    .optional(),
  presetStyle: presetStyle.optional(),
  styleUUID: z.uuid().optional(),
  alchemy: z.boolean().default(true),
  ultra: z.boolean().optional(),
  contrast: z.literal([1, 1.3, 1.8, 2.5, 3, 3.5, 4, 4.5]).optional(),
  public: z.boolean().optional(),
  enhancePrompt: z.boolean().optional(),
  elements: z.array(z.strictObject({ akUUID: z.string(), weight: z.number() })).optional(),
  userElements: z.array(z.strictObject({ userLoraId: z.int(), weight: z.number() })).optional(),
  init_image_id: z.string().optional(),
  init_strength: z.number().min(0.1).max(0.9).optional(),
  controlnets: z
    .array(
      z.strictObject({
        initImageId: z.string(),
        initImageType: z.enum(['GENERATED', 'UPLOADED']),
        preprocessorId: z.int(),
        strengthType: z.enum(['Low', 'Mid', 'High', 'Ultra', 'Max']),
      }),
    )
    .optional(),
  canvasRequest: z.boolean().optional(),
  canvasRequestType: z.enum(['INPAINT', 'OUTPAINT', 'SKETCH2IMG', 'IMG2IMG']).optional(),
  canvasInitId: z.string().optional(),
  canvasMaskId: z.string().optional(),
});
export type FirstGeneration = z.infer<typeof FirstGeneration>;

const guidances = z.strictObject({
  image_reference: z.array(z.strictObject({ image: uploaded, strength: z.enum(['LOW', 'MID', 'HIGH']) })).min(1),
});
const drawing = {
  prompt: z.string().min(1).max(5000),
  quantity: z.int().min(1).max(8),
  width: z.int().min(256).max(1536),
  height: z.int().min(256).max(1536),
  prompt_enhance: z.enum(['ON', 'OFF']).optional(),
  guidances: guidances.optional(),
};

const second = <Shape extends z.ZodType>(model: string, parameters: Shape) =>
  z.strictObject({ model: z.literal(model), public: z.boolean().optional(), parameters });

export const SecondGeneration = z.discriminatedUnion('model', [
  second('nano-banana-2', z.strictObject(drawing)),
  second(
    'gemini-image-2',
    z.strictObject({ ...drawing, seed: z.int().min(0).optional(), style_ids: z.array(z.uuid()).optional() }),
  ),
  second('gpt-image-2', z.strictObject({ ...drawing, quality: z.enum(['LOW', 'MEDIUM', 'HIGH']).optional() })),
  second(
    'flux-pro-2.0',
    z.strictObject({ ...drawing, width: z.int().min(256).max(1440), height: z.int().min(256).max(1440) }),
  ),
]);

const moving = {
  model: z.enum(['MOTION2', 'MOTION2FAST', 'VEO3', 'VEO3FAST', 'KLING2_1', 'KLING2_5']).default('MOTION2'),
  prompt: z.string().min(1).max(1500),
  negativePrompt: z.string().optional(),
  resolution: z.enum(['RESOLUTION_480', 'RESOLUTION_720', 'RESOLUTION_1080']).optional(),
  duration: z.int().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  seed: z.int().min(0).max(2_147_483_637).optional(),
  isPublic: z.boolean().optional(),
};
export const TextToVideo = z.strictObject(moving);
export const ImageToVideo = z.strictObject({
  ...moving,
  imageId: z.string(),
  imageType: z.enum(['GENERATED', 'UPLOADED']),
});

export const Upscale = z.strictObject({
  initImageId: z.string(),
  upscalerStyle: z.enum(['GENERAL', 'CINEMATIC', '2D ART & ILLUSTRATION', 'CG ART & GAME ASSETS']).default('GENERAL'),
  creativityStrength: z.int().min(1).max(10).default(5),
  upscaleMultiplier: z.number().min(1).max(2).default(1.5),
  prompt: z.string().optional(),
});

export const Dataset = z.strictObject({ name: z.string().min(1), description: z.string().optional() });
const epochs: Readonly<Record<string, readonly [number, number]>> = {
  Style: [30, 120],
  Object: [120, 220],
  Character: [100, 200],
  General: [1, 250],
};
export const Element = z
  .strictObject({
    name: z.string().min(1),
    datasetId: z.string(),
    lora_focus: z.enum(['General', 'Character', 'Style', 'Object']),
    train_text_encoder: z.boolean(),
    sd_version: z.literal('FLUX_DEV'),
    num_train_epochs: z.int(),
    learning_rate: z.number().min(1e-8).max(1e-3),
    resolution: z.literal(1024),
    instance_prompt: z.string().optional(),
    description: z.string().optional(),
  })
  .refine(({ lora_focus: focus, num_train_epochs: count }) => {
    const [least, most] = epochs[focus] ?? [0, 0];
    return count >= least && count <= most;
  }, 'num_train_epochs out of range');

const sdxl = new Set(['b24e16ff-06e3-43eb-8d33-4416c2d75876', 'aa77f04e-3eec-4034-9c07-d0f619684628']);
const phoenix = 'de7d3faf-762f-48e0-b3b7-9d0ac3a3fcf3';
const flux = new Set(['1dd50843-d653-4516-a8e3-f0238ee453ff', 'b2614463-296c-462a-9586-aafdb8f00e36']);
const lucid = new Set(['7b592283-e8a7-4c5a-9ba6-d18c31f258b9', '05ce0082-2d80-4a2d-8653-4d1c85e2418e']);
const largestFluxSeed = 2_147_483_637;

/** What is wrong with a request for this model, in words; null where nothing is. */
export function complaintAbout(body: FirstGeneration): string | null {
  const { modelId, width, height, num_images: count, contrast, alchemy } = body;
  if (Math.max(width, height) > 768 && count > 4) return 'num_images must be between 1 and 4';
  if (![...sdxl, ...flux, ...lucid, phoenix].includes(modelId)) return 'model not found';
  if (flux.has(modelId) && (body.seed ?? 0) > largestFluxSeed) return 'seed is too large';
  if (modelId === phoenix && alchemy && (contrast ?? 0) < 2.5) return 'contrast must be at least 2.5';
  if (!sdxl.has(modelId)) {
    for (const field of ['num_inference_steps', 'guidance_scale', 'scheduler', 'presetStyle', 'init_image_id'] as const)
      if (body[field] !== undefined) return `${field} is not supported by this model`;
    if (body.canvasRequest) return 'canvas is not supported by this model';
    if (body.negative_prompt !== undefined && modelId !== phoenix) return 'negative_prompt is not supported';
  }
  if (body.controlnets?.some(({ preprocessorId }) => preprocessorId !== 430 || !lucid.has(modelId)))
    return 'Invalid preprocessor';
  if (body.canvasRequest && !(body.canvasInitId && body.canvasMaskId)) return 'canvas images are missing';
  return null;
}
