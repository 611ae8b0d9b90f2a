import { z } from 'zod';

/** What OpenAI says, as far as it is used. */

const count = z.number().nonnegative().nullish();

export const Usage = z.object({
  output_tokens: count,
  input_tokens_details: z.object({ text_tokens: count, image_tokens: count }).nullish(),
});
export type Usage = z.infer<typeof Usage>;

export const ImagesAnswer = z.object({
  data: z
    .array(z.object({ b64_json: z.string().regex(/^[A-Za-z0-9+/]{4}/), revised_prompt: z.string().nullish() }))
    .nullish(),
  usage: Usage.nullish().catch(null),
});
export type ImagesAnswer = z.infer<typeof ImagesAnswer>;

export const ModelList = z.object({
  data: z.array(z.object({ id: z.string(), shutdown_date: z.string().nullish() })),
});
export type ModelList = z.infer<typeof ModelList>;

export const RefusalAnswer = z.object({
  error: z.object({
    message: z.string().nullish(),
    type: z.string().nullish(),
    param: z.string().nullish(),
    code: z.string().nullish(),
  }),
});
