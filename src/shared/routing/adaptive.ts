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
 * `seconds` and `usd` (US dollars) are for one image, null where nobody knows; `points` are those of votes and ratings.
 */
export function expectedLoss(success: number, seconds: number | null, usd: number | null, points: number): number {
  const time = seconds === null ? 0.5 : seconds / (seconds + halfSeconds);
  const money = usd === null ? 0.5 : usd / (usd + halfUsd);
  const quality = Math.min(1, Math.max(0, (bestPoints - points) / pointsRange));
  return 1 - success + success * mostEach * (time + money + quality);
}

/** Every so many jobs is one to try. */
export const tryEvery = 12;

/**
 * Whether a candidate is the one to try on this turn: they take turns, by their place; who comes back from an outage is tried
 * first.
 */
export function isTriedAt({ place, isTry }: Candidate, turn: number, candidates: number): boolean {
  return turn % tryEvery === tryEvery - 1 && (isTry || Math.floor(turn / tryEvery) % candidates === place);
}

/**
 * Which model of a provider is seen at its best on this turn; null: it is no turn to try. Mixed, so that a provider's turn does
 * not always meet the same of its models.
 */
export function triedModel(turn: number, models: number): number | null {
  if (turn % tryEvery !== tryEvery - 1) return null;
  return (Math.imul(Math.floor(turn / tryEvery) + 1, 0x9e3779b1) >>> 8) % models;
}

/**
 * What it expects to lose with this one. On a turn to try, one of them is seen at its best: if even that is worse than what is
 * expected of another one, nothing is tried.
 */
export function adaptiveScore(candidate: Candidate, turn: number, candidates: number): number {
  return isTriedAt(candidate, turn, candidates) ? candidate.hope : candidate.loss;
}
