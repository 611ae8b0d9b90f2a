import type { Job } from '../../shared/models/job.ts';
import type { ResolvedPrompt } from '../../shared/models/prompt-stages.ts';
import type { Reader, Writer } from './database.ts';
import { jobColumns, toJob, type JobRow } from './job-row.ts';

// What waits, in the order of `position`; `jobs.ts` has what is kept of any job.

export type NewJob = Pick<Job, 'id' | 'request' | 'createdAt' | 'agreedUsd'> & {
  /** What came of wildcards, choices and variables, for each image; null: there are none. */
  readonly resolved?: readonly ResolvedPrompt[] | null;
};

/** Puts jobs at the end of the queue, or in front of it, in the given order. */
export function insertJobs(writer: Writer, jobs: readonly NewJob[], front: boolean): Job[] {
  const edge = front ? firstPosition(writer) - jobs.length : lastPosition(writer) + 1;
  return jobs.map(({ resolved, ...job }, index) => {
    const position = edge + index;
    writer.run(
      `INSERT INTO jobs (id, state, request, position, created_at, agreed_usd, resolved) VALUES (?, 'queued', ?, ?, ?, ?, ?)`,
      job.id,
      JSON.stringify(job.request),
      position,
      job.createdAt,
      job.agreedUsd,
      resolved ? JSON.stringify(resolved) : null,
    );
    return { ...job, state: 'queued', position, startedAt: null, endedAt: null, error: null, imageIds: [] };
  });
}

/** Puts an ended job back to the end of the queue. */
export function requeue(writer: Writer, id: string): void {
  writer.run(
    `UPDATE jobs SET state = 'queued', position = ?, started_at = NULL, ended_at = NULL, error = NULL, cleared = 0, cancel_requested = 0 WHERE id = ?`,
    lastPosition(writer) + 1,
    id,
  );
}

/** Lets a running job wait again, at the place it had. */
export function putBack(writer: Writer, id: string): void {
  writer.run(`UPDATE jobs SET state = 'queued' WHERE id = ? AND state = 'running'`, id);
}

/** Jobs that were given up although a provider still has work of theirs under way wait again. */
export function requeueAccepted(writer: Writer): void {
  writer.run(
    `UPDATE jobs SET state = 'queued', ended_at = NULL, error = NULL WHERE cleared = 0 AND state = 'failed'
       AND id IN (SELECT job_id FROM attempts INDEXED BY attempts_open WHERE attempts.state IN ('sending', 'pending'))`,
  );
}

/** In the order they will run. */
export function queuedJobs(reader: Reader, limit: number): Job[] {
  return reader
    .all<JobRow>(
      `SELECT ${jobColumns} FROM jobs INDEXED BY jobs_waiting WHERE state = 'queued' ORDER BY position LIMIT ?`,
      limit,
    )
    .map((row) => toJob(reader, row));
}

export function firstQueuedId(reader: Reader): string | null {
  return (
    reader.get<{ id: string }>(
      `SELECT id FROM jobs INDEXED BY jobs_waiting WHERE state = 'queued' ORDER BY position LIMIT ?`,
      1,
    )?.id ?? null
  );
}

/**
 * The lanes in which jobs wait, each once: a provider's id where only that one may do them, else a JSON array. One step in the
 * index for each.
 */
export function lanesOfQueued(reader: Reader): string[] {
  const first = `SELECT min(lane) AS lane FROM jobs INDEXED BY jobs_waiting_in WHERE state = 'queued'`;
  const lanes: string[] = [];
  for (;;) {
    const last = lanes.at(-1);
    const next =
      last === undefined
        ? reader.get<{ lane: string | null }>(first)
        : reader.get<{ lane: string | null }>(`${first} AND lane > ?`, last);
    if (next?.lane === undefined || next.lane === null) return lanes;
    lanes.push(next.lane);
  }
}

/** Those of a lane behind this position, in the order in which they will run. */
export function queuedJobsIn(reader: Reader, lane: string, page: { after: number; limit: number }): Job[] {
  return reader
    .all<JobRow>(
      `SELECT ${jobColumns} FROM jobs INDEXED BY jobs_waiting_in WHERE state = 'queued' AND lane = ? AND position > ? ORDER BY position LIMIT ?`,
      lane,
      page.after,
      page.limit,
    )
    .map((row) => toJob(reader, row));
}

/** Those that went back to the queue while a provider still works on them. */
export function queuedJobsAtWork(reader: Reader): Job[] {
  return reader
    .all<JobRow>(
      `SELECT ${jobColumns} FROM jobs WHERE state = 'queued'
         AND id IN (SELECT job_id FROM attempts INDEXED BY attempts_open WHERE attempts.state IN ('sending', 'pending'))`,
    )
    .sort((one, other) => one.position - other.position)
    .map((row) => toJob(reader, row));
}

/** Moves a queued job in front of `before`, or to the end. Positions are halved until they touch, then dealt anew. */
export function moveQueued(writer: Writer, id: string, before: string | null): void {
  const last = `SELECT max(position) AS at FROM jobs INDEXED BY jobs_waiting WHERE state = 'queued' AND id <> ?`;
  if (before === null) {
    const end = writer.get<{ at: number | null }>(last, id)?.at ?? 0;
    writer.run(`UPDATE jobs SET position = ? WHERE id = ? AND state = 'queued'`, end + 1, id);
    return;
  }
  const right = writer.get<{ at: number }>(
    `SELECT position AS at FROM jobs WHERE id = ? AND state = 'queued'`,
    before,
  )?.at;
  if (right === undefined) return;
  const left = writer.get<{ at: number | null }>(
    `SELECT max(position) AS at FROM jobs INDEXED BY jobs_waiting WHERE state = 'queued' AND position < ? AND id <> ?`,
    right,
    id,
  )?.at;
  const between = left === null || left === undefined ? right - 1 : (left + right) / 2;
  if (left !== null && left !== undefined && (between <= left || between >= right)) {
    dealPositions(writer);
    moveQueued(writer, id, before);
    return;
  }
  writer.run(`UPDATE jobs SET position = ? WHERE id = ? AND state = 'queued'`, between, id);
}

function dealPositions(writer: Writer): void {
  const ids = writer.all<{ id: string }>(`SELECT id FROM jobs WHERE state = 'queued' ORDER BY position`);
  ids.forEach(({ id }, index) => writer.run(`UPDATE jobs SET position = ? WHERE id = ?`, index + 1, id));
}

/** All that wait, but those of which a provider still has work under way. */
export function cancelAllQueued(writer: Writer, at: number): string[] {
  return writer
    .all<{ id: string }>(
      `UPDATE jobs SET state = 'cancelled', ended_at = ?, error = NULL WHERE state = 'queued'
         AND NOT EXISTS (SELECT 1 FROM attempts WHERE job_id = jobs.id AND attempts.state IN ('sending', 'pending'))
       RETURNING id`,
      at,
    )
    .map(({ id }) => id);
}

// Unless its index is named, SQLite reads every queued job for either end.
function firstPosition(reader: Reader): number {
  return (
    reader.get<{ at: number | null }>(
      `SELECT min(position) AS at FROM jobs INDEXED BY jobs_waiting WHERE state = 'queued'`,
    )?.at ?? 0
  );
}

function lastPosition(reader: Reader): number {
  return (
    reader.get<{ at: number | null }>(
      `SELECT max(position) AS at FROM jobs INDEXED BY jobs_waiting WHERE state = 'queued'`,
    )?.at ?? 0
  );
}
