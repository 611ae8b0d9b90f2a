import { z } from 'zod';

const numbers = [
  'num_ctx',
  'num_batch',
  'num_gpu',
  'main_gpu',
  'num_thread',
  'num_predict',
  'temperature',
  'top_k',
  'top_p',
  'min_p',
  'typical_p',
  'seed',
  'repeat_last_n',
  'repeat_penalty',
  'presence_penalty',
  'frequency_penalty',
  'num_keep',
] as const;

/** Stricter than the server, which ignores names it doesn't know: a wrong request is to be noticed. */
const Options = z.strictObject({
  ...(Object.fromEntries(numbers.map((name) => [name, z.number().optional()])) as Record<
    (typeof numbers)[number],
    z.ZodOptional<z.ZodNumber>
  >),
  use_mmap: z.boolean().optional(),
  stop: z.array(z.string()).optional(),
});

const Message = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string(),
  thinking: z.string().optional(),
  images: z.array(z.base64()).optional(),
});

const Schema = z.looseObject({ type: z.literal('object'), properties: z.record(z.string(), z.unknown()) });

const shared = {
  model: z.string().min(1),
  stream: z.boolean().default(true),
  format: z.union([z.literal('json'), Schema]).optional(),
  think: z.union([z.boolean(), z.enum(['low', 'medium', 'high', 'max'])]).optional(),
  keep_alive: z.union([z.number(), z.string()]).optional(),
  truncate: z.boolean().optional(),
  shift: z.boolean().optional(),
  options: Options.optional(),
};

export const ChatRequest = z.strictObject({ ...shared, messages: z.array(Message).default([]) });
export type ChatRequest = z.infer<typeof ChatRequest>;

export const GenerateRequest = z.strictObject({
  ...shared,
  prompt: z.string().default(''),
  system: z.string().optional(),
  images: z.array(z.base64()).optional(),
});
