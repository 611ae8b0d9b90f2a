import sharp from 'sharp';
import { z } from 'zod';
import type { Exchange } from '../kit/fake-types.ts';

/** Field → messages, as Rails words them. */
export type Complaints = Record<string, string[]>;

export class Unprocessable extends Error {
  readonly complaints: Complaints;
  constructor(complaints: Complaints) {
    super('unprocessable');
    this.complaints = complaints;
  }
}

const ratio = z.enum(['1:1', '16:9', '9:16', '21:9', '9:21', '3:2', '2:3', '5:4', '4:5', '4:3', '3:4']);
/** In a form everything is text. */
const int = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const number = (min: number, max: number) => z.coerce.number().min(min).max(max);
const file = z.instanceof(File);
const schedulers = ['euler', 'euler_a', 'dpm++2m_karras', 'dpm++sde_karras', 'dpm++2m', 'dpm++sde', 'lcm', 'tcd'];
const styles =
  'Cinematic|Animated|Digital Art|Photographic|Fantasy art|Neonpunk|Enhance|Comic book|Lowpoly|Line art'.split('|');

const PromptFields = z.strictObject({
  text: z.string().min(1, "can't be blank"),
  negative_prompt: z.string().optional(),
  num_images: int(1, 8).default(4),
  seed: int(0, 2 ** 32).optional(),
  steps: int(0, 50).optional(),
  cfg_scale: number(0, 15).optional(),
  scheduler: z.enum(schedulers).optional(),
  style: z.enum(styles).optional(),
  w: int(64, 4096).multipleOf(8, 'must be a multiple of 8').optional(),
  h: int(64, 4096).multipleOf(8, 'must be a multiple of 8').optional(),
  aspect_ratio: ratio.optional(),
  resolution: z.enum(['1K', '2K', '4K']).optional(),
  denoising_strength: number(0, 1).optional(),
  input_image: file.optional(),
  mask_image: file.optional(),
  video_model: z.enum(['seedance_480p', 'wan25_720p', 'kling30_standard', 'veo31_fast_720p']).optional(),
  video_prompt: z.string().optional(),
  video_duration: int(1, 15).optional(),
});
export type PromptFields = z.infer<typeof PromptFields>;

const TuneFields = z.strictObject({
  title: z.string().min(1, "can't be blank"),
  name: z.string().min(1, "can't be blank"),
  token: z.string().optional(),
  base_tune_id: z.coerce.number().optional(),
  model_type: z.enum(['lora', 'pti', 'faceid']).nullable().optional(),
  branch: z.enum(['flux1', 'sdxl1', 'sd15', 'fast']).optional(),
  preset: z.enum(['flux-lora-portrait', 'flux-lora-fast', 'flux-lora-focus']).optional(),
  steps: int(1, 10_000).optional(),
  images: z.array(file).min(4, 'is too short (minimum is 4 images)'),
});
export type TuneFields = z.infer<typeof TuneFields>;

/** `prompt[text]` and `tune[images][]`, or JSON with one root. */
async function fieldsUnder(root: string, exchange: Exchange): Promise<unknown> {
  if (exchange.headers['content-type']?.startsWith('application/json')) {
    const json = exchange.json() as Record<string, unknown>;
    if (Object.keys(json).join() !== root) throw new Unprocessable({ [root]: ['is missing'] });
    return json[root];
  }
  const fields: Record<string, unknown> = {};
  for (const [key, value] of await exchange.form()) {
    const [, under, name = '', list] = /^(\w+)\[(\w+)\](\[\])?$/.exec(key) ?? [];
    if (under !== root) throw new Unprocessable({ [key]: ['is unknown'] });
    fields[name] = list ? [...((fields[name] as unknown[] | undefined) ?? []), value] : value;
  }
  return fields;
}

function parse<T>(schema: z.ZodType<T>, fields: unknown): T {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const complaints: Complaints = {};
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0] ?? 'base');
    complaints[field] = [...(complaints[field] ?? []), message];
  }
  throw new Unprocessable(complaints);
}

export async function readPromptFields(exchange: Exchange): Promise<PromptFields> {
  return parse(PromptFields, await fieldsUnder('prompt', exchange));
}

export async function readTuneFields(exchange: Exchange): Promise<TuneFields> {
  return parse(TuneFields, await fieldsUnder('tune', exchange));
}

export interface ReadPicture {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

export async function readPicture(field: string, sent: File | undefined): Promise<ReadPicture | null> {
  if (!sent) return null;
  const bytes = Buffer.from(await sent.arrayBuffer());
  const facts = await sharp(bytes)
    .metadata()
    .catch(() => null);
  if (!facts) throw new Unprocessable({ [field]: ['is not an image'] });
  return { bytes, width: facts.width, height: facts.height, channels: facts.channels };
}
