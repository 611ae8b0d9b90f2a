import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Database } from '../database/database.ts';
import { imageById, insertImage, planMove, plannedMoves, setTrashed } from '../database/images.ts';
import { openDatabase } from '../database/open-database.ts';
import { setRating } from '../database/ratings.ts';
import { createEvents } from '../events.ts';
import { sidecarPath, trashPath } from '../files/library-paths.ts';
import { createFileMoves, planSidecar, type FileMoves } from './file-moves.ts';
import { rateImages } from './rate-images.ts';
import { restoreImages, trashImages } from './trash.ts';

const ids = Array.from({ length: 40 }, (_, at) => `0198f0aa-1c2d-7e3f-8a4b-0000000001${String(at).padStart(2, '0')}`);
const [fox] = ids as [string];
const last = ids.slice(-1);
const events = createEvents();
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn(), close: () => Promise.resolve() };
let root: string;
let database: Database;
let moves: FileMoves;

const home = (id: string): string => `images/default/${id}.png`;
function addImage(id: string): void {
  database.write((writer) =>
    insertImage(writer, {
      ...{ id, jobId: null, attemptId: null, index: 0, hash: 'ab', bytes: 3, format: 'png', width: 1, height: 1 },
      ...{ createdAt: 0, project: 'default', provider: 'fal', model: 'm', seed: 1, dropped: [], remoteId: null },
      ...{ cost: { kind: 'unknown' }, generationMs: null, notAi: false, revisedPrompt: null, stages: null },
      ...{ path: home(id), request: GenerationRequest.parse({ prompt: 'a fox' }) },
    }),
  );
  writeFileSync(join(root, home(id)), 'png');
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-moves-'));
  database = openDatabase(root, 'write');
  mkdirSync(join(root, 'images/default'), { recursive: true });
  mkdirSync(join(root, 'trash'), { recursive: true });
  moves = createFileMoves({ database, root, log });
  for (const id of ids) addImage(id);
});
afterEach(() => {
  moves.close();
  database.close();
  rmSync(root, { recursive: true, force: true });
});

const rate = (which: readonly string[], stars: number) =>
  rateImages(which, stars, { database, moves, events, log, onRatings: () => undefined });
const trash = (which: readonly string[]) => trashImages(which, { database, moves, events, now: () => 1 });
const restore = (which: readonly string[]) => restoreImages(which, { database, moves, events, now: () => 1 });
/** Where the picture is by its row. */
const place = (id: string): string => join(root, imageById(database.read, id)?.path ?? 'no row');
const sidecar = (id: string): string => readFileSync(sidecarPath(place(id)), 'utf8');
/** What lies in the library's folders beside what its rows say. */
const strays = (): string[] => {
  const known = ids.flatMap((id) => [place(id), sidecarPath(place(id))]);
  const files = ['images', 'trash'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return files.filter((path) => !known.includes(path));
};
const missing = (): string[] => ids.filter((id) => !existsSync(place(id)));
/** The first eight are under way, the others only planned. */
const underWay = () => wait(0);

it('keeps the note of a sidecar that is still to be written when an older one is done', async () => {
  const said = (rating: number) =>
    database.write((writer) => {
      setRating(writer, fox, { rating, countsFor: null });
      return planSidecar(writer, imageById(writer, fox)!);
    });
  const older = moves.make(said(5));
  // It has read the row by now, and no file yet.
  for (let turn = 0; turn < 9; turn += 1) await Promise.resolve();
  said(1);
  await older;
  await moves.settle([fox]);
  expect(sidecar(fox)).toContain('>5</xmp:Rating>');
  // As after a kill.
  expect(await moves.finishAll()).toEqual([]);
  expect(sidecar(fox)).toContain('>1</xmp:Rating>');
  expect(plannedMoves(database.read, 99)).toEqual([]);
});

it('brings all others into their place where one is lost, and tells of that one at the end', async () => {
  rmSync(join(root, home(fox)));
  await expect(trash(ids)).rejects.toThrow();
  expect(missing()).toEqual([fox]);
  const told: string[] = [];
  const stop = events.listen((event) => {
    if (event.kind === 'imagesRestored') told.push(...event.images.map(({ id }) => id));
  });
  await expect(restore(ids)).rejects.toThrow();
  stop();
  expect(missing()).toEqual([fox]);
  expect(new Set(told)).toEqual(new Set(ids));
});

it('forgets the plan that was made, and not the same one that was planned after it', async () => {
  const image = imageById(database.read, fox)!;
  const [one, other] = [1, 2].map(() => database.write((writer) => planSidecar(writer, image)));
  expect({ ...other, plan: one?.plan }).toEqual(one);
  await moves.make(one!);
  await moves.settle([fox]);
  expect(plannedMoves(database.read, 99)).toEqual([other]);
  await moves.make(other!);
  await moves.settle([fox]);
  expect(plannedMoves(database.read, 99)).toEqual([]);
  // No number comes twice, else the first plan, made once more, would forget another one.
  expect(database.write((writer) => planSidecar(writer, image)).plan).toBeGreaterThan(other?.plan ?? 0);
});

it('leaves no sidecar behind where pictures go to the trash while they are still being rated', async () => {
  const rated = rate(ids, 5);
  await underWay();
  await Promise.all([rated, trash(last)]);
  expect([strays(), missing()]).toEqual([[], []]);
  for (const id of ids) expect(sidecar(id)).toContain('>5</xmp:Rating>');
});

it('leaves no sidecar in the trash where pictures are restored while they are still being rated', async () => {
  await trash(ids);
  const rated = rate(ids, 5);
  await underWay();
  await Promise.all([rated, restore(last)]);
  expect([strays(), missing()]).toEqual([[], []]);
  for (const id of ids) expect(sidecar(id)).toContain('>5</xmp:Rating>');
});

it.each([1, 9, 40])(
  'has the files where their rows say when %i of them are taken back while they go to the trash',
  async (some) => {
    const trashed = trash(ids);
    await underWay();
    await Promise.all([trashed, restore(ids.slice(-some))]);
    expect([strays(), missing()]).toEqual([[], []]);
    await moves.settle(ids);
    expect(plannedMoves(database.read, 99)).toEqual([]);
  },
);

it('keeps what lies where the sidecar belongs and is none', async () => {
  writeFileSync(sidecarPath(place(fox)), 'notes of my own');
  await rate([fox], 4);
  expect(sidecar(fox)).toContain('>4</xmp:Rating>');
  expect(readFileSync(`${sidecarPath(place(fox))}.bak`, 'utf8')).toBe('notes of my own');
});

it('finds a picture that an earlier plan has taken elsewhere, and its sidecar', async () => {
  await rate([fox], 3);
  const there = trashPath(fox, 'png');
  // Planned while the trash was under way: by its note the file never left.
  database.write((writer) => planMove(writer, { imageId: fox, from: home(fox), to: home(fox) }));
  for (const path of [home(fox), sidecarPath(home(fox))])
    renameSync(join(root, path), join(root, path.replace(home(fox), there)));
  expect(await moves.finishAll()).toEqual([]);
  expect([strays(), missing()]).toEqual([[], []]);
  expect(sidecar(fox)).toContain('>3</xmp:Rating>');
});

it('writes no sidecar for a picture that is nowhere, and says so at each start', async () => {
  rmSync(place(fox));
  await rate([fox], 3);
  expect(await moves.finishAll()).toEqual([fox]);
  expect(existsSync(sidecarPath(place(fox)))).toBe(false);
});

it('does nothing for a plan that is out of date, in whatever order it comes', async () => {
  const away = database.write((writer) => {
    setTrashed(writer, fox, 1, trashPath(fox, 'png'));
    return planMove(writer, { imageId: fox, from: home(fox), to: trashPath(fox, 'png') });
  });
  const back = database.write((writer) => {
    setTrashed(writer, fox, null, home(fox));
    return planMove(writer, { imageId: fox, from: trashPath(fox, 'png'), to: home(fox) });
  });
  await moves.make(back);
  await moves.make(away);
  expect([strays(), missing()]).toEqual([[], []]);
  await moves.settle([fox]);
  expect(plannedMoves(database.read, 99)).toEqual([]);
});
