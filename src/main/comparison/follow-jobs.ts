import type { Comparison } from '../../shared/models/comparison.ts';
import type { AppEvent } from '../../shared/models/events.ts';
import { comparisonById, endComparison, openComparisonJobs, type StoredComparison } from '../database/comparisons.ts';
import type { Database, Writer } from '../database/database.ts';
import { modelScore, putModelScore } from '../database/model-scores.ts';
import type { Events } from '../events.ts';
import { countVotes } from './count-votes.ts';
import { standingOf } from './standing.ts';

/**
 * Ends a comparison where nothing more can come of it, or where `as` says so: names are shown from then on, and its votes are
 * counted. Not before: points that move while it is blind would tell who is who.
 */
export function endNow(writer: Writer, comparison: StoredComparison, at: number, as?: 'done' | 'cancelled'): void {
  const state = as ?? standingOf(comparison).ends;
  if (state === null) return;
  const { scores, points } = countVotes(comparison, (which) => modelScore(writer, which));
  for (const score of scores) putModelScore(writer, score);
  endComparison(writer, comparison.id, { state, at, points });
}

/** Lets open comparisons go on with what their jobs bring; begins with what came while nobody looked. */
export function followJobs({
  database,
  events,
  tell,
  onScores,
  now,
}: {
  database: Database;
  events: Events;
  tell: (id: string) => Comparison;
  onScores: () => void;
  now: () => number;
}) {
  /** Job to comparison, of the open ones. */
  const open = new Map<string, string>();
  for (const { id, jobId } of openComparisonJobs(database.read)) open.set(jobId, id);

  const refresh = (id: string): void => {
    const before = comparisonById(database.read, id);
    if (before?.state === 'open' && standingOf(before).ends === null) return;
    database.write((writer) => {
      const comparison = comparisonById(writer, id);
      if (comparison?.state === 'open') endNow(writer, comparison, now());
    });
    const jobs = [...open].flatMap(([jobId, of]) => (of === id ? [jobId] : []));
    for (const jobId of jobs) open.delete(jobId);
    if (jobs.length > 0) onScores();
  };
  const affected = (event: AppEvent): string[] => {
    switch (event.kind) {
      case 'jobChanged':
        return [open.get(event.job.id) ?? []].flat();
      case 'imagesRemoved':
      case 'imagesRestored':
        // Open ones are few, and a picture that has gone can't be found in its entry any more.
        return [...new Set(open.values())];
      default:
        return [];
    }
  };

  for (const id of new Set(open.values())) refresh(id);
  const stop = events.listen((event) => {
    for (const id of affected(event)) {
      refresh(id);
      tell(id);
    }
  });
  return {
    add: (id: string): void => {
      for (const { jobId } of comparisonById(database.read, id)?.entries ?? []) open.set(jobId, id);
      // A quick job may have ended before anybody followed it.
      refresh(id);
    },
    refresh,
    stop,
  };
}
