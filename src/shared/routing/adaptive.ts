import type { Candidate } from './candidate.ts';

/** Half of what time can cost is lost at this many seconds an image, half of what money can at this many dollars. */
const halfSeconds = 30;
const halfUsd = 0.04;
/** Points at which quality costs nothing, and how many below it costs all it can. */
const bestPoints = 1800;
const pointsRange = 600;
const mostEach = 0.3;

/**
 * What `adaptive` weighs against each other, 0 to 1 together: a failure costs 1, a success at most 0.9. `success` is 0 to 1,
 * `seconds` and `usd` (US dollars) are for one image, null where nobody knows; `points` are Elo points.
 */
export function expectedLoss(success: number, seconds: number | null, usd: number | null, points: number): number {
  const time = seconds === null ? 0.5 : seconds / (seconds + halfSeconds);
  const money = usd === null ? 0.5 : usd / (usd + halfUsd);
  const quality = Math.min(1, Math.max(0, (bestPoints - points) / pointsRange));
  return 1 - success + success * mostEach * (time + money + quality);
}

/** Every so many jobs, one may go to somebody of whom little is known lately. */
export const tryEvery = 12;
/** How much less may be lost than is expected, where nothing is known. */
const doubt = 0.2;

/**
 * What it expects to lose with this one. When it is the turn to try, doubt counts in favour: the less is known, the more.
 * Who is just back from failures is left to such turns.
 */
export function adaptiveScore({ loss, known, isTry }: Candidate, turn: number): number {
  if (turn % tryEvery === tryEvery - 1) return loss - doubt / Math.sqrt(1 + known);
  return isTry ? 1 + loss : loss;
}
