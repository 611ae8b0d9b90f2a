import { z } from 'zod';
import { breakerStates } from './routing.ts';

/** `healthy`: everybody set up is ready; `degraded`: somebody is not; `critical`: nobody is. */
export const HealthLevel = z.enum(['healthy', 'degraded', 'critical']);
export type HealthLevel = z.infer<typeof HealthLevel>;

/** What the checks of a provider have shown. Times are milliseconds since 1970. */
export const HealthRecord = z.object({
  provider: z.string(),
  checks: z.int(),
  failuresInARow: z.int(),
  /** Part of the checks of the last day that succeeded, 0 to 1; null before the first. */
  uptime: z.number().min(0).max(1).nullable(),
  lastSuccessAt: z.number().nullable(),
  lastFailureAt: z.number().nullable(),
  /** How long the last check took, in milliseconds. */
  lastCheckMs: z.number().nullable(),
  nextCheckAt: z.number().nullable(),
  /** Failures of jobs and checks, newest first, at most 20. */
  errors: z.array(
    z.object({ code: z.string(), message: z.string(), at: z.number(), source: z.enum(['check', 'job']) }),
  ),
});
export type HealthRecord = z.infer<typeof HealthRecord>;

export const SystemHealth = z.object({
  level: HealthLevel,
  /** Plain words: who is not well, and what that means. */
  message: z.string(),
  records: z.array(HealthRecord),
});
export type SystemHealth = z.infer<typeof SystemHealth>;

/** Times are milliseconds for one image; null where nothing succeeded. */
const Times = z.object({ average: z.number(), p50: z.number(), p95: z.number() }).nullable();

/** How a provider or one of its models did over a period. */
const Figures = z.object({
  attempts: z.int(),
  succeeded: z.int(),
  failed: z.int(),
  /** Attempts that took over from another provider. */
  fallbacks: z.int(),
  images: z.int(),
  kept: z.int(),
  reportedUsd: z.number(),
  estimatedUsd: z.number(),
  /** What unknown costs had been expected to be. */
  heldUsd: z.number(),
  unknownCosts: z.int(),
  times: Times,
});

export const ModelMetrics = Figures.extend({ model: z.string() });
export type ModelMetrics = z.infer<typeof ModelMetrics>;

export const ProviderMetrics = Figures.extend({
  provider: z.string(),
  name: z.string(),
  running: z.int(),
  atOnce: z.int(),
  perMinute: z.int().nullable(),
  startedLastMinute: z.int(),
  breaker: z.enum(breakerStates),
  pausedUntil: z.number().nullable(),
  /** Connections to the service: open now, and the most there may be; null where it needs none. */
  pool: z.object({ open: z.int(), most: z.int() }).nullable(),
  /** How often its health and models were asked for since Easel started: answered from what was known, and by asking it. */
  checks: z.object({ fromCache: z.int(), asked: z.int() }),
  /** Attempts hour by hour, oldest first: each hour of the period's last day. `hour` is milliseconds since 1970 at its beginning. */
  perHour: z.array(z.object({ hour: z.number(), attempts: z.int(), failed: z.int(), p50: z.number().nullable() })),
  models: z.array(ModelMetrics),
});
export type ProviderMetrics = z.infer<typeof ProviderMetrics>;
