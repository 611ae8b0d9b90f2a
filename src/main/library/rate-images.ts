import { AppError } from '../../shared/errors.ts';
import type { PromptKind } from '../../shared/models/comparison.ts';
import type { Image } from '../../shared/models/image.ts';
import { kindOfPrompt } from '../../shared/routing/prompt-kind.ts';
import type { Database } from '../database/database.ts';
import { imageById, imageSummary } from '../database/images.ts';
import { setRating } from '../database/ratings.ts';
import type { Events } from '../events.ts';
import type { Log } from '../log.ts';
import { step } from '../step.ts';
import { makeMoves, planSidecar, type FileMoves } from './file-moves.ts';

interface RateDependencies {
  readonly database: Database;
  readonly moves: FileMoves;
  readonly events: Events;
  readonly log: Log;
  /** What routing learns from has changed. */
  readonly onRatings: () => void;
}

/** A rating as it was, for whoever takes the new one back. */
export interface RatedBefore {
  readonly id: string;
  readonly rating: number | null;
}

/**
 * Rates images, in their rows and their sidecars: 1 to 5; 0 and null take the rating away. Answers what each was rated before,
 * each image once. All or none: throws AppError `notFound` where one of them is not in the library.
 */
export async function rateImages(
  ids: readonly string[],
  stars: number | null,
  { database, moves, events, log, onRatings }: RateDependencies,
): Promise<{ rating: number | null; before: RatedBefore[] }> {
  const rating = stars === 0 ? null : stars;
  const wanted = [...new Set(ids)];
  // A move that is still to be noted as made would be taken for the one that is planned here.
  await moves.settle(wanted);
  const { before, planned } = database.write((writer) => {
    const images = wanted.map((id) => {
      const image = imageById(writer, id);
      if (!image) throw new AppError('notFound', `There is no image ${id} in this library. Nothing was rated.`);
      return image;
    });
    const changed = images.filter((image) => image.rating !== rating);
    for (const image of changed) setRating(writer, image.id, { rating, countsFor: kindOf(image) });
    return {
      before: images.map(({ id, rating: was }): RatedBefore => ({ id, rating: was })),
      planned: changed.map((image) => planSidecar(writer, image)),
    };
  });
  step('rating-recorded');
  if (planned.length > 0) {
    const summaries = planned.map(({ imageId }) => imageSummary(database.read, imageId));
    events.emit({ kind: 'imagesChanged', images: summaries.filter((image) => image !== null) });
    onRatings();
  }
  await makeMoves(planned, (move) =>
    moves.make(move).catch((error: unknown) => {
      // The row has it; the next start writes the sidecar.
      log.error('a sidecar could not be written anew', error, { imageId: move.imageId });
    }),
  );
  return { rating, before };
}

/** Of a picture that was drawn by rules, nothing is to be learned: its provider is only used where no other can be. */
function kindOf({ notAi, stages, request }: Image): PromptKind | null {
  // As routing sees it, before any style adds its words.
  return notAi ? null : kindOfPrompt(stages?.resolved.prompt ?? request.prompt);
}
