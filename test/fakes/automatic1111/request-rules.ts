import { z } from 'zod';
import type { FakeAnswer } from '../kit/fake-types.ts';

export type Kind = 'automatic1111' | 'forge' | 'sdnext';

const number = z.number().nullable();
const base64 = z.string().min(1);

const common = {
  prompt: z.string().default(''),
  negative_prompt: z.string().default(''),
  styles: z.array(z.string()).default([]),
  seed: z.int().default(-1),
  subseed: z.int().default(-1),
  subseed_strength: z.number().default(0),
  sampler_name: z.string().nullable().default(null),
  width: z.int().min(64).default(512),
  height: z.int().min(64).default(512),
  steps: z.int().min(1).max(150).default(50),
  cfg_scale: z.number().default(7),
  batch_size: z.int().min(1).default(1),
  n_iter: z.int().min(1).default(1),
  tiling: z.boolean().nullable().default(null),
  override_settings: z
    .strictObject({
      sd_model_checkpoint: z.string().optional(),
      sd_vae: z.string().optional(),
      CLIP_stop_at_last_layers: z.int().optional(),
      forge_additional_modules: z.array(z.string()).optional(),
    })
    .default({}),
  override_settings_restore_afterwards: z.boolean().default(true),
  send_images: z.boolean().default(true),
  save_images: z.boolean().default(false),
};

const fields = {
  automatic1111: {
    ...common,
    scheduler: z.string().nullable().default(null),
    restore_faces: z.boolean().nullable().default(null),
    force_task_id: z.string().nullable().default(null),
  },
  forge: {
    ...common,
    scheduler: z.string().nullable().default(null),
    restore_faces: z.boolean().nullable().default(null),
    force_task_id: z.string().nullable().default(null),
    distilled_cfg_scale: z.number().default(3.5),
  },
  sdnext: {
    ...common,
    steps: z.int().min(1).default(20),
    cfg_scale: z.number().default(6),
    width: z.int().min(64).default(1024),
    height: z.int().min(64).default(1024),
  },
} as const;

const fromImage = {
  init_images: z.array(base64).min(1),
  denoising_strength: z.number().min(0).max(1).default(0.75),
  resize_mode: z.int().min(0).max(3).default(0),
  mask: base64.nullable().default(null),
  mask_blur: z.int().default(4),
  inpainting_fill: z.int().min(0).max(3).default(0),
  inpaint_full_res: z.boolean().default(true),
  inpaint_full_res_padding: z.int().default(0),
  inpainting_mask_invert: z.int().min(0).max(1).default(0),
  image_cfg_scale: number.default(null),
  initial_noise_multiplier: number.default(null),
  include_init_images: z.boolean().default(false),
};

const extras = {
  image: base64,
  resize_mode: z.int().min(0).max(1).default(0),
  upscaling_resize: z.number().min(1).max(8).default(2),
  upscaling_resize_w: z.int().default(512),
  upscaling_resize_h: z.int().default(512),
  upscaling_crop: z.boolean().default(true),
  upscaler_1: z.string().default('None'),
  upscaler_2: z.string().default('None'),
  extras_upscaler_2_visibility: z.number().default(0),
};

/** The real ones pass over fields that they don't know, silently; here they are refused, so that a wrong request is noticed. */
export const bodies = {
  txt2img: (kind: Kind) => z.strictObject(fields[kind] as (typeof fields)['forge']),
  img2img: (kind: Kind) => z.strictObject({ ...(fields[kind] as (typeof fields)['forge']), ...fromImage }),
  extras: () => z.strictObject(extras),
};

export type Drawing = z.infer<ReturnType<typeof bodies.txt2img>> &
  Partial<Omit<z.infer<ReturnType<typeof bodies.img2img>>, keyof z.infer<ReturnType<typeof bodies.txt2img>>>>;

export function unprocessable(error: z.ZodError): FakeAnswer {
  const detail = error.issues.map(({ path, message, code }) => ({
    loc: ['body', ...path],
    msg: message,
    type: `value_error.${code}`,
  }));
  return { status: 422, json: { detail } };
}

/** Each of the three words its errors in its own way. */
export function refusal(kind: Kind, status: number, detail: string, name = 'HTTPException'): FakeAnswer {
  const isExpected = name === 'HTTPException';
  switch (kind) {
    case 'automatic1111':
      return {
        status,
        json: { error: name, detail: isExpected ? detail : '', body: '', errors: isExpected ? '' : detail },
      };
    case 'forge':
      return { status, json: isExpected ? { detail } : { error: name, detail: '', body: '', message: detail } };
    case 'sdnext':
      return { status, json: { error: name, code: status, detail, body: '', errors: '' } };
  }
}
