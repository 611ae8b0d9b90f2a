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

/** `history`: of earlier runs, oldest first. It is asked once. */
export function createLearnedTracks(history: () => readonly Outcome[]): LearnedTracks {
  let tracks: readonly Track[] | null = null;
  /** Oldest first. */
  const waiting: Outcome[] = [];
  const now = (): readonly Track[] => {
    tracks ??= tracksAfter([], history());
    if (waiting.length > 0) {
      tracks = tracksAfter(tracks, waiting);
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

/** The tracks with what came after them, as new ones. */
function tracksAfter(tracks: readonly Track[], outcomes: readonly Outcome[]): readonly Track[] {
  const after = tracks.slice();
  for (const outcome of outcomes) {
    let place = 0;
    for (const { model, operation } of after) {
      if (model === outcome.model && operation === outcome.operation) break;
      place += 1;
    }
    after[place] = trackAfter(after[place] ?? null, outcome);
  }
  return after;
}
