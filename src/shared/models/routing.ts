import { z } from 'zod';
import { providerErrorCodes } from '../errors.ts';
import { changeOf } from './change-of.ts';
import { operations } from './generation-request.ts';
import { Price } from './provider.ts';
import { Must, Strategy } from './route-wishes.ts';

/** US dollars; null: no cap. A cap of 0 lets through only what is free. */
const Cap = z.number().nonnegative().max(1_000_000).nullable().default(null);

/** What may be spent at most. Days and months are those of this computer's clock. */
export const Caps = z.object({ image: Cap, job: Cap, day: Cap, month: Cap });
export type Caps = z.infer<typeof Caps>;
export const capNames = ['image', 'job', 'day', 'month'] as const satisfies readonly (keyof Caps)[];

/** When a provider is left alone, and for how long. Each opening in a row doubles the cool-down, up to the longest. */
export const BreakerRule = z.object({
  /** Failures in a row that open it. */
  failures: z.int().min(1).max(100).default(3),
  coolDownSeconds: z.number().min(1).max(3_600).default(30),
  longestCoolDownSeconds: z.number().min(1).max(86_400).default(600),
});
export type BreakerRule = z.infer<typeof BreakerRule>;

/** A provider's limits as the user wants them; null: as its manifest says. */
export const OwnLimits = z.object({
  perMinute: z.int().min(1).max(100_000).nullable().default(null),
  atOnce: z.int().min(1).max(1_000).nullable().default(null),
});
export type OwnLimits = z.infer<typeof OwnLimits>;

/** How jobs that name no provider find theirs. Part of the settings; environment variables override some of it for a run. */
export const RoutingSettings = z.object({
  /** `single`: nobody but the primary provider is asked. */
  mode: z.enum(['unified', 'single']).default('unified'),
  /** Nothing is sent to a cloud service. */
  cloudOff: z.boolean().default(false),
  /** Whether another provider is tried where the first one fails. */
  fallback: z.boolean().default(true),
  /** Whether another provider may be tried after one refused the content. */
  fallbackAfterRefusal: z.boolean().default(false),
  strategy: Strategy.default('primary_first'),
  /** Provider ids. The primary comes first, then the fallbacks in their order, then everybody else that is set up. */
  primary: z.string().max(64).nullable().default(null),
  fallbacks: z.array(z.string().max(64)).max(40).default([]),
  /** What must hold of every job that says nothing else. */
  musts: z.array(Must).default([]),
  caps: Caps.prefault({}),
  breaker: BreakerRule.prefault({}),
  limits: z.record(z.string(), OwnLimits).default({}),
  /** Seconds between two checks of a provider. */
  healthCheckSeconds: z.int().min(5).max(86_400).default(60),
  /** The user's corrections of the price list, by `<provider>/<model>`. */
  prices: z.record(z.string(), Price).default({}),
});
export type RoutingSettings = z.infer<typeof RoutingSettings>;

/** Only what is given changes, of the caps and the breaker's rule too. */
export const CapsChange = changeOf(Caps);
export type CapsChange = z.infer<typeof CapsChange>;
export const RoutingChange = changeOf(RoutingSettings).extend({
  caps: CapsChange.optional(),
  breaker: changeOf(BreakerRule).optional(),
});
export type RoutingChange = z.infer<typeof RoutingChange>;

/** A setting that an environment variable decides for this run. */
export const Override = z.object({ setting: z.string(), variable: z.string(), value: z.string() });
export type Override = z.infer<typeof Override>;

export const breakerStates = ['closed', 'open', 'half_open'] as const;

/** `open`: left alone until `until` (milliseconds since 1970); `half_open`: one job may try. */
export const Breaker = z.object({
  state: z.enum(breakerStates),
  until: z.number().nullable(),
  failuresInARow: z.int(),
  /** How often it has opened in a row: each time the cool-down doubles. */
  openings: z.int(),
  /** What opened it; null while closed. */
  reason: z.enum(providerErrorCodes).nullable(),
  /** Half open, and the one try is under way. */
  probing: z.boolean(),
});
export type Breaker = z.infer<typeof Breaker>;

/**
 * What was learned of one model for one kind of job. Older outcomes fade, so that a service that changed is seen as it is now.
 * Times are seconds for one image, `at` the milliseconds since 1970 of the last outcome.
 */
export const Track = z.object({
  model: z.string(),
  operation: z.enum(operations),
  /** How much is known: outcomes seen, each worth less the older it is. */
  weight: z.number().nonnegative(),
  /** 0 to 1. */
  success: z.number().min(0).max(1),
  seconds: z.number().nonnegative().nullable(),
  usd: z.number().nonnegative().nullable(),
  at: z.number(),
});
export type Track = z.infer<typeof Track>;

/** What is known of a provider beyond its health: whether it may be sent something now, and how it did. */
export const Standing = z.object({
  provider: z.string(),
  breaker: Breaker,
  /** It asked to be left alone (429) until then, in milliseconds since 1970; null: it did not. */
  pausedUntil: z.number().nullable(),
  /** Attempts under way. */
  running: z.int(),
  /** Limits in force: the user's, else the manifest's. */
  atOnce: z.int(),
  perMinute: z.int().nullable(),
  /** Attempts begun in the last minute. */
  startedLastMinute: z.int(),
  /** When a further attempt may begin as far as the minute is concerned, in milliseconds since 1970; null: now. */
  roomAt: z.number().nullable(),
  tracks: z.array(Track),
});
export type Standing = z.infer<typeof Standing>;

/** In US dollars, by the caps' reckoning: what was charged or is estimated, with what is under way and what may have been charged. */
export const Spending = z.object({ day: z.number(), month: z.number() });
export type Spending = z.infer<typeof Spending>;

/** How good a model's pictures are in the eyes of this user: Elo points, 1500 in the middle, and the votes that they come from. */
export const VotedPoints = z.object({ points: z.number(), votes: z.int() });
export type VotedPoints = z.infer<typeof VotedPoints>;

/** `kind`: a kind of prompt, or `all`. */
export const ModelScore = z.object({ provider: z.string(), model: z.string(), kind: z.string(), ...VotedPoints.shape });
export type ModelScore = z.infer<typeof ModelScore>;

/** What the user's votes come to, by provider, by model, and by kind of prompt or `all`: as every decision looks it up. */
export const ModelScores = z.record(z.string(), z.record(z.string(), z.record(z.string(), VotedPoints)));
export type ModelScores = z.infer<typeof ModelScores>;

/** How many pictures are rated, and their stars together, 1 to 5 each. */
export const Stars = z.object({ ratings: z.int(), stars: z.int() });
export type Stars = z.infer<typeof Stars>;

/** What the user's ratings come to, in the same shape. */
export const ModelRatings = z.record(z.string(), z.record(z.string(), z.record(z.string(), Stars)));
export type ModelRatings = z.infer<typeof ModelRatings>;

/** Everything that `planRoute` needs beside the request and the providers. Pushed to the interface, which plans by itself. */
export const RoutingState = z.object({
  /** In force now, environment variables included. */
  settings: RoutingSettings,
  overrides: z.array(Override),
  standings: z.array(Standing),
  spending: Spending,
  scores: ModelScores,
  ratings: ModelRatings,
  /** Counts routed jobs: whose turn it is in `round_robin`, and when `adaptive` tries something else. */
  turn: z.int(),
});
export type RoutingState = z.infer<typeof RoutingState>;

/** Nothing known, nothing set: as on the first day. */
export const emptyRoutingState: RoutingState = RoutingState.parse({
  settings: {},
  overrides: [],
  standings: [],
  spending: { day: 0, month: 0 },
  scores: {},
  ratings: {},
  turn: 0,
});
