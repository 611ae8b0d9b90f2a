import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { ModelRatings, Stars } from '../../shared/models/routing.ts';
import type { Database } from './database.ts';
import { imageById, imageSummary, insertImage, setTrashed } from './images.ts';
import { openDatabase } from './open-database.ts';
import { modelRatings, setRating } from './ratings.ts';

let root: string;
let database: Database;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-ratings-'));
  database = openDatabase(root, 'write');
});
afterEach(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});

const addImage = (provider = 'fal', model = 'm'): string => {
  const id = newId();
  database.write((writer) =>
    insertImage(writer, {
      ...{ id, jobId: null, attemptId: null, index: 0, hash: 'ab', bytes: 3, format: 'png', width: 1, height: 1 },
      ...{ createdAt: 0, project: 'default', provider, model, seed: 1, dropped: [], remoteId: null },
      ...{ cost: { kind: 'unknown' }, generationMs: null, notAi: false, revisedPrompt: null, stages: null },
      path: `images/${id}.png`,
      request: GenerationRequest.parse({ prompt: 'a fox' }),
    }),
  );
  return id;
};
const rate = (id: string, rating: number | null, countsFor: 'photo' | 'other' | null = 'photo'): void =>
  database.write((writer) => setRating(writer, id, { rating, countsFor }));

interface Row extends Stars {
  readonly provider: string;
  readonly model: string;
  readonly kind: string;
}

/** What the rows come to when somebody does count them. */
const counted = (kind: string): Row[] =>
  database.read.all<Row>(
    `SELECT provider, model, ${kind} AS kind, count(*) AS ratings, sum(rating) AS stars FROM image_ratings
     WHERE image_ratings.kind IS NOT NULL GROUP BY 1, 2, 3`,
  );
const asRows = (all: ModelRatings): Row[] =>
  Object.entries(all).flatMap(([provider, models]) =>
    Object.entries(models).flatMap(([model, kinds]) =>
      Object.entries(kinds).map(([kind, stars]) => ({ provider, model, kind, ...stars })),
    ),
  );
const inOrder = (rows: readonly Row[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

it('has no rating to begin with, and says the one that was given', () => {
  const id = addImage();
  expect(imageById(database.read, id)?.rating).toBeNull();
  rate(id, 4);
  expect(imageById(database.read, id)?.rating).toBe(4);
  expect(imageSummary(database.read, id)?.rating).toBe(4);
  const once = { ratings: 1, stars: 4 };
  expect(modelRatings(database.read)).toEqual({ fal: { m: { photo: once, all: once } } });
  rate(id, null);
  expect(imageById(database.read, id)?.rating).toBeNull();
  expect(modelRatings(database.read)).toEqual({});
});

it('takes a rating out of the kind that it was put into, whatever kind is said of the prompt by now', () => {
  const id = addImage();
  rate(id, 5, 'photo');
  rate(id, 2, 'other');
  const once = { ratings: 1, stars: 2 };
  expect(modelRatings(database.read)).toEqual({ fal: { m: { other: once, all: once } } });
});

it('keeps what was learned when the picture goes to the trash, and when its row goes', () => {
  const id = addImage();
  rate(id, 1);
  database.write((writer) => setTrashed(writer, id, 5, 'trash/a.png'));
  expect(modelRatings(database.read).fal?.m?.all).toEqual({ ratings: 1, stars: 1 });
  database.write((writer) => writer.run('DELETE FROM images WHERE id = ?', id));
  expect(modelRatings(database.read).fal?.m?.all).toEqual({ ratings: 1, stars: 1 });
});

it('counts a row that is put in, changed and deleted by whoever does it', () => {
  const [one, other] = [addImage(), addImage()];
  const put = (id: string, rating: number): number =>
    database.write((writer) =>
      writer.run(
        `INSERT INTO image_ratings (sequence, rating, provider, model, kind)
           SELECT sequence, ?, provider, model, 'photo' FROM images WHERE id = ?`,
        rating,
        id,
      ),
    );
  put(one, 5);
  put(other, 2);
  expect(modelRatings(database.read).fal?.m?.all).toEqual({ ratings: 2, stars: 7 });
  database.write((writer) => writer.run(`UPDATE image_ratings SET model = 'n', rating = 3 WHERE rating = 2`));
  expect(modelRatings(database.read).fal).toMatchObject({
    m: { all: { ratings: 1, stars: 5 } },
    n: { photo: { ratings: 1, stars: 3 } },
  });
  database.write((writer) => writer.run(`DELETE FROM image_ratings`));
  expect(modelRatings(database.read)).toEqual({});
});

it('leaves no rating of a picture whose row is gone to the next one', () => {
  rate(addImage(), 5);
  database.write((writer) => writer.run('DELETE FROM images'));
  expect(database.read.all('SELECT * FROM image_ratings')).toEqual([]);
  expect(imageById(database.read, addImage())?.rating).toBeNull();
});

it.each([0, 6, -1])('refuses %d stars', (stars) => {
  const id = addImage();
  expect(() => rate(id, stars)).toThrow(/CHECK/);
});

it('keeps the sums equal to a count of the rows, whatever is rated, rated anew and taken back', () => {
  const ids = ['one', 'two'].flatMap((model) => [addImage('fal', model), addImage('fal', model), addImage('x', model)]);
  const step = fc.record({
    id: fc.constantFrom(...ids),
    rating: fc.option(fc.integer({ min: 1, max: 5 })),
    kind: fc.constantFrom('photo' as const, 'other' as const, null),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      for (const { id, rating, kind } of steps) rate(id, rating, kind);
      const rows = [...counted('image_ratings.kind'), ...counted(`'all'`)];
      expect(inOrder(asRows(modelRatings(database.read)))).toEqual(inOrder(rows));
    }),
    { numRuns: 40 },
  );
  for (const id of ids) rate(id, null);
  expect(modelRatings(database.read)).toEqual({});
});
