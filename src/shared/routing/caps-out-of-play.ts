import { capNames, type Caps } from '../models/routing.ts';

type CapName = (typeof capNames)[number];

/**
 * The caps that never come into play, because a wider one is lower: an image is part of a job, a job of a day, a day of a
 * month (that of a job which runs past midnight may). Each with the lowest of those that are lower.
 */
export function capsOutOfPlay(caps: Caps): Readonly<Partial<Record<CapName, CapName>>> {
  const outOfPlay: Partial<Record<CapName, CapName>> = {};
  let lowest: { readonly name: CapName; readonly usd: number } | null = null;
  for (const name of [...capNames].reverse()) {
    const usd = caps[name];
    if (usd === null) continue;
    if (lowest !== null && lowest.usd < usd) outOfPlay[name] = lowest.name;
    else lowest = { name, usd };
  }
  return outOfPlay;
}
