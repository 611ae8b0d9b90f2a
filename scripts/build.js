import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Names the moment up to which the sources are in the build. */
export const stamp = join(root, 'out', 'built');

const steps = [
  ['electron-vite', 'build', '--logLevel', 'warn'],
  ['vite', 'build', '--config', 'vite.easel.config.ts', '--logLevel', 'warn'],
];

/** Builds the desktop program, the interface and the `easel` command into out/. Its words go to standard error. */
export function build() {
  rmSync(stamp, { force: true });
  for (const [command, ...words] of steps) {
    const { status } = spawnSync('npx', [command, ...words], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (status !== 0) {
      process.stderr.write(`\`${[command, ...words].join(' ')}\` failed.\n`);
      process.exit(status ?? 1);
    }
  }
  writeFileSync(stamp, '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
