import type { Database } from '../database/database.ts';

/** Of so many images it is known when they were rated last; of those rated longest ago it is forgotten first. */
const mostKnown = 100_000;

/**
 * When each image was rated last, since the library was opened, by a count of what was said. So a long rating leaves what was said
 * while it goes on, and Undo what was said since, in whatever window: only one Easel writes a library.
 */
export interface RatingMoments {
  /** Later than all before, those of an Easel that ran before this one included. */
  readonly next: () => number;
  readonly wasRatedAfter: (id: string, moment: number) => boolean;
  readonly ratedAt: (id: string, moment: number) => void;
}

export function createRatingMoments(now: () => number = Date.now, most = mostKnown): RatingMoments {
  const moments = new Map<string, number>();
  let last = 0;
  return {
    next: () => {
      last = Math.max(last + 1, now());
      return last;
    },
    wasRatedAfter: (id, moment) => (moments.get(id) ?? 0) > moment,
    ratedAt: (id, moment) => {
      moments.delete(id);
      moments.set(id, moment);
      if (moments.size <= most) return;
      const [oldest] = moments.keys();
      if (oldest !== undefined) moments.delete(oldest);
    },
  };
}

const ofDatabases = new WeakMap<Database, RatingMoments>();

/** Those of an open library. */
export function ratingMomentsOf(database: Database): RatingMoments {
  const known = ofDatabases.get(database) ?? createRatingMoments();
  ofDatabases.set(database, known);
  return known;
}
