import type { Cost } from '../models/cost.ts';
import { capNames } from '../models/routing.ts';
import { whyTooDear, type Purse } from './money.ts';

/** A cap, or the top price of the job itself, which is a cap for it alone. In US dollars. */
export interface Limit {
  readonly of: 'topPrice' | (typeof capNames)[number];
  readonly usd: number;
}

const noCaps: Purse['caps'] = { image: null, job: null, day: null, month: null };

/** The first limit that this much is too much for; null: none is, or nobody knows what it costs. */
export function limitInTheWay(purse: Purse, cost: Cost, images: number): Limit | null {
  if (cost.kind === 'unknown') return null;
  const { maxUsd, caps } = purse;
  if (maxUsd !== undefined && whyTooDear({ ...purse, caps: noCaps }, cost, images) !== null) {
    return { of: 'topPrice', usd: maxUsd };
  }
  for (const of of capNames) {
    const usd = caps[of];
    const alone = { ...purse, maxUsd: undefined, caps: { ...noCaps, [of]: usd } };
    if (usd !== null && whyTooDear(alone, cost, images) !== null) return { of, usd };
  }
  return null;
}
