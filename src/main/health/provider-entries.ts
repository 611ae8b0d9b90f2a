import { AppError } from '../../shared/errors.ts';
import type { ProviderHealth, ProviderStatus } from '../../shared/models/provider.ts';
import type { TrainedModel } from '../../shared/models/training.ts';
import { didYouMean } from '../../shared/nearest-names.ts';
import { correctPrices } from '../../shared/routing/correct-prices.ts';
import { offerTrained } from '../../shared/routing/offer-trained.ts';
import type { Events } from '../events.ts';
import type { ProviderKind } from '../providers/registry.ts';
import type { ProviderSettings } from './address-logins.ts';
import { providerAddress, withoutCredentials, type ProviderAddress } from './provider-address.ts';
import { createProviderConnections, type ProviderConnections } from './provider-connections.ts';
import { lockedHealth, missingKey, needsAddress, uncheckedHealth, type ProviderKeys } from './provider-standing.ts';

/** A status that nothing happened to is told again only after so long: it shows when it was checked. */
const tellAgainMs = 30_000;

/** What is known of one provider, in memory only. */
export interface ProviderEntry {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly connections: ProviderConnections;
  health: ProviderHealth;
  models: ProviderStatus['models'];
  /** The usual address that answered, where a provider has several. */
  answeredAt: string | null;
  balance: ProviderStatus['balance'];
  /** As it was made last; null once something of it has changed. */
  status: ProviderStatus | null;
  checking: { readonly place: string; readonly answer: Promise<ProviderStatus> } | null;
  /** Probes in a row that took too long. */
  slowProbes: number;
  /** What was told last, without the time of the check, and when. */
  told: { readonly text: string; readonly at: number } | null;
  /** Answers since the start: from what was known, and by asking. */
  readonly checks: { fromCache: number; asked: number };
}

export interface EntryDependencies {
  readonly kinds: readonly ProviderKind[];
  readonly keys: ProviderKeys;
  readonly settings: ProviderSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Models of a provider that came of trainings here. */
  readonly trainedModels: (provider: string) => readonly TrainedModel[];
  /** Whether the login that its address needs is behind the lock of the keys. */
  readonly isLoginLocked: (provider: string) => boolean;
  readonly events: Events;
  readonly now: () => number;
}

export type ProviderEntries = ReturnType<typeof createProviderEntries>;

/** All providers, with what their keys, addresses and the settings make of them. */
export function createProviderEntries(dependencies: EntryDependencies) {
  const { kinds, keys, settings, environment, trainedModels, isLoginLocked, events, now } = dependencies;
  const entries = new Map<string, ProviderEntry>(
    kinds.map((kind) => [
      kind.manifest.id,
      {
        id: kind.manifest.id,
        kind,
        connections: createProviderConnections(kind),
        health: uncheckedHealth(kind.manifest),
        models: kind.manifest.models,
        answeredAt: null,
        balance: null,
        status: null,
        checking: null,
        slowProbes: 0,
        told: null,
        checks: { fromCache: 0, asked: 0 },
      },
    ]),
  );

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

  /** Where the environment or the settings say that it is. */
  const givenAddress = ({ kind }: ProviderEntry): ProviderAddress =>
    providerAddress(kind.manifest, settings.get(), environment, (id) => keys.addressLogin(id));

  /** Why it can't even be asked; null where it can. */
  const barred = ({ id, kind }: ProviderEntry, { source }: ProviderAddress): ProviderHealth | null =>
    missingKey(kind.manifest, keys) ?? (source === 'settings' && isLoginLocked(id) ? lockedHealth : null);

  /** The same, or the usual one that answered. */
  const addressOf = (state: ProviderEntry): ProviderAddress => {
    const address = givenAddress(state);
    const usesFound = address.source === 'default' && state.answeredAt !== null;
    return usesFound ? { ...address, url: state.answeredAt, source: 'found' } : address;
  };

  /** Local servers are used once they were accepted, cloud services once they have their key; both unless they were switched off. */
  const isEnabled = (state: ProviderEntry): boolean => {
    const { manifest } = state.kind;
    if (manifest.kind === 'builtin') return true;
    const wish = settings.get().providers[manifest.id]?.enabled;
    const { source } = givenAddress(state);
    if (needsAddress(manifest)) return source !== 'default' && (wish ?? true);
    if (manifest.kind === 'cloud') return (wish ?? true) && missingKey(manifest, keys) === null;
    return source === 'environment' || (wish ?? false);
  };

  /** Twice: what came of a training costs what it builds on costs, unless the user says otherwise of itself. */
  const modelsOf = ({ id, models }: ProviderEntry): ProviderStatus['models'] => {
    const { prices } = settings.get().routing;
    return correctPrices(id, offerTrained(correctPrices(id, models, prices), trainedModels(id)), prices);
  };

  const makeStatus = (state: ProviderEntry): ProviderStatus => {
    const { manifest } = state.kind;
    const address = addressOf(state);
    return {
      manifest,
      url: withoutCredentials(address.url),
      urlSource: address.source,
      urlVariable: address.variable,
      enabled: isEnabled(state),
      health: address.problem
        ? { ...state.health, state: 'unreachable', message: address.problem }
        : (barred(state, address) ?? state.health),
      credentials: keys.status(manifest.id),
      balance: state.balance,
      models: modelsOf(state),
    };
  };

  /** Asked for several times with each job, and the same until something is told of the provider. */
  const statusOf = (state: ProviderEntry): ProviderStatus => (state.status ??= makeStatus(state));

  /** Tells everybody. With `onlyNews`, which is for checks that nobody asked for, not what they know already. */
  const tell = (state: ProviderEntry, { onlyNews = false } = {}): ProviderStatus => {
    state.status = null;
    const status = statusOf(state);
    const { manifest: _same, health, ...rest } = status;
    const text = JSON.stringify([rest, health.state, health.message, health.version]);
    const isNews = state.told?.text !== text || now() - state.told.at >= tellAgainMs || now() < state.told.at;
    if (onlyNews && !isNews) return status;
    state.told = { text, at: now() };
    events.emit({ kind: 'providerChanged', provider: status });
    return status;
  };

  return {
    all: (): ProviderEntry[] => [...entries.values()],
    /** Throws AppError `unknownProvider`. */
    entry,
    nameOf: (id: string): string => entries.get(id)?.kind.manifest.name ?? id,
    givenAddress,
    barred,
    addressOf,
    isEnabled,
    statusOf,
    tell,
    /** Of keys, settings or trained models something has changed. */
    forgetStatuses: (): void => {
      for (const state of entries.values()) state.status = null;
    },
    /** As before anybody has asked it. */
    forget: (state: ProviderEntry): void => {
      state.health = uncheckedHealth(state.kind.manifest);
      state.models = state.kind.manifest.models;
      state.balance = null;
      state.status = null;
    },
  };
}
