import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build-if-needed.js';

/**
 * `npm run bench [ids…]`, or `router` for all of the router's: measures Easel against baselines of the same run and prints ratios. Ends with 1 where a target is
 * missed. Each figure runs in a process of its own; their common data lies in a temporary folder, or in EASEL_BENCH_FOLDER,
 * which is kept.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const all = [
  'D1',
  'D2',
  'D3',
  'I1',
  'I2',
  'I3',
  'overhead',
  'R1',
  'R2',
  'R2-router',
  'R3',
  'R4',
  'R6',
  'optimize',
  'pending',
  'analyse',
  'compress',
  'S1',
  'history',
  'G1',
];
const groups = { router: ['R1', 'R2-router', 'R3', 'R4', 'R6'] };
const asked = process.argv.slice(2).flatMap((id) => groups[id] ?? [id]);
const unknown = asked.filter((id) => !all.includes(id));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no figure ${unknown.join(', ')}. There are: ${[...all, ...Object.keys(groups)].join(', ')}.\n`,
  );
  process.exit(2);
}

buildIfNeeded();
const words = ['vite', 'build', '--config', 'test/bench/vite.bench.config.ts', '--logLevel', 'warn'];
const built = spawnSync('npx', words, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
if (built.status !== 0) process.exit(built.status ?? 1);

const kept = process.env.EASEL_BENCH_FOLDER;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'easel-bench-'));
const missed = [];
try {
  for (const id of asked.length > 0 ? asked : all) {
    const { status } = spawnSync(process.execPath, [join(root, 'out/bench/main.js'), folder, id], {
      cwd: root,
      stdio: 'inherit',
    });
    if (status !== 0) missed.push(id);
  }
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.stdout.write(missed.length === 0 ? '\nAll targets are met.\n' : `\nMissed: ${missed.join(', ')}.\n`);
process.exitCode = missed.length === 0 ? 0 : 1;
