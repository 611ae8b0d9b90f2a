import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../shared/errors.ts';
import { PublicSettings, Settings, type SettingsChange } from '../../shared/models/settings.ts';
import type { RoutingSettings } from '../../shared/models/routing.ts';
import type { Events } from '../events.ts';
import { checkOllamaAddress } from '../ollama/ollama-address.ts';
import type { SettingsStore } from '../platform.ts';
import { given } from './given.ts';
import { routingInForce, type RoutingInForce } from './routing-in-force.ts';
import { validSettings } from './valid-settings.ts';

type StoredProvider = Settings['providers'][string];

export interface SettingsFeature {
  get(): Settings;
  /** Stores the change and tells everybody. Throws AppError where the file can't be written. */
  update(change: Partial<Settings>): Settings;
  /** The same for what a user changes in an interface: only what is given, in sections too. Throws AppError for an address that is none. */
  change(change: SettingsChange): Settings;
  /** The same for routing, whose next settings may depend on those stored now; what `change` throws, nothing of it is stored. */
  updateRouting(change: (stored: RoutingSettings) => RoutingSettings): Settings;
  /** The same for one provider; `undefined`: nothing is stored of it. */
  updateProvider(id: string, change: (stored: StoredProvider | undefined) => StoredProvider | undefined): Settings;
  /** The file may have been changed by another Easel: takes over what is new in it, and tells everybody. */
  readAgain(): void;
  /** How jobs find their provider in this run: as stored, unless the environment says otherwise. */
  routingInForce(): RoutingInForce;
  /** What was wrong with the stored settings or the environment, for the user to know. */
  readonly notices: readonly string[];
}

export function createSettings(dependencies: {
  store: SettingsStore;
  events: Events;
  environment: Readonly<Record<string, string | undefined>>;
  /** Ids of all providers there are. */
  providers: readonly string[];
}): SettingsFeature {
  const { store, events, environment, providers } = dependencies;
  const { settings, notices } = validSettings(store.read());
  let current = settings;
  const decide = (): RoutingInForce => routingInForce(current.routing, environment, providers);
  let decided = decide();

  const save = (change: (stored: Settings) => Partial<Settings>): Settings => {
    // Read anew: another Easel on this data folder may have changed something else meanwhile.
    const stored = store.read();
    const valid = validSettings(stored).settings;
    const next = Settings.parse({ ...valid, ...change(valid) });
    try {
      store.write({ ...fromOtherVersions(stored), ...next });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new AppError(
        'libraryNotWritable',
        'The settings can not be saved. Check that the data folder can be written and that its disk is not full.',
        { reason },
        { cause: error },
      );
    }
    use(next);
    return next;
  };

  const use = (next: Settings): void => {
    current = next;
    decided = decide();
    events.emit({ kind: 'settingsChanged', settings: PublicSettings.parse(next) });
  };

  return {
    notices: [...notices, ...decided.notices],
    get: () => current,
    update: (change) => save(() => change),
    change: ({ ollama: wanted, ...others }) => {
      const address = typeof wanted?.address === 'string' ? checkOllamaAddress(wanted.address) : wanted?.address;
      return save(({ ollama }) => ({
        ...given(others),
        ...(wanted ? { ollama: { ...ollama, ...given({ ...wanted, address }) } } : {}),
      }));
    },
    updateRouting: (change) => save(({ routing }) => ({ routing: change(routing) })),
    updateProvider: (id, change) =>
      save(({ providers: { [id]: before, ...others } }) => {
        const next = change(before);
        return { providers: next === undefined ? others : { ...others, [id]: next } };
      }),
    readAgain: () => {
      const stored = Settings.safeParse(store.read());
      // One that is not valid as a whole was written by hand, and most likely is not finished.
      if (stored.success && !isDeepStrictEqual(stored.data, current)) use(stored.data);
    },
    routingInForce: () => decided,
  };
}

/** What a newer Easel has stored beside the settings known here; it goes back with every change. */
function fromOtherVersions(stored: unknown): Record<string, unknown> {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter(([name]) => !(name in Settings.shape)));
}
