import { z } from 'zod';
import { PromptOptions } from './prompt-options.ts';
import { PromptText } from './prompt-stages.ts';

/** A prompt that was sent. */
export const SentPrompt = z.object({
  id: z.int(),
  /** As it was typed, and is used again. */
  ...PromptText.shape,
  options: PromptOptions,
  /** What was sent the last time, where that is something else; else empty. */
  sent: z.string(),
  /** Milliseconds since 1970. */
  usedAt: z.number(),
  /** How often in a row. */
  uses: z.int(),
});
export type SentPrompt = z.infer<typeof SentPrompt>;
