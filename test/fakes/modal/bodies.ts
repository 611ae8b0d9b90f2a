import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { z } from 'zod';

interface FakeModel {
  readonly id: string;
  readonly name: string;
  readonly tasks: readonly string[];
  readonly supports: {
    readonly negative_prompt: boolean;
    readonly seed: boolean;
    readonly steps: boolean;
    readonly guidance: boolean;
    readonly scheduler: readonly string[];
    readonly lora: boolean;
  };
  readonly limits: {
    readonly min: number;
    readonly max: number;
    readonly multiple_of: number;
    readonly max_images: number;
    readonly steps?: readonly number[];
    readonly guidance?: readonly number[];
  };
  readonly defaults: object;
}

/** The app's models, as `/v1/models` tells them. */
export const models: readonly FakeModel[] = [
  {
    id: 'flux-schnell',
    name: 'FLUX.1 schnell',
    tasks: ['txt2img'],
    supports: { negative_prompt: false, seed: true, steps: true, guidance: false, scheduler: [], lora: false },
    limits: { min: 256, max: 1536, multiple_of: 16, max_images: 4, steps: [1, 12], guidance: [0, 10] },
    defaults: { steps: 4, guidance: null, width: 1024, height: 1024 },
  },
  {
    id: 'flux-dev',
    name: 'FLUX.1 dev',
    tasks: ['txt2img', 'img2img', 'inpaint', 'train'],
    supports: { negative_prompt: false, seed: true, steps: true, guidance: true, scheduler: [], lora: true },
    limits: { min: 256, max: 1536, multiple_of: 16, max_images: 4, steps: [1, 50], guidance: [0, 10] },
    defaults: { steps: 28, guidance: 3.5, width: 1024, height: 1024 },
  },
  {
    id: 'sdxl',
    name: 'SDXL',
    tasks: ['txt2img', 'img2img', 'inpaint'],
    supports: {
      negative_prompt: true,
      seed: true,
      steps: true,
      guidance: true,
      scheduler: ['euler', 'dpmpp_2m'],
      lora: false,
    },
    limits: { min: 256, max: 1536, multiple_of: 8, max_images: 2, steps: [1, 60], guidance: [0, 20] },
    defaults: { steps: 25, guidance: 7, width: 1024, height: 1024 },
  },
  {
    id: 'real-esrgan',
    name: 'Real-ESRGAN',
    tasks: ['upscale'],
    supports: { negative_prompt: false, seed: false, steps: false, guidance: false, scheduler: [], lora: false },
    limits: { min: 64, max: 2048, multiple_of: 1, max_images: 1 },
    defaults: {},
  },
];

const InputFile = z.union([
  z.strictObject({ data: z.base64(), content_type: z.enum(['image/png', 'image/jpeg', 'image/webp']) }),
  z.strictObject({ url: z.url() }),
  z.strictObject({ file_id: z.string() }),
]);
export type InputFile = z.infer<typeof InputFile>;

export const PictureBody = z.strictObject({
  client_request_id: z.uuid(),
  task: z.enum(['txt2img', 'img2img', 'inpaint', 'upscale']),
  model: z.string(),
  prompt: z.string(),
  negative_prompt: z.string().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  num_images: z.int().min(1),
  steps: z.int().nullable(),
  guidance: z.number().nullable(),
  seed: z.int().min(0).nullable(),
  scheduler: z.string().nullable(),
  image: InputFile.nullable(),
  mask: InputFile.nullable(),
  strength: z.number().min(0).max(1).nullable(),
  scale: z.union([z.literal(2), z.literal(4)]).nullable(),
  loras: z.array(z.strictObject({ source: z.string().min(1), scale: z.number() })).nullable(),
  output_format: z.enum(['png', 'jpeg', 'webp']),
  safety_checker: z.boolean(),
});
export type PictureBody = z.infer<typeof PictureBody>;

export const TrainBody = z.strictObject({
  client_request_id: z.uuid(),
  task: z.literal('train'),
  model: z.string(),
  dataset: z.union([z.strictObject({ file_id: z.string() }), z.strictObject({ url: z.url() })]),
  trigger_word: z.string().min(1),
  steps: z.int().min(1).optional(),
  rank: z.int().optional(),
  learning_rate: z.number().optional(),
  resolution: z.int().optional(),
  output_name: z.string().regex(/^[a-z0-9-]+$/),
});
export type TrainBody = z.infer<typeof TrainBody>;

export interface Fault {
  readonly field: string;
  readonly message: string;
}

/** What the model does not take of a request; fields that are set although it has none of them are refused, too. */
export function faultOf(body: PictureBody): Fault | null {
  const model = models.find(({ id }) => id === body.model);
  if (!model) return { field: 'model', message: `no model ${body.model}` };
  const { supports, limits, tasks } = model;
  const outside = (value: number | null, range: readonly number[] | undefined): boolean =>
    value !== null && range !== undefined && (value < (range[0] ?? 0) || value > (range[1] ?? 0));
  const isUpscale = body.task === 'upscale';
  const badSide = (side: number | null): boolean =>
    isUpscale
      ? side !== null
      : side === null || side < limits.min || side > limits.max || side % limits.multiple_of !== 0;
  const faults: readonly (readonly [keyof PictureBody, boolean])[] = [
    ['task', !tasks.includes(body.task)],
    ['negative_prompt', body.negative_prompt !== null && !supports.negative_prompt],
    ['seed', body.seed !== null && !supports.seed],
    ['steps', body.steps !== null && (!supports.steps || outside(body.steps, limits.steps))],
    ['guidance', body.guidance !== null && (!supports.guidance || outside(body.guidance, limits.guidance))],
    ['scheduler', body.scheduler !== null && !supports.scheduler.includes(body.scheduler)],
    ['loras', body.loras !== null && !supports.lora],
    ['num_images', body.num_images > limits.max_images],
    ['width', badSide(body.width)],
    ['height', badSide(body.height)],
    ['image', (body.image === null) !== (body.task === 'txt2img')],
    ['mask', (body.mask === null) === (body.task === 'inpaint')],
    ['strength', body.strength !== null && (body.task === 'txt2img' || isUpscale)],
    ['scale', (body.scale === null) === isUpscale],
  ];
  const found = faults.find(([, isFault]) => isFault);
  return found ? { field: found[0], message: `${found[0]} is not supported here` } : null;
}

/** Reads a picture and tells its size and what is in it. Throws where it is none. */
export async function measure(file: InputFile): Promise<{ width: number; height: number; digest: string }> {
  if (!('data' in file)) throw new Error('the stand-in takes pictures as data only');
  const bytes = Buffer.from(file.data, 'base64');
  const { width, height } = await sharp(bytes).metadata();
  return { width, height, digest: createHash('sha256').update(bytes).digest('hex') };
}
