import type { ErrorReport } from '../../shared/errors.ts';
import type { Job, JobState } from '../../shared/models/job.ts';
import type { QueueState } from '../../shared/models/events.ts';
import type { ResolvedPrompt } from '../../shared/models/prompt-stages.ts';
import type { Reader, Writer } from './database.ts';
import { isQueuePaused } from './facts.ts';
import { errorFromJson, requestFromJson, resolvedFromJson } from './json-columns.ts';

interface JobRow {
  readonly id: string;
  readonly state: JobState;
  readonly request: string;
  readonly position: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly error: string | null;
  readonly agreedUsd: number | null;
}

const columns = `id, state, request, position, created_at AS createdAt, started_at AS startedAt, ended_at AS endedAt, error,
  agreed_usd AS agreedUsd`;

function toJob(reader: Reader, row: JobRow): Job {
  const imageIds =
    row.state === 'queued'
      ? []
      : reader
          .all<{ id: string }>(`SELECT id FROM images WHERE job_id = ? ORDER BY image_index`, row.id)
          .map(({ id }) => id);
  return {
    ...row,
    request: requestFromJson(row.request),
    error: errorFromJson(row.error),
    imageIds,
  };
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

export function jobById(reader: Reader, id: string): Job | null {
  const row = reader.get<JobRow>(`SELECT ${columns} FROM jobs WHERE id = ?`, id);
  return row ? toJob(reader, row) : null;
}

/** What came of a job's wildcards, choices and variables, for each of its images; null: there were none. */
export function resolvedPrompts(reader: Reader, id: string): ResolvedPrompt[] | null {
  return resolvedFromJson(
    reader.get<{ resolved: string | null }>(`SELECT resolved FROM jobs WHERE id = ?`, id)?.resolved ?? null,
  );
}

/** Newest first. `before` is the last id of the page before. */
export function newestJobs(reader: Reader, options: { state?: JobState; before?: string; limit: number }): Job[] {
  // Greater than every UUID.
  const before = options.before ?? 'g';
  const rows = options.state
    ? reader.all<JobRow>(
        `SELECT ${columns} FROM jobs WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?`,
        options.state,
        before,
        options.limit,
      )
    : reader.all<JobRow>(`SELECT ${columns} FROM jobs WHERE id < ? ORDER BY id DESC LIMIT ?`, before, options.limit);
  return rows.map((row) => toJob(reader, row));
}

/** In the order they will run. */
export function queuedJobs(reader: Reader, limit: number): Job[] {
  return reader
    .all<JobRow>(
      `SELECT ${columns} FROM jobs INDEXED BY jobs_waiting WHERE state = 'queued' ORDER BY position LIMIT ?`,
      limit,
    )
    .map((row) => toJob(reader, row));
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
      `SELECT ${columns} FROM jobs INDEXED BY jobs_waiting_in WHERE state = 'queued' AND lane = ? AND position > ? ORDER BY position LIMIT ?`,
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
      `SELECT ${columns} FROM jobs WHERE state = 'queued'
         AND id IN (SELECT job_id FROM attempts INDEXED BY attempts_open WHERE attempts.state IN ('sending', 'pending'))`,
    )
    .sort((one, other) => one.position - other.position)
    .map((row) => toJob(reader, row));
}

export function runningJobs(reader: Reader): Job[] {
  return reader
    .all<JobRow>(
      `SELECT ${columns} FROM jobs INDEXED BY jobs_running WHERE state = 'running' ORDER BY position LIMIT ?`,
      1000,
    )
    .map((row) => toJob(reader, row));
}

export function runningJobIds(reader: Reader): string[] {
  return reader
    .all<{ id: string }>(
      `SELECT id FROM jobs INDEXED BY jobs_running WHERE state = 'running' ORDER BY position LIMIT ?`,
      1000,
    )
    .map(({ id }) => id);
}

/** What ended and has not been cleared, newest first. */
export function endedJobs(reader: Reader, limit: number): Job[] {
  return reader
    .all<JobRow>(
      `SELECT ${columns} FROM jobs INDEXED BY jobs_shown WHERE cleared = 0 AND state IN ('succeeded', 'failed', 'cancelled', 'needs_attention') ORDER BY id DESC LIMIT ?`,
      limit,
    )
    .map((row) => toJob(reader, row));
}

export function queueState(reader: Reader): QueueState {
  const counts = reader.get<{ queued: number; running: number; failed: number }>(
    `SELECT (SELECT count(*) FROM jobs INDEXED BY jobs_waiting WHERE state = 'queued') AS queued,
            (SELECT count(*) FROM jobs INDEXED BY jobs_running WHERE state = 'running') AS running,
            (SELECT count(*) FROM jobs INDEXED BY jobs_failed WHERE cleared = 0 AND state IN ('failed', 'needs_attention')) AS failed`,
  );
  return {
    paused: isQueuePaused(reader),
    queued: counts?.queued ?? 0,
    running: counts?.running ?? 0,
    failed: counts?.failed ?? 0,
  };
}

export function markRunning(writer: Writer, id: string, at: number): void {
  writer.run(
    `UPDATE jobs SET state = 'running', started_at = coalesce(started_at, ?), ended_at = NULL, error = NULL WHERE id = ?`,
    at,
    id,
  );
}

export function markEnded(
  writer: Writer,
  id: string,
  end: { state: 'succeeded' | 'failed' | 'cancelled' | 'needs_attention'; at: number; error: ErrorReport | null },
): void {
  writer.run(
    `UPDATE jobs SET state = ?, ended_at = ?, error = ?, cancel_requested = 0 WHERE id = ?`,
    end.state,
    end.at,
    end.error ? JSON.stringify(end.error) : null,
    id,
  );
}

/** Lets a running job wait again, at the place it had. */
export function putBack(writer: Writer, id: string): void {
  writer.run(`UPDATE jobs SET state = 'queued' WHERE id = ? AND state = 'running'`, id);
}

/** Puts an ended job back to the end of the queue. */
export function requeue(writer: Writer, id: string): void {
  writer.run(
    `UPDATE jobs SET state = 'queued', position = ?, started_at = NULL, ended_at = NULL, error = NULL, cleared = 0, cancel_requested = 0 WHERE id = ?`,
    lastPosition(writer) + 1,
    id,
  );
}

/** The user has agreed to this price of the whole job, in US dollars. */
export function agreeToPrice(writer: Writer, id: string, usd: number): void {
  writer.run(`UPDATE jobs SET agreed_usd = ? WHERE id = ?`, usd, id);
}

/** Jobs that were given up although a provider still has work of theirs under way wait again. */
export function requeueAccepted(writer: Writer): void {
  writer.run(
    `UPDATE jobs SET state = 'queued', ended_at = NULL, error = NULL WHERE cleared = 0 AND state = 'failed'
       AND id IN (SELECT job_id FROM attempts INDEXED BY attempts_open WHERE attempts.state IN ('sending', 'pending'))`,
  );
}

export function requestCancel(writer: Writer, id: string): void {
  writer.run(`UPDATE jobs SET cancel_requested = 1 WHERE id = ?`, id);
}

export function isCancelRequested(reader: Reader, id: string): boolean {
  return reader.get<{ asked: number }>(`SELECT cancel_requested AS asked FROM jobs WHERE id = ?`, id)?.asked === 1;
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

/** A job that waits for the user's answer stays, and one of which a provider still has work under way. */
export function clearEnded(writer: Writer): string[] {
  return writer
    .all<{ id: string }>(
      `UPDATE jobs INDEXED BY jobs_shown SET cleared = 1
       WHERE cleared = 0 AND state IN ('succeeded', 'failed', 'cancelled', 'needs_attention') AND state <> 'needs_attention'
         AND NOT EXISTS (SELECT 1 FROM attempts WHERE job_id = jobs.id AND attempts.state IN ('sending', 'pending'))
       RETURNING id`,
    )
    .map(({ id }) => id);
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

export function firstQueuedId(reader: Reader): string | null {
  return (
    reader.get<{ id: string }>(
      `SELECT id FROM jobs INDEXED BY jobs_waiting WHERE state = 'queued' ORDER BY position LIMIT ?`,
      1,
    )?.id ?? null
  );
}
