import { extname } from 'node:path/posix';

/** Where a worker's file is beside the module that starts it: as TypeScript in the source tree, as JavaScript once bundled. */
export function workerUrl(importMetaUrl: string, name: string): URL {
  const extension = extname(new URL(importMetaUrl).pathname) === '.ts' ? '.ts' : '.js';
  return new URL(`./${name}${extension}`, importMetaUrl);
}
