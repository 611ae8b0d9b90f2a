import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { PublicSettings, SettingsChange } from '../../../shared/models/settings.ts';
import type { Client } from '../../backend/client.ts';
import { readError } from '../../backend/read-error.ts';
import type { Notify } from '../toast.ts';

export interface SettingsState {
  readonly settings: PublicSettings | null;
  readonly load: (signal?: AbortSignal) => Promise<void>;
  /** Shown at once, taken back with a toast when it can't be saved. */
  readonly update: (change: SettingsChange) => Promise<void>;
  /** The same, but says what is wrong to the one who asked: for forms. */
  readonly save: (change: SettingsChange) => Promise<ErrorReport | null>;
  readonly settingsChanged: (settings: PublicSettings) => void;
}

export function createSettingsStore(parts: {
  readonly client: Pick<Client, 'settings'>;
  readonly notify: Notify;
}): StoreApi<SettingsState> {
  return createStore<SettingsState>((set, get) => {
    const save = async (change: SettingsChange): Promise<ErrorReport | null> => {
      const before = get().settings;
      if (before !== null) set({ settings: withChange(before, change) });
      try {
        set({ settings: await parts.client.settings.update(change) });
        return null;
      } catch (error) {
        set({ settings: before });
        return readError(error);
      }
    };
    return {
      settings: null,
      load: async (signal) => set({ settings: await parts.client.settings.get(undefined, { signal }) }),
      update: async (change) => {
        const error = await save(change);
        if (error !== null) parts.notify({ kind: 'error', error });
      },
      save,
      settingsChanged: (settings) => set({ settings }),
    };
  });
}

/** Of a section, only what is given changes. */
function withChange(settings: PublicSettings, { theme, ollama }: SettingsChange): PublicSettings {
  return { ...settings, ...(theme !== undefined && { theme }), ollama: { ...settings.ollama, ...ollama } };
}
