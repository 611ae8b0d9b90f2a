import Sqlite from 'better-sqlite3';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './open-database.ts';
import { imageById, insertImage } from './images.ts';
import { attemptsOfJob } from './attempts.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-migrate-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A library as version 1 of the database left it, with a picture, its attempt, and a higher number that was used before. */
function makeVersion1(): void {
  const old = new Sqlite(join(root, 'library.db'));
  old.exec(readFileSync(new URL('./migrations/0001-jobs-and-images.sql', import.meta.url), 'utf8'));
  old.exec(`
    INSERT INTO jobs (id, state, request, position, created_at) VALUES ('job', 'succeeded', '{"prompt":"a pear"}', 1, 1);
    INSERT INTO attempts (id, job_id, number, first_index, image_count, provider, model, state, request, dropped, started_at)
      VALUES ('attempt', 'job', 1, 0, 1, 'comfyui', 'm', 'succeeded', '{"prompt":"a pear"}', '[]', 1);
    INSERT INTO images (sequence, id, job_id, attempt_id, image_index, hash, bytes, format, width, height, created_at, project,
        provider, model, prompt, request, dropped, cost_kind, not_ai, path)
      SELECT value, 'image-' || value, 'job', 'attempt', value, 'hash', 1, 'png', 1, 1, 1, 'default', 'comfyui', 'm', 'a pear',
        '{"prompt":"a pear"}', '[]', 'unknown', 0, 'images/' || value FROM (SELECT 1 AS value UNION SELECT 300 UNION SELECT 900);
    INSERT INTO file_moves VALUES ('image-300', 'pending/300', 'images/300');
    DELETE FROM images WHERE id = 'image-900';
    PRAGMA user_version = 1;
    PRAGMA application_id = 1164014412;
  `);
  old.close();
}

describe('a library of an older Easel', () => {
  it('keeps its jobs, attempts, pictures, counts and the numbers it has used', () => {
    makeVersion1();
    const database = openDatabase(root, 'write');
    expect(imageById(database.read, 'image-300')).toMatchObject({
      attemptId: 'attempt',
      jobId: 'job',
      request: { prompt: 'a pear', references: [] },
      revisedPrompt: null,
    });
    expect(attemptsOfJob(database.read, 'job')).toMatchObject([
      { id: 'attempt', state: 'succeeded', reservedUsd: null },
    ]);
    expect(database.read.all(`SELECT bucket, images FROM image_buckets WHERE images > 0 ORDER BY bucket`)).toEqual([
      { bucket: 0, images: 1 },
      { bucket: 1, images: 1 },
    ]);
    expect(database.read.all(`SELECT image_id AS id FROM file_moves`)).toEqual([{ id: 'image-300' }]);
    const known = imageById(database.read, 'image-300');
    database.write((writer) =>
      insertImage(writer, { ...known!, id: 'new', index: 5, path: 'images/new', format: 'mp4' }),
    );
    expect(imageById(database.read, 'new')?.sequence).toBe(901);
    expect(database.read.all('PRAGMA foreign_key_check')).toEqual([]);
    expect(database.read.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    database.write((writer) => writer.run(`DELETE FROM images WHERE id = 'image-300'`));
    expect(database.read.all(`SELECT * FROM file_moves`)).toEqual([]);
    expect(database.read.get(`SELECT images FROM image_buckets WHERE bucket = 1`)).toEqual({ images: 0 });
    database.close();
    expect(
      new Sqlite(join(root, 'backups', 'library-version-1.db'), { readonly: true }).pragma('user_version'),
    ).toEqual([{ user_version: 1 }]);
  });

  it('keeps the times of images, by project where an hour had one', () => {
    const old = new Sqlite(join(root, 'library.db'));
    const folder = new URL('./migrations/', import.meta.url);
    const before = readdirSync(folder)
      .sort()
      .filter((name) => name < '0008');
    for (const name of before) old.exec(readFileSync(new URL(name, folder), 'utf8'));
    old.exec(`
      INSERT INTO usage (hour, provider, model, project, attempts, succeeded) VALUES
        (1, 'fal', 'm', 'covers', 2, 2), (1, 'fal', 'm', 'failures', 1, 0),
        (2, 'fal', 'm', 'covers', 1, 1), (2, 'fal', 'm', 'default', 1, 1);
      INSERT INTO usage_times VALUES (1, 'fal', 'm', 7, 3), (1, 'fal', 'm', 9, 1), (2, 'fal', 'm', 7, 2), (3, 'fal', 'm', 7, 5);
      PRAGMA user_version = ${before.length};
      PRAGMA application_id = 1164014412;
    `);
    old.close();
    const database = openDatabase(root, 'write');
    expect(database.read.all(`SELECT hour, project, bucket, images FROM usage_times ORDER BY hour, bucket`)).toEqual([
      { hour: 1, project: 'covers', bucket: 7, images: 3 },
      { hour: 1, project: 'covers', bucket: 9, images: 1 },
      { hour: 2, project: '', bucket: 7, images: 2 },
      { hour: 3, project: '', bucket: 7, images: 5 },
    ]);
    database.close();
  });

  it('does not begin its numbers anew when all its pictures are gone', () => {
    makeVersion1();
    const old = new Sqlite(join(root, 'library.db'));
    old.exec('PRAGMA foreign_keys = OFF; DELETE FROM images; DELETE FROM file_moves;');
    old.close();
    const database = openDatabase(root, 'write');
    expect(database.read.get(`SELECT seq FROM sqlite_sequence WHERE name = 'images'`)).toEqual({ seq: 900 });
    database.close();
  });
});
