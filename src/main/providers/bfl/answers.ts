import { z } from 'zod';

/** `cost` is in credits. */
export const SubmitAnswer = z.object({
  id: z.string(),
  polling_url: z.string().nullish(),
  cost: z.number().nullish(),
});

export const TaskAnswer = z.object({
  status: z.string(),
  progress: z.number().nullish().catch(null),
  details: z.unknown().optional(),
  result: z
    .object({
      sample: z.string().nullish(),
      seed: z.number().nullish(),
      prompt: z.string().nullish(),
      error: z.unknown().optional(),
    })
    .nullish()
    .catch(null),
  cost: z.number().nullish(),
});
export type TaskAnswer = z.infer<typeof TaskAnswer>;

export const Credits = z.object({ credits: z.number() });
export type Credits = z.infer<typeof Credits>;

export const Details = z.object({
  error: z.unknown().optional(),
  'Moderation Reasons': z.array(z.string()).nullish().catch(null),
});

/** A refusal says it in one of three fields, depending on the route. */
export const RefusalBody = z.object({
  detail: z.unknown().optional(),
  message: z.unknown().optional(),
  error: z.unknown().optional(),
});
export const FieldProblem = z.object({
  loc: z.array(z.union([z.string(), z.number()])).nullish(),
  msg: z.string(),
});
