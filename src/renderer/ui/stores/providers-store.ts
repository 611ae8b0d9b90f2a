import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { Job } from '../../../shared/models/job.ts';
import type { ProviderStatus } from '../../../shared/models/provider.ts';
import type { Client } from '../../backend/client.ts';
import { readError } from '../../backend/read-error.ts';
import type { Notify } from '../toast.ts';

/** A local server that answered on one of the usual ports. */
export type FoundServer = Awaited<ReturnType<Client['providers']['discover']>>['found'][number];

export interface ProvidersState {
  /** In the order to show them. */
  readonly providers: readonly ProviderStatus[];
  readonly loaded: boolean;
  /** Ids of providers that are being asked right now. */
  readonly checking: ReadonlySet<string>;
  readonly found: readonly FoundServer[];
  readonly discovering: boolean;
  readonly load: (signal?: AbortSignal) => Promise<void>;
  readonly providerChanged: (provider: ProviderStatus) => void;
  readonly check: (id: string) => Promise<void>;
  readonly discover: () => Promise<void>;
  /** Returns what is wrong with the address, or null when it was taken. */
  readonly setUp: (id: string, change: { enabled: boolean; url: string | null }) => Promise<ErrorReport | null>;
  /** Queues one small picture; null when the program refused. */
  readonly testGeneration: (id: string, model: string) => Promise<Job | null>;
  /** Closes its connections, forgets what is known of it and asks it anew. */
  readonly reinitialize: (id: string) => Promise<void>;
}

export function createProvidersStore(parts: {
  readonly client: Pick<Client, 'providers'>;
  readonly notify: Notify;
}): StoreApi<ProvidersState> {
  const { client, notify } = parts;

  return createStore<ProvidersState>((set, get) => {
    const replace = (provider: ProviderStatus): void => {
      const { providers } = get();
      const known = providers.some(({ manifest }) => manifest.id === provider.manifest.id);
      set({
        providers: known
          ? providers.map((other) => (other.manifest.id === provider.manifest.id ? provider : other))
          : [...providers, provider],
      });
    };

    const setChecking = (id: string, isChecking: boolean): void => {
      const checking = new Set(get().checking);
      if (isChecking) checking.add(id);
      else checking.delete(id);
      set({ checking });
    };

    const ask = async (id: string, call: () => Promise<ProviderStatus>): Promise<void> => {
      setChecking(id, true);
      try {
        replace(await call());
      } catch (error) {
        notify({ kind: 'error', error: readError(error) });
      } finally {
        setChecking(id, false);
      }
    };

    return {
      providers: [],
      loaded: false,
      checking: new Set<string>(),
      found: [],
      discovering: false,
      load: async (signal) => {
        const { providers } = await client.providers.list({ check: false }, { signal });
        set({ providers, loaded: true });
      },
      providerChanged: replace,
      check: (id) => ask(id, () => client.providers.check({ id })),
      discover: async () => {
        set({ discovering: true });
        try {
          set({ found: (await client.providers.discover()).found });
        } catch (error) {
          notify({ kind: 'error', error: readError(error) });
        } finally {
          set({ discovering: false });
        }
      },
      setUp: async (id, change) => {
        try {
          replace(await client.providers.setUp({ id, ...change }));
          return null;
        } catch (error) {
          return readError(error);
        }
      },
      testGeneration: async (id, model) => {
        try {
          return await client.providers.testGeneration({ id, model });
        } catch (error) {
          notify({ kind: 'error', error: readError(error) });
          return null;
        }
      },
      reinitialize: (id) => ask(id, () => client.providers.reinitialize({ id })),
    };
  });
}
