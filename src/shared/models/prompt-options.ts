import { z } from 'zod';

/** What is to be done with the words of a request before they are sent. */
export const PromptOptions = z.object({
  /** Ids of styles, in the order in which they are applied. */
  styles: z.array(z.string().min(1).max(100)).max(20).default([]),
  /** Ids of quality enhancers. */
  enhancers: z.array(z.string().min(1).max(100)).max(20).default([]),
  /** Values of the `${…}` variables of the prompt. */
  variables: z.record(z.string().min(1).max(100), z.string().max(2000)).default({}),
  /** Terms that survive every shortening word for word. */
  locked: z.array(z.string().min(1).max(400)).max(100).default([]),
  /** False: a prompt that is too long is shortened without a language model. */
  optimize: z.boolean().default(true),
});
export type PromptOptions = z.infer<typeof PromptOptions>;

export const noPromptOptions: PromptOptions = Object.freeze(PromptOptions.parse({}));
