import type { Strategy } from '../models/route-wishes.ts';
import { adaptiveScore } from './adaptive.ts';
import type { Candidate } from './candidate.ts';

interface Way {
  /** Lower is better. */
  readonly score: (candidate: Candidate, turn: number, candidates: number) => number;
  /** Who has room comes first. Where the user's own order decides, the job waits instead. */
  readonly roomFirst: boolean;
  /** Models of one provider differ by it. */
  readonly comparesModels: boolean;
}

/** Every strategy as one number for each candidate. docs/routing.md says the same in words. */
export const ways: Readonly<Record<Strategy, Way>> = {
  primary_first: { score: ({ place }) => place, roomFirst: false, comparesModels: false },
  round_robin: {
    score: ({ place }, turn, candidates) => (place - (turn % candidates) + candidates) % candidates,
    roomFirst: true,
    comparesModels: false,
  },
  least_loaded: { score: ({ load }) => load, roomFirst: true, comparesModels: false },
  cost_optimized: { score: ({ usd }) => usd, roomFirst: false, comparesModels: true },
  quality_focused: { score: ({ points }) => -points, roomFirst: false, comparesModels: true },
  health_based: { score: ({ risk }) => risk, roomFirst: true, comparesModels: false },
  local_first: { score: ({ isLocal }) => (isLocal ? 0 : 1), roomFirst: false, comparesModels: false },
  fastest: { score: ({ seconds }) => seconds, roomFirst: true, comparesModels: true },
  adaptive: { score: adaptiveScore, roomFirst: true, comparesModels: true },
};

/**
 * The best of these under a strategy; null where there is none. The bare decision: it allocates nothing. `turn` counts jobs.
 */
export function pickBest<Some extends Candidate>(
  candidates: readonly Some[],
  strategy: Strategy,
  turn: number,
): Some | null {
  const { score, roomFirst } = ways[strategy];
  let best: Some | null = null;
  let bestScore = 0;
  for (const candidate of candidates) {
    const itsScore = score(candidate, turn, candidates.length);
    if (best !== null && order(best, bestScore, candidate, itsScore, roomFirst) < 0) continue;
    best = candidate;
    bestScore = itsScore;
  }
  return best;
}

/** All of them, best first, by the same comparison. */
export function rankAll<Some extends Candidate>(
  candidates: readonly Some[],
  strategy: Strategy,
  turn: number,
): { readonly candidate: Some; readonly score: number }[] {
  const { score, roomFirst } = ways[strategy];
  return candidates
    .map((candidate) => ({ candidate, score: score(candidate, turn, candidates.length) }))
    .sort((one, other) => order(one.candidate, one.score, other.candidate, other.score, roomFirst));
}

/** Below 0: `one` comes first. Never 0 for two models, so that the order is total. */
function order(one: Candidate, oneScore: number, other: Candidate, otherScore: number, roomFirst: boolean): number {
  if (one.level !== other.level) return one.level - other.level;
  if (roomFirst && one.waits !== other.waits) return one.waits ? 1 : -1;
  // Two times Infinity are the same; their difference would be no number.
  if (oneScore !== otherScore) return oneScore < otherScore ? -1 : 1;
  if (one.place !== other.place) return one.place - other.place;
  return one.listed - other.listed;
}
