import { z } from 'zod';

const longestTerms = 4_000;

/** What a style adds to a prompt. An enhancer is the same for quality: it says how well, not how. */
export const PromptStyle = z.object({
  id: z
    .string()
    .max(120)
    .regex(/^[\p{L}\p{N}\p{M}_]+$/u, 'must have letters, digits and _ only'),
  name: z.string().trim().min(1).max(200),
  kind: z.enum(['style', 'enhancer']).default('style'),
  /** Terms, separated by commas, for models that were taught with tags. With `{prompt}` in it, the prompt is put there. */
  positive: z.string().max(longestTerms).default(''),
  /**
   * For models that read sentences: what the picture is ("a watercolor painting with soft washes") or what it has ("rich and fine
   * detail"). Empty: `positive` is used. It may have `{prompt}`, too.
   */
  sentence: z.string().max(longestTerms).default(''),
  /** Terms, separated by commas. */
  negative: z.string().max(longestTerms).default(''),
});
export type PromptStyle = z.infer<typeof PromptStyle>;

/** A style as it is shown. Built-in ones can't be changed; a copy of them can. */
export const ListedStyle = PromptStyle.extend({ isBuiltIn: z.boolean(), isFavourite: z.boolean() });
export type ListedStyle = z.infer<typeof ListedStyle>;
