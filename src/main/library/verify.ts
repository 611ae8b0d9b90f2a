import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import { attemptById } from '../database/attempts.ts';
import { databaseDamage } from '../database/facts.ts';
import { imageById, imagesAfter, isKnownPath, plannedMove, plannedMoves } from '../database/images.ts';
import { newestJobs } from '../database/jobs.ts';
import type { Image } from '../../shared/models/image.ts';
import { insideLibrary, parsePendingName, sidecarPath } from '../files/library-paths.ts';
import { isKeptSidecar } from '../files/replace-sidecar.ts';

export interface LibraryProblem {
  readonly kind:
    | 'missingFile'
    | 'wrongHash'
    | 'strayFile'
    | 'missingSidecar'
    | 'databaseDamaged'
    | 'unfinishedMove'
    | 'jobWithoutImages';
  readonly path: string;
  readonly message: string;
}

const step = 100;
const settleMs = 200;

/** Compares database and disk in both directions, without changing anything. Reads every file where `hashes` is set. */
export async function verifyLibrary(
  { database, root }: { database: Database; root: string },
  { hashes }: { hashes: boolean },
): Promise<{ images: number; clean: boolean; problems: LibraryProblem[] }> {
  const problems: LibraryProblem[] = databaseDamage(database.read).map((message) => ({
    kind: 'databaseDamaged',
    path: 'library.db',
    message,
  }));
  let images = 0;
  for (
    let page = imagesAfter(database.read, 0, step);
    page.length > 0;
    page = imagesAfter(database.read, page.at(-1)?.sequence ?? 0, step)
  ) {
    for (const image of page) {
      images += 1;
      problems.push(...(await checkImage(image, { database, root, hashes })));
    }
  }
  problems.push(...(await strayFiles(database, root)), ...jobsWithoutImages(database));
  return { images, clean: problems.length === 0, problems };
}

async function checkImage(
  found: Image,
  { database, root, hashes }: { database: Database; root: string; hashes: boolean },
): Promise<LibraryProblem[]> {
  const image = await settled(found, database, root);
  if (image === null) return [];
  const path = insideLibrary(root, image.path);
  if (!(await exists(path))) {
    const move = plannedMove(database.read, image.id);
    if (!move) {
      return [
        { kind: 'missingFile', path: image.path, message: 'The database knows this image, but its file is gone.' },
      ];
    }
    const message = `Still at ${move.from}; opening the library in Easel moves it.`;
    return [{ kind: 'unfinishedMove', path: image.path, message }];
  }
  const problems: LibraryProblem[] = [];
  if (hashes && (await hashOfFile(path)) !== image.hash) {
    problems.push({ kind: 'wrongHash', path: image.path, message: 'The file has changed since it was stored.' });
  }
  if (!(await exists(sidecarPath(path)))) {
    problems.push({ kind: 'missingSidecar', path: image.path, message: 'The file has no .xmp beside it.' });
  }
  return problems;
}

/** Another Easel may be at work: a file that is on its way gets a moment to arrive, and its row is read anew. */
async function settled(image: Image, database: Database, root: string): Promise<Image | null> {
  if (await exists(insideLibrary(root, image.path))) return image;
  await wait(settleMs);
  return imageById(database.read, image.id);
}

async function strayFiles(database: Database, root: string): Promise<LibraryProblem[]> {
  const problems: LibraryProblem[] = [];
  for (const folder of ['images', 'trash']) {
    for await (const path of filesBelow(root, folder)) {
      // Another program's, kept for the user, wherever the picture has gone since.
      if (isKeptSidecar(path)) continue;
      const owner = path.endsWith('.xmp') ? path.slice(0, -'.xmp'.length) : path;
      if (!isKnownPath(database.read, owner)) {
        problems.push({ kind: 'strayFile', path, message: 'This file has no row in the database.' });
      }
    }
  }
  const moving = new Set(plannedMoves(database.read, Number.MAX_SAFE_INTEGER).map((move) => move.from));
  for await (const path of filesBelow(root, 'pending')) {
    const attemptId = parsePendingName(path)?.attemptId;
    const attempt = attemptId === undefined ? null : attemptById(database.read, attemptId);
    // What belongs to an open attempt is settled when its job goes on.
    if (moving.has(path) || attempt?.state === 'sending' || attempt?.state === 'pending') continue;
    problems.push({
      kind: 'strayFile',
      path,
      message: 'Left over from an interrupted job; opening the library in Easel takes care of it.',
    });
  }
  return problems;
}

function jobsWithoutImages(database: Database): LibraryProblem[] {
  const problems: LibraryProblem[] = [];
  let before: string | undefined;
  for (;;) {
    const jobs = newestJobs(database.read, {
      state: 'succeeded',
      limit: step,
      ...(before === undefined ? {} : { before }),
    });
    for (const job of jobs) {
      if (job.imageIds.length === 0) {
        problems.push({
          kind: 'jobWithoutImages',
          path: job.id,
          message: 'The job succeeded, but none of its images are known.',
        });
      }
    }
    before = jobs.at(-1)?.id;
    if (jobs.length < step) return problems;
  }
}

async function* filesBelow(root: string, folder: string): AsyncGenerator<string> {
  let entries;
  try {
    entries = await opendir(join(root, folder), { recursive: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  for await (const entry of entries) {
    if (entry.isFile()) yield relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function hashOfFile(path: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(path)) sum.update(chunk as Buffer);
  return sum.digest('hex');
}
