import type { Job, JobState } from '../../shared/models/job.ts';
import type { Reader } from './database.ts';
import { errorFromJson, requestFromJson } from './json-columns.ts';

export interface JobRow {
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

export const jobColumns = `id, state, request, position, created_at AS createdAt, started_at AS startedAt, ended_at AS endedAt, error,
  agreed_usd AS agreedUsd`;

/** With the ids of its images, which are looked up. */
export function toJob(reader: Reader, row: JobRow): Job {
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
