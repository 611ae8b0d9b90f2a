import { z } from 'zod';

const Uuid = z.uuidv4();
const Air = z.string().regex(/^[\w.-]+:[\w.-]+@[\w.-]+$/);
/** A UUID, an address, bare base64 or a data URI. */
const Picture = z.string().min(1);

const output = {
  outputType: z.enum(['URL', 'base64Data', 'dataURI']).default('URL'),
  outputFormat: z.enum(['JPG', 'PNG', 'WEBP']).default('JPG'),
  outputQuality: z.int().min(20).max(99).optional(),
  deliveryMethod: z.enum(['sync', 'async']).default('sync'),
  includeCost: z.boolean().default(false),
  ttl: z.int().min(60).optional(),
  numberResults: z.int().min(1).max(20).default(1),
};

const side = z.int().min(128).max(2048);

export const ImageInference = z.strictObject({
  taskType: z.literal('imageInference'),
  taskUUID: Uuid,
  model: Air,
  positivePrompt: z.string().min(2).max(3000),
  negativePrompt: z.string().min(1).max(3000).optional(),
  width: side,
  height: side,
  steps: z.int().min(1).max(100).optional(),
  CFGScale: z.number().min(0).max(50).optional(),
  seed: z.int().min(1).optional(),
  scheduler: z.string().min(1).optional(),
  clipSkip: z.int().min(0).max(2).optional(),
  lora: z
    .array(z.strictObject({ model: z.string().min(3), weight: z.number().min(-4).max(4) }))
    .min(1)
    .optional(),
  seedImage: Picture.optional(),
  maskImage: Picture.optional(),
  referenceImages: z.array(Picture).min(1).optional(),
  strength: z.number().min(0).max(1).optional(),
  inputs: z
    .strictObject({
      seedImage: Picture.optional(),
      maskImage: Picture.optional(),
      referenceImages: z.array(Picture).min(1).optional(),
    })
    .optional(),
  ...output,
});
export type ImageInference = z.infer<typeof ImageInference>;

export const Upscale = z.strictObject({
  taskType: z.literal('upscale'),
  taskUUID: Uuid,
  model: Air,
  inputs: z.strictObject({ image: Picture }),
  upscaleFactor: z.union([z.literal(2), z.literal(4)]),
  ...output,
});

export const RemoveBackground = z.strictObject({
  taskType: z.literal('removeBackground'),
  taskUUID: Uuid,
  model: Air,
  inputs: z.strictObject({ image: Picture }),
  ...output,
});

export const Work = z.discriminatedUnion('taskType', [ImageInference, Upscale, RemoveBackground]);
export type Work = z.infer<typeof Work>;

export const ModelSearch = z.strictObject({
  taskType: z.literal('modelSearch'),
  taskUUID: Uuid,
  search: z.string().optional(),
  category: z.enum(['checkpoint', 'lora', 'lycoris', 'vae', 'embeddings']).optional(),
  architecture: z.string().optional(),
  source: z.enum(['featured', 'community']).optional(),
  visibility: z.enum(['public', 'private', 'favorite', 'owned']).optional(),
  limit: z.int().min(1).max(100).default(20),
  offset: z.int().min(0).default(0),
});

export const Account = z.strictObject({
  taskType: z.literal('accountManagement'),
  taskUUID: Uuid,
  operation: z.literal('getDetails'),
});

export const Asked = z.strictObject({ taskType: z.enum(['getResponse', 'getTaskDetails']), taskUUID: Uuid });

/** The service's error for the first thing that is wrong. */
export function describeIssue(error: z.ZodError, taskUUID: string | null) {
  const [issue] = error.issues;
  const parameter = issue?.code === 'unrecognized_keys' ? issue.keys : issue?.path.map(String).join('.');
  const isMissing = issue?.code === 'invalid_type' && issue.message.includes('undefined');
  const field = String(issue?.path[0] ?? '');
  const word = field.charAt(0).toUpperCase() + field.slice(1);
  const code = issue?.code === 'unrecognized_keys' ? 'unknownParameter' : `${isMissing ? 'missing' : 'invalid'}${word}`;
  return {
    code,
    message: issue?.message ?? 'Invalid task.',
    parameter,
    taskUUID,
    documentation: 'https://example.org',
  };
}
