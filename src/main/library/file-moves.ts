import { access, readFile, rm, writeFile } from 'node:fs/promises';
import type { Database, Writer } from '../database/database.ts';
import { forgetMove, imageById, plannedMoves, planMove, type FileMove } from '../database/images.ts';
import { moveDurably, removePartOf } from '../files/durable-file.ts';
import { asFileProblem, fileErrorCode } from '../files/file-problem.ts';
import { imagePath, insideLibrary, sidecarPath, trashPath } from '../files/library-paths.ts';
import { replaceSidecar } from '../files/replace-sidecar.ts';
import { sidecarText } from '../files/xmp-sidecar.ts';
import type { Log } from '../log.ts';

/** A finished move's note is derivable, so it is dropped with others, not in a transaction of its own. */
const forgetAfterMs = 500;

export interface FileMoves {
  /**
   * Puts the file where its row says it is, its sidecar beside it; where it is there already, the sidecar alone is written anew.
   * What other programs wrote in the sidecar stays. Does nothing where the row says another place than the plan by now: another
   * plan has taken this one's place. May be repeated. Throws AppError, also where the file is nowhere to be found.
   */
  make(move: FileMove): Promise<void>;
  /** Finishes what an earlier run left. Answers the images whose file is nowhere to be found. */
  finishAll(): Promise<string[]>;
  /** Makes sure that no move of these images is still to be made. */
  settle(imageIds: readonly string[]): Promise<void>;
  close(): void;
}

export function createFileMoves({ database, root, log }: { database: Database; root: string; log: Log }): FileMoves {
  const running = new Map<string, Promise<void>>();
  let done: number[] = [];
  let timer: NodeJS.Timeout | null = null;

  const forgetDone = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    const plans = done;
    done = [];
    if (plans.length === 0) return;
    try {
      database.writeRepeatable((writer) => {
        for (const plan of plans) forgetMove(writer, { plan });
      });
    } catch (error) {
      // The notes stay, and the next start finds the files already in place.
      log.error('finished moves could not be noted', error);
    }
  };

  const move = async (planned: FileMove): Promise<void> => {
    const image = imageById(database.read, planned.imageId);
    // Plans are made long after one another where there are many: one that is out of date would carry the file away again.
    if (image?.path !== planned.to) return;
    const target = insideLibrary(root, planned.to);
    try {
      // A plan is written while an earlier one may be half done, so that the file can be where neither of the two has it.
      const elsewhere = [trashPath(image.id, image.format), imagePath({ ...image, prompt: image.request.prompt })];
      const from = await bringTo(planned.to, [...new Set([planned.from, ...elsewhere])], root);
      const source = insideLibrary(root, from);
      // What comes from `pending/` had no sidecar there.
      const bringsSidecar = source !== target && !from.startsWith('pending/');
      const before =
        (bringsSidecar ? await readIfThere(sidecarPath(source)) : null) ?? (await readIfThere(sidecarPath(target)));
      // A new one holds nothing yet that its row does not have; one that others have written in must never be half there.
      if (before === null) await writeFile(sidecarPath(target), sidecarText(image));
      else await replaceSidecar(sidecarPath(target), before, image);
      if (bringsSidecar) await rm(sidecarPath(source), { force: true });
    } catch (error) {
      throw asFileProblem(error, root);
    }
    done.push(planned.plan);
    timer ??= setTimeout(forgetDone, forgetAfterMs);
  };

  const make = (planned: FileMove): Promise<void> => {
    // One after the other for the same image: trashed and restored in quick succession.
    const before = running.get(planned.imageId) ?? Promise.resolve();
    const next = before.catch(() => undefined).then(() => move(planned));
    running.set(planned.imageId, next);
    const clear = (): void => {
      if (running.get(planned.imageId) === next) running.delete(planned.imageId);
    };
    next.then(clear, clear);
    return next;
  };

  return {
    make,
    finishAll: async () => {
      const missing: string[] = [];
      for (const planned of plannedMoves(database.read, Number.MAX_SAFE_INTEGER)) {
        // A kill while a sidecar was written leaves its beginning, which is in nobody's way.
        for (const place of new Set([planned.from, planned.to])) {
          await removePartOf(sidecarPath(insideLibrary(root, place))).catch((error: unknown) => {
            log.error('the beginning of a sidecar could not be removed', error, { imageId: planned.imageId });
          });
        }
        try {
          await make(planned);
        } catch (error) {
          log.error('a file could not be moved into place', error, { imageId: planned.imageId });
          missing.push(planned.imageId);
        }
      }
      forgetDone();
      return missing;
    },
    settle: async (imageIds) => {
      await Promise.allSettled(imageIds.map((id) => running.get(id) ?? Promise.resolve()));
      forgetDone();
    },
    close: forgetDone,
  };
}

/** An image's sidecar is to be written anew. A file that is still to be put into place takes its sidecar along. */
export function planSidecar(writer: Writer, { id, path }: { readonly id: string; readonly path: string }): FileMove {
  return planMove(writer, { imageId: id, from: path, to: path });
}

/**
 * Few at a time: a thousand images must not take a thousand file handles. One that fails keeps none of the others from their
 * place; the first failure is thrown when all have been tried.
 */
export async function makeMoves(planned: readonly FileMove[], make: FileMoves['make']): Promise<void> {
  const atOnce = 8;
  const failures: unknown[] = [];
  for (let start = 0; start < planned.length; start += atOnce) {
    const ends = await Promise.allSettled(planned.slice(start, start + atOnce).map(make));
    failures.push(...ends.flatMap((end): unknown[] => (end.status === 'rejected' ? [end.reason] : [])));
  }
  if (failures.length > 0) throw failures[0];
}

/** Moves the file from the first of these places where it is, unless it is in its place already. Answers the one that did. */
async function bringTo(to: string, [first, ...others]: readonly string[], root: string): Promise<string> {
  if (first === undefined) throw new Error('a move begins nowhere');
  try {
    if (first === to) await access(insideLibrary(root, to));
    else await moveDurably(insideLibrary(root, first), insideLibrary(root, to));
    return first;
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT' || others.length === 0) throw error;
    // Found nowhere, it is missed where it was to be found.
    return bringTo(to, others, root).catch((other: unknown) => {
      throw fileErrorCode(other) === 'ENOENT' ? error : other;
    });
  }
}

async function readIfThere(path: string): Promise<Buffer | null> {
  return readFile(path).catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOENT') return null;
    throw error;
  });
}
