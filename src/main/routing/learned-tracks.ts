import type { Track } from '../../shared/models/routing.ts';
import { trackAfter, type Outcome } from '../../shared/routing/tracks.ts';

/** How a provider's models did, by what was learned of earlier runs and of this one. */
export interface LearnedTracks {
  /** Another array whenever something was learned; never changed in place. */
  now(): readonly Track[];
  /** Earlier runs are read: to be called before there is anything of this one among them. */
  begin(): void;
  learn(outcome: Outcome): void;
}

/** So many outcomes wait at the most until somebody wants to know. */
const mostWaiting = 64;
const none: readonly Track[] = [];

/** `history`: of earlier runs, oldest first. It is asked once. */
export function createLearnedTracks(history: () => readonly Outcome[]): LearnedTracks {
  let tracks: readonly Track[] | null = null;
  /** Oldest first. */
  const waiting: Outcome[] = [];
  const now = (): readonly Track[] => {
    tracks ??= history().reduce(tracksAfter, none);
    if (waiting.length > 0) {
      for (const outcome of waiting) tracks = tracksAfter(tracks, outcome);
      waiting.length = 0;
    }
    return tracks;
  };
  return {
    now,
    begin: () => {
      if (tracks === null) now();
    },
    learn: (outcome) => {
      waiting.push(outcome);
      if (waiting.length >= mostWaiting) now();
    },
  };
}

/** The tracks with one more outcome, as new ones. */
function tracksAfter(tracks: readonly Track[], outcome: Outcome): readonly Track[] {
  const place = tracks.findIndex(({ model, operation }) => model === outcome.model && operation === outcome.operation);
  const after = tracks.slice();
  after[place < 0 ? tracks.length : place] = trackAfter(tracks[place] ?? null, outcome);
  return after;
}
