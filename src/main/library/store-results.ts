import { createHash, hash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cost } from '../../shared/models/cost.ts';
import type { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Image } from '../../shared/models/image.ts';
import type { PromptStages } from '../../shared/models/prompt-stages.ts';
import type { DroppedParameter } from '../../shared/models/dropped-parameter.ts';
import type { Database, Writer } from '../database/database.ts';
import { imageSummary, insertImage, planMove, type FileMove, type NewImage } from '../database/images.ts';
import type { Events } from '../events.ts';
import { makeFolderDurably, writeDurably } from '../files/durable-file.ts';
import { ImageProblem } from '../files/image-problem.ts';
import { asFileProblem } from '../files/file-problem.ts';
import { inspectImage } from '../files/inspect-image.ts';
import { imagePath, insideLibrary, parsePendingName, pendingName } from '../files/library-paths.ts';
import type { Log } from '../log.ts';
import { newId } from '../new-id.ts';
import { step } from '../step.ts';
import type { FileMoves } from './file-moves.ts';

/** What the results of one attempt have in common. */
export interface ResultOrigin {
  readonly attemptId: string;
  readonly jobId: string;
  readonly provider: string;
  readonly model: string;
  readonly request: GenerationRequest;
  readonly dropped: readonly DroppedParameter[];
  readonly remoteId: string | null;
  /** Of one image. */
  readonly cost: Cost;
  readonly generationMs: number | null;
  readonly notAi: boolean;
  readonly revisedPrompt: string | null;
  readonly stages: PromptStages | null;
}

export interface Result {
  /** Which of the job's images it is. */
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly seed: number | null;
}

export interface ResultStore {
  /**
   * Keeps results for good: file, then row (in one transaction with `settle`), then the move into place, then the event.
   * Bytes are kept as they came. Throws ImageProblem for what is no whole image, AppError for a disk that can't take it.
   */
  store(origin: ResultOrigin, results: readonly Result[], settle: (writer: Writer) => void): Promise<Image['id'][]>;
  /** Results of an attempt that were written before a crash, complete, but have no row yet. `index` is the job's. */
  leftBehind(attemptId: string): Promise<Result[]>;
  /** Drops what a cancelled attempt had already written. */
  drop(attemptId: string): Promise<void>;
}

interface Arrival {
  readonly image: NewImage;
  readonly move: FileMove;
  readonly content: Uint8Array;
}

export function createResultStore(dependencies: {
  database: Database;
  root: string;
  moves: FileMoves;
  events: Events;
  log: Log;
  now: () => number;
  /** Called for each image that has arrived, after its event. */
  afterArrival: (image: { path: string; hash: string; content: Uint8Array }) => void;
}): ResultStore {
  const { database, root, moves, events, log, now, afterArrival } = dependencies;

  const writePending = async (
    origin: ResultOrigin,
    result: Result,
  ): Promise<{ image: NewImage; from: string; content: Uint8Array }> => {
    const { format, width, height } = await inspectImage(result.bytes);
    const { index } = result;
    const from = pendingName({ attemptId: origin.attemptId, index, seed: result.seed, format });
    const id = newId();
    const createdAt = now();
    const { project, prompt } = origin.request;
    const written = writeDurably(insideLibrary(root, from), result.bytes).catch((error: unknown) => {
      throw asFileProblem(error, root);
    });
    const [contentHash] = await Promise.all([
      // While the disk is busy with the same bytes.
      sha256(result.bytes),
      written,
    ]);
    const image: NewImage = {
      jobId: origin.jobId,
      attemptId: origin.attemptId,
      provider: origin.provider,
      model: origin.model,
      // What makes this one picture again.
      request: { ...origin.request, count: 1, seed: result.seed ?? undefined },
      dropped: [...origin.dropped],
      remoteId: origin.remoteId,
      cost: origin.cost,
      generationMs: origin.generationMs,
      notAi: origin.notAi,
      revisedPrompt: origin.revisedPrompt,
      stages: origin.stages,
      id,
      index,
      hash: contentHash,
      bytes: result.bytes.length,
      format,
      width,
      height,
      createdAt,
      project,
      seed: result.seed,
      path: imagePath({ project, provider: origin.provider, createdAt, prompt, id, format }),
    };
    return { image, from, content: result.bytes };
  };

  /** One that can't be read must not cost the others: it is set aside as it came, for it may have been paid. */
  const writeAll = async (origin: ResultOrigin, results: readonly Result[]) => {
    const outcomes = await Promise.allSettled(results.map((result) => writePending(origin, result)));
    const written = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    for (const [at, outcome] of outcomes.entries()) {
      if (outcome.status === 'fulfilled') continue;
      const problem: unknown = outcome.reason;
      const unread = results[at];
      if (!(problem instanceof ImageProblem) || !unread) throw problem;
      const name = `recovered/${origin.attemptId}.${unread.index}.unreadable`;
      await makeFolderDurably(insideLibrary(root, 'recovered'));
      await writeDurably(insideLibrary(root, name), unread.bytes).catch((error: unknown) => {
        throw asFileProblem(error, root);
      });
      log.warn('set aside a result that can not be read', { attemptId: origin.attemptId, index: unread.index });
      if (written.length === 0 && at === outcomes.length - 1) throw problem;
    }
    return written;
  };

  const arrive = async ({ image, move, content }: Arrival): Promise<void> => {
    await moves.make(move);
    step('file-moved');
    const summary = imageSummary(database.read, image.id);
    if (summary) events.emit({ kind: 'imageAdded', image: summary });
    step('event-sent');
    afterArrival({ path: image.path, hash: image.hash, content });
  };

  const pendingOf = async (attemptId: string): Promise<string[]> => {
    const names = await readdir(insideLibrary(root, 'pending'));
    return names.filter((name) => parsePendingName(name)?.attemptId === attemptId);
  };

  return {
    store: async (origin, results, settle) => {
      const written = await writeAll(origin, results);
      step('file-written');
      const arrived = database.write((writer) => {
        const inserted = written.flatMap(({ image, from, content }) => {
          if (!insertImage(writer, image)) return [];
          return [{ image, move: planMove(writer, { imageId: image.id, from, to: image.path }), content }];
        });
        settle(writer);
        return inserted;
      });
      step('row-written');
      const outcomes = await Promise.allSettled(arrived.map(arrive));
      for (const outcome of outcomes) {
        // Row and file are safe; the next start puts the file into place.
        if (outcome.status === 'rejected') log.error('an image could not be moved into place', outcome.reason);
      }
      return arrived.map(({ image }) => image.id);
    },
    leftBehind: async (attemptId) => {
      const names = await pendingOf(attemptId);
      const results = await Promise.all(
        names.map(async (name) => {
          const file = parsePendingName(name);
          return {
            bytes: await readFile(insideLibrary(root, `pending/${name}`)),
            index: file?.index ?? 0,
            seed: file?.seed ?? null,
          };
        }),
      );
      return results.sort((left, right) => left.index - right.index);
    },
    drop: async (attemptId) => {
      const names = await pendingOf(attemptId);
      await Promise.all(names.map((name) => rm(insideLibrary(root, `pending/${name}`), { force: true })));
    },
  };
}

const hashedInOneGo = 512_000;

/** A megabyte takes most of a millisecond; between pieces of it the thread is left to others. */
async function sha256(bytes: Uint8Array): Promise<string> {
  if (bytes.length <= hashedInOneGo) return hash('sha256', bytes, 'hex');
  const whole = createHash('sha256');
  for (let at = 0; at < bytes.length; at += hashedInOneGo) {
    whole.update(bytes.subarray(at, at + hashedInOneGo));
    await nextTurn();
  }
  return whole.digest('hex');
}
