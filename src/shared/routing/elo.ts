import type { Verdict } from '../models/comparison.ts';
import type { Tier } from '../models/route-wishes.ts';
import type { ModelScore } from '../models/routing.ts';

/** Points of a model that nobody has voted on. */
export const pointsOfTier: Readonly<Record<Tier, number>> = { fast: 1400, standard: 1500, premium: 1600 };

/** The middle of all models, against which two are measured that are both bad. */
const par = 1500;
/** Points that a vote moves at most: the first ones more, so that a new model finds its place soon. */
const step = { first: 48, later: 24 } as const;
const firstVotes = 10;
/** With as many votes as this, the votes count as much as the tier. */
const votesOfPrior = 6;

type Rated = Pick<ModelScore, 'points' | 'votes'>;

/** What share of its duels somebody with these points wins against somebody with those. */
export function expectedWins(points: number, against: number): number {
  return 1 / (1 + 10 ** ((against - points) / 400));
}

/** Both after one vote on them. */
export function afterVote(first: Rated, second: Rated, verdict: Verdict): { first: Rated; second: Rated } {
  switch (verdict) {
    case 'first':
      return { first: moved(first, second.points, 1, 1), second: moved(second, first.points, 0, 1) };
    case 'second':
      return { first: moved(first, second.points, 0, 1), second: moved(second, first.points, 1, 1) };
    case 'tie':
      return { first: moved(first, second.points, 0.5, 1), second: moved(second, first.points, 0.5, 1) };
    case 'bothBad':
      return { first: moved(first, par, 0, 0.5), second: moved(second, par, 0, 0.5) };
  }
}

function moved({ points, votes }: Rated, against: number, won: number, share: number): Rated {
  const most = (votes < firstVotes ? step.first : step.later) * share;
  return { points: points + most * (won - expectedWins(points, against)), votes: votes + 1 };
}

/**
 * How good a model is for a kind of prompt: its tier's points, drawn towards its votes of all kinds and then towards those of
 * this kind, each the more the more votes there are.
 */
export function shrunkPoints(tier: Tier, all: Rated | null, kind: Rated | null): number {
  return towards(towards(pointsOfTier[tier], all), kind);
}

function towards(prior: number, rated: Rated | null): number {
  if (rated === null || rated.votes <= 0) return prior;
  return prior + ((rated.points - prior) * rated.votes) / (rated.votes + votesOfPrior);
}
