import { z } from 'zod';

/** Money in US dollars. `unknown` has no amount, so that it can never be added up as zero (H5). */
export const Cost = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unknown') }),
  z.object({ kind: z.literal('estimated'), usd: z.number().nonnegative() }),
  z.object({ kind: z.literal('reported'), usd: z.number().nonnegative() }),
]);
export type Cost = z.infer<typeof Cost>;
