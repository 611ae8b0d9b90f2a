import { z } from 'zod';

const Part = z.object({
  text: z.string().nullish(),
  /** A step on the way, which may hold a draft of the picture. */
  thought: z.boolean().nullish(),
  inlineData: z.object({ mimeType: z.string().nullish(), data: z.string().nullish() }).nullish(),
});

const Usage = z.object({
  promptTokenCount: z.number().nullish(),
  candidatesTokenCount: z.number().nullish(),
  thoughtsTokenCount: z.number().nullish(),
  candidatesTokensDetails: z
    .array(z.object({ modality: z.string().nullish(), tokenCount: z.number().nullish() }))
    .nullish(),
});
export type Usage = z.infer<typeof Usage>;

export const Generated = z.object({
  candidates: z
    .array(
      z.object({
        content: z.object({ parts: z.array(Part).nullish() }).nullish(),
        finishReason: z.string().nullish(),
        finishMessage: z.string().nullish(),
      }),
    )
    .nullish(),
  promptFeedback: z.object({ blockReason: z.string().nullish(), blockReasonMessage: z.string().nullish() }).nullish(),
  usageMetadata: Usage.nullish(),
});
export type Generated = z.infer<typeof Generated>;

export const ModelList = z.object({
  models: z
    .array(
      z.object({
        name: z.string(),
        displayName: z.string().nullish(),
        inputTokenLimit: z.number().int().positive().nullish(),
        supportedGenerationMethods: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
  nextPageToken: z.string().nullish(),
});

/** The kinds of details have different fields; those of other kinds are missing. */
const Detail = z.object({
  reason: z.string().nullish(),
  retryDelay: z.string().nullish(),
  violations: z
    .array(z.object({ quotaId: z.string().nullish(), quotaValue: z.union([z.string(), z.number()]).nullish() }))
    .nullish(),
});

export const Refused = z.object({
  error: z.object({
    message: z.string().nullish(),
    status: z.string().nullish(),
    details: z.array(Detail).nullish(),
  }),
});
