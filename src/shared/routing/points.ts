import type { PromptKind } from '../models/comparison.ts';
import type { Tier } from '../models/route-wishes.ts';
import type { ModelRatings, ModelScores, Stars } from '../models/routing.ts';
import { pointsOfTier, shrunkPoints } from './elo.ts';

/** Points for each star above the middle or below it, where pictures are rated often. */
const pointsOfStar = 100;
const middleStars = 3;
/** With as many ratings as this, they count half. */
const ratingsOfPrior = 10;

/** How good models are for one kind of prompt. */
export interface Points {
  of(provider: string, model: string, tier: Tier): number;
  /** Votes on which that rests. */
  votes(provider: string, model: string): number;
  /** Rated pictures on which that rests. */
  ratings(provider: string, model: string): number;
}

/** Where no strategy asks what the user thinks, or nothing is known of it. */
export const pointsByTier: Points = {
  of: (_provider, _model, tier) => pointsOfTier[tier],
  votes: () => 0,
  ratings: () => 0,
};

/**
 * Votes and ratings in one number: votes draw a model from its tier's points towards their own, and ratings are added to that.
 * `kind` is only asked for where there are any. Both are looked up as they are, for a route is planned at every key that is
 * pressed.
 */
export function pointsFrom(
  { scores, ratings }: { readonly scores: ModelScores; readonly ratings: ModelRatings },
  kindOf: () => PromptKind,
): Points {
  if (Object.keys(scores).length === 0 && Object.keys(ratings).length === 0) return pointsByTier;
  const kind = kindOf();
  // Asked for model after model of the same provider.
  let asked: string | null = null;
  let votedThere: ModelScores[string] | undefined;
  let ratedThere: ModelRatings[string] | undefined;
  return {
    of: (provider, model, tier) => {
      if (provider !== asked) {
        asked = provider;
        votedThere = scores[provider];
        ratedThere = ratings[provider];
      }
      const voted = votedThere?.[model];
      const points = voted ? shrunkPoints(tier, voted.all ?? null, voted[kind] ?? null) : pointsOfTier[tier];
      const rated = ratedThere?.[model];
      return rated ? points + pointsOfRatings(rated.all, rated[kind]) : points;
    },
    votes: (provider, model) => {
      const voted = scores[provider]?.[model];
      return Math.max(voted?.all?.votes ?? 0, voted?.[kind]?.votes ?? 0);
    },
    ratings: (provider, model) => ratings[provider]?.[model]?.all?.ratings ?? 0,
  };
}

/**
 * Stars above the middle, drawn from none towards those of all prompts and then towards those of this kind, each the more the
 * more ratings there are: so that a few of them say little, and none says nothing.
 */
function pointsOfRatings(all: Stars | undefined, ofKind: Stars | undefined): number {
  return pointsOfStar * starsAbove(starsAbove(0, all), ofKind);
}

function starsAbove(prior: number, rated: Stars | undefined): number {
  if (rated === undefined) return prior;
  const { ratings, stars } = rated;
  return (stars - middleStars * ratings + prior * ratingsOfPrior) / (ratings + ratingsOfPrior);
}
