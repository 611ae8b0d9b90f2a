import { AppError } from '../../shared/errors.ts';
import type { Database } from '../database/database.ts';
import { imageById, imageSummary, setAltText } from '../database/images.ts';
import type { Events } from '../events.ts';
import type { Log } from '../log.ts';
import { step } from '../step.ts';
import { planSidecar, type FileMoves } from './file-moves.ts';

interface AltTextDependencies {
  readonly database: Database;
  readonly moves: FileMoves;
  readonly events: Events;
  readonly log: Log;
}

/** What an image is said to show, in its row and its sidecar; empty or null: nothing. Answers what was said before. */
export async function keepAltText(
  id: string,
  text: string | null,
  { database, moves, events, log }: AltTextDependencies,
): Promise<{ id: string; altText: string | null; before: string | null }> {
  const altText = text === '' ? null : text;
  // A move that is still to be noted as made would be taken for the one that is planned here.
  await moves.settle([id]);
  const { move, before } = database.write((writer) => {
    const image = imageById(writer, id);
    if (!image) throw new AppError('notFound', `There is no image ${id} in this library.`);
    if (image.altText === altText) return { move: null, before: altText };
    setAltText(writer, id, altText);
    return { move: planSidecar(writer, image), before: image.altText };
  });
  step('alt-text-recorded');
  if (move) {
    const summary = imageSummary(database.read, id);
    if (summary) events.emit({ kind: 'imagesChanged', images: [summary] });
    await moves.make(move).catch((error: unknown) => {
      // The row has it; the next start writes the sidecar.
      log.error('a sidecar could not be written anew', error, { imageId: id });
    });
  }
  return { id, altText, before };
}
