import { z } from 'zod';
import { providerErrorCodes } from '../errors.ts';
import { Cost } from './cost.ts';
import { DroppedParameter } from './dropped-parameter.ts';
import { Strategy } from './route-wishes.ts';
import { Spending } from './routing.ts';

/** Why somebody was left out. `help` says what would change it; empty where nothing would. */
export const SkippedCandidate = z.object({ provider: z.string(), reason: z.string(), help: z.string() });
export type SkippedCandidate = z.infer<typeof SkippedCandidate>;

/** Somebody who could do the job. */
export const RankedCandidate = z.object({
  provider: z.string(),
  model: z.string(),
  modelName: z.string(),
  /** Of the whole job. */
  cost: Cost,
  /** Until the job is done; null: nobody knows. */
  seconds: z.number().nullable(),
  /** What the strategy ranks by; docs/routing.md says how. Lower is better; null: it is not known. */
  score: z.number().nullable(),
  /** Plain words, the deciding one first. */
  reasons: z.array(z.string()),
  dropped: z.array(DroppedParameter),
  /** It is at one of its limits: the job would wait for its turn there. */
  waits: z.boolean(),
});
export type RankedCandidate = z.infer<typeof RankedCandidate>;

/** Who would do it at a known price. */
const PricedCandidate = z.object({ provider: z.string(), model: z.string(), modelName: z.string(), cost: Cost });

/** A rehearsal: who would get this request now, and why. */
export const RouteAnswer = z.object({
  strategy: Strategy,
  ranked: z.array(RankedCandidate),
  skipped: z.array(SkippedCandidate),
  /** The cheapest whose price is known, where that of the first one is not; null: it is, or nobody's is. */
  pricedInstead: PricedCandidate.nullable(),
  spending: Spending,
});
export type RouteAnswer = z.infer<typeof RouteAnswer>;

/** Kept with each attempt: why it went where it went. */
export const RouteRecord = z.object({
  /** Null: the job named its provider. */
  strategy: Strategy.nullable(),
  reasons: z.array(z.string()),
  /** Who had failed at this job before, in order. */
  fellBackFrom: z.array(z.object({ provider: z.string(), code: z.enum(providerErrorCodes) })),
  skipped: z.array(SkippedCandidate),
  /** It was the one try of a provider that had failed before; missing where it was not. */
  isTry: z.literal(true).optional(),
});
export type RouteRecord = z.infer<typeof RouteRecord>;
