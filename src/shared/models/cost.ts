import { z } from 'zod';

/** Money in US dollars. `unknown` has no amount, so that it can never be added up as zero (H5). */
export const Cost = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unknown') }),
  z.object({ kind: z.literal('estimated'), usd: z.number().nonnegative() }),
  z.object({ kind: z.literal('reported'), usd: z.number().nonnegative() }),
]);
export type Cost = z.infer<typeof Cost>;

/** Several amounts together; one that is unknown makes the whole unknown. */
export function totalCost(costs: readonly Cost[]): Cost {
  let usd = 0;
  let kind: 'reported' | 'estimated' = 'reported';
  for (const cost of costs) {
    if (cost.kind === 'unknown') return cost;
    if (cost.kind === 'estimated') kind = 'estimated';
    usd += cost.usd;
  }
  return { kind, usd };
}
