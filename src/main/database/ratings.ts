import type { PromptKind } from '../../shared/models/comparison.ts';
import type { ModelRatings, Stars } from '../../shared/models/routing.ts';
import { byModel } from './by-model.ts';
import type { Reader, Writer } from './database.ts';
import { ratingColumn } from './images.ts';

/**
 * 1 to 5; null takes the rating away. `countsFor`: the kind of prompt for which routing learns from it; null: it learns
 * nothing. A picture that goes to the trash goes on to count, and what was learned stays when its row goes.
 */
export function setRating(
  writer: Writer,
  id: string,
  { rating, countsFor }: { readonly rating: number | null; readonly countsFor: PromptKind | null },
): void {
  if (rating === null) {
    writer.run(`DELETE FROM image_ratings WHERE sequence = (SELECT sequence FROM images WHERE id = ?)`, id);
    return;
  }
  writer.run(
    `INSERT INTO image_ratings (sequence, rating, provider, model, kind) SELECT sequence, ?, provider, model, ? FROM images WHERE id = ?
     ON CONFLICT (sequence) DO UPDATE
       SET rating = excluded.rating, provider = excluded.provider, model = excluded.model, kind = excluded.kind`,
    rating,
    countsFor,
    id,
  );
}

/** What there is to know of an image that is to be rated. */
interface ImageToRate {
  readonly id: string;
  readonly path: string;
  readonly rating: number | null;
  /** Drawn by rules, by the built-in provider. */
  readonly notAi: boolean;
  /** As routing sees it, before any style adds its words. */
  readonly prompt: string;
}

/** Null where there is no such image. Reads a few columns: thousands are rated at once. */
export function imageToRate(reader: Reader, id: string): ImageToRate | null {
  const row = reader.get<Omit<ImageToRate, 'notAi'> & { readonly notAi: number }>(
    `SELECT id, path, ${ratingColumn}, not_ai AS notAi, coalesce(json_extract(stages, '$.resolved.prompt'), prompt) AS prompt
     FROM images WHERE id = ?`,
    id,
  );
  return row ? { ...row, notAi: row.notAi === 1 } : null;
}

/** What all ratings of each model come to: what the router goes by. */
export function modelRatings(reader: Reader): ModelRatings {
  const rows = reader.all<Stars & { readonly provider: string; readonly model: string; readonly kind: string }>(
    `SELECT provider, model, kind, ratings, stars FROM model_ratings`,
  );
  return byModel(rows, (ofModel) => ({
    ...Object.fromEntries(ofModel.map(({ kind, ratings, stars }) => [kind, { ratings, stars }])),
    all: sumOf(ofModel),
  }));
}

function sumOf(rows: readonly Stars[]): Stars {
  return rows.reduce((sum, { ratings, stars }) => ({ ratings: sum.ratings + ratings, stars: sum.stars + stars }), {
    ratings: 0,
    stars: 0,
  });
}
