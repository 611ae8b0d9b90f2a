import Sqlite from 'better-sqlite3';
import { linkSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { endAttempt, insertAttempt } from '../../src/main/database/attempts.ts';
import { createDatabase, type Database, type Writer } from '../../src/main/database/database.ts';
import { insertImage, setTrashed } from '../../src/main/database/images.ts';
import { clearEnded, markEnded } from '../../src/main/database/jobs.ts';
import { insertJobs } from '../../src/main/database/queued-jobs.ts';
import { openDatabase } from '../../src/main/database/open-database.ts';
import { makeFolders } from '../../src/main/files/durable-file.ts';
import { insideLibrary, trashPath } from '../../src/main/files/library-paths.ts';
import { createLibraryRows, type JobRows, type KnownPicture } from './library-rows.ts';
import { makeSharedPictures } from './shared-pictures.ts';

export interface FillOptions {
  readonly root: string;
  readonly images: number;
  /** Results of each job. */
  readonly imagesPerJob: number;
  /** Real pictures, with thumbnails, that the rows share; 0: rows without files. */
  readonly pictures: number;
  /** Also gives every row its original, as a hard link to one of the pictures. */
  readonly originals: boolean;
  readonly onProgress?: (images: number) => void;
}

const rowsPerTransaction = 10_000;
/** Every n-th job ended otherwise than well; every n-th image is in the trash. */
const every = { failed: 40, cancelled: 60, trashed: 50 } as const;
/** Who never clears the queue drawer keeps this part of all jobs in it. */
const shownPart = 0.05;

/** Makes a library with a long past in an empty or missing folder. Ends with ANALYZE, so that plans are those of a grown library. */
export async function fillLibrary(options: FillOptions): Promise<void> {
  const { root, images, imagesPerJob } = options;
  mkdirSync(root, { recursive: true });
  await makeFolders(root);
  const pictures = options.pictures === 0 ? [] : await makeSharedPictures(root, options.pictures);
  const database = openForFilling(root);
  let jobs = 0;
  let done = 0;
  let batch: JobRows[] = [];
  const flush = (): void => {
    database.write((writer) => {
      for (const rows of batch) insertRows(writer, rows, (jobs += 1));
      if (done < images * (1 - shownPart)) clearEnded(writer);
    });
    if (options.originals) linkOriginals(root, batch, pictures);
    done += batch.reduce((sum, rows) => sum + rows.images.length, 0);
    batch = [];
    options.onProgress?.(done);
  };
  for (const rows of createLibraryRows({ images, imagesPerJob, pictures }).jobs()) {
    batch.push(rows);
    if (batch.length * imagesPerJob >= rowsPerTransaction) flush();
  }
  flush();
  database.write((writer) => writer.run('ANALYZE'));
  database.close();
  // Back to the journal that Easel keeps.
  openDatabase(root, 'write').close();
}

/** A crash may cost the whole folder of test data, so nothing is synced on the way. */
function openForFilling(root: string): Database {
  openDatabase(root, 'write').close();
  const path = join(root, 'library.db');
  const connection = new Sqlite(path);
  connection.pragma('journal_mode = MEMORY');
  connection.pragma('synchronous = OFF');
  connection.pragma('cache_size = -200000');
  return createDatabase(connection, path, () => undefined);
}

function insertRows(writer: Writer, { job, attempt, images }: JobRows, number: number): void {
  insertJobs(writer, [job], false);
  insertAttempt(writer, attempt);
  endAttempt(writer, attempt.id, { state: 'succeeded', at: job.createdAt + 8_000, cost: { kind: 'reported', usd: 0 } });
  const state = number % every.failed === 0 ? 'failed' : number % every.cancelled === 0 ? 'cancelled' : 'succeeded';
  markEnded(writer, job.id, { state, at: job.createdAt + 8_001, error: null });
  images.forEach((image, index) => {
    insertImage(writer, image);
    if ((number * images.length + index) % every.trashed === 0)
      setTrashed(writer, image.id, image.createdAt, trashPath(image.id, 'png'));
  });
}

function linkOriginals(
  root: string,
  batch: readonly JobRows[],
  pictures: readonly (KnownPicture & { path?: string })[],
): void {
  const paths = new Map(pictures.map(({ hash, path }) => [hash, path]));
  const folders = new Set<string>();
  for (const image of batch.flatMap((rows) => rows.images)) {
    const source = paths.get(image.hash);
    if (source === undefined) continue;
    const target = insideLibrary(root, image.path);
    if (!folders.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
    folders.add(dirname(target));
    linkSync(source, target);
  }
}
