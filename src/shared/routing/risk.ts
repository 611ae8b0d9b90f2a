import type { Breaker, BreakerRule, Track } from '../models/routing.ts';
import { coolDownMs } from './breaker.ts';
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

/** With more openings than this the cool-down has long stopped growing. */
const growingOpenings = 20;

/**
 * How likely an outage is over, 0 to 1, for a provider that may be tried again: one that has lasted an hour is even an hour
 * later. `breaker` as it is kept, so that it tells when its cool-down ended. 1 where there is no outage.
 */
export function chanceOfReturn({ state, until, openings }: Breaker, rule: BreakerRule, now: number): number {
  if (state === 'closed' || openings === 0) return 1;
  const last = coolDownMs(rule, openings);
  let lasted = last * Math.max(0, openings - growingOpenings);
  for (let opening = 1; opening <= Math.min(openings, growingOpenings); opening += 1)
    lasted += coolDownMs(rule, opening);
  const since = last + Math.max(0, now - (until ?? now));
  return since / (lasted + since);
}
