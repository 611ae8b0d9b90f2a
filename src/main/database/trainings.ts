import { z } from 'zod';
import type { ErrorReport } from '../../shared/errors.ts';
import type { Cost } from '../../shared/models/cost.ts';
import type { TrainedModel, Training, TrainingWish } from '../../shared/models/training.ts';
import { costFromColumns, type CostColumns } from './cost-columns.ts';
import type { Reader, Writer } from './database.ts';
import { errorFromJson } from './json-columns.ts';

/** A training beyond what it shows: how to find it again at the service. */
export interface StoredTraining extends Omit<Training, 'progress'> {
  readonly task: Task | null;
}

/** The provider's own record of its work for us, as JSON. */
const Task = z.looseObject({ remoteId: z.string() }).catchall(z.union([z.string(), z.number(), z.boolean(), z.null()]));
type Task = z.infer<typeof Task>;

interface TrainingRow extends CostColumns {
  readonly id: string;
  readonly state: Training['state'];
  readonly provider: string;
  readonly name: string;
  readonly request: string;
  readonly task: string | null;
  readonly remoteId: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly error: string | null;
  readonly model: string | null;
}

/** What stands in the column `request`; the provider and the name have columns of their own. */
type StoredWish = Pick<Training, 'triggerWord' | 'description' | 'subject' | 'images' | 'steps'>;

const columns = `id, state, provider, name, request, task, remote_id AS remoteId, started_at AS startedAt, ended_at AS endedAt, error,
  cost_kind AS costKind, cost_usd AS costUsd, model`;

function toTraining({ request, costKind, costUsd, ...row }: TrainingRow): StoredTraining {
  return {
    ...row,
    ...(JSON.parse(request) as StoredWish),
    task: row.task === null ? null : Task.parse(JSON.parse(row.task)),
    error: errorFromJson(row.error),
    cost: costFromColumns({ costKind, costUsd }),
    model: row.model === null ? null : (JSON.parse(row.model) as TrainedModel),
  };
}

export function insertTraining(
  writer: Writer,
  id: string,
  { provider, name, triggerWord, description, subject, images, steps }: TrainingWish,
  at: number,
): void {
  const request: StoredWish = { triggerWord, description, subject, images, steps: steps ?? null };
  writer.run(
    `INSERT INTO trainings (id, state, provider, name, request, started_at) VALUES (?, 'queued', ?, ?, ?, ?)`,
    id,
    provider,
    name,
    JSON.stringify(request),
    at,
  );
}

export function trainingById(reader: Reader, id: string): StoredTraining | null {
  const row = reader.get<TrainingRow>(`SELECT ${columns} FROM trainings WHERE id = ?`, id);
  return row ? toTraining(row) : null;
}

/** Newest first. `before` is the last id of the page before. */
export function newestTrainings(
  reader: Reader,
  page: { before?: string | undefined; limit: number },
): StoredTraining[] {
  // Greater than every UUID.
  const { before = 'g', limit } = page;
  return reader
    .all<TrainingRow>(`SELECT ${columns} FROM trainings WHERE id < ? ORDER BY id DESC LIMIT ?`, before, limit)
    .map(toTraining);
}

/** What has not ended, in the order in which it was asked for: what a restart takes up. */
export function openTrainings(reader: Reader): StoredTraining[] {
  return reader
    .all<TrainingRow>(
      `SELECT ${columns} FROM trainings INDEXED BY trainings_open WHERE state IN ('queued', 'sending', 'pending') ORDER BY id LIMIT ?`,
      1000,
    )
    .map(toTraining);
}

/** Those that ended with a model, by provider, the oldest first. */
export function succeededTrainings(reader: Reader): StoredTraining[] {
  return reader
    .all<TrainingRow>(
      `SELECT ${columns} FROM trainings INDEXED BY trainings_done WHERE state = 'succeeded' ORDER BY provider, id LIMIT ?`,
      10_000,
    )
    .map(toTraining);
}

/** Written before anything leaves, so that whatever happens afterwards is known to be open. */
export function markTrainingSending(writer: Writer, id: string): void {
  writer.run(`UPDATE trainings SET state = 'sending' WHERE id = ?`, id);
}

/** The service has accepted it and gave it this name. */
export function saveTrainingTask(writer: Writer, id: string, task: { readonly remoteId: string }): void {
  writer.run(
    `UPDATE trainings SET state = 'pending', task = ?, remote_id = ? WHERE id = ?`,
    JSON.stringify(task),
    task.remoteId,
    id,
  );
}

export interface TrainingEnd {
  readonly state: 'succeeded' | 'failed' | 'cancelled' | 'unknown';
  readonly at: number;
  readonly error?: ErrorReport | null;
  readonly cost?: Cost;
  readonly model?: TrainedModel;
}

export function endTraining(writer: Writer, id: string, end: TrainingEnd): void {
  const cost = end.cost ?? { kind: 'unknown' };
  writer.run(
    `UPDATE trainings SET state = ?, ended_at = ?, error = ?, cost_kind = ?, cost_usd = ?, model = ? WHERE id = ?`,
    end.state,
    end.at,
    end.error ? JSON.stringify(end.error) : null,
    cost.kind,
    cost.kind === 'unknown' ? null : cost.usd,
    end.model ? JSON.stringify(end.model) : null,
    id,
  );
}
