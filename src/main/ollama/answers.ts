import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';

// What Ollama answers, as far as Easel reads it; other fields may come and go with its versions.

export const Version = z.looseObject({ version: z.string().min(1).max(100) });

const Details = z.looseObject({
  family: z.string().catch(''),
  parameter_size: z.string().catch(''),
  quantization_level: z.string().catch(''),
});

const Tag = z.looseObject({
  name: z.string().min(1),
  size: z.number().catch(0),
  digest: z.string().catch(''),
  details: Details.catch({ family: '', parameter_size: '', quantization_level: '' }),
  /** Older servers leave it out. */
  capabilities: z.array(z.string()).nullish(),
  remote_model: z.string().nullish(),
  remote_host: z.string().nullish(),
});
export type Tag = z.infer<typeof Tag>;

export const Tags = z.looseObject({ models: z.array(Tag).nullish() });

export const Shown = z.looseObject({
  capabilities: z.array(z.string()).nullish(),
  remote_model: z.string().nullish(),
  remote_host: z.string().nullish(),
});

export const Running = z.looseObject({
  models: z
    .array(z.looseObject({ name: z.string().min(1), size: z.number().catch(0), size_vram: z.number().catch(0) }))
    .nullish(),
});

export const ChatLine = z.looseObject({
  message: z.looseObject({ content: z.string().nullish(), thinking: z.string().nullish() }).nullish(),
  done: z.boolean().nullish(),
  done_reason: z.string().nullish(),
  load_duration: z.number().nullish(),
  total_duration: z.number().nullish(),
  prompt_eval_count: z.number().nullish(),
  eval_count: z.number().nullish(),
  eval_duration: z.number().nullish(),
});

export type ChatLine = z.infer<typeof ChatLine>;

export const PullLine = z.looseObject({
  status: z.string().catch(''),
  digest: z.string().nullish(),
  total: z.number().nonnegative().nullish(),
  completed: z.number().nonnegative().nullish(),
});

/** Throws AppError `server` for an answer that an Ollama would not give. */
export function read<Shape extends z.ZodType>(schema: Shape, answer: unknown): z.infer<Shape> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const message = 'What answers there is no Ollama, or one of a version that Easel does not know. Check its address.';
  throw new AppError('server', message, { reason: parsed.error.issues[0]?.message ?? '' });
}
