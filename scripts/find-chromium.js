import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * A Chromium for the browser tests: the one named by EASEL_CHROMIUM, the system's, or Playwright's own; where there is none,
 * it is installed by whatever this machine offers. Null where nothing works.
 */
export async function findChromium({ install }) {
  const { chromium } = await import('@playwright/test');
  const find = () =>
    [process.env.EASEL_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', chromium.executablePath()].find(
      (path) => path && existsSync(path),
    ) ?? null;
  const there = find();
  if (there || !install) return there;
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (isDebianRoot) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2] });
    spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: ['ignore', 2, 2] });
  } else {
    spawnSync('npx', ['playwright', 'install', 'chromium'], {
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
  }
  return find();
}

/** Quiet and without a network of its own; a root user has no sandbox. */
export const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
