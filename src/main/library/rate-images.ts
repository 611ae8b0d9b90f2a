import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import type { PromptKind } from '../../shared/models/comparison.ts';
import { kindOfPrompt } from '../../shared/routing/prompt-kind.ts';
import type { Database } from '../database/database.ts';
import { imageSummary, type FileMove } from '../database/images.ts';
import { imageToRate, setRating } from '../database/ratings.ts';
import type { Events } from '../events.ts';
import type { Log } from '../log.ts';
import { step } from '../step.ts';
import { makeMoves, planSidecar, type FileMoves } from './file-moves.ts';
import { ratingMomentsOf } from './rating-moments.ts';

interface RateDependencies {
  readonly database: Database;
  readonly moves: FileMoves;
  readonly events: Events;
  readonly log: Log;
  /** What routing learns from has changed. */
  readonly onRatings: () => void;
}

/** So many rows in one go; whatever else the process has to do comes in between. */
const atOnce = 100;

/** A rating as it was, for whoever takes the new one back. */
export interface RatedBefore {
  readonly id: string;
  readonly rating: number | null;
}

export interface Rated {
  readonly rating: number | null;
  /** Each image once, without those that were passed over. */
  readonly before: RatedBefore[];
  /** When it was said. Further parts of the same rating, and Undo, give it as `asOf`. */
  readonly moment: number;
}

/**
 * Rates images, in their rows and their sidecars: 1 to 5; 0 and null take the rating away. `asOf`: the moment at which it was
 * said; what anybody said of an image after that stays. Throws AppError `notFound`, and rates none, where one of them is not in the
 * library; where something fails later, those before it stay rated, which the error says.
 */
export async function rateImages(
  ids: readonly string[],
  stars: number | null,
  dependencies: RateDependencies,
  asOf?: number,
): Promise<Rated> {
  const { database, moves, log } = dependencies;
  const rating = stars === 0 ? null : stars;
  const wanted = [...new Set(ids)];
  // Of a part of a longer rating it is not known here.
  const nothing = asOf === undefined ? ' Nothing was rated.' : '';
  // What is said while this one waits is later than it. Of what is yet to be said, nobody has asked.
  const latest = ratingMomentsOf(database).next();
  const moment = Math.min(asOf ?? latest, latest);
  for await (const some of inParts(wanted)) checkKnown(database, some, nothing);
  const before: RatedBefore[] = [];
  const planned: FileMove[] = [];
  let reached = 0;
  try {
    for await (const some of inParts(wanted)) {
      // A move that is still to be noted as made would be taken for the one that is planned here.
      await moves.settle(some);
      const part = ratePart(some, { rating, moment }, dependencies);
      before.push(...part.before);
      planned.push(...part.planned);
      reached += some.length;
    }
  } catch (error) {
    throw brokenOff(error, reached === 0 ? nothing : ` Of ${wanted.length} images, ${reached} were rated before that.`);
  } finally {
    step('rating-recorded');
    if (planned.length > 0) dependencies.onRatings();
    await makeMoves(planned, (move) =>
      moves.make(move).catch((error: unknown) => {
        // The row has it; the next start writes the sidecar.
        log.error('a sidecar could not be written anew', error, { imageId: move.imageId });
      }),
    );
  }
  return { rating, before, moment };
}

async function* inParts(ids: readonly string[]): AsyncGenerator<string[]> {
  for (let start = 0; start < ids.length; start += atOnce) {
    if (start > 0) await nextTurn();
    yield ids.slice(start, start + atOnce);
  }
}

function checkKnown({ read }: Database, ids: readonly string[], nothing: string): void {
  const unknown = ids.find((id) => !imageToRate(read, id));
  if (unknown !== undefined) throw new AppError('notFound', `There is no image ${unknown} in this library.${nothing}`);
}

function ratePart(
  ids: readonly string[],
  { rating, moment }: { readonly rating: number | null; readonly moment: number },
  { database, events }: RateDependencies,
): { before: RatedBefore[]; planned: FileMove[] } {
  const moments = ratingMomentsOf(database);
  const { images, planned } = database.write((writer) => {
    const images = ids
      .filter((id) => !moments.wasRatedAfter(id, moment))
      .map((id) => imageToRate(writer, id))
      .filter((image) => image !== null);
    const changed = images.filter((image) => image.rating !== rating);
    for (const { id, notAi, prompt } of changed) {
      // Of a picture that was drawn by rules, nothing is to be learned: its provider is only used where no other can be.
      const countsFor: PromptKind | null = notAi ? null : kindOfPrompt(prompt);
      setRating(writer, id, { rating, countsFor });
    }
    return { images, planned: changed.map((image) => planSidecar(writer, image)) };
  });
  for (const { id } of images) moments.ratedAt(id, moment);
  if (planned.length > 0) {
    const summaries = planned.map(({ imageId }) => imageSummary(database.read, imageId));
    events.emit({ kind: 'imagesChanged', images: summaries.filter((image) => image !== null) });
  }
  return { before: images.map(({ id, rating: was }) => ({ id, rating: was })), planned };
}

/** Says what became of those before the one that failed. */
function brokenOff(error: unknown, words: string): unknown {
  if (!(error instanceof AppError)) return error;
  return new AppError(error.code, `${error.message}${words}`, error.details, { cause: error });
}
