import { z } from 'zod';
import { CostGroup, LedgerEntry, ListedPrice } from '../models/costs.ts';
import { Price } from '../models/provider.ts';
import { Caps, CapsChange, Spending } from '../models/routing.ts';
import { operation } from './operation.ts';

/** Milliseconds since 1970, to the hour: `from` counts, `to` does not. */
const Moment = z.int().min(0).optional();

const Budget = z.object({ caps: Caps, spent: Spending });

export const costs = {
  /** Sums by day (of this computer's clock), provider, model or project. */
  summary: operation({ summary: 'What was made, and what it cost', access: 'read' })
    .input(
      z.object({ by: z.enum(['day', 'provider', 'model', 'project']).default('provider'), from: Moment, to: Moment }),
    )
    .output(z.object({ groups: z.array(CostGroup), total: CostGroup })),

  /** One line for each attempt and training that may have cost something, newest first. */
  ledger: operation({ summary: 'Every charge, one by one', access: 'read' })
    .input(
      z.object({
        limit: z.int().min(1).max(1000).default(100),
        before: z.string().optional().describe('`next` of the page before'),
        from: Moment,
        to: Moment,
      }),
    )
    .output(z.object({ entries: z.array(LedgerEntry), next: z.string().nullable() })),

  /** Before there is a library, it is what others spent. */
  budget: operation({
    summary: 'The caps, and what is spent of them in all your libraries',
    command: 'budget get',
    access: 'read',
    withoutLibrary: 'untilMade',
  }).output(Budget),

  /** Only what is given changes; null takes a cap away. */
  setBudget: operation({ summary: 'Set or take away caps', access: 'write', withoutLibrary: 'untilMade' })
    .input(CapsChange)
    .output(Budget),

  /** Throws `unknownProvider`, and `badInput` for a provider that costs nothing. */
  prices: operation({
    summary: 'What every model of the services you use costs, your own prices marked',
    command: 'prices list',
    access: 'read',
    withoutLibrary: 'untilMade',
  })
    .input(
      z.object({ provider: z.string().optional().describe('Whose; those of all services in use when it is left out') }),
    )
    .output(z.object({ prices: z.array(ListedPrice) })),

  /**
   * Corrects the price list; null goes back to what the provider's list says. Answers with the price that counts now. Throws
   * `unknownProvider`, `unknownModel`, and `badInput` for a provider that costs nothing.
   */
  setPrice: operation({ summary: 'Correct the price of a model', access: 'write', withoutLibrary: true })
    .input(z.object({ provider: z.string(), model: z.string(), price: Price.nullable() }))
    .output(z.object({ price: Price.nullable() })),
};
