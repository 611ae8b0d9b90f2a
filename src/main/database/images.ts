import type { Image, ImageFormat, ImageSummary } from '../../shared/models/image.ts';
import { costFromColumns, type CostColumns } from './cost-columns.ts';
import type { Reader, Writer } from './database.ts';
import { droppedFromJson, requestFromJson, stagesFromJson } from './json-columns.ts';

/** Sequence numbers per bucket of the gallery; the triggers of migration 1 shift by its logarithm. */
export const bucketSize = 256;

interface ImageRow extends CostColumns {
  readonly id: string;
  readonly sequence: number;
  readonly jobId: string | null;
  readonly attemptId: string | null;
  readonly index: number;
  readonly hash: string;
  readonly bytes: number;
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  readonly createdAt: number;
  readonly project: string;
  readonly provider: string;
  readonly model: string;
  readonly seed: number | null;
  readonly request: string;
  readonly dropped: string;
  readonly remoteId: string | null;
  readonly generationMs: number | null;
  readonly notAi: 0 | 1;
  readonly trashedAt: number | null;
  readonly path: string;
  readonly revisedPrompt: string | null;
  readonly stages: string | null;
  readonly altText: string | null;
  readonly rating: number | null;
}

/** Stars are in a table of their own. */
export const ratingColumn = `(SELECT rating FROM image_ratings WHERE image_ratings.sequence = images.sequence) AS rating`;

const columns = `id, sequence, job_id AS jobId, attempt_id AS attemptId, image_index AS "index", hash, bytes, format, width, height,
  created_at AS createdAt, project, provider, model, seed, request, dropped, remote_id AS remoteId, cost_kind AS costKind,
  cost_usd AS costUsd, generation_ms AS generationMs, not_ai AS notAi, trashed_at AS trashedAt, path, revised_prompt AS revisedPrompt,
  stages, alt_text AS altText, ${ratingColumn}`;

const summaryColumns = `id, sequence, hash, width, height, substr(prompt, 1, 200) AS prompt, alt_text AS altText,
  ${ratingColumn}`;

/** Field by field: spreading rows is a fifth of the time of a page. */
function toImage(row: ImageRow): Image {
  return {
    id: row.id,
    sequence: row.sequence,
    jobId: row.jobId,
    attemptId: row.attemptId,
    index: row.index,
    hash: row.hash,
    bytes: row.bytes,
    format: row.format,
    width: row.width,
    height: row.height,
    createdAt: row.createdAt,
    project: row.project,
    provider: row.provider,
    model: row.model,
    seed: row.seed,
    request: requestFromJson(row.request),
    dropped: droppedFromJson(row.dropped),
    remoteId: row.remoteId,
    cost: costFromColumns(row),
    generationMs: row.generationMs,
    notAi: row.notAi === 1,
    trashedAt: row.trashedAt,
    path: row.path,
    revisedPrompt: row.revisedPrompt,
    stages: stagesFromJson(row.stages),
    altText: row.altText,
    rating: row.rating,
  };
}

export type NewImage = Omit<Image, 'sequence' | 'trashedAt' | 'altText' | 'rating'>;

/** Answers false where this result has its row already: a repeated settlement changes nothing. */
export function insertImage(writer: Writer, image: NewImage): boolean {
  const changes = writer.run(
    `INSERT INTO images (id, job_id, attempt_id, image_index, hash, bytes, format, width, height, created_at, project, provider, model,
       seed, prompt, request, dropped, remote_id, cost_kind, cost_usd, generation_ms, not_ai, path, revised_prompt, stages)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (job_id, image_index) WHERE job_id IS NOT NULL DO NOTHING`,
    image.id,
    image.jobId,
    image.attemptId,
    image.index,
    image.hash,
    image.bytes,
    image.format,
    image.width,
    image.height,
    image.createdAt,
    image.project,
    image.provider,
    image.model,
    image.seed,
    image.request.prompt,
    JSON.stringify(image.request),
    JSON.stringify(image.dropped),
    image.remoteId,
    image.cost.kind,
    image.cost.kind === 'unknown' ? null : image.cost.usd,
    image.generationMs,
    image.notAi ? 1 : 0,
    image.path,
    image.revisedPrompt,
    image.stages ? JSON.stringify(image.stages) : null,
  );
  return changes === 1;
}

export function imageById(reader: Reader, id: string): Image | null {
  const row = reader.get<ImageRow>(`SELECT ${columns} FROM images WHERE id = ?`, id);
  return row ? toImage(row) : null;
}

export function imageSummary(reader: Reader, id: string): ImageSummary | null {
  return reader.get<ImageSummary>(`SELECT ${summaryColumns} FROM images WHERE id = ?`, id) ?? null;
}

export function imageIndexesOfJob(reader: Reader, jobId: string): number[] {
  return reader
    .all<{ at: number }>(`SELECT image_index AS at FROM images WHERE job_id = ? ORDER BY image_index`, jobId)
    .map(({ at }) => at);
}

/** The SHA-256 of each picture of a job, in hex. */
/** `path`: where its file is to be, below the library's root. */
export function imageFilesOfJob(reader: Reader, jobId: string): { readonly hash: string; readonly path: string }[] {
  return reader.all(`SELECT hash, path FROM images WHERE job_id = ? ORDER BY image_index`, jobId);
}

/** Newest first; `before` is a sequence number. */
export function newestImages(reader: Reader, options: { limit: number; before?: number; project?: string }): Image[] {
  const before = options.before ?? Number.MAX_SAFE_INTEGER;
  const rows =
    options.project === undefined
      ? reader.all<ImageRow>(
          `SELECT ${columns} FROM images WHERE trashed_at IS NULL AND sequence < ? ORDER BY sequence DESC LIMIT ?`,
          before,
          options.limit,
        )
      : reader.all<ImageRow>(
          `SELECT ${columns} FROM images WHERE trashed_at IS NULL AND project = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?`,
          options.project,
          before,
          options.limit,
        );
  return rows.map(toImage);
}

/** One [bucket, images] pair for each bucket with images, newest first. */
export function bucketCounts(reader: Reader): [number, number][] {
  return reader
    .all<{ bucket: number; images: number }>(`SELECT bucket, images FROM image_buckets ORDER BY bucket DESC`)
    .filter(({ images }) => images > 0)
    .map(({ bucket, images }) => [bucket, images]);
}

/** The images of one bucket, newest first. */
export function imagesInBucket(reader: Reader, bucket: number): ImageSummary[] {
  return reader.all<ImageSummary>(
    `SELECT ${summaryColumns} FROM images WHERE sequence BETWEEN ? AND ? AND trashed_at IS NULL ORDER BY sequence DESC`,
    bucket * bucketSize,
    bucket * bucketSize + bucketSize - 1,
  );
}

/** All images, the trashed ones too, in steps of `limit` by sequence: for checks that read everything. */
export function imagesAfter(reader: Reader, sequence: number, limit: number): Image[] {
  return reader
    .all<ImageRow>(`SELECT ${columns} FROM images WHERE sequence > ? ORDER BY sequence LIMIT ?`, sequence, limit)
    .map(toImage);
}

export function isKnownPath(reader: Reader, path: string): boolean {
  return reader.get<{ id: string }>(`SELECT id FROM images WHERE path = ?`, path) !== undefined;
}

/** Tombstone: the row says where the file is going to be; the move follows. */
export function setTrashed(writer: Writer, id: string, trashedAt: number | null, path: string): void {
  writer.run(`UPDATE images SET trashed_at = ?, path = ? WHERE id = ?`, trashedAt, path, id);
}

export function setAltText(writer: Writer, id: string, altText: string | null): void {
  writer.run(`UPDATE images SET alt_text = ? WHERE id = ?`, altText, id);
}

interface NewMove {
  readonly imageId: string;
  readonly from: string;
  readonly to: string;
}

export interface FileMove extends NewMove {
  /** Never that of another plan, not even of the same move: by it a plan that was made is told from one that came after it. */
  readonly plan: number;
}

const moveColumns = `plan, image_id AS imageId, from_path AS "from", to_path AS "to"`;

/**
 * Written in the transaction that decides where a file belongs. Takes the place of an earlier plan for the same image, and of
 * what that says about where the file is: it may not have been made yet.
 */
export function planMove(writer: Writer, { imageId, from, to }: NewMove): FileMove {
  const planned = writer.get<FileMove>(
    `INSERT OR REPLACE INTO file_moves (image_id, from_path, to_path)
     VALUES (?, coalesce((SELECT from_path FROM file_moves WHERE image_id = ?), ?), ?) RETURNING ${moveColumns}`,
    imageId,
    imageId,
    from,
    to,
  );
  if (!planned) throw new Error('a planned move has no row');
  return planned;
}

export function plannedMoves(reader: Reader, limit: number): FileMove[] {
  return reader.all<FileMove>(`SELECT ${moveColumns} FROM file_moves LIMIT ?`, limit);
}

export function plannedMove(reader: Reader, imageId: string): FileMove | null {
  return reader.get<FileMove>(`SELECT ${moveColumns} FROM file_moves WHERE image_id = ?`, imageId) ?? null;
}

/** Only the plan that was made: a newer one for the same image stays. */
export function forgetMove(writer: Writer, { plan }: Pick<FileMove, 'plan'>): void {
  writer.run(`DELETE FROM file_moves WHERE plan = ?`, plan);
}
