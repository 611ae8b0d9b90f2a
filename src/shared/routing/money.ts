import type { Cost } from '../models/cost.ts';
import type { RouteWishes } from '../models/route-wishes.ts';
import type { Caps, Spending } from '../models/routing.ts';

/** What limits the spending on a job. */
export interface Purse {
  readonly maxUsd: RouteWishes['maxUsd'];
  readonly caps: Caps;
  readonly spending: Spending;
  /** What the job has cost already, in US dollars. */
  readonly spentUsd: number;
}

/** Prices are sums of floating-point numbers. */
const sameUsd = 1e-9;

export function isLimited({ maxUsd, caps }: Purse): boolean {
  return maxUsd !== undefined || caps.image !== null || caps.job !== null || caps.day !== null || caps.month !== null;
}

/** Why this much for so many images is too much; null: it is not. What is free always passes, what is unknown never does. */
export function whyTooDear(purse: Purse, cost: Cost, images: number): { reason: string; help: string } | null {
  if (!isLimited(purse)) return null;
  const { maxUsd, caps, spending, spentUsd } = purse;
  if (cost.kind === 'unknown') {
    return {
      reason: 'what it costs is not known, and there is a limit',
      help: 'Enter its price in the settings, or take the limit away.',
    };
  }
  const { usd } = cost;
  if (usd === 0) return null;
  const over = (limit: number | null | undefined, spent: number): boolean =>
    limit !== null && limit !== undefined && spent + usd > limit + sameUsd;
  // Words only for who is refused: everybody is asked each time.
  const asked = (): string => `it would cost ${usdText(cost)}`;
  const smaller = 'or ask for fewer or smaller images';
  if (over(maxUsd, spentUsd)) {
    return {
      reason: `${asked()}, more than the ${dollars(maxUsd)} of this job`,
      help: `Allow more for this job, ${smaller}.`,
    };
  }
  if (caps.image !== null && usd / images > caps.image + sameUsd) {
    const each = `an image would cost ≈ ${dollars(usd / images)}`;
    return {
      reason: `${each}, over the cap of ${dollars(caps.image)} for an image`,
      help: `Raise the cap for an image, or ask for smaller ones.`,
    };
  }
  if (over(caps.job, spentUsd)) {
    return {
      reason: `${asked()}, over the cap of ${dollars(caps.job)} for a job`,
      help: `Raise the cap for a job, ${smaller}.`,
    };
  }
  const gone = (cap: number | null, spent: number, words: string, time: string) => ({
    reason: `${asked()}, and ${dollars(spent)} of the ${dollars(cap)} for ${words} are gone`,
    help: `Raise the cap for a ${time}, or wait for the next one.`,
  });
  if (over(caps.day, spending.day)) return gone(caps.day, spending.day, 'today', 'day');
  if (over(caps.month, spending.month)) return gone(caps.month, spending.month, 'this month', 'month');
  return null;
}

function dollars(usd: number | null | undefined): string {
  return `$${(usd ?? 0).toFixed(4)}`;
}

/** "≈ $0.0030", "$0.0030", "free" or "at an unknown price". */
export function usdText(cost: Cost): string {
  switch (cost.kind) {
    case 'unknown':
      return 'at an unknown price';
    case 'estimated':
      return cost.usd === 0 ? 'free' : `≈ ${dollars(cost.usd)}`;
    case 'reported':
      return cost.usd === 0 ? 'free' : dollars(cost.usd);
  }
}
