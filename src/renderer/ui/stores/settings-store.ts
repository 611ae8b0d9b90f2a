import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PublicSettings } from '../../../shared/models/settings.ts';
import type { Client } from '../../backend/client.ts';
import { readError } from '../../backend/read-error.ts';
import type { Notify } from '../toast.ts';

export interface SettingsState {
  readonly settings: PublicSettings | null;
  readonly load: (signal?: AbortSignal) => Promise<void>;
  /** Shown at once, taken back with a toast when it can't be saved. */
  readonly update: (change: Partial<Pick<PublicSettings, 'theme'>>) => Promise<void>;
  readonly settingsChanged: (settings: PublicSettings) => void;
}

export function createSettingsStore(parts: {
  readonly client: Pick<Client, 'settings'>;
  readonly notify: Notify;
}): StoreApi<SettingsState> {
  return createStore<SettingsState>((set, get) => ({
    settings: null,
    load: async (signal) => set({ settings: await parts.client.settings.get(undefined, { signal }) }),
    update: async (change) => {
      const before = get().settings;
      if (before !== null) set({ settings: { ...before, ...change } });
      try {
        set({ settings: await parts.client.settings.update(change) });
      } catch (error) {
        set({ settings: before });
        parts.notify({ kind: 'error', error: readError(error) });
      }
    },
    settingsChanged: (settings) => set({ settings }),
  }));
}
