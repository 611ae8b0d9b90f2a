import type { ModelScore } from '../../shared/models/routing.ts';
import { afterVote } from '../../shared/routing/elo.ts';
import type { StoredComparison, StoredEntry } from '../database/comparisons.ts';
import { unvotedPoints } from './shown-comparison.ts';

type ModelAndKind = Pick<ModelScore, 'provider' | 'model' | 'kind'>;

/**
 * What the votes of a comparison do to the points of its models, for its kind of prompt and for `all`, one vote after the
 * other. `known` answers a model's points until now; null: nobody has voted on it.
 */
export function countVotes(
  { entries, votes, kind }: Pick<StoredComparison, 'entries' | 'votes' | 'kind'>,
  known: (which: ModelAndKind) => ModelScore | null,
): { scores: ModelScore[]; points: { label: string; before: number; after: number }[] } {
  const startOf = ({ provider, model }: StoredEntry, of: string): ModelScore =>
    known({ provider, model, kind: of }) ?? { provider, model, kind: of, points: unvotedPoints, votes: 0 };
  const countFor = (of: string): Map<string, ModelScore> => {
    const scores = new Map(entries.map((entry) => [entry.label, startOf(entry, of)]));
    for (const { first, second, verdict } of votes) {
      const [one, other] = [scores.get(first), scores.get(second)];
      if (!one || !other) continue;
      const after = afterVote(one, other, verdict);
      scores.set(first, { ...one, ...after.first }).set(second, { ...other, ...after.second });
    }
    return scores;
  };
  const ofKind = countFor(kind);
  const voted = new Set(votes.flatMap(({ first, second }) => [first, second]));
  return {
    scores: [...ofKind, ...countFor('all')].filter(([label]) => voted.has(label)).map(([, score]) => score),
    points: entries.map((entry) => ({
      label: entry.label,
      before: startOf(entry, kind).points,
      after: ofKind.get(entry.label)?.points ?? unvotedPoints,
    })),
  };
}
