import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { z } from 'zod';
import type { FakeKit } from '../kit/fake-types.ts';
import { publicEndpoints, sizeOf } from './inputs.ts';

/** An endpoint of the account with worker-sdxl, and one with worker-comfyui. */
export const ownEndpoints = { sdxl: 'sdxl0aaaaaaaaa', comfyui: 'comfy0bbbbbbbb' } as const;

/** What a worker does with its input. */
export interface Work {
  readonly prompt: string;
  /** For a picture; 0 where the worker's time is what costs. */
  readonly usd: number | null;
  /** What it says of its progress. */
  readonly progress: unknown;
  /** The result, made when the work is done. */
  readonly output: () => Promise<unknown>;
}

/** Said at once, as public endpoints do with parameters, or by the worker, as the end of the job. */
export class WorkerRefusal extends Error {
  readonly isAtOnce: boolean;
  constructor(message: string, isAtOnce: boolean) {
    super(message);
    this.isAtOnce = isAtOnce;
  }
}

function parse<T>(schema: z.ZodType<T>, input: unknown, isAtOnce: boolean): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new WorkerRefusal(`Invalid parameter: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`, isAtOnce);
}

/** Reads a picture and says what is in it. Throws where it is none. */
async function digestOf(picture: string): Promise<string> {
  if (picture.startsWith('https://')) return picture;
  const bytes = Buffer.from(picture.slice(picture.indexOf(',') + 1), 'base64');
  await sharp(bytes).metadata();
  return createHash('sha256').update(bytes).digest('hex');
}

/** Null: there is no such endpoint. Throws WorkerRefusal. */
export async function workFor(kit: FakeKit, endpointId: string, input: unknown): Promise<Work | null> {
  if (endpointId === ownEndpoints.sdxl) return sdxlWork(kit, input);
  if (endpointId === ownEndpoints.comfyui) return comfyuiWork(kit, input);
  const endpoint = publicEndpoints[endpointId];
  if (!endpoint) return null;
  const wish = parse(endpoint.input, input, true);
  const { width, height } = sizeOf(wish);
  const digests = await Promise.all([...(wish.image ? [wish.image] : []), ...(wish.images ?? [])].map(digestOf));
  const cost = endpoint.per === 'image' ? endpoint.usd : (endpoint.usd * width * height) / 1_000_000;
  const format = wish.image_format ?? wish.output_format ?? 'png';
  return {
    prompt: wish.prompt,
    usd: cost,
    progress: undefined,
    output: async () => {
      const file = await kit.picture({
        width,
        height,
        text: [wish.prompt, wish.negative_prompt, ...digests].join('\n'),
        seed: wish.seed ?? -1,
        format: format === 'jpeg' ? 'jpg' : (format as 'png' | 'webp'),
      });
      const days = 7;
      const url = kit.addFile(file, `image/${format}`, { expiresInMs: days * 86_400_000 });
      // Docs show one key, the official client reads the other first.
      return endpoint.per === 'image' ? { result: url, cost } : { image_url: url, cost };
    },
  };
}

const SdxlInput = z.strictObject({
  prompt: z.string(),
  negative_prompt: z.string().optional(),
  width: z.int().multipleOf(8).default(1024),
  height: z.int().multipleOf(8).default(1024),
  seed: z.int().min(0).optional(),
  scheduler: z
    .enum(['DDIM', 'PNDM', 'KLMS', 'K_EULER', 'K_EULER_ANCESTRAL', 'DPMSolverMultistep', 'DPMSolverSinglestep'])
    .default('DDIM'),
  num_inference_steps: z.int().min(1).default(25),
  refiner_inference_steps: z.int().min(1).default(50),
  guidance_scale: z.number().default(7.5),
  strength: z.number().default(0.3),
  image_url: z.string().optional(),
  num_images: z.int().min(1).max(2).default(1),
  high_noise_frac: z.number().optional(),
});

function sdxlWork(kit: FakeKit, input: unknown): Work {
  const wish = parse(SdxlInput, input, false);
  const seed = wish.seed ?? 12_345;
  return {
    prompt: wish.prompt,
    usd: null,
    progress: { progress: 50 },
    output: async () => {
      const images = await Promise.all(
        Array.from({ length: wish.num_images }, async (_each, index) => {
          const { prompt, width, height, negative_prompt, scheduler, num_inference_steps, guidance_scale } = wish;
          const text = [prompt, negative_prompt, scheduler, num_inference_steps, guidance_scale, index].join('\n');
          const bytes = await kit.picture({ width, height, text, seed });
          return `data:image/png;base64,${bytes.toString('base64')}`;
        }),
      );
      return { images, image_url: images[0], seed };
    },
  };
}

const ComfyuiInput = z.strictObject({
  workflow: z.record(z.string(), z.looseObject({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) })),
  images: z.array(z.strictObject({ name: z.string(), image: z.string() })).optional(),
  comfy_org_api_key: z.string().optional(),
});

async function comfyuiWork(kit: FakeKit, input: unknown): Promise<Work> {
  const { workflow, images = [] } = parse(ComfyuiInput, input, false);
  const nodes = Object.values(workflow);
  const inputsOf = (...classes: string[]) =>
    nodes.filter(({ class_type }) => classes.includes(class_type)).map(({ inputs }) => inputs);
  const wanted = inputsOf('LoadImage', 'LoadImageMask').map(({ image }) => z.string().parse(image));
  const missing = wanted.find((name) => !images.some((each) => each.name === name));
  if (missing !== undefined) throw new WorkerRefusal(`Invalid image file: ${missing}`, false);
  if (inputsOf('SaveImage').length === 0) throw new WorkerRefusal('Prompt has no outputs', false);
  const digests = await Promise.all(images.map(({ image }) => digestOf(image)));
  const [prompt] = inputsOf('CLIPTextEncode').map(({ text }) => String(text));
  const [size] = inputsOf('EmptyLatentImage', 'EmptySD3LatentImage', 'ImageScale');
  const [reference] = images;
  const measured = reference
    ? await sharp(Buffer.from(reference.image.split(',').at(-1) ?? '', 'base64')).metadata()
    : null;
  const sides = z.object({ width: z.int(), height: z.int() }).parse(size ?? measured);
  return {
    prompt: prompt ?? '',
    usd: null,
    progress: 'Sampling, step 4 of 20',
    output: async () => {
      // Everything but the name of the file decides what is drawn.
      const seed = Number(inputsOf('KSampler')[0]?.seed ?? 0);
      const drawn = nodes.filter(({ class_type }) => class_type !== 'SaveImage');
      const bytes = await kit.picture({ ...sides, text: JSON.stringify([drawn, digests]), seed });
      return { images: [{ filename: 'easel_00001_.png', type: 'base64', data: bytes.toString('base64') }] };
    },
  };
}
