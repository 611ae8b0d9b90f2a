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

/** What was written and not saved. */
type WildcardDraft = Pick<OpenWildcard, 'name' | 'text'>;

export interface WildcardsState {
  readonly wildcards: readonly WildcardSummary[];
  /** Where they lie: an absolute path. */
  readonly folder: string;
  readonly isLoaded: boolean;
  readonly error: ErrorReport | null;
  readonly opened: OpenWildcard | null;
  /** By the name of the wildcard; a new one's is empty. They stay until they are saved or put away, wherever one looks. */
  readonly drafts: ReadonlyMap<string, WildcardDraft>;
  /** Keeps what is written in the one that is open. */
  readonly edit: (fields: Partial<WildcardDraft>) => void;
  /** The one that is open is as it was saved. */
  readonly discard: () => void;
  readonly load: () => Promise<void>;
  readonly leave: () => void;
  readonly open: (name: string) => Promise<void>;
  /** A new one to be written, as far as it was; with a text, a copy of another. */
  readonly begin: (text?: string) => void;
  /** Answers what is wrong, or null. A new one never takes the place of another. */
  readonly write: (name: string, text: string) => Promise<ErrorReport | null>;
  /** A toast offers to bring it back. */
  readonly remove: (name: string) => Promise<void>;
}

const without = (drafts: WildcardsState['drafts'], name: string): WildcardsState['drafts'] =>
  new Map([...drafts].filter(([other]) => other !== name));
const withDraft = (drafts: WildcardsState['drafts'], name: string, draft: WildcardDraft): WildcardsState['drafts'] =>
  new Map([...drafts, [name, draft]]);

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
    /** The folder that the drafts are for. */
    let draftsOf: string | null = null;
    const fail = (error: unknown): void => notify({ kind: 'error', error: readError(error) });

    const load = async (): Promise<void> => {
      const own = ++latest;
      try {
        const { wildcards, folder } = await calls.wildcards();
        if (own !== latest) return;
        if (draftsOf !== null && draftsOf !== folder) set({ drafts: new Map() });
        draftsOf = folder;
        set({ wildcards, folder, isLoaded: true, error: null });
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
      drafts: new Map(),
      edit: (fields) => {
        const { opened, drafts } = get();
        if (opened === null) return;
        const draft = { name: opened.name, text: opened.text, ...drafts.get(opened.name), ...fields };
        const isSaved = opened.name !== '' && draft.text === opened.text;
        set({ drafts: isSaved ? without(drafts, opened.name) : withDraft(drafts, opened.name, draft) });
      },
      discard: () => set(({ opened, drafts }) => ({ drafts: without(drafts, opened?.name ?? '') })),
      load,
      leave: () => {
        latest += 1;
        asked += 1;
        set(empty);
      },
      open,
      begin: (text) => {
        asked += 1;
        const { drafts } = get();
        set({
          opened: { name: '', text: '', isBuiltIn: false },
          ...(text !== undefined && { drafts: withDraft(drafts, '', { name: '', text }) }),
        });
        const before = drafts.get('');
        if (text === undefined || before === undefined) return;
        notify({
          kind: 'info',
          message: translate('prompts:wildcards.replaced'),
          action: {
            label: translate('ui:common.undo'),
            run: () => set((state) => ({ drafts: withDraft(state.drafts, '', before) })),
          },
        });
      },
      write: async (name, text) => {
        const openedName = get().opened?.name ?? '';
        try {
          const written = await calls.writeWildcard({ name, text, replace: openedName === name });
          set(({ drafts }) => ({ drafts: without(drafts, openedName) }));
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
          set(({ drafts }) => ({ opened: null, drafts: without(drafts, name) }));
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
