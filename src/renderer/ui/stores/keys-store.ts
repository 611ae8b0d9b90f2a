import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { ImportedKey, KeysState as KeyStorage } from '../../../shared/models/keys.ts';
import type { Client } from '../../backend/client.ts';
import { readError } from '../../backend/read-error.ts';
import type { Notify } from '../toast.ts';

/** A key as somebody typed it, on its way to the program. It is kept nowhere in the page. */
export interface EnteredKey {
  readonly provider: string;
  readonly field: string;
  readonly value: string;
  /** In memory until Easel ends. */
  readonly forSession: boolean;
}

const bundleName = 'easel-keys.age';

type Answer = Promise<ErrorReport | null>;

/**
 * Where keys are kept, and what can be done to them. What changes them answers with what went wrong, because it belongs beside
 * the field; null when it went well. What a provider's card shows of its keys comes with the provider.
 */
export interface KeysState {
  /** Null until it is read. */
  readonly storage: KeyStorage | null;
  readonly load: (signal?: AbortSignal) => Promise<void>;
  readonly keysChanged: (storage: KeyStorage) => void;
  readonly set: (key: EnteredKey) => Answer;
  readonly remove: (provider: string, field: string) => Answer;
  readonly unlock: (passphrase: string) => Answer;
  readonly lock: () => Promise<void>;
  /** Makes the vault, and moves into it what the keychain holds. */
  readonly makeVault: (passphrase: string) => Answer;
  readonly moveToKeychain: () => Answer;
  readonly changePassphrase: (passphrase: string, newPassphrase: string) => Answer;
  /** Hands the user an encrypted file. */
  readonly exportBundle: (passphrase: string) => Answer;
  readonly importBundle: (
    bundle: string,
    passphrase: string,
  ) => Promise<{ imported: readonly ImportedKey[] } | { error: ErrorReport }>;
}

export function createKeysStore(parts: {
  readonly client: Pick<Client, 'keys'>;
  readonly notify: Notify;
  readonly saveFile: (name: string, text: string) => void;
}): StoreApi<KeysState> {
  const { keys: client } = parts.client;

  return createStore<KeysState>((set, get) => {
    const change = async (call: Promise<unknown>): Answer => {
      try {
        await call;
        return null;
      } catch (error) {
        return readError(error);
      }
    };
    /** Pushes come another way than answers and may be faster: an answer never undoes one. */
    const move = (call: () => Promise<KeyStorage>): Answer => {
      const before = get().storage;
      return change(
        call().then((storage) => {
          if (get().storage === before) set({ storage });
        }),
      );
    };

    return {
      storage: null,
      load: async (signal) => set({ storage: await client.state(undefined, { signal }) }),
      keysChanged: ({ storage, isLocked, keychainName, problem }) =>
        set({ storage: { storage, isLocked, keychainName, problem } }),
      set: (key) => change(client.set(key)),
      remove: (provider, field) => change(client.remove({ provider, field })),
      unlock: (passphrase) => move(() => client.unlock({ passphrase })),
      lock: async () => {
        const error = await move(() => client.lock());
        if (error !== null) parts.notify({ kind: 'error', error });
      },
      makeVault: (passphrase) => move(() => client.usePassphrase({ passphrase })),
      moveToKeychain: () => move(() => client.useKeychain()),
      changePassphrase: (passphrase, newPassphrase) =>
        move(() => client.changePassphrase({ passphrase, newPassphrase })),
      exportBundle: (passphrase) =>
        change(client.export({ passphrase }).then(({ bundle }) => parts.saveFile(bundleName, bundle))),
      importBundle: async (bundle, passphrase) => {
        try {
          return await client.import({ bundle, passphrase });
        } catch (error) {
          return { error: readError(error) };
        }
      },
    };
  });
}
