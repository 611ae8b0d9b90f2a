import type { PromptKind } from '../models/comparison.ts';
import type { Tier } from '../models/route-wishes.ts';
import type { ModelRating, ModelScore } from '../models/routing.ts';
import { pointsOfTier, shrunkPoints } from './elo.ts';

/** Points for each star above the middle or below it, where pictures are rated often. */
const pointsOfStar = 100;
const middleStars = 3;
/** With as many ratings as this, they count half. */
const ratingsOfPrior = 10;

/** How many ratings there are, and their stars together. */
interface Stars {
  ratings: number;
  stars: number;
}

/** What the user thinks of one model. */
interface Opinion {
  readonly votes: { all: ModelScore | null; kind: ModelScore | null };
  readonly rated: { readonly all: Stars; readonly kind: Stars };
}

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
 * Votes and ratings in one number, looked up often and made once: votes draw a model from its tier's points towards their own,
 * and ratings are added to that. `kind` is only asked for where there are any.
 */
export function pointsFrom(
  { scores, ratings }: { readonly scores: readonly ModelScore[]; readonly ratings: readonly ModelRating[] },
  kindOf: () => PromptKind,
): Points {
  if (scores.length === 0 && ratings.length === 0) return pointsByTier;
  const kind = kindOf();
  const byProvider = new Map<string, Map<string, Opinion>>();
  const opinionOf = ({ provider, model }: ModelScore | ModelRating): Opinion => {
    let models = byProvider.get(provider);
    if (!models) byProvider.set(provider, (models = new Map<string, Opinion>()));
    let opinion = models.get(model);
    if (!opinion) models.set(model, (opinion = nothingSaid()));
    return opinion;
  };
  for (const score of scores) {
    if (score.kind === 'all' || score.kind === kind) {
      opinionOf(score).votes[score.kind === 'all' ? 'all' : 'kind'] = score;
    }
  }
  for (const rating of ratings) {
    const { rated } = opinionOf(rating);
    add(rated.all, rating);
    if (rating.kind === kind) add(rated.kind, rating);
  }
  const known = (provider: string, model: string): Opinion | undefined => byProvider.get(provider)?.get(model);
  return {
    of: (provider, model, tier) => {
      const opinion = known(provider, model);
      if (!opinion) return pointsOfTier[tier];
      return shrunkPoints(tier, opinion.votes.all, opinion.votes.kind) + pointsOfRatings(opinion.rated);
    },
    votes: (provider, model) => {
      const votes = known(provider, model)?.votes;
      return Math.max(votes?.all?.votes ?? 0, votes?.kind?.votes ?? 0);
    },
    ratings: (provider, model) => known(provider, model)?.rated.all.ratings ?? 0,
  };
}

const nothingSaid = (): Opinion => ({
  votes: { all: null, kind: null },
  rated: { all: { ratings: 0, stars: 0 }, kind: { ratings: 0, stars: 0 } },
});

function add(sum: Stars, { ratings, stars }: Stars): void {
  sum.ratings += ratings;
  sum.stars += stars;
}

/**
 * Stars above the middle, drawn from none towards those of all prompts and then towards those of this kind, each the more the
 * more ratings there are: so that a few of them say little, and none says nothing.
 */
function pointsOfRatings({ all, kind }: Opinion['rated']): number {
  return pointsOfStar * starsAbove(starsAbove(0, all), kind);
}

function starsAbove(prior: number, { ratings, stars }: Stars): number {
  return (stars - middleStars * ratings + prior * ratingsOfPrior) / (ratings + ratingsOfPrior);
}
