import { AppError } from '../../shared/errors.ts';
import type { ProviderHealth, ProviderStatus } from '../../shared/models/provider.ts';
import type { Settings } from '../../shared/models/settings.ts';
import type { TrainedModel } from '../../shared/models/training.ts';
import { didYouMean } from '../../shared/nearest-names.ts';
import { correctPrices } from '../../shared/routing/correct-prices.ts';
import { offerTrained } from '../../shared/routing/offer-trained.ts';
import type { Events } from '../events.ts';
import type { Log } from '../log.ts';
import { ProviderError, type ImageProvider } from '../providers/provider.ts';
import type { ProviderKind } from '../providers/registry.ts';
import { healthAfter, missingKey, needsAddress, uncheckedHealth, type ProviderKeys } from './provider-standing.ts';
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
  balance: ProviderStatus['balance'];
  /** As it was made last; null once something of it has changed. */
  status: ProviderStatus | null;
  /** By address and key. None is closed before the end: a job may still be talking to one that is out of use, and idle ones hold nothing. */
  readonly opened: Map<string, Promise<ImageProvider>>;
  checking: { readonly place: string; readonly answer: Promise<ProviderStatus> } | null;
}

export function createProviderStates(dependencies: {
  kinds: readonly ProviderKind[];
  keys: ProviderKeys;
  settings: { get(): Settings; update(change: Partial<Settings>): Settings };
  environment: Readonly<Record<string, string | undefined>>;
  /** Models of a provider that came of trainings here. */
  trainedModels: (provider: string) => readonly TrainedModel[];
  events: Events;
  log: Log;
  now: () => number;
}): ProviderStates {
  const { kinds, keys, settings, environment, trainedModels, events, log, now } = dependencies;
  const entries = new Map<string, ProviderEntry>(
    kinds.map((kind) => [
      kind.manifest.id,
      {
        kind,
        health: uncheckedHealth(kind.manifest),
        models: kind.manifest.models,
        balance: null,
        status: null,
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

  /** Local servers are used once they were accepted, cloud services once they have their key; both unless they were switched off. */
  const isEnabled = ({ kind: { manifest } }: ProviderEntry): boolean => {
    if (manifest.kind === 'builtin') return true;
    const wish = settings.get().providers[manifest.id]?.enabled;
    const { source } = providerAddress(manifest, settings.get(), environment);
    if (needsAddress(manifest)) return source !== 'default' && (wish ?? true);
    if (manifest.kind === 'cloud') return (wish ?? true) && missingKey(manifest, keys) === null;
    return source === 'environment' || (wish ?? false);
  };

  const addressOf = (state: ProviderEntry): ProviderAddress => {
    const address = providerAddress(state.kind.manifest, settings.get(), environment);
    const usesFound = address.source === 'default' && state.answeredAt !== null;
    return usesFound ? { ...address, url: state.answeredAt, source: 'found' } : address;
  };

  /** Asked for several times with each job, and the same until something is told of the provider. */
  const toStatus = (state: ProviderEntry): ProviderStatus => (state.status ??= makeStatus(state));
  const forgetAll = (): void => {
    for (const state of entries.values()) state.status = null;
  };

  /** Twice: what came of a training costs what it builds on costs, unless the user says otherwise of itself. */
  const modelsOf = ({ kind: { manifest }, models }: ProviderEntry): ProviderStatus['models'] => {
    const { prices } = settings.get().routing;
    const offered = offerTrained(correctPrices(manifest.id, models, prices), trainedModels(manifest.id));
    return correctPrices(manifest.id, offered, prices);
  };

  const makeStatus = (state: ProviderEntry): ProviderStatus => {
    const { manifest } = state.kind;
    const address = addressOf(state);
    return {
      manifest,
      url: withoutCredentials(address.url),
      urlSource: address.source,
      enabled: isEnabled(state),
      health: address.problem
        ? { ...state.health, state: 'unreachable', message: address.problem }
        : (missingKey(manifest, keys) ?? state.health),
      credentials: keys.status(manifest.id),
      balance: state.balance,
      models: modelsOf(state),
    };
  };

  const tell = (state: ProviderEntry): ProviderStatus => {
    state.status = null;
    const status = toStatus(state);
    events.emit({ kind: 'providerChanged', provider: status });
    return status;
  };

  /** Where a provider is and with what it is entered, as one text. */
  const placeOf = (state: ProviderEntry): string =>
    JSON.stringify([addressOf(state).url, keys.of(state.kind.manifest.id)]);

  const openAt = (state: ProviderEntry, url: string): Promise<ImageProvider> => {
    const credentials = keys.of(state.kind.manifest.id);
    const place = JSON.stringify([url, credentials]);
    const known = state.opened.get(place);
    if (known) return known;
    const provider = state.kind.open({ url, credentials });
    state.opened.set(place, provider);
    return provider;
  };

  const ask = async (
    state: ProviderEntry,
    url: string,
  ): Promise<ProviderHealth & Pick<ProviderStatus, 'models' | 'balance'>> => {
    const provider = await openAt(state, url);
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(checkTimeoutMs)]);
    const { version, message } = await provider.checkHealth({ signal });
    const models = provider.listModels ? [...(await provider.listModels({ signal }))] : state.kind.manifest.models;
    // Only for showing: a service whose account page is down still draws.
    const balance = (await provider.readBalance?.({ signal }).catch(() => null)) ?? null;
    return { state: 'ready', version, message, checkedAt: now(), models, balance };
  };

  const runCheck = async (state: ProviderEntry, isQuiet: boolean): Promise<ProviderStatus> => {
    const { manifest } = state.kind;
    const address = providerAddress(manifest, settings.get(), environment);
    if (manifest.kind === 'builtin' || address.problem || missingKey(manifest, keys)) return tell(state);
    const urls = address.source === 'default' ? manifest.defaultUrls : [address.url ?? ''];
    if (state.health.state !== 'ready' && !isQuiet) {
      state.health = { ...state.health, state: 'checking', message: `Asking ${manifest.name}…` };
      tell(state);
    }
    let failure: unknown = null;
    for (const url of urls) {
      try {
        const { models, balance, ...health } = await ask(state, url);
        state.health = health;
        state.models = models;
        state.balance = balance;
        state.answeredAt = url;
        return tell(state);
      } catch (error) {
        failure ??= error;
      }
    }
    if (!(failure instanceof ProviderError)) log.error('provider check failed', failure, { provider: manifest.id });
    const words = `${manifest.name} gave an answer that Easel does not understand.`;
    state.health = healthAfter(failure instanceof ProviderError ? failure : new ProviderError('server', words), now());
    state.answeredAt = null;
    return tell(state);
  };

  const check = (id: string, isQuiet = false): Promise<ProviderStatus> => {
    const state = entry(id);
    const place = placeOf(state);
    const running = state.checking;
    if (running?.place === place) return running.answer;
    // An address or a key that changed meanwhile has to be asked anew, after the old one.
    const answer = (running?.answer ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => runCheck(state, isQuiet))
      .finally(() => {
        if (state.checking?.answer === answer) state.checking = null;
      });
    state.checking = { place, answer };
    return answer;
  };

  const stopHearing = events.listen(({ kind }) => {
    if (kind === 'settingsChanged' || kind === 'keysChanged' || kind === 'libraryChanged') forgetAll();
  });
  const stopListening = keys.onChange((changed) => {
    forgetAll();
    for (const state of [...entries.values()].filter(({ kind }) => changed.includes(kind.manifest.id))) {
      state.health = uncheckedHealth(state.kind.manifest);
      state.models = state.kind.manifest.models;
      state.balance = null;
      tell(state);
      if (isEnabled(state)) void check(state.kind.manifest.id);
    }
  });

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
      state.health = uncheckedHealth(state.kind.manifest);
      state.status = null;
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
          if (isEnabled(state) && ['unreachable', 'offline'].includes(state.health.state))
            void check(state.kind.manifest.id, true);
        }
      }, lookAgainMs).unref();
    },
    close: async () => {
      if (timer) clearInterval(timer);
      stopListening();
      stopHearing();
      closing.abort();
      await Promise.allSettled(
        [...entries.values()].flatMap(({ opened }) =>
          [...opened.values()].map((provider) => provider.then((adapter) => adapter.close())),
        ),
      );
    },
  };
}
