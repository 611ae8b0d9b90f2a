import { z } from 'zod';
import { PromptOptions } from './prompt-options.ts';
import { PromptText } from './prompt-stages.ts';

/** Names of folders with slashes between them; empty: in none. */
export const PromptFolder = z
  .string()
  .trim()
  .max(200, 'must have at most 200 characters')
  .regex(/^[^\p{Cc}\\]*$/u, 'must not contain \\ or control characters')
  .transform((folder) =>
    folder
      .split('/')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .join('/'),
  );

export const SavedPromptName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(120, 'must have at most 120 characters')
  .regex(/^[^\p{Cc}/\\]+$/u, 'must not contain / \\ or control characters');

export const SavedPromptVersion = z.object({
  /** From 1; the highest is in use. */
  number: z.int(),
  ...PromptText.shape,
  options: PromptOptions,
  /** Milliseconds since 1970. */
  at: z.number(),
});
export type SavedPromptVersion = z.infer<typeof SavedPromptVersion>;

/** A prompt that was kept, with its newest version. */
export const SavedPrompt = z.object({
  id: z.uuid(),
  folder: z.string(),
  name: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  version: SavedPromptVersion,
});
export type SavedPrompt = z.infer<typeof SavedPrompt>;
