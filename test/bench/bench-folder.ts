import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Bench } from './figure.ts';
import { fillLibrary } from './fill-library.ts';
import { makeNoisyPictures } from './noisy-pictures.ts';

/** Thumbnails that the rows of a shared library share. */
const sharedPictures = 24;
const noisyPictures = 16;

/** Data of one run of the benchmarks in one folder: whoever needs a shared part first makes it. */
export function createBenchFolder(folder: string): Bench {
  const made = async (name: string, make: (path: string) => Promise<void>): Promise<string> => {
    const path = join(folder, name);
    if (existsSync(path)) return path;
    const unfinished = `${path}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    await make(unfinished);
    renameSync(unfinished, path);
    return path;
  };
  return {
    newFolder: (name) => {
      const path = join(folder, name);
      rmSync(path, { recursive: true, force: true });
      mkdirSync(path, { recursive: true });
      return path;
    },
    libraryOf: (images) =>
      made(`library-${images}`, async (root) => {
        process.stderr.write(`(making a library of ${images.toLocaleString('en')} images)\n`);
        await fillLibrary({ root, images, imagesPerJob: 2, pictures: sharedPictures, originals: false });
      }),
    pictures: async () => {
      const path = await made('pictures', (root) => makeNoisyPictures(root, noisyPictures));
      return readdirSync(path).map((name) => join(path, name));
    },
  };
}

/** Lets the system keep a library's database in its file cache, so that a figure measures Easel and not the disk. */
export async function readIntoMemory(root: string): Promise<void> {
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  await pipeline(createReadStream(join(root, 'library.db'), { highWaterMark: 1_000_000 }), nowhere);
}
