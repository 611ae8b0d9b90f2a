import { dollars, dollarsBeside, exactDollars } from '../dollars.ts';
import type { Cost } from '../models/cost.ts';
import type { RouteWishes } from '../models/route-wishes.ts';
import { capNames, type Caps, type Spending } from '../models/routing.ts';

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

/** A cap, or the top price of the job itself, which is a cap for it alone. In US dollars. */
export interface Limit {
  readonly of: 'topPrice' | (typeof capNames)[number];
  readonly usd: number;
}

/** The first limit that this much is too much for; null: none is, or nobody knows what it costs. What is free always passes. */
export function limitInTheWay(purse: Purse, cost: Cost, images: number): Limit | null {
  const of = cost.kind === 'unknown' ? null : limitPassed(purse, cost.usd, images);
  return of === null ? null : { of, usd: limitOf(purse, of) };
}

/** Why this much for so many images is too much; null: it is not. What is free always passes, what is unknown never does. */
export function whyTooDear(purse: Purse, cost: Cost, images: number): { reason: string; help: string } | null {
  if (cost.kind === 'unknown') return isLimited(purse) ? noPrice : null;
  // Words only for who is refused: everybody is asked each time.
  const of = limitPassed(purse, cost.usd, images);
  return of === null ? null : wordsFor(of, purse, cost, images);
}

function isLimited({ maxUsd, caps }: Purse): boolean {
  return maxUsd !== undefined || capNames.some((of) => caps[of] !== null);
}

function limitPassed({ maxUsd, caps, spending, spentUsd }: Purse, usd: number, images: number): Limit['of'] | null {
  if (usd === 0) return null;
  if (isOver(maxUsd, spentUsd + usd)) return 'topPrice';
  if (isOver(caps.image, usd / images)) return 'image';
  if (isOver(caps.job, spentUsd + usd)) return 'job';
  if (isOver(caps.day, spending.day + usd)) return 'day';
  return isOver(caps.month, spending.month + usd) ? 'month' : null;
}

function isOver(limit: number | null | undefined, usd: number): boolean {
  return limit !== null && limit !== undefined && usd > limit + sameUsd;
}

function limitOf({ maxUsd, caps }: Purse, of: Limit['of']): number {
  return (of === 'topPrice' ? maxUsd : caps[of]) ?? 0;
}

const noPrice = {
  reason: 'what it costs is not known, and there is a cap',
  help: 'Enter its price on the Prices page of the settings, or with easel prices set, or take the cap away.',
};

function wordsFor(
  of: Limit['of'],
  purse: Purse,
  cost: Exclude<Cost, { kind: 'unknown' }>,
  images: number,
): { reason: string; help: string } {
  const limit = limitOf(purse, of);
  const { spending, spentUsd } = purse;
  const instead = (less = 'ask for fewer or smaller images'): string =>
    `or ${limit === 0 ? 'choose what costs nothing' : less}`;
  /** `over`: where nothing is spent yet; `nothing`: where only what is free passes; `of`: what the limit is for. */
  const because = (spent: number, words: { over: string; nothing: string; of: string }): string => {
    const asked = `it would cost ${costBeside(cost, limit)}`;
    if (limit === 0) return `${asked}, and ${words.nothing}`;
    if (spent < leastShownUsd) return `${asked}, ${words.over}`;
    return `${asked}, and ${dollarsBeside(spent, limit)} of the ${exactDollars(limit)} for ${words.of} is spent`;
  };
  const capWords = (thing: string) => ({
    over: `over the cap of ${exactDollars(limit)} for ${thing}`,
    nothing: `the cap for ${thing} lets only free work through`,
  });
  const overTime = (spent: number, now: string, time: string) => ({
    reason: because(spent, { ...capWords(`a ${time}`), of: now }),
    // What is over it even with nothing spent is so tomorrow, too.
    help: `Raise the cap for a ${time}, ${isOver(limit, cost.usd) ? instead() : 'or wait for the next one'}.`,
  });
  switch (of) {
    case 'topPrice': {
      const words = { over: `more than the ${exactDollars(limit)} of this job`, nothing: 'this job may cost nothing' };
      return {
        reason: because(spentUsd, { ...words, of: 'this job' }),
        help: `Allow more for this job, ${instead()}.`,
      };
    }
    case 'image': {
      const { over, nothing } = capWords('an image');
      return {
        reason: `an image would cost ≈ ${dollarsBeside(cost.usd / images, limit)}, ${limit === 0 ? `and ${nothing}` : over}`,
        help: `Raise the cap for an image, ${instead('ask for smaller ones')}.`,
      };
    }
    case 'job': {
      const reason = because(spentUsd, { ...capWords('a job'), of: 'this job' });
      return { reason, help: `Raise the cap for a job, ${instead()}.` };
    }
    case 'day':
      return overTime(spending.day, 'today', 'day');
    case 'month':
      return overTime(spending.month, 'this month', 'month');
  }
}

function costBeside({ kind, usd }: Exclude<Cost, { kind: 'unknown' }>, limit: number): string {
  return `${kind === 'estimated' ? '≈ ' : ''}${dollarsBeside(usd, limit)}`;
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
