import type { Database } from '../database/database.ts';
import { imageById, imageSummary, planMove, setTrashed, type FileMove } from '../database/images.ts';
import type { Events } from '../events.ts';
import { imagePath, trashPath } from '../files/library-paths.ts';
import { step } from '../step.ts';
import { makeMoves, type FileMoves } from './file-moves.ts';

interface TrashDependencies {
  readonly database: Database;
  readonly moves: FileMoves;
  readonly events: Events;
  readonly now: () => number;
}

/** Tombstones first, then the files: a crash in between is finished at the next start. Unknown and trashed ids are passed over. */
export async function trashImages(
  ids: readonly string[],
  { database, moves, events, now }: TrashDependencies,
): Promise<string[]> {
  await moves.settle(ids);
  const planned = database.write((writer) =>
    ids.flatMap((id) => {
      const image = imageById(writer, id);
      if (image?.trashedAt !== null) return [];
      const to = trashPath(id, image.format);
      setTrashed(writer, id, now(), to);
      return [{ move: planMove(writer, { imageId: id, from: image.path, to }), sequence: image.sequence }];
    }),
  );
  step('trash-recorded');
  if (planned.length > 0) {
    events.emit({
      kind: 'imagesRemoved',
      images: planned.map(({ move, sequence }) => ({ id: move.imageId, sequence })),
    });
  }
  await makeMoves(
    planned.map(({ move }) => move),
    (move) => moves.make(move),
  );
  step('trash-moved');
  return planned.map(({ move }) => move.imageId);
}

/** The opposite: the picture is back at its place in the gallery before this resolves. */
export async function restoreImages(
  ids: readonly string[],
  { database, moves, events }: TrashDependencies,
): Promise<string[]> {
  await moves.settle(ids);
  const planned = database.write((writer) =>
    ids.flatMap((id): FileMove[] => {
      const image = imageById(writer, id);
      if (!image?.trashedAt) return [];
      const home = imagePath({ ...image, prompt: image.request.prompt });
      setTrashed(writer, id, null, home);
      return [planMove(writer, { imageId: id, from: image.path, to: home })];
    }),
  );
  const failure = await makeMoves(planned, (move) => moves.make(move)).catch((error: unknown) => ({ error }));
  const summaries = planned
    // Not what has gone to the trash again meanwhile: that was told of already.
    .filter(({ imageId }) => imageById(database.read, imageId)?.trashedAt === null)
    .map(({ imageId }) => imageSummary(database.read, imageId))
    .filter((image) => image !== null);
  // Their rows say so, also where a file could not be brought back.
  if (summaries.length > 0) events.emit({ kind: 'imagesRestored', images: summaries });
  if (failure) throw failure.error;
  return planned.map(({ imageId }) => imageId);
}
