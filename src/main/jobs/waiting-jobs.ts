import type { Job } from '../../shared/models/job.ts';
import type { Reader } from '../database/database.ts';
import { queuedJobsIn } from '../database/queued-jobs.ts';

/** Jobs of one lane that are looked at, at most, to find one that may run. */
const lookAhead = 100;
const firstPage = 4;

interface Lane {
  page: readonly Job[];
  /** Of the page. */
  at: number;
  /** How many jobs were asked for so far. */
  asked: number;
  isRead: boolean;
}

/** Jobs that wait, by their lanes. */
export interface WaitingJobs {
  /** The next one in the order of the queue, whatever its lane; null: there are no more. */
  next(): { readonly job: Job; readonly lane: string } | null;
  /** Nobody wants more of this lane. */
  leave(lane: string): void;
}

/** Reads as few of them as are asked for: while a long queue is worked on, most are looked at only when others have ended. */
export function readWaitingJobs(reader: Reader, lanes: readonly string[]): WaitingJobs {
  const open = new Map(lanes.map((lane): [string, Lane] => [lane, { page: [], at: 0, asked: 0, isRead: false }]));
  const headOf = (id: string, lane: Lane): Job | null => {
    const head = lane.page[lane.at];
    if (head || lane.isRead) return head ?? null;
    const limit = Math.min(lookAhead - lane.asked, Math.max(firstPage, lane.asked));
    lane.page = queuedJobsIn(reader, id, { after: lane.page.at(-1)?.position ?? -Infinity, limit });
    lane.at = 0;
    lane.asked += limit;
    lane.isRead = lane.page.length < limit || lane.asked >= lookAhead;
    return lane.page[0] ?? null;
  };
  return {
    next: () => {
      let first: { job: Job; id: string; lane: Lane } | null = null;
      for (const [id, lane] of open) {
        const job = headOf(id, lane);
        if (job === null) open.delete(id);
        else if (first === null || job.position < first.job.position) first = { job, id, lane };
      }
      if (first === null) return null;
      first.lane.at += 1;
      return { job: first.job, lane: first.id };
    },
    leave: (lane) => {
      open.delete(lane);
    },
  };
}
