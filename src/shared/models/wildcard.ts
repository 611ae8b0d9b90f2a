import { z } from 'zod';

/** What a list of wildcards shows. */
export const WildcardSummary = z.object({
  name: z.string(),
  /** Options in it; null where it can't be read. */
  lines: z.int().nullable(),
  /** Brought along by Easel, not in the library. */
  isBuiltIn: z.boolean(),
  /** Why it can't be used and what to do; null where it can. */
  problem: z.string().nullable(),
});
export type WildcardSummary = z.infer<typeof WildcardSummary>;
