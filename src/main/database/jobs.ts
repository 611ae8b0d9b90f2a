import type { ErrorReport } from '../../shared/errors.ts';
import type { Job, JobState } from '../../shared/models/job.ts';
import type { QueueState } from '../../shared/models/events.ts';
import type { ResolvedPrompt } from '../../shared/models/prompt-stages.ts';
import type { Reader, Writer } from './database.ts';
import { isQueuePaused } from './facts.ts';
import { jobColumns, toJob, type JobRow } from './job-row.ts';
import { resolvedFromJson } from './json-columns.ts';

export function jobById(reader: Reader, id: string): Job | null {
  const row = reader.get<JobRow>(`SELECT ${jobColumns} FROM jobs WHERE id = ?`, id);
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
        `SELECT ${jobColumns} FROM jobs WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?`,
        options.state,
        before,
        options.limit,
      )
    : reader.all<JobRow>(`SELECT ${jobColumns} FROM jobs WHERE id < ? ORDER BY id DESC LIMIT ?`, before, options.limit);
  return rows.map((row) => toJob(reader, row));
}

export function runningJobs(reader: Reader): Job[] {
  return reader
    .all<JobRow>(
      `SELECT ${jobColumns} FROM jobs INDEXED BY jobs_running WHERE state = 'running' ORDER BY position LIMIT ?`,
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
      `SELECT ${jobColumns} FROM jobs INDEXED BY jobs_shown WHERE cleared = 0 AND state IN ('succeeded', 'failed', 'cancelled', 'needs_attention') ORDER BY id DESC LIMIT ?`,
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

/** The user has agreed to this price of the whole job, in US dollars. */
export function agreeToPrice(writer: Writer, id: string, usd: number): void {
  writer.run(`UPDATE jobs SET agreed_usd = ? WHERE id = ?`, usd, id);
}

export function requestCancel(writer: Writer, id: string): void {
  writer.run(`UPDATE jobs SET cancel_requested = 1 WHERE id = ?`, id);
}

export function isCancelRequested(reader: Reader, id: string): boolean {
  return reader.get<{ asked: number }>(`SELECT cancel_requested AS asked FROM jobs WHERE id = ?`, id)?.asked === 1;
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
