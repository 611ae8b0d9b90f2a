import { z } from 'zod';
import { PromptOptions } from './prompt-options.ts';

export const PromptText = z.object({ prompt: z.string(), negativePrompt: z.string() });
export type PromptText = z.infer<typeof PromptText>;

/** One thing that was drawn or filled in. `source` is what was written, `picked` what came in its place. */
export const PromptDraw = z.object({
  kind: z.enum(['choice', 'wildcard', 'variable']),
  source: z.string(),
  picked: z.string(),
});
export type PromptDraw = z.infer<typeof PromptDraw>;

/** With wildcards, choices and variables replaced. */
export const ResolvedPrompt = PromptText.extend({ draws: z.array(PromptDraw) });
export type ResolvedPrompt = z.infer<typeof ResolvedPrompt>;

/** How a prompt was made to fit. */
export const PromptFitting = z.object({
  /** Who shortened it; `none`: it was short enough. */
  by: z.enum(['none', 'ollama', 'local']),
  /** The language model that did. */
  model: z.string().nullable(),
  /** How long that took, in milliseconds. */
  ms: z.number(),
  /** The most characters that were allowed. */
  limit: z.int(),
  /** Why Ollama did not do it, in plain words; null where it did, or nothing was to be done. */
  reason: z.string().nullable(),
  /** How much of the key concepts is left, 0 to 1; null where nothing was shortened. */
  conceptsKept: z.number().nullable(),
});
export type PromptFitting = z.infer<typeof PromptFitting>;

/** With styles and enhancers, in the words of the chosen model, and short enough for it: what was sent. */
export const OptimizedStage = PromptText.extend({ fitting: PromptFitting });
export type OptimizedStage = z.infer<typeof OptimizedStage>;

/** What became of a prompt on its way to the provider (W6). The fourth stage, as the provider revised it, is the image's own. */
export const PromptStages = z.object({
  typed: PromptText,
  /** What was to be done with it: styles, enhancers, values of variables. */
  options: PromptOptions,
  resolved: ResolvedPrompt,
  optimized: OptimizedStage,
});
export type PromptStages = z.infer<typeof PromptStages>;
