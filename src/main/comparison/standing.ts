import type { Pair, StoredComparison, StoredEntry } from '../database/comparisons.ts';

const underWay: readonly StoredEntry['jobState'][] = ['queued', 'running', 'needs_attention'];

/** Its picture may still come. */
export const isUnderWay = ({ jobState, picture }: StoredEntry): boolean =>
  picture === null && underWay.includes(jobState);

const isSame = (vote: { first: string; second: string }, [first, second]: Pair): boolean =>
  vote.first === first && vote.second === second;

/** How far a comparison is, as its jobs and votes say. */
export interface Standing {
  readonly state: 'making' | 'voting' | 'done' | 'cancelled';
  readonly made: number;
  /** The pair that is asked about now. */
  readonly pair: Pair | null;
  readonly votesLeft: number;
  /** How an open one ends now by itself, since nothing more can come of it; null: it goes on. */
  readonly ends: 'done' | 'cancelled' | null;
}

export function standingOf({ state, entries, pairs, votes }: StoredComparison): Standing {
  const labelsOf = (isMeant: (entry: StoredEntry) => boolean): Set<string> =>
    new Set(entries.filter(isMeant).map(({ label }) => label));
  const ready = labelsOf(({ picture }) => picture !== null);
  const coming = labelsOf(isUnderWay);
  const made = ready.size;
  if (state !== 'open') return { state, made, pair: null, votesLeft: 0, ends: null };
  const open = pairs.filter((pair) => !votes.some((vote) => isSame(vote, pair)));
  const pair = open.find((labels) => labels.every((label) => ready.has(label))) ?? null;
  const votesLeft = open.filter((labels) => labels.every((label) => ready.has(label) || coming.has(label))).length;
  const isOver = pair === null && (coming.size === 0 || ready.size + coming.size < 2);
  return {
    state: made >= 2 || votes.length > 0 ? 'voting' : 'making',
    made,
    pair,
    votesLeft,
    ends: !isOver ? null : votes.length > 0 ? 'done' : 'cancelled',
  };
}
