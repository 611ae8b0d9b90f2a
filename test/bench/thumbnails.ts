import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { insideLibrary, thumbnailPath } from '../../src/main/files/library-paths.ts';
import { createThumbnails } from '../../src/main/files/thumbnails.ts';
import { thumbnailSide, type ThumbnailSize } from '../../src/shared/models/image.ts';
import { ratioRow, type Bench, type Figure } from './figure.ts';
import { compare, timeAll, type Round } from './rounds.ts';
import { total } from './statistics.ts';

const atOnce = 4;
/** Enough that the end, where fewer than four are left, does not decide. */
const picturesPerRound = 64;
const rounds = 5;
/** Looks whole: its header says how long it is. */
const emptyWebp = Buffer.from('RIFF\x04\0\0\0WEBP', 'latin1');
const allSizes = ['large', 'medium', 'small'] as const;
const twoSizes = ['medium', 'small'] as const;

/** Easel's thumbnails against one `clone()` of the picture for each size: same sizes, quality, effort, files, four pictures at once. */
export const thumbnails: Figure = {
  id: 'I1',
  title: `Thumbnails of ${picturesPerRound} PNGs of 1024 × 1024 and 2 MB, four at once`,
  async measure(bench) {
    const limit = { atLeast: 1.5 };
    const three = await measureSizes(bench, allSizes);
    const two = await measureSizes(bench, twoSizes);
    return [
      ratioRow('two sizes (320, 160), by their speed', two, { statistic: total, kind: 'speed', limit }),
      ratioRow('all three that Easel makes, by their speed', three, { statistic: total, kind: 'speed', limit }),
    ];
  },
};

async function measureSizes(bench: Bench, sizes: readonly ThumbnailSize[]): Promise<Round[]> {
  const pictures = await bench.pictures();
  const pictureAt = (at: number): string => pictures[at % pictures.length] ?? '';
  const root = bench.newFolder('thumbnails');
  mkdirSync(join(root, 'thumbnails'), { recursive: true });
  const made = createThumbnails({ root });
  let round = 0;
  const measured = await compare({
    rounds,
    ours: async () => {
      round += 1;
      const keys = Array.from({ length: picturesPerRound }, (_, at) => hash('sha256', `${round}-${at}`));
      for (const key of keys) leaveOut(root, key, sizes);
      return [await timeAll(picturesPerRound, atOnce, (at) => made.makeAll(pictureAt(at), keys[at] ?? ''))];
    },
    baseline: async () => {
      const folder = bench.newFolder('thumbnails-bare');
      return [await timeAll(picturesPerRound, atOnce, (at) => makeBare(folder, pictureAt(at), `${at}`, sizes))];
    },
  });
  await made.close();
  return measured;
}

/** Sizes that aren't wanted are there already, so that only the others are made. Done before the clock runs: nobody else makes them. */
function leaveOut(root: string, key: string, sizes: readonly ThumbnailSize[]): void {
  for (const size of allSizes.filter((each) => !sizes.includes(each))) {
    const path = insideLibrary(root, thumbnailPath(key, size));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, emptyWebp);
  }
}

async function makeBare(folder: string, picture: string, name: string, sizes: readonly ThumbnailSize[]): Promise<void> {
  const opened = sharp(readFileSync(picture));
  await Promise.all(
    sizes.map((size) =>
      opened
        .clone()
        .resize(thumbnailSide[size], thumbnailSide[size], { fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 80, effort: 0 })
        .toFile(join(folder, `${name}-${size}.webp`)),
    ),
  );
}
