import { hash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { insideLibrary, thumbnailPath } from '../../src/main/files/library-paths.ts';
import { thumbnailSide, type ThumbnailSize } from '../../src/shared/models/image.ts';
import type { KnownPicture } from './library-rows.ts';
import { createRandom, pick } from './random.ts';

const sizes = [
  [768, 768],
  [640, 896],
  [896, 640],
] as const;

/** Draws soft clouds of colour, which look and weigh like pictures, with their thumbnails in every size. */
export async function makeSharedPictures(root: string, count: number): Promise<(KnownPicture & { path: string })[]> {
  const random = createRandom(count);
  const folder = join(root, 'shared');
  mkdirSync(folder, { recursive: true });
  const pictures: (KnownPicture & { path: string })[] = [];
  for (let number = 0; number < count; number += 1) {
    const [width, height] = pick(sizes, random);
    const bytes = await drawClouds({ width, height }, random);
    const path = join(folder, `${number}.png`);
    writeFileSync(path, bytes);
    const contentHash = hash('sha256', bytes);
    for (const size of Object.keys(thumbnailSide) as ThumbnailSize[])
      await writeThumbnail(root, bytes, contentHash, size);
    pictures.push({ hash: contentHash, bytes: bytes.length, width, height, path });
  }
  return pictures;
}

async function drawClouds({ width, height }: { width: number; height: number }, random: () => number): Promise<Buffer> {
  const [columns, rows] = [9, 7];
  const spots = Buffer.from(Array.from({ length: columns * rows * 3 }, () => Math.floor(random() * 256)));
  return sharp(spots, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .png({ compressionLevel: 3 })
    .toBuffer();
}

async function writeThumbnail(root: string, bytes: Buffer, contentHash: string, size: ThumbnailSize): Promise<void> {
  const path = insideLibrary(root, thumbnailPath(contentHash, size));
  mkdirSync(dirname(path), { recursive: true });
  const side = thumbnailSide[size];
  await sharp(bytes).resize(side, side, { fit: 'inside', withoutEnlargement: true }).webp({ effort: 0 }).toFile(path);
}
