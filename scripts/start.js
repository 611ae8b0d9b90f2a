import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build-if-needed.js';

/** `npm start`: the desktop window, or, where there can't be one, the same interface in a browser. */
const root = fileURLToPath(new URL('..', import.meta.url));
const electronFolder = join(root, 'node_modules', 'electron');

function electronBinary() {
  const read = () => {
    const name = join(electronFolder, 'path.txt');
    const path = existsSync(name) ? join(electronFolder, 'dist', readFileSync(name, 'utf8').trim()) : '';
    return path !== '' && existsSync(path) ? path : null;
  };
  const there = read();
  if (there) return there;
  // The package holds a downloader only; it fetches the program at first use.
  spawnSync(process.execPath, [join(electronFolder, 'install.js')], { cwd: root, stdio: 'ignore', timeout: 300_000 });
  return read();
}

function whyNoWindow() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return 'there is no display';
  return null;
}

buildIfNeeded();
const reason = whyNoWindow();
const electron = reason === null ? electronBinary() : null;
const words = process.argv.slice(2);
if (electron === null) {
  process.stdout.write(
    `No desktop window, because ${reason ?? "Electron's program could not be downloaded"}; opening Easel in a browser instead.\n`,
  );
}
const child = electron
  ? spawn(electron, [root, ...words], { stdio: 'inherit' })
  : spawn(process.execPath, [join(root, 'scripts', 'easel.js'), 'serve', ...words], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 0));
