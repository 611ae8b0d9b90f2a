import { z } from 'zod';

/** How the right provider for a job is found (R1). docs/routing.md says what each does. */
export const strategies = [
  'primary_first',
  'round_robin',
  'least_loaded',
  'cost_optimized',
  'quality_focused',
  'health_based',
  'local_first',
  'fastest',
  'adaptive',
] as const;
export const Strategy = z.enum(strategies);
export type Strategy = z.infer<typeof Strategy>;

export const tiers = ['fast', 'standard', 'premium'] as const;
export const Tier = z.enum(tiers);
export type Tier = z.infer<typeof Tier>;

/** What a model can be told beside the prompt. What it does not list never reaches its adapter and is reported as dropped (P3). */
export const parameters = [
  'negativePrompt',
  'size',
  'seed',
  'steps',
  'guidance',
  'sampler',
  'scheduler',
  'strength',
  'loras',
  'references',
  'style',
  'outputFormat',
  'scale',
  'seconds',
] as const;

/** What of a request must hold: who would have to drop it, or change it, is skipped (R2). `image` is the reference, `tier` the wished one. */
export const Must = z.enum([...parameters, 'image', 'mask', 'tier']);
export type Must = z.infer<typeof Must>;

/** What a job says about who may do it, beside naming a provider or a model. What is left out is as the settings say. */
export const RouteWishes = z.object({
  strategy: Strategy.optional(),
  /** Models of this tier come first; with the must `tier`, no others do. */
  tier: Tier.optional(),
  /** US dollars for the whole job; who would cost more, or does not say what it costs, is skipped. */
  maxUsd: z.number().nonnegative().max(100_000).optional(),
  localOnly: z.boolean().optional(),
  /** Only these providers. */
  providers: z.array(z.string().max(64)).min(1).max(40).optional(),
  /** In place of the settings' musts. */
  musts: z.array(Must).optional(),
  /** A named provider or model is a wish: where it can't do the job, or fails, another one may. */
  orOther: z.boolean().optional(),
});
export type RouteWishes = z.infer<typeof RouteWishes>;
