import type { Breaker, Track } from '../models/routing.ts';
import { knownOf } from './tracks.ts';

/** A provider nothing is known of fails so often, by so many outcomes. */
const usualFailures = 0.03;
const usualWeight = 2;
/** What each failure in a row and each opening in a row adds. */
const perFailure = 0.1;
const perOpening = 0.2;

/** How likely the next job fails: the share of failures over all its models, lately, and what its breaker has seen. */
export function riskOf(tracks: readonly Track[], { failuresInARow, openings }: Breaker, now: number): number {
  let failures = usualFailures * usualWeight;
  let weight = usualWeight;
  for (const track of tracks) {
    const known = knownOf(track, now);
    failures += known * (1 - track.success);
    weight += known;
  }
  return failures / weight + perFailure * failuresInARow + perOpening * openings;
}
