import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, stamp } from './build.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['src', 'resources', 'package.json', 'electron.vite.config.ts', 'vite.easel.config.ts'];

/** Builds Easel where it was never built or a source is newer than the build. A package without sources is built already. */
export function buildIfNeeded() {
  if (!existsSync(join(root, 'src'))) return;
  const builtAt = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (sources.every((source) => newestIn(join(root, source)) <= builtAt)) return;
  process.stderr.write('Building Easel, which is needed once…\n');
  build();
}

function newestIn(path) {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  const names = readdirSync(path).filter((name) => !/\.test\.tsx?$/.test(name));
  return names.reduce((newest, name) => Math.max(newest, newestIn(join(path, name))), 0);
}
