import { z } from 'zod';

/** A prompt that fits, and how it came to that. */
export const OptimizedPrompt = z.object({
  text: z.string(),
  /** `none`: it was short enough. `local`: by rules, on this machine and without a model. */
  by: z.enum(['ollama', 'local', 'none']),
  model: z.string().nullable(),
  /** The exact version of the model. */
  digest: z.string().nullable(),
  ms: z.number(),
  /** Why not by Ollama, in plain words. */
  reason: z.string().nullable(),
  /** 0 to 1: how many of the key concepts the text still has, by Easel's own count. */
  conceptsKept: z.number(),
  /** Answers that Ollama was asked for. */
  attempts: z.int(),
});
export type OptimizedPrompt = z.infer<typeof OptimizedPrompt>;
