import { z } from 'zod';
import { Cost } from './cost.ts';
import { Price } from './provider.ts';

/** Sums over one day, provider, model or project. Amounts are US dollars; `unknown` ones are counted, never added as zero (H5). */
export const CostGroup = z.object({
  /** A day as 2026-11-29, a provider, `<provider>/<model>`, or a project. Trainings have no model and no project: `#trainings` stands for both. */
  key: z.string(),
  label: z.string(),
  attempts: z.int(),
  succeeded: z.int(),
  failed: z.int(),
  images: z.int(),
  /** Images that are not in the trash. */
  kept: z.int(),
  reportedUsd: z.number(),
  estimatedUsd: z.number(),
  /** What unknown costs had been expected to be. */
  heldUsd: z.number(),
  unknownCosts: z.int(),
  /** Trainings of models that have ended; their costs are part of the amounts above, what is known of them stands here once more. */
  trainings: z.int(),
  trainingUsd: z.number(),
  /** What is known to be spent on images, by the images that were kept: at least, where costs are unknown. Null without any, or where nothing is known. */
  usdPerKept: z.number().nullable(),
  /** Milliseconds for one image; null where nothing succeeded. */
  p50: z.number().nullable(),
  p95: z.number().nullable(),
});
export type CostGroup = z.infer<typeof CostGroup>;

export const LedgerEntry = z.object({
  id: z.string(),
  kind: z.enum(['attempt', 'training']),
  /** Milliseconds since 1970. */
  at: z.number(),
  jobId: z.string().nullable(),
  provider: z.string(),
  model: z.string(),
  project: z.string().nullable(),
  outcome: z.string(),
  images: z.int(),
  cost: Cost,
  /** What it was expected to cost when it was sent; null: nobody knew. */
  reservedUsd: z.number().nullable(),
  remoteId: z.string().nullable(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** What a model of a cloud service costs. */
export const ListedPrice = z.object({
  provider: z.string(),
  providerName: z.string(),
  model: z.string(),
  name: z.string(),
  /** What counts now; null: nobody knows. */
  price: Price.nullable(),
  /** What the provider's price list says; null: nothing. The same, where the user has not corrected it. */
  list: Price.nullable(),
  /** The price is the user's own. */
  isCorrected: z.boolean(),
  /** The day the built-in list was last compared with the service's page; null where there is none, or the service itself told the price. */
  listedOn: z.iso.date().nullable(),
  /** What a model that came of a training builds on, where it costs as much as that; null: its price is its own. */
  base: z.object({ name: z.string(), isCorrected: z.boolean() }).nullable(),
  /** False: the user has a price for it, and its service does not offer it now. */
  isOffered: z.boolean(),
});
export type ListedPrice = z.infer<typeof ListedPrice>;
