import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment, type Outcome, type Place } from '../run-easel.ts';

const cli = fileURLToPath(new URL('../../out/easel/cli.js', import.meta.url));

/** What a failed operation answers with. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly data?: { readonly details: Record<string, unknown> };
}

export interface Served {
  readonly child: ChildProcess;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly token: string;
  /** The line that serve printed, as it came. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** A request with the token, unless the headers say otherwise. */
  get(path: string, options?: RequestInit): Promise<Response>;
  /** An operation of the contract; throws where it fails. */
  call<Answer>(operation: string, input?: unknown): Promise<Answer>;
  /** The same, for one that is to fail. */
  fail(operation: string, input?: unknown): Promise<Failure & { readonly status: number }>;
  /** Asks it to stop, as a terminal or a service manager does. */
  stop(signal?: NodeJS.Signals): Promise<Outcome>;
}

/** Starts the built `easel serve` on a free port and waits until it listens. */
export async function startServe(
  place: Place,
  options: { environment?: Record<string, string>; words?: readonly string[]; withLibrary?: boolean } = {},
): Promise<Served> {
  const { environment = {}, words = ['--port', '0'], withLibrary = true } = options;
  const folders = ['--data', place.data, ...(withLibrary ? ['--library', place.library] : [])];
  const child = spawn(process.execPath, [cli, ...folders, 'serve', '--no-open', '--json', ...words], {
    env: { ...cleanEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that fails half-way must leave nothing running.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Outcome>((resolve) => {
    child.on('close', (code, signal) => {
      process.off('exit', kill);
      resolve({ code, signal, stdout, stderr });
    });
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.includes('\n')) resolve(stdout);
    });
    void ended.then(({ code }) => {
      reject(new Error(`easel serve ended with ${code}: ${stderr}`));
    });
  });
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  const { origin } = new URL(url);

  const get: Served['get'] = (path, init = {}) =>
    fetch(new URL(path, origin), {
      redirect: 'manual',
      ...init,
      headers: { authorization: `Bearer ${token}`, ...Object.fromEntries(new Headers(init.headers)) },
    });
  const post = async (operation: string, input: unknown): Promise<{ status: number; json: unknown }> => {
    const answer = await get(`/rpc/${operation}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ json: input }),
    });
    return { status: answer.status, json: ((await answer.json()) as { json: unknown }).json };
  };
  return {
    child,
    origin,
    token,
    stdout: () => stdout,
    stderr: () => stderr,
    get,
    call: async <Answer>(operation: string, input?: unknown) => {
      const { status, json } = await post(operation, input);
      if (status !== 200) throw new Error(`${operation}: ${status} ${JSON.stringify(json)}`);
      return json as Answer;
    },
    fail: async (operation, input) => {
      const { status, json } = await post(operation, input);
      if (status === 200) throw new Error(`${operation} did not fail: ${JSON.stringify(json)}`);
      return { ...(json as Failure), status };
    },
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Asks again until it is so. */
export async function until(condition: () => Promise<boolean> | boolean, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It did not come to that in time.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
