import { hash } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { attemptById } from '../database/attempts.ts';
import type { Database } from '../database/database.ts';
import { imageFilesOfJob, imageIndexesOfJob, plannedMoves } from '../database/images.ts';
import { makeFolderDurably, removeParts } from '../files/durable-file.ts';
import { ImageProblem } from '../files/image-problem.ts';
import { insideLibrary, parsePendingName } from '../files/library-paths.ts';
import type { Log } from '../log.ts';
import type { FileMoves } from './file-moves.ts';
import type { ResultStore } from './store-results.ts';

interface RecoverDependencies {
  readonly database: Database;
  readonly root: string;
  readonly moves: FileMoves;
  readonly results: ResultStore;
  readonly log: Log;
}

/**
 * Finishes at start whatever a crash left half done, in either direction: planned moves are made, results of ended attempts
 * get their row, broken beginnings of files go. Results of attempts that are still open stay for the queue, which settles
 * them. Nothing that could be a paid picture is ever deleted: what can't be placed is set aside in `recovered/`.
 */
export async function recoverFiles(dependencies: RecoverDependencies): Promise<void> {
  const { root, moves, log } = dependencies;
  const pending = insideLibrary(root, 'pending');
  await Promise.all(['pending', 'inputs', 'thumbnails'].map((folder) => removeParts(insideLibrary(root, folder))));
  await moves.finishAll();
  // Where a picture could not be brought into its place, the file here may be the only one.
  const awaited = new Set(plannedMoves(dependencies.database.read, Number.MAX_SAFE_INTEGER).map(({ from }) => from));
  for (const name of await readdir(pending)) {
    if (awaited.has(`pending/${name}`)) continue;
    try {
      await recoverFile(name, dependencies);
    } catch (error) {
      // One file that can't be placed must not keep the library shut; it stays where it is, and the next start tries again.
      log.error('a file could not be recovered', error, { name });
    }
  }
}

async function recoverFile(name: string, { database, root, results, log }: RecoverDependencies): Promise<void> {
  const path = insideLibrary(root, `pending/${name}`);
  const file = parsePendingName(name);
  const attempt = file ? attemptById(database.read, file.attemptId) : null;
  if (!file || !attempt) {
    await setAside(root, name);
    log.warn('set aside a file that belongs to no attempt', { name });
    return;
  }
  if (attempt.state === 'sending' || attempt.state === 'pending') return;
  if (imageIndexesOfJob(database.read, attempt.jobId).includes(file.index)) {
    // The same result, stored from another answer, is not needed twice; another one was paid for as well.
    const bytes = await readFile(path);
    const its = hash('sha256', bytes, 'hex');
    const same = imageFilesOfJob(database.read, attempt.jobId).filter((stored) => stored.hash === its);
    if (await isAnyThere(same, its, root)) await rm(path, { force: true });
    else await setAside(root, name);
    return;
  }
  try {
    const { cost, imageCount } = attempt;
    const origin = {
      ...attempt,
      cost: cost.kind === 'unknown' ? cost : { ...cost, usd: cost.usd / imageCount },
      attemptId: attempt.id,
      generationMs: null,
      notAi: attempt.provider === 'builtin',
      revisedPrompt: null,
    };
    await results.store(origin, [{ bytes: await readFile(path), index: file.index, seed: file.seed }], () => undefined);
  } catch (error) {
    if (!(error instanceof ImageProblem)) throw error;
    await setAside(root, name);
    log.warn('set aside a file that is no whole image', { name });
  }
}

/** A row alone keeps no picture: the file itself is looked at. */
async function isAnyThere(files: readonly { readonly path: string }[], its: string, root: string): Promise<boolean> {
  for (const { path } of files) {
    const bytes = await readFile(insideLibrary(root, path)).catch(() => null);
    if (bytes !== null && hash('sha256', bytes, 'hex') === its) return true;
  }
  return false;
}

async function setAside(root: string, name: string): Promise<void> {
  await makeFolderDurably(insideLibrary(root, 'recovered'));
  await rename(insideLibrary(root, `pending/${name}`), insideLibrary(root, `recovered/${name}`));
}
