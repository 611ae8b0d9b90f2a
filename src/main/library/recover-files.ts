import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { attemptById } from '../database/attempts.ts';
import type { Database } from '../database/database.ts';
import { imageIndexesOfJob } from '../database/images.ts';
import { makeFolderDurably, removeParts } from '../files/durable-file.ts';
import { ImageProblem } from '../files/image-problem.ts';
import { insideLibrary, parsePendingName } from '../files/library-paths.ts';
import type { Log } from '../log.ts';
import type { FileMoves } from './file-moves.ts';
import type { ResultStore } from './store-results.ts';

/**
 * Finishes at start whatever a crash left half done, in either direction: planned moves are made, results of ended attempts
 * get their row, broken beginnings of files go. Results of attempts that are still open stay for the queue, which settles
 * them. Nothing that could be a paid picture is ever deleted: what can't be placed is set aside in `recovered/`.
 */
export async function recoverFiles(dependencies: {
  database: Database;
  root: string;
  moves: FileMoves;
  results: ResultStore;
  log: Log;
}): Promise<void> {
  const { database, root, moves, results, log } = dependencies;
  const pending = insideLibrary(root, 'pending');
  await Promise.all(['pending', 'inputs', 'thumbnails'].map((folder) => removeParts(insideLibrary(root, folder))));
  await moves.finishAll();
  for (const name of await readdir(pending)) {
    const path = insideLibrary(root, `pending/${name}`);
    const file = parsePendingName(name);
    const attempt = file ? attemptById(database.read, file.attemptId) : null;
    if (!file || !attempt) {
      await setAside(root, name);
      log.warn('set aside a file that belongs to no attempt', { name });
      continue;
    }
    if (attempt.state === 'sending' || attempt.state === 'pending') continue;
    if (imageIndexesOfJob(database.read, attempt.jobId).includes(file.index)) {
      // The same result was stored from another answer.
      await rm(path, { force: true });
      continue;
    }
    try {
      const origin = {
        ...attempt,
        attemptId: attempt.id,
        firstIndex: file.index,
        generationMs: null,
        notAi: attempt.provider === 'builtin',
      };
      await results.store(origin, [{ bytes: await readFile(path), seed: file.seed }], () => undefined);
    } catch (error) {
      if (!(error instanceof ImageProblem)) throw error;
      await setAside(root, name);
      log.warn('set aside a file that is no whole image', { name });
    }
  }
}

async function setAside(root: string, name: string): Promise<void> {
  await makeFolderDurably(insideLibrary(root, 'recovered'));
  await rename(insideLibrary(root, `pending/${name}`), insideLibrary(root, `recovered/${name}`));
}
