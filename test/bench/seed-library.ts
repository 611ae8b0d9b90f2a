import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fillLibrary } from './fill-library.ts';

// Fills a new library to try things out at size:
//   npx vite build --config test/bench/vite.bench.config.ts
//   node out/bench/seed-library.js --library <folder> --images 100000
const { values } = parseArgs({
  options: {
    library: { type: 'string' },
    images: { type: 'string', default: '10000' },
    /** Results of each job. */
    'per-job': { type: 'string', default: '4' },
    /** Real pictures, with thumbnails, that the rows share. */
    pictures: { type: 'string', default: '24' },
    /** Also an original for every row: a hard link to one of the pictures. */
    originals: { type: 'boolean', default: false },
  },
});

const root = values.library === undefined ? null : resolve(values.library);
if (root === null || existsSync(join(root, 'library.db'))) {
  process.stderr.write('--library <folder> names a folder that holds no library yet.\n');
  process.exitCode = 2;
} else {
  const startedAt = performance.now();
  await fillLibrary({
    root,
    images: Number(values.images),
    imagesPerJob: Number(values['per-job']),
    pictures: Number(values.pictures),
    originals: values.originals,
    onProgress: (images) => process.stderr.write(`\r${images.toLocaleString('en')} images`),
  });
  process.stderr.write(` in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
}
