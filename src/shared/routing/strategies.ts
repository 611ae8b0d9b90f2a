import type { Strategy } from '../models/route-wishes.ts';
import { adaptiveScore } from './adaptive.ts';
import type { Candidate } from './candidate.ts';

interface Way {
  /** Who has room comes first. Where the user's own order decides, the job waits instead. */
  readonly roomFirst: boolean;
  /** Models of one provider differ by it. */
  readonly comparesModels: boolean;
}

export const ways: Readonly<Record<Strategy, Way>> = {
  primary_first: { roomFirst: false, comparesModels: false },
  round_robin: { roomFirst: true, comparesModels: false },
  least_loaded: { roomFirst: true, comparesModels: false },
  cost_optimized: { roomFirst: false, comparesModels: true },
  quality_focused: { roomFirst: false, comparesModels: true },
  health_based: { roomFirst: true, comparesModels: false },
  local_first: { roomFirst: false, comparesModels: false },
  fastest: { roomFirst: true, comparesModels: true },
  adaptive: { roomFirst: true, comparesModels: true },
};

/**
 * Every strategy as one number for each candidate, lower being better. docs/routing.md says the same in words. One function and
 * no table of them: called through a table, each number would be a new object. The strategy that has most to do is asked for first:
 * comparing words takes a good part of the time.
 */
function scoreOf(candidate: Candidate, strategy: Strategy, turn: number, candidates: number): number {
  switch (strategy) {
    case 'adaptive':
      return adaptiveScore(candidate, turn, candidates);
    case 'primary_first':
      return candidate.place;
    case 'round_robin':
      return (candidate.place - (turn % candidates) + candidates) % candidates;
    case 'least_loaded':
      return candidate.load;
    case 'cost_optimized':
      return candidate.usd;
    case 'quality_focused':
      return -candidate.points;
    case 'health_based':
      return candidate.risk;
    case 'local_first':
      return candidate.isLocal ? 0 : 1;
    case 'fastest':
      return candidate.seconds;
  }
}

/**
 * The best of these under a strategy; null where there is none. The bare decision: it allocates nothing. `turn` counts jobs.
 */
export function pickBest<Some extends Candidate>(
  candidates: readonly Some[],
  strategy: Strategy,
  turn: number,
): Some | null {
  const { roomFirst } = ways[strategy];
  let best: Some | null = null;
  let bestScore = 0;
  for (const candidate of candidates) {
    const itsScore = scoreOf(candidate, strategy, turn, candidates.length);
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
  const { roomFirst } = ways[strategy];
  return candidates
    .map((candidate) => ({ candidate, score: scoreOf(candidate, strategy, turn, candidates.length) }))
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
