import type { Database } from 'better-sqlite3';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { Pool } from 'undici';
import { v7 as newId } from 'uuid';
import { thumbnailSide } from '../../src/shared/models/image.ts';

/** The same row as Easel's, without any of its guarantees: no hash of the content, no folder sync, no second name. */
export function createBareInsert(connection: Database): (id: string, path: string, bytes: number) => void {
  const insert = connection.prepare(
    `INSERT INTO images (id, job_id, attempt_id, image_index, hash, bytes, format, width, height, created_at, project, provider, model,
       seed, prompt, request, dropped, remote_id, cost_kind, cost_usd, generation_ms, not_ai, path)
     VALUES (?, NULL, NULL, 0, ?, ?, 'png', 1024, 1024, ?, 'default', 'comfyui', 'model', 1, ?, ?, '[]', NULL, 'reported', 0, 1000, 0, ?)`,
  );
  const prompt = 'a fox in the snow, oil on canvas';
  return (id, path, bytes) => {
    const request = JSON.stringify({
      operation: 'textToImage',
      prompt,
      negativePrompt: '',
      width: 1024,
      height: 1024,
      count: 1,
      seed: 1,
      steps: 20,
    });
    insert.run(id, id, bytes, Date.now(), prompt, request, path);
  };
}

export async function bareDownload(pool: Pool, filename: string): Promise<Buffer> {
  const { body } = await pool.request({
    method: 'GET',
    path: '/view',
    query: { filename, subfolder: '', type: 'output' },
  });
  return Buffer.from(await body.arrayBuffer());
}

/** Written and on the disk, as far as `fdatasync` goes. */
export async function bareWrite(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.write(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Decoded once, each size from the next larger one: the best that sharp can do. */
export async function bareThumbnails(folder: string, id: string, bytes: Uint8Array): Promise<void> {
  let pixels = await fit(sharp(bytes), thumbnailSide.large);
  for (const size of ['large', 'medium', 'small'] as const) {
    if (size !== 'large') pixels = await fit(opened(pixels), thumbnailSide[size]);
    await writeFile(
      join(folder, `${id}-${size}.webp`),
      await opened(pixels).webp({ quality: 80, effort: 0 }).toBuffer(),
    );
  }
}

type Pixels = Awaited<ReturnType<typeof fit>>;

function fit(picture: Sharp, side: number) {
  return picture
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
}

function opened({ data, info: { width, height, channels } }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}

/** From the address to the row, with thumbnails. */
export async function bareIngest(
  place: { folder: string; pool: Pool; insert: ReturnType<typeof createBareInsert> },
  filename: string,
): Promise<void> {
  const id = newId();
  const path = join(place.folder, `${id}.png`);
  const bytes = await bareDownload(place.pool, filename);
  await mkdir(place.folder, { recursive: true });
  await bareWrite(path, bytes);
  await bareThumbnails(place.folder, id, bytes);
  place.insert(id, path, bytes.length);
}
