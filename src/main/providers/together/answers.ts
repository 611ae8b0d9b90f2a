import { z } from 'zod';

/** What Together AI says, as far as it is used. */

/** Its request says `base64` where its answer says `b64_json`. */
export const ImagesAnswer = z.object({
  data: z.array(z.object({ index: z.number().nullish(), b64_json: z.string().regex(/^[A-Za-z0-9+/]{4}/) })).nullish(),
});
export type ImagesAnswer = z.infer<typeof ImagesAnswer>;

/** A bare list, of models for everything. */
export const ModelList = z.array(
  z.object({ id: z.string(), type: z.string().nullish(), display_name: z.string().nullish() }),
);
export type ModelList = z.infer<typeof ModelList>;

export const RefusalAnswer = z.object({
  error: z.object({ message: z.string().nullish(), type: z.string().nullish(), code: z.string().nullish() }),
});
