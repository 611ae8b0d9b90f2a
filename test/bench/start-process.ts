import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Bundled, this file lies in out/bench. */
const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Started<FirstLine> {
  /** The first line it printed, which is JSON. */
  readonly answer: FirstLine;
  stop(): Promise<void>;
}

/** Runs a program of this project with the same Node; `words[0]` is its path from the project's folder. */
export async function startProcess<FirstLine>(words: readonly [string, ...string[]]): Promise<Started<FirstLine>> {
  const child = spawnNode(words, ['ignore', 'pipe', 'inherit']);
  if (!child.stdout) throw new Error('There is no output to read.');
  const lines = createInterface({ input: child.stdout });
  const first = once(lines, 'line') as Promise<[string]>;
  const ended = once(child, 'exit');
  const [line] = await Promise.race([
    first,
    ended.then(() => {
      throw new Error(`${words.join(' ')} ended before it was ready.`);
    }),
  ]);
  return {
    answer: JSON.parse(line) as FirstLine,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Milliseconds until it has ended. Throws where it fails. */
export async function timeProcess(words: readonly [string, ...string[]]): Promise<number> {
  const startedAt = performance.now();
  const child = spawnNode(words, ['ignore', 'ignore', 'inherit']);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code ?? 'a signal'}.`);
  return performance.now() - startedAt;
}

function spawnNode(words: readonly string[], stdio: ('ignore' | 'pipe' | 'inherit')[]): ChildProcess {
  // What the developer's own shell has set must not reach the measured program.
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^EASEL_|^NODE_OPTIONS$/.test(name)),
  );
  return spawn(process.execPath, [...words], { cwd: root, stdio, env: environment });
}
