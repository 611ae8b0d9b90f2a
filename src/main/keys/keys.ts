import { AppError } from '../../shared/errors.ts';
import type { ImportedKey, KeysState } from '../../shared/models/keys.ts';
import type { CredentialStatus, ProviderManifest } from '../../shared/models/provider.ts';
import type { Events } from '../events.ts';
import type { Log } from '../log.ts';
import type { Sealing } from '../platform.ts';
import { createAge } from './age.ts';
import {
  credentialStatus,
  entered,
  findCredential,
  findManifest,
  fromEnvironment,
  usable,
  type Credential,
  type Found,
} from './credentials.ts';
import { entriesOf, merged, valueIn, withoutValue, withValue, writeTable, type KeyTable } from './key-table.ts';
import { passphraseLock } from './locks.ts';
import { createKeyStorage } from './storage.ts';
import { words } from './words.ts';

const leastPassphraseLetters = 8;

/** Where the login of an address stands in the table; no manifest has a field of this name. */
const addressField = 'address';

/** The user's keys. Every method that changes something throws AppError; no error, event or log line holds a value. */
export interface Keys {
  /** field → value of what is set, at once. The environment is above what was entered. */
  of(provider: string): Readonly<Record<string, string>>;
  /** One for each credential of the manifest, and `address` where there is a login for it; empty for a provider that is not known. */
  status(provider: string): CredentialStatus[];
  state(): KeysState;
  /** Opens the keychain at the start, and later sees what another Easel has changed. Never throws: `state` says what is wrong. */
  refresh(): Promise<void>;
  set(provider: string, field: string | undefined, value: string, options?: { forSession?: boolean }): Promise<void>;
  /** All fields of the provider where none is named. Values in the environment stay. */
  remove(provider: string, field?: string): Promise<void>;
  /** Name and password of the provider's address, as they stand in one: `name:password`, percent-encoded. Null: none, or locked. */
  addressLogin(provider: string): string | null;
  /** Null forgets it. */
  setAddressLogin(provider: string, login: string | null): Promise<void>;
  unlock(passphrase: string): Promise<void>;
  /** Keys that were entered for this session stay in use. */
  lock(): Promise<void>;
  /** Makes the vault and moves into it what the keychain holds. */
  usePassphrase(passphrase: string): Promise<void>;
  /** Moves the keys of the open vault to the keychain. */
  useKeychain(): Promise<void>;
  changePassphrase(passphrase: string, newPassphrase: string): Promise<void>;
  /** Everything that was entered, as text in the age format. */
  exportBundle(passphrase: string): Promise<string>;
  importBundle(bundle: string, passphrase: string): Promise<{ imported: ImportedKey[] }>;
  /** Tells which providers have other keys than before, until the returned function is called. */
  onChange(listener: (providers: string[]) => void): () => void;
  close(): Promise<void>;
}

export function createKeys(dependencies: {
  /** The data folder. It must exist before something is stored. */
  folder: string;
  sealing: (() => Promise<Sealing | null>) | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  manifests: readonly ProviderManifest[];
  events: Events;
  log: Log;
  now: () => number;
  /** Base-2 logarithm of what opening a vault costs; lower ones are for tests. */
  workFactor?: number;
}): Keys {
  const { environment, manifests, events } = dependencies;
  const age = createAge(dependencies.workFactor);
  const storage = createKeyStorage({ ...dependencies, age });
  const listeners = new Set<(providers: string[]) => void>();
  let session: KeyTable = {};
  let last: Promise<unknown> = Promise.resolve();

  const entryOf = (provider: string, { field }: Credential): Found | null => {
    const inSession = usable(valueIn(session, provider, field));
    if (inSession !== null) return { value: inSession, source: 'session', variable: null };
    const value = usable(valueIn(storage.table(), provider, field));
    const source = storage.state().storage === 'vault' ? 'vault' : 'keychain';
    return value === null ? null : { value, source, variable: null };
  };
  const find = (provider: string, credential: Credential): Found | null =>
    fromEnvironment(credential, environment) ?? entryOf(provider, credential);
  /** Nothing of it is shown: its end is the end of a password. */
  const addressStatus = (): CredentialStatus => {
    const source = storage.state().storage === 'vault' ? 'vault' : 'keychain';
    return { field: addressField, isSet: true, source, variable: null, shown: null };
  };
  const credentialsOf = (provider: string): readonly Credential[] =>
    manifests.find(({ id }) => id === provider)?.credentials ?? [];

  const of = (provider: string): Record<string, string> =>
    Object.fromEntries(
      credentialsOf(provider).flatMap((credential) => {
        const found = find(provider, credential);
        return found ? [[credential.field, found.value]] : [];
      }),
    );

  const addressLogin = (provider: string): string | null => valueIn(storage.table(), provider, addressField) ?? null;

  const snapshot = (): { state: string; keys: Map<string, string> } => ({
    state: JSON.stringify(storage.state()),
    keys: new Map(
      manifests.map(({ id }) => [id, JSON.stringify([of(id), addressLogin(id), storage.state().isLocked])]),
    ),
  });

  /** One after the other; then everybody hears what has become different, whether it went well or not. */
  const run = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = last.then(async () => {
      const before = snapshot();
      try {
        return await work();
      } finally {
        tell(before);
      }
    });
    last = next.catch(() => undefined);
    return next;
  };

  const tell = (before: ReturnType<typeof snapshot>): void => {
    const after = snapshot();
    const changed = [...after.keys].filter(([id, keys]) => before.keys.get(id) !== keys).map(([id]) => id);
    if (changed.length === 0 && before.state === after.state) return;
    if (changed.length > 0) for (const listener of listeners) listener(changed);
    events.emit({ kind: 'keysChanged', ...storage.state() });
  };

  const stored = async (): Promise<KeyTable> => {
    await storage.settle();
    const { isLocked, problem } = storage.state();
    if (isLocked) throw new AppError('keysLocked', problem ?? words.locked);
    return storage.table();
  };

  return {
    of,
    status: (provider) => [
      ...credentialsOf(provider).map((credential) => credentialStatus(credential, find(provider, credential))),
      ...(addressLogin(provider) === null ? [] : [addressStatus()]),
    ],
    addressLogin,
    setAddressLogin: async (provider, login) => {
      findManifest(manifests, provider);
      await run(() =>
        storage.change((table) =>
          login === null
            ? withoutValue(table, provider, addressField)
            : withValue(table, provider, addressField, login),
        ),
      );
    },
    state: () => storage.state(),
    refresh: () => run(() => storage.settle()),
    set: async (provider, field, text, { forSession = false } = {}) => {
      const credential = findCredential(findManifest(manifests, provider), field);
      const value = entered(text, credential);
      await run(async () => {
        if (forSession) session = withValue(session, provider, credential.field, value);
        else {
          await storage.change((table) => withValue(table, provider, credential.field, value));
          session = withoutValue(session, provider, credential.field);
        }
      });
    },
    remove: async (provider, field) => {
      const manifest = findManifest(manifests, provider);
      const isAddress = field === addressField && addressLogin(provider) !== null;
      const name = field === undefined ? null : isAddress ? field : findCredential(manifest, field).field;
      await run(async () => {
        session = withoutValue(session, provider, name);
        await storage.settle();
        if (storage.state().storage !== 'none') await storage.change((table) => withoutValue(table, provider, name));
      });
    },
    unlock: (passphrase) => run(() => storage.unlock(passphrase)),
    lock: () =>
      run(async () => {
        await storage.settle();
        storage.lock();
      }),
    usePassphrase: async (passphrase) => {
      refuseShort(passphrase);
      await run(() => storage.usePassphrase(passphrase));
    },
    useKeychain: () => run(() => storage.useKeychain()),
    changePassphrase: async (passphrase, newPassphrase) => {
      refuseShort(newPassphrase);
      await run(() => storage.changePassphrase(passphrase, newPassphrase));
    },
    exportBundle: (passphrase) =>
      run(async () => {
        refuseShort(passphrase);
        const table = merged(await stored(), session);
        if (entriesOf(table).length === 0) throw new AppError('badInput', words.nothingToExport);
        return age.encrypt(writeTable(table), passphrase);
      }),
    importBundle: (bundle, passphrase) =>
      run(async () => {
        const opening = await passphraseLock(age, passphrase).open(Buffer.from(bundle));
        if (opening.kind === 'refused') throw new AppError('wrongPassphrase', words.wrongPassphrase);
        if (opening.kind === 'newer') throw new AppError('keysUnreadable', words.newerBundle);
        if (opening.kind === 'damaged') throw new AppError('keysUnreadable', words.damagedBundle);
        const incoming = opening.table;
        let imported: ImportedKey[] = [];
        await storage.change((table) => {
          imported = entriesOf(incoming).map(({ provider, field, value }) => {
            const before = valueIn(table, provider, field);
            return { provider, field, replaced: before !== undefined && before !== value };
          });
          return merged(table, incoming);
        });
        for (const { provider, field } of imported) session = withoutValue(session, provider, field);
        return { imported };
      }),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      await last;
      await age.close();
    },
  };
}

function refuseShort(passphrase: string): void {
  if (passphrase.length < leastPassphraseLetters)
    throw new AppError('badInput', words.shortPassphrase(leastPassphraseLetters));
}
