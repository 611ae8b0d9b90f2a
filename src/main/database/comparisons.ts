import type { ErrorReport } from '../../shared/errors.ts';
import type { Comparison, PromptKind, Verdict } from '../../shared/models/comparison.ts';
import type { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { JobState } from '../../shared/models/job.ts';
import type { Reader, Writer } from './database.ts';
import { errorFromJson, requestFromJson } from './json-columns.ts';

export type Pair = readonly [first: string, second: string];

/** One compared model with what its job has come to. */
export interface StoredEntry {
  readonly label: string;
  readonly jobId: string;
  readonly provider: string;
  readonly model: string;
  readonly modelName: string;
  /** Null: the job is no longer in the history. */
  readonly jobState: JobState | null;
  readonly error: ErrorReport | null;
  /** Null while there is none, and where it is in the trash. Sizes are pixels. */
  readonly picture: { readonly id: string; readonly width: number; readonly height: number } | null;
  readonly isTrashed: boolean;
  /** All attempts together; null: not known. */
  readonly usd: number | null;
  readonly isEstimated: boolean;
  /** Null until the comparison has ended. */
  readonly before: number | null;
  readonly after: number | null;
}

/** A comparison with everything that it hides. */
export interface StoredComparison {
  readonly id: string;
  readonly createdAt: number;
  readonly state: 'open' | 'done' | 'cancelled';
  readonly request: GenerationRequest;
  readonly kind: PromptKind;
  readonly maxUsd: number | null;
  /** Every pair once, in the order in which they are asked about. */
  readonly pairs: readonly Pair[];
  /** By label. */
  readonly entries: readonly StoredEntry[];
  readonly votes: Comparison['votes'];
}

interface ComparisonRow {
  readonly id: string;
  readonly createdAt: number;
  readonly state: StoredComparison['state'];
  readonly request: string;
  readonly kind: PromptKind;
  readonly maxUsd: number | null;
  readonly pairs: string;
}

interface EntryRow extends Omit<StoredEntry, 'error' | 'picture' | 'isTrashed' | 'isEstimated'> {
  readonly isEstimated: 0 | 1;
  readonly error: string | null;
  readonly imageId: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly trashedAt: number | null;
}

const columns = `id, created_at AS createdAt, state, request, kind, max_usd AS maxUsd, pairs`;

/** A comparison is made of jobs of one picture each. */
const entriesOf = `SELECT label, entries.job_id AS jobId, entries.provider, entries.model, model_name AS modelName,
    jobs.state AS jobState, jobs.error, images.id AS imageId, images.width, images.height, images.trashed_at AS trashedAt,
    (SELECT CASE WHEN count(*) = count(cost_usd) THEN total(cost_usd) END FROM attempts WHERE attempts.job_id = entries.job_id) AS usd,
    EXISTS (SELECT 1 FROM attempts WHERE attempts.job_id = entries.job_id AND cost_kind = 'estimated') AS isEstimated,
    points_before AS before, points_after AS after
  FROM comparison_entries AS entries
  LEFT JOIN jobs ON jobs.id = entries.job_id
  LEFT JOIN images ON images.job_id = entries.job_id AND images.image_index = 0
  WHERE comparison_id = ? ORDER BY label`;

function toEntry({ error, isEstimated, imageId, width, height, trashedAt, ...row }: EntryRow): StoredEntry {
  // Until its job has ended, the file of an image may still be on its way to its place.
  const hasEnded = row.jobState !== 'queued' && row.jobState !== 'running';
  const isThere = hasEnded && imageId !== null && width !== null && height !== null && trashedAt === null;
  return {
    ...row,
    error: errorFromJson(error),
    picture: isThere ? { id: imageId, width, height } : null,
    isTrashed: trashedAt !== null,
    isEstimated: isEstimated === 1,
  };
}

function toComparison(reader: Reader, row: ComparisonRow): StoredComparison {
  return {
    ...row,
    request: requestFromJson(row.request),
    pairs: JSON.parse(row.pairs) as Pair[],
    entries: reader.all<EntryRow>(entriesOf, row.id).map(toEntry),
    votes: reader.all<Comparison['votes'][number]>(
      `SELECT first, second, verdict, at FROM comparison_votes WHERE comparison_id = ? ORDER BY number`,
      row.id,
    ),
  };
}

export type NewComparison = Pick<StoredComparison, 'id' | 'createdAt' | 'request' | 'kind' | 'maxUsd' | 'pairs'> & {
  readonly entries: readonly Pick<StoredEntry, 'label' | 'jobId' | 'provider' | 'model' | 'modelName'>[];
};

export function insertComparison(writer: Writer, comparison: NewComparison): void {
  const { id, createdAt, request, kind, maxUsd, pairs, entries } = comparison;
  writer.run(
    `INSERT INTO comparisons (id, created_at, request, kind, max_usd, pairs) VALUES (?, ?, ?, ?, ?, ?)`,
    id,
    createdAt,
    JSON.stringify(request),
    kind,
    maxUsd,
    JSON.stringify(pairs),
  );
  for (const { label, jobId, provider, model, modelName } of entries) {
    writer.run(
      `INSERT INTO comparison_entries (comparison_id, label, job_id, provider, model, model_name) VALUES (?, ?, ?, ?, ?, ?)`,
      id,
      label,
      jobId,
      provider,
      model,
      modelName,
    );
  }
}

export function comparisonById(reader: Reader, id: string): StoredComparison | null {
  const row = reader.get<ComparisonRow>(`SELECT ${columns} FROM comparisons WHERE id = ?`, id);
  return row ? toComparison(reader, row) : null;
}

/** Newest first. `before` is the last id of the page before. */
export function newestComparisons(
  reader: Reader,
  page: { before?: string | undefined; limit: number },
): StoredComparison[] {
  // Greater than every UUID.
  const { before = 'g', limit } = page;
  return reader
    .all<ComparisonRow>(`SELECT ${columns} FROM comparisons WHERE id < ? ORDER BY id DESC LIMIT ?`, before, limit)
    .map((row) => toComparison(reader, row));
}

/** Those that wait for pictures or for votes, with their jobs. */
export function openComparisonJobs(reader: Reader): { id: string; jobId: string }[] {
  return reader.all<{ id: string; jobId: string }>(
    `SELECT comparisons.id, job_id AS jobId FROM comparisons INDEXED BY comparisons_open
       JOIN comparison_entries ON comparison_id = comparisons.id WHERE comparisons.state = 'open' LIMIT ?`,
    10_000,
  );
}

export function insertVote(
  writer: Writer,
  id: string,
  vote: { number: number; first: string; second: string; verdict: Verdict; at: number },
): void {
  writer.run(
    `INSERT INTO comparison_votes (comparison_id, number, first, second, verdict, at) VALUES (?, ?, ?, ?, ?, ?)`,
    id,
    vote.number,
    vote.first,
    vote.second,
    vote.verdict,
    vote.at,
  );
}

export function endComparison(
  writer: Writer,
  id: string,
  end: {
    state: 'done' | 'cancelled';
    at: number;
    points: readonly { label: string; before: number; after: number }[];
  },
): void {
  writer.run(`UPDATE comparisons SET state = ?, ended_at = ? WHERE id = ?`, end.state, end.at, id);
  for (const { label, before, after } of end.points) {
    writer.run(
      `UPDATE comparison_entries SET points_before = ?, points_after = ? WHERE comparison_id = ? AND label = ?`,
      before,
      after,
      id,
      label,
    );
  }
}
