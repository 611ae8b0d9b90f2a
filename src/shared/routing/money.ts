import type { Cost } from '../models/cost.ts';
import type { RouteWishes } from '../models/route-wishes.ts';
import type { Caps, Spending } from '../models/routing.ts';

/** The caps on what a job may cost: those of the settings, and its own top price. */
export interface Purse {
  readonly maxUsd: RouteWishes['maxUsd'];
  readonly caps: Caps;
  readonly spending: Spending;
  /** What the job has cost already, in US dollars. */
  readonly spentUsd: number;
}

/** Prices are sums of floating-point numbers. */
const sameUsd = 1e-9;
/** Less is written as $0.0000. */
const leastShownUsd = 0.00005;

export function isLimited({ maxUsd, caps }: Purse): boolean {
  return maxUsd !== undefined || caps.image !== null || caps.job !== null || caps.day !== null || caps.month !== null;
}

/** Why this much for so many images is too much; null: it is not. What is free always passes, what is unknown never does. */
export function whyTooDear(purse: Purse, cost: Cost, images: number): { reason: string; help: string } | null {
  if (!isLimited(purse)) return null;
  const { maxUsd, caps, spending, spentUsd } = purse;
  if (cost.kind === 'unknown') {
    return {
      reason: 'what it costs is not known, and there is a cap',
      help: 'Enter its price on the Prices page of the settings, or with easel prices set, or take the cap away.',
    };
  }
  const { usd } = cost;
  if (usd === 0) return null;
  const isOver = (limit: number | null | undefined, spent: number): limit is number =>
    limit !== null && limit !== undefined && spent + usd > limit + sameUsd;
  // Words only for who is refused: everybody is asked each time.
  const asked = (): string => `it would cost ${usdText(cost)}`;
  const instead = (limit: number, less = 'ask for fewer or smaller images'): string =>
    `or ${limit === 0 ? 'choose what costs nothing' : less}`;
  /** `over`: where nothing is spent yet; `nothing`: where only what is free passes; `of`: what the limit is for. */
  const because = (limit: number, spent: number, words: { over: string; nothing: string; of: string }): string => {
    if (limit === 0) return `${asked()}, and ${words.nothing}`;
    if (spent < leastShownUsd) return `${asked()}, ${words.over}`;
    return `${asked()}, and ${dollars(spent)} of the ${dollars(limit)} for ${words.of} are gone`;
  };
  const capWords = (cap: number, thing: string) => ({
    over: `over the cap of ${dollars(cap)} for ${thing}`,
    nothing: `the cap for ${thing} lets only free work through`,
  });
  if (isOver(maxUsd, spentUsd)) {
    const words = {
      over: `more than the ${dollars(maxUsd)} of this job`,
      nothing: 'this job may cost nothing',
      of: 'this job',
    };
    return { reason: because(maxUsd, spentUsd, words), help: `Allow more for this job, ${instead(maxUsd)}.` };
  }
  if (caps.image !== null && usd / images > caps.image + sameUsd) {
    const { over, nothing } = capWords(caps.image, 'an image');
    return {
      reason: `an image would cost ≈ ${dollars(usd / images)}, ${caps.image === 0 ? `and ${nothing}` : over}`,
      help: `Raise the cap for an image, ${instead(caps.image, 'ask for smaller ones')}.`,
    };
  }
  if (isOver(caps.job, spentUsd)) {
    const words = { ...capWords(caps.job, 'a job'), of: 'this job' };
    return { reason: because(caps.job, spentUsd, words), help: `Raise the cap for a job, ${instead(caps.job)}.` };
  }
  const overTime = (cap: number, spent: number, of: string, time: string) => ({
    reason: because(cap, spent, { ...capWords(cap, `a ${time}`), of }),
    // What is over it even with nothing spent is so tomorrow, too.
    help: `Raise the cap for a ${time}, ${usd > cap + sameUsd ? instead(cap) : 'or wait for the next one'}.`,
  });
  if (isOver(caps.day, spending.day)) return overTime(caps.day, spending.day, 'today', 'day');
  if (isOver(caps.month, spending.month)) return overTime(caps.month, spending.month, 'this month', 'month');
  return null;
}

function dollars(usd: number): string {
  return `$${usd.toFixed(4)}`;
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
