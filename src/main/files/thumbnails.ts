import { open } from 'node:fs/promises';
import type { Piscina } from 'piscina';
import { AppError } from '../../shared/errors.ts';
import { thumbnailSide, type ThumbnailSize } from '../../shared/models/image.ts';
import { step } from '../step.ts';
import { workerUrl } from '../worker-url.ts';
import { asFileProblem, fileErrorCode } from './file-problem.ts';
import { ImageProblem } from './image-problem.ts';
import { insideLibrary, thumbnailPath } from './library-paths.ts';
import type { ThumbnailAnswer, ThumbnailTask } from './thumbnail-worker.ts';

/** Small pictures for the gallery, made where they are missing. `imagePath` is absolute, `hash` names the picture's content. */
export interface Thumbnails {
  /** The absolute path of a thumbnail. Throws ImageProblem for a picture that can't be decoded, AppError for a file that can't be read. */
  ensure(imagePath: string, hash: string, size: ThumbnailSize): Promise<string>;
  /** All sizes. `content` is the file's, where it is in memory anyway. Throws as `ensure` does. */
  makeAll(imagePath: string, hash: string, content?: Uint8Array): Promise<void>;
  /** Finishes what is being made and drops what waits. */
  close(): Promise<void>;
}

type Threads = Piscina<ThumbnailTask, ThumbnailAnswer>;

const largestFirst: readonly ThumbnailSize[] = ['large', 'medium', 'small'];
// Decoding runs in the four threads that reading and writing files also needs; one stays free for those.
const picturesAtOnce = 3;
/** With more pictures waiting than this, they are read from disk when it is their turn instead of staying in memory. */
const sharedAtOnce = 8;
const idleWorkerMs = 10_000;
/** `RIFF`, the length of what follows, `WEBP`. */
const headerLength = 12;

export function createThumbnails({ root }: { readonly root: string }): Thumbnails {
  const running = new Map<string, Promise<void>>();
  let threads: Promise<Threads> | null = null;
  let isClosed = false;

  const pathOf = (hash: string, size: ThumbnailSize): string => insideLibrary(root, thumbnailPath(hash, size));

  /** Of a picture that has just arrived usually all; where the last one to be made is there, so are the others. */
  const missingSizes = async (hash: string, isNew: boolean): Promise<readonly ThumbnailSize[]> => {
    if (isNew && !(await isWhole(pathOf(hash, 'small')))) return largestFirst;
    const missing: ThumbnailSize[] = [];
    for (const size of largestFirst) if (!(await isWhole(pathOf(hash, size)))) missing.push(size);
    return missing;
  };

  const make = async (imagePath: string, hash: string, content?: Uint8Array): Promise<void> => {
    const missing = await missingSizes(hash, content !== undefined);
    if (missing.length === 0) return;
    step('thumbnailing');
    if (isClosed) throw new AppError('cancelled', 'The library has been closed.');
    threads ??= startThreads();
    const targets = missing.map((size) => ({
      side: thumbnailSide[size],
      path: pathOf(hash, size),
      // Beside the folders of finished ones, where leftovers are found without a search.
      partPath: insideLibrary(root, `thumbnails/${hash}-${size}.${process.pid}.part`),
    }));
    const answer = await (
      await threads
    ).run({ imagePath, content: running.size <= sharedAtOnce ? shared(content) : null, targets });
    if (answer.kind === 'imageProblem') throw new ImageProblem(answer.reason, answer.message);
    if (answer.kind === 'fileProblem')
      throw asFileProblem(Object.assign(new Error(answer.message), { code: answer.code }), root);
  };

  const share = (imagePath: string, hash: string, content?: Uint8Array): Promise<void> => {
    const job = running.get(hash) ?? make(imagePath, hash, content).finally(() => running.delete(hash));
    running.set(hash, job);
    return job;
  };

  return {
    ensure: async (imagePath, hash, size) => {
      const path = pathOf(hash, size);
      if (!(await isWhole(path))) await share(imagePath, hash);
      return path;
    },
    makeAll: share,
    close: async () => {
      isClosed = true;
      await (await threads)?.close({ force: true });
    },
  };
}

/** Shared memory reaches another thread without a copy; a copy would cost as much as reading the file. */
function shared(content: Uint8Array | undefined): Uint8Array<SharedArrayBuffer> | null {
  return content?.buffer instanceof SharedArrayBuffer ? (content as Uint8Array<SharedArrayBuffer>) : null;
}

/** The library for threads is loaded with the first thumbnail, not at start. */
async function startThreads(): Promise<Threads> {
  const { Piscina: Pool } = await import('piscina');
  return new Pool<ThumbnailTask, ThumbnailAnswer>({
    filename: workerUrl(import.meta.url, 'thumbnail-worker').href,
    minThreads: 0,
    maxThreads: 1,
    concurrentTasksPerWorker: picturesAtOnce,
    idleTimeout: idleWorkerMs,
    // Waiting for tasks must not hold up the pictures that the same thread is still working on.
    atomics: 'disabled',
  });
}

/** Thumbnails are not written durably: after a power failure one can be there empty, cut or full of zeros. */
async function isWhole(path: string): Promise<boolean> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headerLength), 0, headerLength, 0);
    if (bytesRead < headerLength || !/^RIFF....WEBP$/s.test(buffer.toString('latin1'))) return false;
    const { size } = await file.stat();
    return buffer.readUInt32LE(4) + 8 === size;
  } catch (error) {
    if (fileErrorCode(error) === null) throw error;
    return false;
  }
}
