import { z } from 'zod';

export const Balance = z.object({ credits: z.number() });

/** A picture as JSON has it; `image` is base64. */
export const PictureAnswer = z.object({
  image: z.string().nullish(),
  finish_reason: z.string().nullish(),
  seed: z.number().nullish(),
});

/** What an endpoint that works on after its answer says. */
export const Accepted = z.object({ id: z.string().regex(/^[0-9a-f]{64}$/) });

export const Refused = z.object({
  name: z.string().nullish(),
  errors: z.array(z.string()).nullish(),
  message: z.string().nullish(),
});
