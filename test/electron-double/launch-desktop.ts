import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment, newPlace, type Place } from '../run-easel.ts';
import { notePrefix, type Given, type Note } from './double/given.ts';
import type { Stage } from './double/stage.ts';

const run = fileURLToPath(new URL('double/run.ts', import.meta.url));

export interface Ending {
  readonly code: number | null;
  readonly notes: readonly Note[];
  readonly stderr: string;
}

export interface Desktop {
  readonly place: Place;
  /** Runs a function inside the program. It gets nothing but its arguments, and its answer is copied back. */
  act<Result, Argument>(
    act: (stage: Stage, argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  act<Result>(act: (stage: Stage) => Result | Promise<Result>): Promise<Result>;
  /** What happened so far. */
  notes(): readonly Note[];
  readonly ended: Promise<Ending>;
  kill(): void;
}

const screenArea = { x: 0, y: 0, width: 1920, height: 1040 };

/** Starts the built desktop program with the double in Electron's place. */
export function launchDesktop(
  options: {
    place?: Place;
    given?: Partial<Given>;
    words?: readonly string[];
    environment?: Record<string, string>;
    withoutFolders?: boolean;
  } = {},
): Desktop {
  const place = options.place ?? newPlace();
  const usual = join(place.data, '..', 'usual');
  mkdirSync(join(usual, 'pictures'), { recursive: true });
  const given: Given = {
    version: '0.0.0-double',
    isPackaged: true,
    isLockHeld: false,
    isSystemDark: false,
    isBroken: false,
    secretStorage: 'basic_text',
    displays: [screenArea],
    paths: { userData: join(usual, 'easel'), pictures: join(usual, 'pictures'), home: usual },
    ...options.given,
  };
  const folders = options.withoutFolders ? [] : ['--data', place.data, '--library', place.library];
  const child = fork(run, [...folders, ...(options.words ?? [])], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...cleanEnvironment(), ...options.environment, EASEL_DOUBLE: JSON.stringify(given) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const notes = (): Note[] =>
    stdout
      .split('\n')
      .filter((line) => line.startsWith(notePrefix))
      .map((line) => JSON.parse(line.slice(notePrefix.length)) as Note);

  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const running = Promise.withResolvers<undefined>();
  // A start that fails is seen by its ending.
  running.promise.catch(() => undefined);
  child.on('message', ({ id, result, error }: { id: number | 'running'; result?: unknown; error?: string }) => {
    if (id === 'running') running.resolve(undefined);
    else if (error === undefined) waiting.get(id)?.resolve(result);
    else waiting.get(id)?.reject(new Error(error));
  });
  const ended = new Promise<Ending>((resolve) => {
    child.on('close', (code) => {
      const gone = new Error(`The program ended with ${code}.\n${stderr}`);
      running.reject(gone);
      for (const { reject } of waiting.values()) reject(gone);
      resolve({ code, notes: notes(), stderr });
    });
  });
  let asked = 0;
  return {
    place,
    notes,
    ended,
    kill: () => child.kill('SIGKILL'),
    act: async <Result>(
      act: (stage: Stage, argument: never) => Result | Promise<Result>,
      argument?: unknown,
    ): Promise<Result> => {
      await running.promise;
      const answer = Promise.withResolvers<unknown>();
      const id = (asked += 1);
      waiting.set(id, answer);
      child.send({ id, source: act.toString(), argument });
      return (await answer.promise) as Result;
    },
  };
}

/** Quits as the user would, and waits for the end. */
export async function quit(desktop: Desktop): Promise<Ending> {
  await desktop.act(({ app }) => {
    setImmediate(() => app.quit());
  });
  return desktop.ended;
}
