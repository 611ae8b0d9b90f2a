import { z } from 'zod';
import type { FakeAnswer } from '../kit/fake-types.ts';
import { engines } from './engines.ts';

/** Thrown to refuse what was sent. */
export class Refused extends Error {
  readonly answer: FakeAnswer;
  constructor(answer: FakeAnswer) {
    super('refused');
    this.answer = answer;
  }
}

export function errorAnswer(
  status: number,
  { message, type = 'invalid_request_error', code = null }: { message: string; type?: string; code?: string | null },
): FakeAnswer {
  return { status, json: { id: 'oX9fJ2k-2kFHot-9a1b2c3d4e5f', error: { message, type, param: null, code } } };
}

const side = z.int().min(256).multipleOf(8);
const loraPath = z.string().regex(/^(https:\/\/|[\w.-]+\/[\w.-]+$)/);

const schema = z.strictObject({
  model: z.string(),
  prompt: z.string().min(1),
  width: side.default(1024),
  height: side.default(1024),
  n: z.int().min(1).max(4).default(1),
  steps: z.int().min(1).max(50).optional(),
  seed: z.int().optional(),
  negative_prompt: z.string().optional(),
  guidance_scale: z.number().optional(),
  guidance: z.number().optional(),
  response_format: z.enum(['base64', 'url']).default('url'),
  output_format: z.enum(['jpeg', 'png']).default('jpeg'),
  image_url: z.string().optional(),
  reference_images: z.array(z.string()).min(1).optional(),
  image_loras: z
    .array(z.strictObject({ path: loraPath, scale: z.number() }))
    .max(2)
    .optional(),
  prompt_upsampling: z.boolean().optional(),
  disable_safety_checker: z.boolean().optional(),
});
export type Generation = z.infer<typeof schema>;

const ofSomeModels = [
  'seed',
  'steps',
  'negative_prompt',
  'guidance',
  'guidance_scale',
  'image_url',
  'reference_images',
  'image_loras',
  'prompt_upsampling',
] as const;

const invalid = (message: string): Refused => new Refused(errorAnswer(400, { message }));

/** Reads a request as the service does, and refuses also what a model would pass over in silence. Throws Refused. */
export function readGeneration(body: unknown): Generation {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  const wanted = parsed.data;
  const { model, width, height } = wanted;
  const engine = engines[model];
  if (!engine) {
    const message = `Unable to access model ${model}. Please visit https://api.together.ai/models to view the list.`;
    throw new Refused(errorAnswer(404, { message, code: 'model_not_available' }));
  }
  const extra = ofSomeModels.find((name) => wanted[name] !== undefined && !engine.takes.includes(name));
  if (extra) throw invalid(`${model} does not support ${extra}.`);
  if (wanted.image_url !== undefined && wanted.reference_images) {
    throw invalid('image_url and reference_images are mutually exclusive.');
  }
  if (model.includes('kontext') && wanted.image_url === undefined) throw invalid('image_url is required.');
  if (Math.max(width, height) > engine.largestSide || width * height > 9_000_000) {
    throw invalid(`width and height must be at most ${engine.largestSide}.`);
  }
  if (engine.sizes && !engine.sizes.includes(`${width}x${height}`)) {
    throw invalid(`Invalid size, use one of ${engine.sizes.join(', ')}.`);
  }
  return wanted;
}
