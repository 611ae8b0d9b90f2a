import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { AppError, type ErrorReport } from '../shared/errors.ts';
import type { SystemInfo } from '../shared/contract/system.ts';
import type { ProviderStatus } from '../shared/models/provider.ts';
import type { GenerationRequest } from '../shared/models/generation-request.ts';
import type { RouteAnswer } from '../shared/models/route.ts';
import { emptyRoutingState, type Spending } from '../shared/models/routing.ts';
import { createBudget } from './costs/budget.ts';
import { createPrices } from './costs/prices.ts';
import { createEvents, type Events } from './events.ts';
import { discover, usualAddresses, type FoundServer } from './health/discover.ts';
import { createHealth } from './health/health.ts';
import { systemNetwork } from './health/network-watch.ts';
import { createProviderStates } from './health/provider-states.ts';
import { createHandlers } from './handlers.ts';
import type { Accounts } from './database/accounts.ts';
import { openAccounts } from './database/open-accounts.ts';
import { noLibrary } from './database/open-database.ts';
import { isLibraryMade, openLibrary, type OpenLibrary } from './open-library.ts';
import type { Work } from './jobs/job-queue.ts';
import { createKeys } from './keys/keys.ts';
import type { Log } from './log.ts';
import type { Platform } from './platform.ts';
import { createPromptTools } from './prompts/prompt-tools.ts';
import { providerKinds } from './providers/registry.ts';
import { rehearse } from './routing/rehearse.ts';
import { dayStart, monthStart } from './routing/spending.ts';
import { createRoutingChoices } from './settings/routing-choices.ts';
import { createSettings } from './settings/settings.ts';
import { watchSettings } from './settings/watch-settings.ts';

export type App = ReturnType<typeof createApp>;

/** What becomes of a library that was not made yet, and of one that only writing could bring up to date. */
export interface Opening {
  /** `make` makes it where writing is allowed and is `refuse` elsewhere; `pass` goes on without one. */
  readonly ifNotMade?: 'make' | 'pass' | 'refuse';
  /** Reading goes on without it; otherwise it is refused. */
  readonly mayBeOld?: boolean;
}

/** Everything Easel does, without a door: hosts put a window, a browser or a terminal in front of it. */
export function createApp({ platform, log, access }: { platform: Platform; log: Log; access: 'read' | 'write' }) {
  const events: Events = createEvents();
  const { environment } = platform;
  const providerIds = providerKinds.map(({ manifest }) => manifest.id);
  const settings = createSettings({ store: platform.settings, events, environment, providers: providerIds });
  const keys = createKeys({
    folder: platform.dataFolder,
    sealing: platform.sealing,
    environment,
    manifests: providerKinds.map(({ manifest }) => manifest),
    events,
    log,
    now: Date.now,
  });
  let library: OpenLibrary | null = null;
  let accounts: Accounts | null = null;
  let stopWatching = (): void => undefined;
  const providers = createProviderStates({
    kinds: providerKinds,
    keys,
    settings,
    environment,
    cloudOff: () => settings.routingInForce().inForce.cloudOff,
    trainedModels: (provider) => library?.training.modelsOf(provider) ?? [],
    events,
    log,
    now: Date.now,
    onChecked: (outcome) => health.noteCheck(outcome),
  });
  let problem: ErrorReport | null = null;
  let work: (() => void) | null = null;
  let opening: Promise<void> = Promise.resolve();

  const folder = (): string =>
    resolve(platform.libraryFolder ?? settings.get().libraryFolder ?? platform.usualLibraryFolder);

  /** One that is remembered was there: its drive may be missing. */
  const mustExist = (): boolean => platform.libraryFolder === null && settings.get().libraryFolder !== null;

  const opened = (): OpenLibrary => {
    if (library) return library;
    if (problem) throw new AppError(problem.code, problem.message, problem.details ?? {});
    throw new AppError('setupNeeded', 'Choose a folder for the library first.');
  };

  /** One after the other: two windows may ask at the same time. */
  const openAt = (root: string, mustExist: boolean): Promise<void> => {
    const next = opening.catch(() => undefined).then(() => replaceLibrary(root, mustExist));
    opening = next;
    return next;
  };

  /** Takes the place of the open library only once the other one is open. */
  const replaceLibrary = async (root: string, mustExist: boolean): Promise<void> => {
    const before = library;
    if (before?.root === root) return;
    accounts ??= openAccounts({ folder: platform.dataFolder, access, log });
    library = await openLibrary({
      root,
      access,
      accounts,
      mustExist,
      events,
      log,
      providers,
      settings,
      promptTools,
      noteJobFailure: (provider, failure) => health.noteJobFailure(provider, failure),
    });
    problem = null;
    await before?.close();
    if (before) library.routing.catchUp();
    work?.();
    events.emit({ kind: 'libraryChanged' });
  };

  /** Before there is a library, the caps hold over what is spent in others. */
  const spentInOthers = (): Spending => {
    const known = accounts ?? openAccounts({ folder: platform.dataFolder, access: 'read', log });
    const since = (start: number): number => known.spentElsewhere('no library', start);
    try {
      return { day: since(dayStart(Date.now())), month: since(monthStart(Date.now())) };
    } finally {
      if (known !== accounts) known.close();
    }
  };

  const info = (): SystemInfo => ({
    version: platform.version,
    abilities: { revealFile: platform.revealFile !== undefined, chooseFolder: platform.chooseFolder !== undefined },
    library: { state: library ? 'open' : problem ? 'failed' : 'setup', folder: library?.root ?? folder(), problem },
    notices: [...platform.notices, ...settings.notices, ...providers.notices()],
  });

  const lookForServers = async (): Promise<FoundServer[]> => {
    const [{ probeComfyui }, { probeAutomatic1111 }, { probeOllama }] = await Promise.all([
      import('./providers/comfyui/probe.ts'),
      import('./providers/automatic1111/probe.ts'),
      import('./ollama/probe-ollama.ts'),
    ]);
    const found = await discover(usualAddresses, {
      comfyui: probeComfyui,
      automatic1111: probeAutomatic1111,
      ollama: probeOllama,
    });
    const usable = found.filter((server) => server.usable);
    for (const server of usable) providers.offer(server.service, server);
    providers.withdrawOffers(usable.map(({ service }) => service));
    return found;
  };

  const health = createHealth({
    providers,
    checkSeconds: () => settings.routingInForce().inForce.healthCheckSeconds,
    cloudOff: () => settings.routingInForce().inForce.cloudOff,
    lookForServers,
    network: systemNetwork,
    events,
    log,
    now: Date.now,
    elapsed: () => performance.now(),
    chance: () => randomInt(2 ** 32) / 2 ** 32,
  });

  const promptTools = createPromptTools({
    settings: () => settings.get().ollama,
    environment,
    picture: ({ imageId, inputId }) => {
      const pictures = opened().library;
      return imageId === undefined ? pictures.input(inputId ?? '') : pictures.original(imageId);
    },
    comfyui: () => providers.status('comfyui'),
    log,
    now: Date.now,
  });

  const core = {
    info,
    events,
    settings,
    routingChoices: createRoutingChoices({ settings, providers: providerIds }),
    keys,
    providers,
    health,
    budget: createBudget({
      settings,
      spent: () => (library === null && problem === null ? spentInOthers() : opened().costs.spent()),
    }),
    prices: createPrices({ settings, providers, events }),
    /** Who would do a request. Before there is a library, by settings, providers and what is spent in others alone. */
    rehearse: async (request: GenerationRequest): Promise<RouteAnswer> => {
      if (library !== null || problem !== null) return opened().routing.rehearse(request);
      const { inForce, overrides } = settings.routingInForce();
      const state = { ...emptyRoutingState, settings: inForce, overrides: [...overrides], spending: spentInOthers() };
      const message = 'A picture to go by is kept in a library. Choose a folder for one first.';
      const inputSize = (): Promise<never> => Promise.reject(new AppError('setupNeeded', message));
      return rehearse(request, { providers, state: () => state, inputSize, now: Date.now });
    },
    promptTools,
    platform,
    log,
    /** The open library. Throws `setupNeeded` or the reason why it could not be opened. */
    library: opened,
    openLibrary: async (chosen: string): Promise<SystemInfo> => {
      const root = resolve(chosen);
      const remembered = settings.get().libraryFolder;
      await openAt(root, remembered !== null && resolve(remembered) === root && !platform.libraryFolder);
      if (platform.libraryFolder === null) settings.update({ libraryFolder: root });
      return info();
    },
    discover: lookForServers,
    reinitialize: async (provider: string): Promise<ProviderStatus> => {
      const status = await health.reinitialize(provider, () => library?.isAtWork(provider) ?? false);
      // Whoever begins anew does not wait for a cool-down.
      library?.routing.reset(provider);
      return status;
    },
  };

  return {
    ...core,
    handlers: createHandlers(core),
    /**
     * Opens the library that was given or remembered; with `ask`, a first start waits for `openLibrary` instead. Throws
     * AppError.
     */
    open: async ({ ask, ifNotMade = 'make', mayBeOld = false }: Opening & { ask: boolean }): Promise<void> => {
      // Not waited for: the system may be asking its user whether Easel may open the keychain.
      void keys.refresh();
      const remembered = platform.libraryFolder ?? settings.get().libraryFolder;
      if (remembered === null && ask) return;
      const isMade = isLibraryMade(folder(), mustExist());
      if (ifNotMade === 'pass' && !isMade) return;
      try {
        if (ifNotMade === 'refuse' && access === 'write' && !isMade) throw noLibrary(folder());
        await openAt(folder(), mustExist());
      } catch (error) {
        // Who only reads meets no lock, so it is not up to date.
        if (mayBeOld && access === 'read' && error instanceof AppError && error.code === 'libraryBusy') return;
        problem = reportOf(error, log);
        throw error;
      }
    },
    /** Begins to work on jobs and trainings, and goes on after another library is opened. */
    startWork: (wanted: Work): void => {
      work = () => {
        library?.queue.start(wanted);
        library?.training.startWork(wanted);
      };
      work();
    },
    /** For programs that stay open: checks the providers in the background, and notices local servers that come and go, and settings that another Easel changes. */
    keepLooking: (): void => {
      health.start();
      const readAgain = (): void => {
        try {
          settings.readAgain();
        } catch (error) {
          log.error('the settings could not be read again', error);
        }
      };
      try {
        stopWatching = watchSettings(platform.dataFolder, readAgain);
      } catch (error) {
        // A folder that can't be written, most likely: nobody else changes settings there either.
        log.error('the settings can not be watched', error);
      }
      void Promise.all([providers.ensureFresh(), lookForServers()]).catch((error: unknown) => {
        log.error('looking for local servers failed', error);
      });
    },
    close: async (): Promise<void> => {
      await opening.catch(() => undefined);
      stopWatching();
      health.close();
      // Before the tools: a job whose model is taken away would be sent with other words instead of waiting for the next start.
      await library?.close();
      accounts?.close();
      await promptTools.close();
      await providers.close();
      await keys.close();
      await log.close();
    },
  };
}

function reportOf(error: unknown, log: Log): ErrorReport {
  if (error instanceof AppError) return { code: error.code, message: error.message, details: error.details };
  log.error('the library could not be opened', error);
  return { code: 'internal', message: 'The library could not be opened. The log has the details.' };
}
