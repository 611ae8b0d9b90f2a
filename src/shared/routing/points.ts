import type { PromptKind } from '../models/comparison.ts';
import type { Tier } from '../models/route-wishes.ts';
import type { ModelScore } from '../models/routing.ts';
import { pointsOfTier, shrunkPoints } from './elo.ts';

interface Votes {
  all: ModelScore | null;
  kind: ModelScore | null;
}

/** How good models are for one kind of prompt. */
export interface Points {
  of(provider: string, model: string, tier: Tier): number;
  /** Votes on which that rests. */
  votes(provider: string, model: string): number;
}

/** Where no strategy asks for votes, or there are none. */
export const noVotes: Points = { of: (_provider, _model, tier) => pointsOfTier[tier], votes: () => 0 };

/** Looked up often and made once: `kind` is only asked for where there are scores at all. */
export function pointsFrom(scores: readonly ModelScore[], kindOf: () => PromptKind): Points {
  if (scores.length === 0) return noVotes;
  const kind = kindOf();
  const byProvider = new Map<string, Map<string, Votes>>();
  for (const score of scores) {
    if (score.kind !== 'all' && score.kind !== kind) continue;
    let models = byProvider.get(score.provider);
    if (!models) byProvider.set(score.provider, (models = new Map<string, Votes>()));
    let votes = models.get(score.model);
    if (!votes) models.set(score.model, (votes = { all: null, kind: null }));
    votes[score.kind === 'all' ? 'all' : 'kind'] = score;
  }
  return {
    of: (provider, model, tier) => {
      const votes = byProvider.get(provider)?.get(model);
      return votes ? shrunkPoints(tier, votes.all, votes.kind) : pointsOfTier[tier];
    },
    votes: (provider, model) => {
      const votes = byProvider.get(provider)?.get(model);
      return Math.max(votes?.all?.votes ?? 0, votes?.kind?.votes ?? 0);
    },
  };
}
