import { spawn } from 'node:child_process';

/** Asks the desktop to show an address in its browser. Where there is none, nothing happens. */
export function openBrowser(url: string, environment: NodeJS.ProcessEnv = process.env): void {
  const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', '""'],
  };
  const [program, ...words] = openers[process.platform] ?? ['xdg-open'];
  // It says where the compiled Easel lies. Another program made with Node would put its own there, and hand it on.
  const { NODE_COMPILE_CACHE: _ours, ...env } = environment;
  spawn(program, [...words, url], { env, stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
