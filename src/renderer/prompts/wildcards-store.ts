import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../shared/errors.ts';
import type { WildcardSummary } from '../../shared/models/wildcard.ts';
import type { Client } from '../backend/client.ts';
import { readError } from '../backend/read-error.ts';
import { translate } from '../i18n/i18n.ts';
import type { Notify } from '../ui/toast.ts';

/** A wildcard that is looked at; `name` empty: a new one. */
export interface OpenWildcard {
  readonly name: string;
  readonly text: string;
  readonly isBuiltIn: boolean;
}

export interface WildcardsState {
  readonly wildcards: readonly WildcardSummary[];
  /** Where they lie: an absolute path. */
  readonly folder: string;
  readonly isLoaded: boolean;
  readonly error: ErrorReport | null;
  readonly opened: OpenWildcard | null;
  readonly load: () => Promise<void>;
  readonly leave: () => void;
  readonly open: (name: string) => Promise<void>;
  /** An empty one to be written; or a copy of one of Easel's own. */
  readonly begin: (text?: string) => void;
  /** Answers what is wrong, or null. A new one never takes the place of another. */
  readonly write: (name: string, text: string) => Promise<ErrorReport | null>;
  /** A toast offers to bring it back. */
  readonly remove: (name: string) => Promise<void>;
}

const empty = { wildcards: [], folder: '', isLoaded: false, error: null, opened: null } as const;

export function createWildcardsStore(parts: {
  readonly client: Pick<Client, 'prompts'>;
  readonly notify: Notify;
}): StoreApi<WildcardsState> {
  const { notify } = parts;
  const { prompts: calls } = parts.client;
  return createStore<WildcardsState>((set, get) => {
    /** What was asked for last wins. */
    let latest = 0;
    let asked = 0;
    const fail = (error: unknown): void => notify({ kind: 'error', error: readError(error) });

    const load = async (): Promise<void> => {
      const own = ++latest;
      try {
        const { wildcards, folder } = await calls.wildcards();
        if (own === latest) set({ wildcards, folder, isLoaded: true, error: null });
      } catch (error) {
        if (own === latest) set({ error: readError(error) });
      }
    };
    const open = async (name: string): Promise<void> => {
      const own = ++asked;
      try {
        const opened = await calls.wildcard({ name });
        if (own === asked) set({ opened });
      } catch (error) {
        if (own === asked) fail(error);
      }
    };
    const bringBack = async (name: string, text: string): Promise<void> => {
      try {
        await calls.writeWildcard({ name, text });
        await load();
      } catch (error) {
        fail(error);
      }
    };

    return {
      ...empty,
      load,
      leave: () => {
        latest += 1;
        asked += 1;
        set(empty);
      },
      open,
      begin: (text = '') => {
        asked += 1;
        set({ opened: { name: '', text, isBuiltIn: false } });
      },
      write: async (name, text) => {
        try {
          const written = await calls.writeWildcard({ name, text, replace: get().opened?.name === name });
          await Promise.all([load(), open(written.name)]);
          return null;
        } catch (error) {
          return readError(error);
        }
      },
      remove: async (name) => {
        const { opened } = get();
        const text = opened?.name === name ? opened.text : null;
        try {
          const { keptAs } = await calls.removeWildcard({ name });
          asked += 1;
          set({ opened: null });
          notify({
            kind: 'info',
            message: translate('prompts:wildcards.removed', { name, file: keptAs }),
            ...(text !== null && {
              action: { label: translate('ui:common.undo'), run: () => void bringBack(name, text) },
            }),
          });
        } catch (error) {
          fail(error);
          return;
        }
        await load();
      },
    };
  });
}
