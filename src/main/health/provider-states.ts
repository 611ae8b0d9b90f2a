import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../shared/errors.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { Log } from '../log.ts';
import type { ImageProvider } from '../providers/provider.ts';
import { createAddressLogins } from './address-logins.ts';
import { createProviderChecks, type CheckOutcome } from './provider-checks.ts';
import { createProviderEntries, type EntryDependencies, type ProviderEntry } from './provider-entries.ts';
import { withoutCredentials } from './provider-address.ts';
import { uncheckedHealth } from './provider-standing.ts';

/** An answer older than this is asked for again before a job relies on it. */
const freshForMs = 5_000;

export interface ProviderStates {
  list(): ProviderStatus[];
  status(id: string): ProviderStatus;
  /**
   * One free call; also reads the models again. Never throws for a service that is away: its status says so. With
   * `onlyNews`, which is for checks that nobody asked for, an answer that changes nothing is not told.
   */
  check(id: string, how?: { onlyNews: boolean }): Promise<ProviderStatus>;
  /** Whether a server that was ready still answers, at the price of one small call. */
  probe(id: string): Promise<void>;
  /** Checks what has not been checked lately: one provider, or all that are set up. No cloud service while those are off. */
  ensureFresh(id?: string): Promise<void>;
  /** Checks those that are set up and have never been asked. No cloud service while those are off. */
  ensureChecked(): Promise<void>;
  /** The adapter, talking to the address in use now. */
  open(id: string): Promise<ImageProvider>;
  setUp(id: string, choice: { enabled: boolean; url: string | null }): Promise<ProviderStatus>;
  /** What the user should know of the addresses in the settings. */
  notices(): string[];
  /** A server answered at this address; it is offered, not used. */
  offer(id: string, found: { url: string; version: string | null }): void;
  /** Of those that were offered, only these still answer. */
  withdrawOffers(stillThere: readonly string[]): void;
  /** There is no way to them, so nobody has to be asked whether they can be reached. `message` says why. */
  markOffline(ids: readonly string[], message: string): void;
  /** Closes all connections, as soon as nobody works with them, forgets what is known, and asks anew. */
  reinitialize(id: string, isAtWork: () => boolean): Promise<ProviderStatus>;
  /** Connections open and the most there may be; checks answered from what was known, and by asking. */
  use(id: string): { pool: { open: number; most: number } | null; checks: { fromCache: number; asked: number } };
  close(): Promise<void>;
}

export function createProviderStates(
  dependencies: Omit<EntryDependencies, 'isLoginLocked'> & {
    /** Whether nothing is to be sent to cloud services. They are then asked only where somebody asks for just that. */
    cloudOff: () => boolean;
    log: Log;
    onChecked?: (outcome: CheckOutcome) => void;
  },
): ProviderStates {
  const { keys, settings, cloudOff, events, log, now, onChecked = () => undefined } = dependencies;
  const logins = createAddressLogins({ keys, settings, log });
  const entries = createProviderEntries({ ...dependencies, isLoginLocked: (id) => logins.isLocked(id) });
  const { entry, isEnabled } = entries;
  const isLeftAlone = ({ kind }: ProviderEntry): boolean => kind.manifest.kind === 'cloud' && cloudOff();
  const checks = createProviderChecks({ entries, keys, log, now, onChecked });

  /** What settings say of providers may come from another Easel: then nobody here tells of it. */
  const ofProviders = () => ({ providers: settings.get().providers, prices: settings.get().routing.prices });
  let known = ofProviders();
  const tellOfSettings = (): void => {
    if (isDeepStrictEqual(known, ofProviders())) return;
    known = ofProviders();
    for (const state of entries.all()) entries.tell(state, { onlyNews: true });
  };
  const stopHearing = events.listen(({ kind }) => {
    if (kind === 'settingsChanged' || kind === 'keysChanged' || kind === 'libraryChanged') entries.forgetStatuses();
    if (kind === 'keysChanged') void logins.moveStored();
    if (kind === 'settingsChanged') tellOfSettings();
  });
  const stopListening = keys.onChange((changed) => {
    entries.forgetStatuses();
    for (const state of entries.all().filter(({ id }) => changed.includes(id))) {
      entries.forget(state);
      entries.tell(state);
      if (isEnabled(state) && !isLeftAlone(state)) void checks.check(state);
    }
  });

  return {
    list: () => entries.all().map(entries.statusOf),
    status: (id) => entries.statusOf(entry(id)),
    check: (id, how) => checks.check(entry(id), how),
    probe: (id) => checks.probe(entry(id)),
    ensureFresh: async (id) => {
      const wanted = id === undefined ? entries.all().filter(isEnabled) : [entry(id)];
      const isStale = (state: ProviderEntry): boolean => {
        const { checkedAt, state: known } = state.health;
        if (isLeftAlone(state)) return false;
        return checkedAt === null || (known !== 'ready' && now() - checkedAt > freshForMs);
      };
      for (const state of wanted) if (!isStale(state)) state.checks.fromCache += 1;
      await Promise.all(wanted.filter(isStale).map((state) => checks.check(state)));
    },
    ensureChecked: async () => {
      const isNew = (state: ProviderEntry): boolean => isEnabled(state) && state.health.checkedAt === null;
      const wanted = entries.all().filter((state) => isNew(state) && !isLeftAlone(state));
      await Promise.all(wanted.map((state) => checks.check(state)));
    },
    open: (id) => {
      const state = entry(id);
      return checks.openAt(state, entries.addressOf(state).url ?? '');
    },
    setUp: async (id, { enabled, url }) => {
      const state = entry(id);
      const address = entries.givenAddress(state);
      if (address.source === 'environment' && url !== null && url !== withoutCredentials(address.url)) {
        throw new AppError(
          'badInput',
          `An environment variable sets the address of ${state.kind.manifest.name} for this run. Unset it to choose another one.`,
        );
      }
      await logins.choose(id, { enabled, url });
      state.answeredAt = null;
      state.health = uncheckedHealth(state.kind.manifest);
      state.status = null;
      return enabled ? checks.check(state) : entries.tell(state);
    },
    notices: () => logins.notices((id) => entries.nameOf(id)),
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
      entries.tell(state, { onlyNews: true });
    },
    withdrawOffers: (stillThere) => {
      for (const state of entries.all()) {
        if (state.health.state !== 'found' || stillThere.includes(state.id)) continue;
        state.answeredAt = null;
        entries.forget(state);
        entries.tell(state);
      }
    },
    markOffline: (ids, message) => {
      for (const state of ids.map(entry)) {
        if (!['ready', 'unreachable', 'offline'].includes(state.health.state)) continue;
        state.health = { ...state.health, state: 'offline', message, checkedAt: now() };
        entries.tell(state, { onlyNews: true });
      }
    },
    reinitialize: (id, isAtWork) => {
      const state = entry(id);
      state.connections.retire(isAtWork);
      state.answeredAt = null;
      entries.forget(state);
      return isEnabled(state) ? checks.check(state) : Promise.resolve(entries.tell(state));
    },
    use: (id) => {
      const state = entry(id);
      return { pool: state.connections.pool(), checks: { ...state.checks } };
    },
    close: async () => {
      stopListening();
      stopHearing();
      checks.close();
      await Promise.allSettled(entries.all().map(({ connections }) => connections.close()));
    },
  };
}
