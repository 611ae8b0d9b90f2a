import { z } from 'zod';
import type { Cost as Money } from '../../../shared/models/cost.ts';
import type { Model } from '../../../shared/models/provider.ts';
import type { ProviderRequest, SentRequest, Task } from '../provider.ts';
import type { Cost } from './answers.ts';
import { models } from './models.ts';

/** What Easel keeps of a piece of work at Leonardo. Variations of a picture are asked about elsewhere than generations. */
export interface LeonardoTask extends Task {
  readonly kind: 'generation' | 'variation';
  readonly isVideo: boolean;
  readonly count: number;
  /** The seed that was sent; null where the model takes none. */
  readonly seed: number | null;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** What the service said it costs; null where it counts in credits. */
  readonly usd: number | null;
}

const StoredTask = z.object({
  remoteId: z.string(),
  kind: z.enum(['generation', 'variation']),
  isVideo: z.boolean(),
  count: z.number(),
  seed: z.number().nullable(),
  sentAt: z.number(),
  usd: z.number().nullable(),
});

export function readTask(task: Task): LeonardoTask {
  return StoredTask.parse(task);
}

/** The dollars of an answer. What a credit is worth depends on the account's plan, so credits are no money here. */
export function usdOf(cost: Cost): number | null {
  const amount = Number(cost?.amount ?? Number.NaN);
  return cost?.unit === 'DOLLARS' && Number.isFinite(amount) && amount >= 0 ? amount : null;
}

export function costOf(usd: number | null): { cost?: Money } {
  return usd === null ? {} : { cost: { kind: 'reported', usd } };
}

const largestSeeds = { flux: 2_147_483_637, others: 9_999_999_998 } as const;

const isShort = ({ family, operations }: Model): boolean => family === 'flux' || operations.includes('video');
const fit = (seed: number, range: keyof typeof largestSeeds): number => seed % (largestSeeds[range] + 1);

/** The request's seed in the range that the model takes; null where it takes none. */
export function seedOf({ model, seed }: Pick<ProviderRequest, 'model' | 'seed'>): number | null {
  if (!model.parameters.includes('seed')) return null;
  return fit(seed, isShort(model) ? 'flux' : 'others');
}

/** The seeds with which a request can have been sent; null where it was sent without one. */
export function possibleSeeds({ model, seed }: Pick<SentRequest, 'model' | 'seed'>): readonly number[] | null {
  const known = models.find(({ id }) => id === model);
  if (seed === null || known?.parameters.includes('seed') === false) return null;
  // What a model that is not of the manifest is made of, its id doesn't tell.
  return known ? [fit(seed, isShort(known) ? 'flux' : 'others')] : [fit(seed, 'flux'), fit(seed, 'others')];
}

const shortestAskMs = 2500;
const longestAskMs = 10_000;

/** Every few seconds, and ever more rarely. */
export function askAgainMs(sentAt: number, now: number): number {
  return Math.max(shortestAskMs, Math.min(longestAskMs, Math.round((now - sentAt) / 5)));
}
