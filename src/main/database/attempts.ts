import type { ErrorReport } from '../../shared/errors.ts';
import type { Cost } from '../../shared/models/cost.ts';
import type { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Attempt } from '../../shared/models/job.ts';
import { z } from 'zod';
import { costFromColumns, type CostColumns } from './cost-columns.ts';
import type { Reader, Writer } from './database.ts';
import { droppedFromJson, errorFromJson, requestFromJson, routeFromJson, stagesFromJson } from './json-columns.ts';
import { countUsage, uncountUsage } from './usage.ts';

/** What the queue knows of an attempt beyond what it shows: how to find it again at the service. */
export interface StoredAttempt extends Attempt {
  readonly jobId: string;
  readonly firstIndex: number;
  readonly imageCount: number;
  /** As it was sent. */
  readonly request: GenerationRequest;
  readonly task: Task | null;
}

/** The provider's own record of its work for us, as JSON. */
const Task = z.looseObject({ remoteId: z.string() }).catchall(z.union([z.string(), z.number(), z.boolean(), z.null()]));
type Task = z.infer<typeof Task>;

interface AttemptRow extends CostColumns {
  readonly id: string;
  readonly jobId: string;
  readonly number: number;
  readonly firstIndex: number;
  readonly imageCount: number;
  readonly provider: string;
  readonly model: string;
  readonly state: Attempt['state'];
  readonly request: string;
  readonly dropped: string;
  readonly task: string | null;
  readonly remoteId: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly error: string | null;
  readonly reservedUsd: number | null;
  readonly route: string | null;
  readonly stages: string | null;
}

const columns = `id, job_id AS jobId, number, first_index AS firstIndex, image_count AS imageCount, provider, model, state,
  request, dropped, task, remote_id AS remoteId, started_at AS startedAt, ended_at AS endedAt, error,
  cost_kind AS costKind, cost_usd AS costUsd, reserved_usd AS reservedUsd, route, stages`;

function toAttempt({ costKind, costUsd, ...row }: AttemptRow): StoredAttempt {
  return {
    ...row,
    request: requestFromJson(row.request),
    dropped: droppedFromJson(row.dropped),
    task: row.task === null ? null : Task.parse(JSON.parse(row.task)),
    error: errorFromJson(row.error),
    route: routeFromJson(row.route),
    stages: stagesFromJson(row.stages),
    cost: costFromColumns({ costKind, costUsd }),
  };
}

export type NewAttempt = Pick<
  StoredAttempt,
  | 'id'
  | 'jobId'
  | 'firstIndex'
  | 'imageCount'
  | 'provider'
  | 'model'
  | 'request'
  | 'dropped'
  | 'task'
  | 'startedAt'
  | 'reservedUsd'
  | 'route'
> & {
  readonly stages?: StoredAttempt['stages'];
  /** Its row in the history of prompts; null: it has no words. */
  readonly promptId?: number | null;
};

/** Written before anything leaves, so that whatever happens afterwards can be looked up. */
export function insertAttempt(writer: Writer, attempt: NewAttempt): void {
  const number =
    writer.get<{ next: number }>(`SELECT count(*) + 1 AS next FROM attempts WHERE job_id = ?`, attempt.jobId)?.next ??
    1;
  writer.run(
    `INSERT INTO attempts (id, job_id, number, first_index, image_count, provider, model, state, request, dropped, task, remote_id, started_at, reserved_usd, route, stages, prompt_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'sending', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    attempt.id,
    attempt.jobId,
    number,
    attempt.firstIndex,
    attempt.imageCount,
    attempt.provider,
    attempt.model,
    JSON.stringify(attempt.request),
    JSON.stringify(attempt.dropped),
    attempt.task ? JSON.stringify(attempt.task) : null,
    attempt.task?.remoteId ?? null,
    attempt.startedAt,
    attempt.reservedUsd,
    attempt.route ? JSON.stringify(attempt.route) : null,
    attempt.stages ? JSON.stringify(attempt.stages) : null,
    attempt.promptId ?? null,
  );
}

/** The service has accepted it and gave it this name. */
export function saveTask(writer: Writer, id: string, task: { readonly remoteId: string }): void {
  writer.run(
    `UPDATE attempts SET state = 'pending', task = ?, remote_id = ? WHERE id = ?`,
    JSON.stringify(task),
    task.remoteId,
    id,
  );
}

/** One whose outcome was not known was found at the service after all. */
export function reopenAttempt(writer: Writer, id: string, task: { readonly remoteId: string }): void {
  uncountUsage(writer, id);
  writer.run(
    `UPDATE attempts SET state = 'pending', task = ?, remote_id = ?, ended_at = NULL, error = NULL WHERE id = ?`,
    JSON.stringify(task),
    task.remoteId,
    id,
  );
}

export function endAttempt(
  writer: Writer,
  id: string,
  end: { state: 'succeeded' | 'failed' | 'cancelled' | 'unknown'; at: number; error?: ErrorReport; cost?: Cost },
): void {
  const cost = end.cost ?? { kind: 'unknown' };
  uncountUsage(writer, id);
  writer.run(
    `UPDATE attempts SET state = ?, ended_at = ?, error = ?, cost_kind = ?, cost_usd = ? WHERE id = ?`,
    end.state,
    end.at,
    end.error ? JSON.stringify(end.error) : null,
    cost.kind,
    cost.kind === 'unknown' ? null : cost.usd,
    id,
  );
  countUsage(writer, id);
}

export function attemptsOfJob(reader: Reader, jobId: string): StoredAttempt[] {
  return reader
    .all<AttemptRow>(`SELECT ${columns} FROM attempts WHERE job_id = ? ORDER BY number`, jobId)
    .map(toAttempt);
}

/** The one attempt of a job that has not ended, if any: what a restart takes up. */
export function openAttempt(reader: Reader, jobId: string): StoredAttempt | null {
  const row = reader.get<AttemptRow>(
    `SELECT ${columns} FROM attempts WHERE job_id = ? AND state IN ('sending', 'pending')`,
    jobId,
  );
  return row ? toAttempt(row) : null;
}

/** The attempt of a job whose outcome is not known, while the user has not decided about it. */
export function unansweredAttempt(reader: Reader, jobId: string): StoredAttempt | null {
  const row = reader.get<AttemptRow>(
    `SELECT ${columns} FROM attempts WHERE job_id = ? AND state = 'unknown' AND answered = 0`,
    jobId,
  );
  return row ? toAttempt(row) : null;
}

/** An attempt that ended with fewer pictures than it was to make, while the user has not decided about the missing ones. */
export function shortAttempt(reader: Reader, jobId: string): StoredAttempt | null {
  const row = reader.get<AttemptRow>(
    `SELECT ${columns} FROM attempts WHERE job_id = ? AND state = 'succeeded' AND answered = 0
       AND image_count > (SELECT count(*) FROM images WHERE attempt_id = attempts.id) LIMIT ?`,
    jobId,
    1,
  );
  return row ? toAttempt(row) : null;
}

/** The user has decided about what is unknown or missing of a job's attempts. */
export function markAnswered(writer: Writer, jobId: string): void {
  writer.run(`UPDATE attempts SET answered = 1 WHERE job_id = ? AND state IN ('unknown', 'succeeded')`, jobId);
}

/** Whether this piece of work of a provider belongs to another attempt already. */
export function isTaskOfAnother(
  reader: Reader,
  task: { provider: string; remoteId: string; attemptId: string },
): boolean {
  return (
    reader.get<{ id: string }>(
      `SELECT id FROM attempts WHERE provider = ? AND remote_id = ? AND id <> ? LIMIT ?`,
      task.provider,
      task.remoteId,
      task.attemptId,
      1,
    ) !== undefined
  );
}

export function attemptById(reader: Reader, id: string): StoredAttempt | null {
  const row = reader.get<AttemptRow>(`SELECT ${columns} FROM attempts WHERE id = ?`, id);
  return row ? toAttempt(row) : null;
}

/** All that have not ended, as far as the books say. */
export function openAttempts(reader: Reader): { id: string; jobId: string; provider: string }[] {
  return reader.all(
    `SELECT id, job_id AS jobId, provider FROM attempts INDEXED BY attempts_open WHERE state IN ('sending', 'pending') LIMIT ?`,
    10_000,
  );
}

/** Whether an attempt at this provider is under way, as far as the books say. */
export function isAtWork(reader: Reader, provider: string): boolean {
  const sql = `SELECT 1 FROM attempts INDEXED BY attempts_open WHERE state IN ('sending', 'pending') AND provider = ? LIMIT 1`;
  return reader.get(sql, provider) !== undefined;
}
