import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'vitest';
import type { Writer } from '../../src/main/database/database.ts';
import { openAccounts } from '../../src/main/database/open-accounts.ts';
import { openDatabase } from '../../src/main/database/open-database.ts';
import { createEvents, type Events } from '../../src/main/events.ts';
import { pendingName } from '../../src/main/files/library-paths.ts';
import { createProviderStates, type ProviderStates } from '../../src/main/health/provider-states.ts';
import { silentLog } from '../../src/main/log.ts';
import { createOptimizer } from '../../src/main/prompts/optimize-prompt.ts';
import { openLibrary, type OpenLibrary } from '../../src/main/open-library.ts';
import type { ResultImage } from '../../src/main/providers/provider.ts';
import type { Step } from '../../src/main/step.ts';
import type { z } from 'zod';
import type { RoutingSettings } from '../../src/shared/models/routing.ts';
import { GenerationRequest, type GenerationRequestInput } from '../../src/shared/models/generation-request.ts';
import type { Job, JobWithAttempts } from '../../src/shared/models/job.ts';
import { OllamaSettings } from '../../src/shared/models/ollama.ts';
import { Settings } from '../../src/shared/models/settings.ts';
import { never, paidProvider, whenSent, type ScriptedProvider } from './scripted-provider.ts';

/** Easel over one library: everything is real but the providers. */
export interface Easel extends Pick<OpenLibrary, 'jobs' | 'library' | 'queue' | 'prompts' | 'routing'> {
  readonly providers: ProviderStates;
  readonly events: Events;
  /** Puts a request into the queue; one picture of Painter unless it says otherwise. */
  ask(request?: GenerationRequestInput): Promise<Job>;
  /** The job once it has ended. */
  ended(job: Pick<Job, 'id'>): Promise<JobWithAttempts>;
  show(job: Pick<Job, 'id'>): JobWithAttempts;
  close(): Promise<void>;
}

interface OpenOptions {
  /** Whether it begins to work by itself, as it does for users. */
  readonly starts?: boolean;
  /** As in a program that stays open. */
  readonly waitsForProviders?: boolean;
  /** How jobs find their provider, where it is not as on the first day. */
  readonly routing?: z.input<typeof RoutingSettings>;
}

/** A library's folder on disk, whichever Easel has it open. */
export interface LibraryFolder {
  open(providers: readonly ScriptedProvider[], options?: OpenOptions): Promise<Easel>;
  /** Another folder with all that would be on disk if Easel were killed at this moment. */
  killedNow(): LibraryFolder;
  /** The same at the moment at which Easel next reaches this step, for whichever library: one test at a time. */
  killedAt(step: Step): Promise<LibraryFolder>;
  /** Changes the database of a library that nobody has open. */
  readonly change: (change: (writer: Writer) => void) => void;
  /** A result that was written, whole, before the kill. `index` is the job's. */
  leave(attemptId: string, index: number, image: ResultImage): void;
  /** Names of the files in one of its folders. */
  readonly names: (folder: 'pending' | 'recovered') => string[];
  /** What the files in `recovered` hold. */
  recovered(): Uint8Array[];
}

/** `it` for tests that want a library: it is empty, and gone when the test has ended. */
export const it = test.extend('folder', ({ task: _task }, { onCleanup }): LibraryFolder => {
  const { folder, remove } = newLibraryFolder();
  onCleanup(remove);
  return folder;
});

/** An empty library for those that want many of them in one test. `remove` closes whatever has it open. */
export function newLibraryFolder(): { folder: LibraryFolder; remove: () => Promise<void> } {
  const cleanups: (() => Promise<void> | void)[] = [];
  return {
    folder: libraryFolder(mkdtempSync(join(tmpdir(), 'easel-jobs-')), cleanups),
    remove: async () => {
      for (const cleanup of cleanups.reverse()) await cleanup();
    },
  };
}

function libraryFolder(root: string, cleanups: (() => Promise<void> | void)[]): LibraryFolder {
  cleanups.push(() => {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  });
  const killedNow = (): LibraryFolder => {
    const copy = mkdtempSync(join(tmpdir(), 'easel-jobs-'));
    // The lock and the shared memory of a database end with their process; thumbnails are made again.
    const dies = /^(library\.lock|library\.db-shm|accounts\.db-shm|thumbnails)$/;
    const take = (): void => {
      cpSync(root, copy, { recursive: true, filter: (path) => !dies.test(basename(path)) });
    };
    for (let tries = 1; ; tries += 1) {
      try {
        take();
        return libraryFolder(copy, cleanups);
      } catch (error) {
        // Another thread was just moving a file.
        if (tries === 5 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        rmSync(copy, { recursive: true });
      }
    }
  };
  const names: LibraryFolder['names'] = (folder) =>
    existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  return {
    open: async (scripted, options = {}) => {
      const easel = await openEasel(root, scripted, options);
      cleanups.push(() => {
        for (const provider of scripted) provider.hangUp();
        return easel.close();
      });
      return easel;
    },
    killedNow,
    killedAt: (step) =>
      new Promise((resolve) => {
        const listen = (reached: unknown): void => {
          if (reached !== step) return;
          unsubscribe('easel:step', listen);
          resolve(killedNow());
        };
        subscribe('easel:step', listen);
      }),
    change: (change) => {
      const database = openDatabase(root, 'write');
      database.write(change);
      database.close();
    },
    leave: (attemptId, index, { bytes, seed }) => {
      writeFileSync(join(root, pendingName({ attemptId, index, seed, format: 'png' })), bytes);
    },
    names,
    recovered: () => names('recovered').map((name) => new Uint8Array(readFileSync(join(root, 'recovered', name)))),
  };
}

/** Prompts are shortened by rules: nothing is asked of any Ollama. */
const byRules = OllamaSettings.parse({ use: false });
const askNobody = (): never => {
  throw new Error('Nothing is asked of Ollama.');
};
const noOllama = { status: askNobody, models: askNobody, chat: askNobody };

async function openEasel(
  root: string,
  scripted: readonly ScriptedProvider[],
  { starts = true, waitsForProviders = true, routing = {} }: OpenOptions,
): Promise<Easel> {
  const events = createEvents();
  const localOnes = scripted.filter(({ kind }) => kind.manifest.kind === 'local');
  const settings = Settings.parse({
    routing,
    providers: Object.fromEntries(localOnes.map(({ kind }) => [kind.manifest.id, { enabled: true }])),
  });
  const providers = createProviderStates({
    kinds: scripted.map(({ kind }) => kind),
    keys: {
      of: () => ({ apiKey: 'key' }),
      status: () => [],
      state: () => {
        throw new Error('No key is missing.');
      },
      addressLogin: () => null,
      setAddressLogin: () => Promise.resolve(),
      onChange: () => () => undefined,
    },
    settings: { get: () => settings, updateProvider: () => settings },
    environment: {},
    cloudOff: () => settings.routing.cloudOff,
    trainedModels: () => [],
    events,
    log: silentLog,
    now: Date.now,
  });
  const routingInForce = () => ({ inForce: settings.routing, overrides: [], notices: [] });
  const accounts = openAccounts({ folder: root, access: 'write', log: silentLog });
  const open = await openLibrary({
    root,
    access: 'write',
    accounts,
    mustExist: false,
    events,
    log: silentLog,
    providers,
    noteJobFailure: () => undefined,
    promptTools: {
      optimizer: createOptimizer({ ollama: noOllama, settings: () => byRules, now: Date.now, log: silentLog }),
      freeBeforeLocal: () => Promise.resolve(),
    },
    settings: { routingInForce },
  });
  const { jobs, library, queue, prompts, routing: inUse } = open;
  const show = ({ id }: Pick<Job, 'id'>): JobWithAttempts => jobs.show(id);
  if (starts) queue.start({ waitsForProviders });
  let closing: Promise<void> | null = null;
  return {
    jobs,
    library,
    queue,
    prompts,
    routing: inUse,
    providers,
    events,
    show,
    ask: (request = {}) =>
      jobs.create({
        ...GenerationRequest.parse({ prompt: 'a pear', seed: 5, provider: 'painter', ...request }),
        front: false,
      }),
    ended: async (job) => {
      await queue.ended(job.id);
      return show(job);
    },
    close: () =>
      (closing ??= open.close().then(() => {
        accounts.close();
        return providers.close();
      })),
  };
}

/** What is left of a job whose paid request had been sent, and not answered, when Easel was killed. */
export async function killedWhilePaying(
  folder: LibraryFolder,
  {
    request = {},
    provider = paidProvider({ submit: never }),
  }: { request?: GenerationRequestInput; provider?: ScriptedProvider } = {},
): Promise<{ left: LibraryFolder; job: Job; attemptId: string }> {
  const easel = await folder.open([provider]);
  const job = await easel.ask(request);
  await whenSent(provider);
  return { left: folder.killedNow(), job, attemptId: provider.sent[0]!.attemptId };
}
