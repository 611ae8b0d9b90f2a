import { z } from 'zod';

/** What an app that speaks `imagegen/1` says, as far as it is used, and what Modal or FastAPI says in its place. */

const text = z.string().nullish();
const number = z.number().nullish();
const range = z.tuple([z.number(), z.number()]).nullish().catch(null);

export const HealthAnswer = z.object({
  contract: z.number(),
  app: text,
  gpu: text,
  price_per_second_usd: z.number().nonnegative().nullish().catch(null),
});

const ModelEntry = z.object({
  id: z.string().min(1),
  name: text,
  tasks: z.array(z.string()),
  supports: z
    .object({
      negative_prompt: z.boolean().nullish(),
      seed: z.boolean().nullish(),
      steps: z.boolean().nullish(),
      guidance: z.boolean().nullish(),
      scheduler: z.array(z.string()).nullish(),
      lora: z.boolean().nullish(),
    })
    .nullish(),
  limits: z
    .object({
      min: z.int().positive().nullish(),
      max: z.int().positive().nullish(),
      multiple_of: z.int().positive().nullish(),
      max_images: z.int().positive().nullish(),
      steps: range,
      guidance: range,
    })
    .nullish(),
  defaults: z
    .object({
      steps: z.int().positive().nullish(),
      guidance: number,
      width: z.int().positive().nullish(),
      height: z.int().positive().nullish(),
    })
    .nullish(),
});
export type ModelEntry = z.infer<typeof ModelEntry>;
export const ModelsAnswer = z.object({ models: z.array(ModelEntry) });

export const ErrorInfo = z.object({
  code: text,
  message: text,
  field: text,
});
export type ErrorInfo = z.infer<typeof ErrorInfo>;
export const ErrorEnvelope = z.object({ error: ErrorInfo });
export const ValidationAnswer = z.object({
  detail: z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])).nullish(), msg: text })).min(1),
});

export const JobImage = z.object({
  seed: z.int().nonnegative().nullish().catch(null),
  nsfw: z.boolean().nullish(),
  href: text,
  url: text,
  data: text,
});
export type JobImage = z.infer<typeof JobImage>;

export const Job = z.object({
  id: z.string().min(1),
  client_request_id: text,
  status: z.string(),
  progress: z.object({ fraction: number, step: number, steps: number, message: text }).nullish().catch(null),
  result: z
    .object({
      images: z.array(JobImage).nullish(),
      weights: z.object({ source: text, url: text }).nullish(),
      timings: z.object({ load_s: number, inference_s: number }).nullish().catch(null),
      cost_usd: z.number().nonnegative().nullish().catch(null),
    })
    .nullish(),
  error: ErrorInfo.nullish().catch(null),
});
export type Job = z.infer<typeof Job>;
export const JobsAnswer = z.object({ jobs: z.array(Job) });

export const FileAnswer = z.object({ file_id: z.string().min(1) });

/** What apps of one function answer: any of these holds the picture. */
export const SimpleAnswer = z.union([
  z
    .object({
      images: z.array(z.unknown()).nullish().catch(null),
      image: z.unknown(),
      image_base64: z.unknown(),
      data: z.unknown(),
      url: z.unknown(),
      output: z.unknown(),
    })
    .partial(),
  z.string().transform((output) => ({ output })),
]);
