import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { providerKinds } from '../src/main/providers/registry.ts';

const cli = fileURLToPath(new URL('../out/easel/cli.js', import.meta.url));
const hook = (path: string): string => pathToFileURL(fileURLToPath(new URL(path, import.meta.url))).href;
const killAtHook = hook('crash/kill-at.ts');

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly environment?: Record<string, string>;
  /** `<step>`, `<step>#<n-th time>`, `<step>+<ms later>`: kill -9 of the process at that point of its work. */
  readonly killAt?: string;
  readonly killAfterMs?: number;
  readonly input?: string;
  readonly onStart?: (child: ChildProcess) => void;
}

/** A data folder and a library of one's own, away from the user's and from the environment's settings. */
export interface Place {
  readonly data: string;
  readonly library: string;
  remove(): void;
}

export function newPlace(): Place {
  const root = mkdtempSync(join(tmpdir(), 'easel-test-'));
  return {
    data: join(root, 'data'),
    library: join(root, 'library'),
    remove: () => {
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** For tests that make services fail, and ask them, far more often than a person would: no breaker, and no minute, holds them up for long. */
export function neverLeaveAlone(place: Pick<Place, 'data'>): void {
  const breaker = { failures: 100, coolDownSeconds: 1, longestCoolDownSeconds: 1 };
  const limits = Object.fromEntries(providerKinds.map(({ manifest: { id } }) => [id, { perMinute: 100_000 }]));
  mkdirSync(place.data, { recursive: true });
  writeFileSync(join(place.data, 'settings.json'), JSON.stringify({ routing: { breaker, limits } }));
}

/** Runs the built `easel` as a process of its own and waits for its end. Without a library, it takes the one of its settings. */
export function runEasel(
  place: { readonly data: string; readonly library: string | null },
  words: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const child = spawn(
    process.execPath,
    [
      ...(options.killAt ? ['--import', killAtHook] : []),
      cli,
      '--data',
      place.data,
      ...(place.library === null ? [] : ['--library', place.library]),
      ...words,
    ],
    {
      env: {
        ...cleanEnvironment(),
        ...options.environment,
        ...(options.killAt ? { EASEL_TEST_KILL_AT: options.killAt } : {}),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  options.onStart?.(child);
  const timer = options.killAfterMs === undefined ? null : setTimeout(() => child.kill('SIGKILL'), options.killAfterMs);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (timer) clearTimeout(timer);
      resolve({ code, signal, stdout, stderr });
    });
  });
}

/** The same, with the answer read as JSON. */
export async function easelJson<Answer>(
  place: Place,
  words: readonly string[],
  options: RunOptions = {},
): Promise<Answer> {
  const outcome = await runEasel(place, [...words, '--json'], options);
  try {
    return JSON.parse(outcome.stdout) as Answer;
  } catch {
    throw new Error(
      `easel ${words.join(' ')} ended with ${outcome.code ?? outcome.signal}: ${outcome.stdout}${outcome.stderr}`,
    );
  }
}

/** An environment in which passphrases are stretched in a moment, not in a second: for tests of what is done with them. */
export const cheapPassphrases = { NODE_OPTIONS: `--import ${hook('cheap-passphrases.ts')}` };

/** With one of these a test could be charged for. */
const keyVariables = new Set(
  providerKinds.flatMap(({ manifest }) => manifest.credentials.flatMap(({ environment }) => environment)),
);

/** What the developer's own shell has set must not reach the tests. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^EASEL_|^COMFYUI_|^OLLAMA_|^AI_|^SERVICE_|_IMAGE_PROVIDERS?$|^NODE_OPTIONS$|^VITEST/.test(name) &&
        !keyVariables.has(name),
    ),
  );
}
