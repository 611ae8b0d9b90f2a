import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import type { AppEvent } from '../../shared/models/events.ts';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Database } from '../database/database.ts';
import { imageById, insertImage, planMove, plannedMoves } from '../database/images.ts';
import { openDatabase } from '../database/open-database.ts';
import { modelRatings } from '../database/ratings.ts';
import { createEvents, type Events } from '../events.ts';
import { createFileMoves, type FileMoves } from './file-moves.ts';
import { rateImages } from './rate-images.ts';

const [fox, hen, drawn] = [1, 2, 3].map((number) => `0198f0aa-1c2d-7e3f-8a4b-00000000000${number}`) as [
  string,
  string,
  string,
];
let root: string;
let database: Database;
let moves: FileMoves;
let events: Events;
let told: AppEvent[];
const onRatings = vi.fn();
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn(), close: () => Promise.resolve() };

function addImage(id: string, prompt: string, notAi = false): void {
  const path = `images/default/${id}.png`;
  database.write((writer) =>
    insertImage(writer, {
      ...{ id, jobId: null, attemptId: null, index: 0, hash: 'ab', bytes: 3, format: 'png', width: 1, height: 1 },
      ...{ createdAt: 0, project: 'default', provider: 'fal', model: 'm', seed: 1, dropped: [], remoteId: null },
      ...{ cost: { kind: 'unknown' }, generationMs: null, notAi, revisedPrompt: null, stages: null, path },
      request: GenerationRequest.parse({ prompt }),
    }),
  );
  writeFileSync(join(root, path), 'png');
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-rate-'));
  database = openDatabase(root, 'write');
  mkdirSync(join(root, 'images/default'), { recursive: true });
  mkdirSync(join(root, 'pending'), { recursive: true });
  moves = createFileMoves({ database, root, log });
  events = createEvents();
  told = [];
  events.listen((event) => told.push(event));
  log.error.mockClear();
  onRatings.mockClear();
  addImage(fox, 'a photo of a fox');
  addImage(hen, 'a watercolor of a hen');
  addImage(drawn, 'a photo of a fox', true);
});
afterEach(() => {
  moves.close();
  database.close();
  rmSync(root, { recursive: true, force: true });
});

const rate = (ids: string[], rating: number | null, asOf?: number) =>
  rateImages(ids, rating, { database, moves, events, log, onRatings }, asOf);
const ratingOf = (id: string) => imageById(database.read, id)?.rating;
const sidecar = (id: string): string => readFileSync(join(root, `images/default/${id}.png.xmp`), 'utf8');

it('writes rows and sidecars, tells of all at once, and answers what was there before', async () => {
  await rate([hen], 2);
  expect(await rate([fox, hen, fox], 5)).toEqual({
    rating: 5,
    before: [
      { id: fox, rating: null },
      { id: hen, rating: 2 },
    ],
    moment: expect.any(Number) as number,
  });
  expect(imageById(database.read, fox)?.rating).toBe(5);
  for (const id of [fox, hen]) expect(sidecar(id)).toMatch(/<xmp:Rating[^>]*>5<\/xmp:Rating>/);
  expect(told).toHaveLength(2);
  expect(told[1]).toMatchObject({
    kind: 'imagesChanged',
    images: [
      { id: fox, rating: 5 },
      { id: hen, rating: 5 },
    ],
  });
  expect(onRatings).toHaveBeenCalledTimes(2);
  await moves.settle([fox, hen]);
  expect(plannedMoves(database.read, 10)).toEqual([]);
});

it.each([0, null])('takes ratings away with %s', async (nothing) => {
  await rate([fox], 5);
  expect(await rate([fox, hen], nothing)).toMatchObject({ rating: null, before: [{ rating: 5 }, { rating: null }] });
  expect(imageById(database.read, fox)?.rating).toBeNull();
  expect(sidecar(fox)).not.toContain('xmp:Rating');
  expect(modelRatings(database.read)).toEqual({});
});

it('lets routing learn by kind of prompt, and nothing from a picture that was drawn by rules', async () => {
  await rate([fox, hen, drawn], 4);
  const once = { ratings: 1, stars: 4 };
  const all = { ratings: 2, stars: 8 };
  expect(modelRatings(database.read)).toEqual({ fal: { m: { illustration: once, photo: once, all } } });
  expect(imageById(database.read, drawn)?.rating).toBe(4);
});

it('changes and tells nothing where the same is said once more', async () => {
  await rate([fox], 3);
  rmSync(join(root, `images/default/${fox}.png.xmp`));
  expect(await rate([fox], 3)).toMatchObject({ rating: 3, before: [{ id: fox, rating: 3 }] });
  expect(told).toHaveLength(1);
  expect(onRatings).toHaveBeenCalledOnce();
  expect(() => sidecar(fox)).toThrow(/ENOENT/);
});

it('rates none where one of them is unknown', async () => {
  const unknown = '00000000-0000-7000-8000-000000000000';
  await expect(rate([fox, unknown], 3)).rejects.toThrow(/There is no image 0{8}.* Nothing was rated/);
  expect(imageById(database.read, fox)?.rating).toBeNull();
  expect(told).toEqual([]);
});

it('does not say of a part that nothing was rated', async () => {
  const unknown = '00000000-0000-7000-8000-000000000000';
  const { moment } = await rate([fox], 3);
  await expect(rate([hen, unknown], 3, moment)).rejects.toThrow(/^There is no image 0{8}\S* in this library\.$/);
});

it('keeps the rating where the sidecar can not be written, and writes it at the next start', async () => {
  rmSync(join(root, 'images'), { recursive: true });
  expect(await rate([fox], 4)).toMatchObject({ rating: 4 });
  expect(log.error).toHaveBeenCalledOnce();
  mkdirSync(join(root, 'images/default'), { recursive: true });
  writeFileSync(join(root, `images/default/${fox}.png`), 'png');
  expect(await moves.finishAll()).toEqual([]);
  expect(sidecar(fox)).toContain('>4</xmp:Rating>');
});

it('does not forget that a file is still to be put into place', async () => {
  const path = `images/default/${fox}.png`;
  rmSync(join(root, path));
  writeFileSync(join(root, 'pending/waiting.png'), 'png');
  database.write((writer) => planMove(writer, { imageId: fox, from: 'pending/waiting.png', to: path }));
  await rate([fox], 4);
  expect(readFileSync(join(root, path), 'utf8')).toBe('png');
  expect(sidecar(fox)).toContain('>4</xmp:Rating>');
});

it('keeps the last of what was said in quick succession', async () => {
  await Promise.all([1, 2, 3].map((stars) => rate([fox], stars)));
  expect(imageById(database.read, fox)?.rating).toBe(3);
  expect(sidecar(fox)).toContain('>3</xmp:Rating>');
});

it('takes back only what nobody rated anew since', async () => {
  const { moment } = await rate([fox, hen], 5);
  await rate([hen], 2);
  expect(await rate([fox, hen], null, moment)).toEqual({ rating: null, before: [{ id: fox, rating: 5 }], moment });
  expect([ratingOf(fox), ratingOf(hen)]).toEqual([null, 2]);
  // Also where the same was said once more: whoever said it wants it so.
  const again = await rate([fox], 4);
  await rate([fox], 4);
  expect(await rate([fox], 1, again.moment)).toMatchObject({ before: [] });
  expect(ratingOf(fox)).toBe(4);
});

it('passes over, in later parts of a long rating, what was rated since its first one', async () => {
  const { moment } = await rate([fox], 5);
  await rate([hen], 1);
  expect(await rate([hen, drawn], 5, moment)).toMatchObject({ before: [{ id: drawn, rating: null }], moment });
  expect([fox, hen, drawn].map(ratingOf)).toEqual([5, 1, 5]);
});

describe('many at once', () => {
  const many = Array.from(
    { length: 250 },
    (_, at) => `0198f0aa-1c2d-7e3f-8a4b-0000000001${String(at).padStart(2, '0')}`,
  );
  beforeEach(() => {
    for (const id of many) addImage(id, 'a photo of a fox');
  });

  it('goes on in parts, tells of each, and lets others rate in between, which stays', async () => {
    const last = many.at(-1) ?? '';
    let meanwhile: Promise<unknown> | undefined;
    events.listen(() => {
      meanwhile ??= rate([last], 1);
    });
    const all = rate(many, 5);
    const { before } = await all;
    await meanwhile;
    expect(before.map(({ id }) => id)).toEqual(many.slice(0, -1));
    expect(ratingOf(last)).toBe(1);
    expect(told.map((event) => (event.kind === 'imagesChanged' ? event.images.length : 0))).toEqual([100, 1, 100, 49]);
    expect(modelRatings(database.read).fal?.m?.all).toEqual({ ratings: 250, stars: 249 * 5 + 1 });
    expect(many.filter((id) => !sidecar(id).includes('xmp:Rating'))).toEqual([]);
  });

  it('says how many were rated where the rest could not be', async () => {
    let writes = 0;
    const full: Database = {
      ...database,
      read: database.read,
      write: (change) => {
        writes += 1;
        if (writes > 2) throw new AppError('diskFull', 'The disk is full.');
        return database.write(change);
      },
    };
    const parts = { database: full, moves, events, log, onRatings };
    await expect(rateImages(many, 5, parts)).rejects.toThrow(
      new AppError('diskFull', 'The disk is full. Of 250 images, 200 were rated before that.'),
    );
    expect(many.filter((id) => ratingOf(id) === 5)).toHaveLength(200);
    expect(sidecar(many[0] ?? '')).toContain('>5</xmp:Rating>');
    expect(onRatings).toHaveBeenCalledOnce();
    await expect(rateImages(many, 4, parts)).rejects.toThrow('The disk is full. Nothing was rated.');
  });
});
