import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AppEvent } from '../../shared/models/events.ts';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Database } from '../database/database.ts';
import { imageById, insertImage, planMove, plannedMoves, setTrashed } from '../database/images.ts';
import { openDatabase } from '../database/open-database.ts';
import { createEvents, type Events } from '../events.ts';
import { keepAltText } from './alt-text.ts';
import { createFileMoves, type FileMoves } from './file-moves.ts';

const id = '0198f0aa-1c2d-7e3f-8a4b-5c6d7e8f9a0b';
const path = 'images/default/a.png';
let root: string;
let database: Database;
let moves: FileMoves;
let events: Events;
let told: AppEvent[];
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn(), close: () => Promise.resolve() };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-alt-text-'));
  database = openDatabase(root, 'write');
  mkdirSync(join(root, 'images/default'), { recursive: true });
  mkdirSync(join(root, 'pending'), { recursive: true });
  moves = createFileMoves({ database, root, log });
  events = createEvents();
  told = [];
  events.listen((event) => told.push(event));
  log.error.mockClear();
  database.write((writer) =>
    insertImage(writer, {
      ...{ id, jobId: null, attemptId: null, index: 0, hash: 'ab', bytes: 3, format: 'png', width: 1, height: 1 },
      ...{ createdAt: 0, project: 'default', provider: 'builtin', model: 'm', seed: 1, dropped: [], remoteId: null },
      ...{ cost: { kind: 'unknown' }, generationMs: null, notAi: true, revisedPrompt: null, stages: null, path },
      request: GenerationRequest.parse({ prompt: 'a fox' }),
    }),
  );
  writeFileSync(join(root, path), 'png');
});
afterEach(() => {
  moves.close();
  database.close();
  rmSync(root, { recursive: true, force: true });
});

const keep = (text: string | null) => keepAltText(id, text, { database, moves, events, log });
const sidecar = (): string => readFileSync(join(root, `${path}.xmp`), 'utf8');

it('writes row and sidecar, tells of it, and answers what was there before', async () => {
  expect(await keep('A fox.')).toEqual({ id, altText: 'A fox.', before: null });
  expect(imageById(database.read, id)?.altText).toBe('A fox.');
  expect(sidecar()).toContain('A fox.');
  expect(told).toMatchObject([{ kind: 'imagesChanged', images: [{ id, altText: 'A fox.' }] }]);
  expect(readFileSync(join(root, path), 'utf8')).toBe('png');

  expect(await keep('')).toEqual({ id, altText: null, before: 'A fox.' });
  expect(imageById(database.read, id)?.altText).toBeNull();
  expect(sidecar()).not.toContain('A fox.');
  expect(told).toHaveLength(2);
  await moves.settle([id]);
  expect(plannedMoves(database.read, 10)).toEqual([]);
});

it('changes nothing where the same is said once more', async () => {
  await keep('A fox.');
  rmSync(join(root, `${path}.xmp`));
  expect(await keep('A fox.')).toEqual({ id, altText: 'A fox.', before: 'A fox.' });
  expect(told).toHaveLength(1);
  expect(existsSync(join(root, `${path}.xmp`))).toBe(false);
});

const rate = (): void =>
  writeFileSync(
    join(root, `${path}.xmp`),
    sidecar().replace('   <easel:image>', '   <xmp:Rating>5</xmp:Rating>\n   <easel:image>'),
  );

it('leaves what another program wrote in the sidecar, also when the file goes to the trash and back', async () => {
  await keep('A fox.');
  rate();
  await keep('A hen.');
  expect(sidecar()).toContain('<xmp:Rating>5</xmp:Rating>');
  expect(sidecar()).toContain('A hen.');
  expect(sidecar()).not.toContain('A fox.');

  const trashed = 'trash/a.png';
  const go = async (from: string, to: string): Promise<void> => {
    await moves.settle([id]);
    mkdirSync(join(root, 'trash'), { recursive: true });
    const planned = database.write((writer) => {
      setTrashed(writer, id, to === trashed ? 1 : null, to);
      return planMove(writer, { imageId: id, from, to });
    });
    await moves.make(planned);
  };
  await go(path, trashed);
  expect(existsSync(join(root, `${path}.xmp`))).toBe(false);
  expect(readFileSync(join(root, `${trashed}.xmp`), 'utf8')).toContain('<xmp:Rating>5</xmp:Rating>');
  await go(trashed, path);
  expect(sidecar()).toContain('<xmp:Rating>5</xmp:Rating>');
});

it('keeps the old sidecar whole where the new one can not be written', async () => {
  await keep('A fox.');
  rate();
  const before = sidecar();
  // In the place of the part, so that writing beside it fails.
  mkdirSync(join(root, `${path}.xmp.part`));
  writeFileSync(join(root, `${path}.xmp.part`, 'in the way'), '');
  await keep('A hen.');
  expect(log.error).toHaveBeenCalledOnce();
  expect(sidecar()).toBe(before);
});

it('drops what a crash left beside the sidecar when the next start writes it', async () => {
  writeFileSync(join(root, `${path}.xmp.part`), 'half');
  database.write((writer) => planMove(writer, { imageId: id, from: path, to: path }));
  await moves.finishAll();
  expect(existsSync(join(root, `${path}.xmp.part`))).toBe(false);
  expect(sidecar()).toContain('<easel:image>');
});

it('does not forget that a file is still to be put into place', async () => {
  rmSync(join(root, path));
  writeFileSync(join(root, 'pending/waiting.png'), 'png');
  database.write((writer) => planMove(writer, { imageId: id, from: 'pending/waiting.png', to: path }));
  await keep('A fox.');
  expect(readFileSync(join(root, path), 'utf8')).toBe('png');
  expect(sidecar()).toContain('A fox.');
});

it('keeps the text where the sidecar can not be written, and writes it at the next start', async () => {
  rmSync(join(root, 'images'), { recursive: true });
  expect(await keep('A fox.')).toMatchObject({ altText: 'A fox.' });
  expect(log.error).toHaveBeenCalledOnce();
  mkdirSync(join(root, 'images/default'), { recursive: true });
  writeFileSync(join(root, path), 'png');
  expect(await moves.finishAll()).toEqual([]);
  expect(sidecar()).toContain('A fox.');
});

it('keeps all of what was said in quick succession, the last one in the end', async () => {
  await Promise.all(['one', 'two', 'three'].map((text) => keep(text)));
  expect(imageById(database.read, id)?.altText).toBe('three');
  expect(sidecar()).toContain('>three<');
});

it('says that there is no such image', async () => {
  const unknown = '00000000-0000-7000-8000-000000000000';
  await expect(keepAltText(unknown, 'A fox.', { database, moves, events, log })).rejects.toThrow(/There is no image/);
});
