import type { PromptKind } from '../../shared/models/comparison.ts';
import type { ModelRating } from '../../shared/models/routing.ts';
import type { Reader, Writer } from './database.ts';

/**
 * 1 to 5; null takes the rating away. `countsFor`: the kind of prompt for which routing learns from it; null: it learns
 * nothing. A picture that goes to the trash goes on to count, and what was learned stays when its row goes.
 */
export function setRating(
  writer: Writer,
  id: string,
  { rating, countsFor }: { readonly rating: number | null; readonly countsFor: PromptKind | null },
): void {
  writer.run(
    `UPDATE images SET rating = ?, rated_kind = ? WHERE id = ?`,
    rating,
    rating === null ? null : countsFor,
    id,
  );
}

/** What all ratings of each model come to, by kind of prompt: what the router goes by. */
export function modelRatings(reader: Reader): ModelRating[] {
  return reader.all<ModelRating>(`SELECT provider, model, kind, ratings, stars FROM model_ratings`);
}
