import { AppError } from '../../shared/errors.ts';
import type { ProviderHealth, ProviderStatus } from '../../shared/models/provider.ts';
import type { Settings } from '../../shared/models/settings.ts';
import { didYouMean } from '../../shared/nearest-names.ts';
import type { Events } from '../events.ts';
import type { Log } from '../log.ts';
import { ProviderError, type ImageProvider } from '../providers/provider.ts';
import type { ProviderKind } from '../providers/registry.ts';
import { providerAddress, withoutCredentials, type ProviderAddress } from './provider-address.ts';

/** An answer older than this is asked for again before a job relies on it. */
const freshForMs = 5_000;
const checkTimeoutMs = 15_000;
/** How often a provider that is set up but can't be reached is looked for again. */
const lookAgainMs = 10_000;

export interface ProviderStates {
  list(): ProviderStatus[];
  status(id: string): ProviderStatus;
  /** One free call; also reads the models again. Never throws for a service that is away: its status says so. */
  check(id: string): Promise<ProviderStatus>;
  /** Checks what has not been checked lately: one provider, or all that are set up. */
  ensureFresh(id?: string): Promise<void>;
  /** The adapter, talking to the address in use now. */
  open(id: string): Promise<ImageProvider>;
  setUp(id: string, choice: { enabled: boolean; url: string | null }): Promise<ProviderStatus>;
  /** A server answered at this address; it is offered, not used. */
  offer(id: string, found: { url: string; version: string | null }): void;
  /** Looks for unreachable providers now and then, until `close`. */
  keepLooking(): void;
  close(): Promise<void>;
}

interface ProviderEntry {
  readonly kind: ProviderKind;
  health: ProviderHealth;
  models: ProviderStatus['models'];
  /** The usual address that answered, where a provider has several. */
  answeredAt: string | null;
  /** By address. None is closed before the end: a job may still be talking to one that is out of use, and idle ones hold nothing. */
  readonly opened: Map<string, Promise<ImageProvider>>;
  checking: Promise<ProviderStatus> | null;
}

export function createProviderStates(dependencies: {
  kinds: readonly ProviderKind[];
  settings: { get(): Settings; update(change: Partial<Settings>): Settings };
  environment: Readonly<Record<string, string | undefined>>;
  events: Events;
  log: Log;
  now: () => number;
}): ProviderStates {
  const { kinds, settings, environment, events, log, now } = dependencies;
  const entries = new Map<string, ProviderEntry>(
    kinds.map((kind) => [
      kind.manifest.id,
      {
        kind,
        health: kind.manifest.kind === 'builtin' ? builtinHealth : unchecked(kind.manifest.name),
        models: kind.manifest.models,
        answeredAt: null,
        opened: new Map(),
        checking: null,
      },
    ]),
  );
  let timer: NodeJS.Timeout | null = null;
  const closing = new AbortController();

  const entry = (id: string): ProviderEntry => {
    const found = entries.get(id);
    if (!found) {
      const known = [...entries.keys()];
      throw new AppError(
        'unknownProvider',
        `There is no provider "${id}".${didYouMean(id, known)} There are: ${known.join(', ')}.`,
      );
    }
    return found;
  };

  const isEnabled = ({ kind: { manifest } }: ProviderEntry): boolean =>
    manifest.kind === 'builtin' ||
    providerAddress(manifest, settings.get(), environment).source === 'environment' ||
    (settings.get().providers[manifest.id]?.enabled ?? false);

  const addressOf = (state: ProviderEntry): ProviderAddress => {
    const address = providerAddress(state.kind.manifest, settings.get(), environment);
    const usesFound = address.source === 'default' && state.answeredAt !== null;
    return usesFound ? { ...address, url: state.answeredAt, source: 'found' } : address;
  };

  const toStatus = (state: ProviderEntry): ProviderStatus => {
    const { manifest } = state.kind;
    const address = addressOf(state);
    return {
      manifest,
      url: withoutCredentials(address.url),
      urlSource: address.source,
      enabled: isEnabled(state),
      health: address.problem ? { ...state.health, state: 'unreachable', message: address.problem } : state.health,
      models: state.models,
    };
  };

  const tell = (state: ProviderEntry): ProviderStatus => {
    const status = toStatus(state);
    events.emit({ kind: 'providerChanged', provider: status });
    return status;
  };

  const openAt = (state: ProviderEntry, url: string): Promise<ImageProvider> => {
    const known = state.opened.get(url);
    if (known) return known;
    const provider = state.kind.open(url);
    state.opened.set(url, provider);
    return provider;
  };

  const ask = async (
    state: ProviderEntry,
    url: string,
  ): Promise<ProviderHealth & { models: ProviderStatus['models'] }> => {
    const provider = await openAt(state, url);
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(checkTimeoutMs)]);
    const { version, message } = await provider.checkHealth({ signal });
    const models = provider.listModels ? [...(await provider.listModels({ signal }))] : state.kind.manifest.models;
    return { state: 'ready', version, message, checkedAt: now(), models };
  };

  const runCheck = async (state: ProviderEntry, isQuiet: boolean): Promise<ProviderStatus> => {
    const { manifest } = state.kind;
    const address = providerAddress(manifest, settings.get(), environment);
    if (manifest.kind === 'builtin' || address.problem) return tell(state);
    const urls = address.source === 'default' ? manifest.defaultUrls : [address.url ?? ''];
    if (state.health.state !== 'ready' && !isQuiet) {
      state.health = { ...state.health, state: 'checking', message: `Asking ${manifest.name}…` };
      tell(state);
    }
    let failure: unknown = null;
    for (const url of urls) {
      try {
        const { models, ...health } = await ask(state, url);
        state.health = health;
        state.models = models;
        state.answeredAt = url;
        return tell(state);
      } catch (error) {
        failure ??= error;
      }
    }
    if (!(failure instanceof ProviderError)) log.error('provider check failed', failure, { provider: manifest.id });
    const words =
      failure instanceof ProviderError
        ? failure.message
        : `${manifest.name} gave an answer that Easel does not understand.`;
    state.health = { state: 'unreachable', message: words, version: null, checkedAt: now() };
    state.answeredAt = null;
    return tell(state);
  };

  const check = (id: string, isQuiet = false): Promise<ProviderStatus> => {
    const state = entry(id);
    state.checking ??= runCheck(state, isQuiet).finally(() => {
      state.checking = null;
    });
    return state.checking;
  };

  return {
    list: () => [...entries.values()].map(toStatus),
    status: (id) => toStatus(entry(id)),
    check: (id) => check(id),
    ensureFresh: async (id) => {
      const wanted = id === undefined ? [...entries.values()].filter(isEnabled) : [entry(id)];
      await Promise.all(
        wanted
          .filter(
            ({ health }) =>
              health.checkedAt === null || (health.state !== 'ready' && now() - health.checkedAt > freshForMs),
          )
          .map((state) => check(state.kind.manifest.id)),
      );
    },
    open: (id) => {
      const state = entry(id);
      return openAt(state, addressOf(state).url ?? '');
    },
    setUp: async (id, { enabled, url }) => {
      const state = entry(id);
      const address = providerAddress(state.kind.manifest, settings.get(), environment);
      if (address.source === 'environment' && url !== null && url !== withoutCredentials(address.url)) {
        throw new AppError(
          'badInput',
          `An environment variable sets the address of ${state.kind.manifest.name} for this run. Unset it to choose another one.`,
        );
      }
      // Interfaces know the address without its password; one that comes back as it was shown keeps it.
      const stored = settings.get().providers[id]?.url ?? null;
      const kept = url !== null && url === withoutCredentials(stored) ? stored : url;
      settings.update({ providers: { ...settings.get().providers, [id]: { enabled, url: kept } } });
      state.answeredAt = null;
      state.health = state.kind.manifest.kind === 'builtin' ? builtinHealth : unchecked(state.kind.manifest.name);
      return enabled ? check(id) : tell(state);
    },
    offer: (id, { url, version }) => {
      const state = entry(id);
      if (isEnabled(state) || state.health.state === 'ready') return;
      state.answeredAt = url;
      state.health = {
        state: 'found',
        message: `${state.kind.manifest.name} answers at ${url}. Use it?`,
        version,
        checkedAt: now(),
      };
      tell(state);
    },
    keepLooking: () => {
      timer ??= setInterval(() => {
        for (const state of entries.values()) {
          if (isEnabled(state) && state.health.state === 'unreachable') void check(state.kind.manifest.id, true);
        }
      }, lookAgainMs).unref();
    },
    close: async () => {
      if (timer) clearInterval(timer);
      closing.abort();
      await Promise.allSettled(
        [...entries.values()].flatMap(({ opened }) =>
          [...opened.values()].map((provider) => provider.then((adapter) => adapter.close())),
        ),
      );
    },
  };
}

const builtinHealth: ProviderHealth = {
  state: 'ready',
  message: 'Always there, needs no network.',
  version: null,
  checkedAt: 0,
};

function unchecked(name: string): ProviderHealth {
  return { state: 'notSetUp', message: `${name} is not set up.`, version: null, checkedAt: null };
}
