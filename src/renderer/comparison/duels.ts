import type { Comparison, Entry } from '../../shared/models/comparison.ts';

export interface Placed {
  readonly entry: Entry;
  /** Equal ones share it; null where it was in no duel. */
  readonly place: number | null;
  readonly wins: number;
  readonly duels: number;
}

/** The entries, the one that won most of its duels first; those without a duel last. */
export function placed({ entries, votes }: Pick<Comparison, 'entries' | 'votes'>): Placed[] {
  const counted = entries.map((entry) => {
    const own = votes.filter(({ first, second }) => first === entry.label || second === entry.label);
    const wins = own.filter(({ first, verdict }) => verdict === (first === entry.label ? 'first' : 'second')).length;
    const ties = own.filter(({ verdict }) => verdict === 'tie').length;
    return { entry, wins, duels: own.length, share: own.length === 0 ? -1 : (wins + ties / 2) / own.length };
  });
  const ordered = [...counted].sort((one, other) => other.share - one.share);
  return ordered.map(({ entry, wins, duels, share }) => ({
    entry,
    wins,
    duels,
    place: duels === 0 ? null : ordered.findIndex((other) => other.share === share) + 1,
  }));
}
