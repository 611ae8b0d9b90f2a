import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../shared/errors.ts';
import type { PromptOptions } from '../../shared/models/prompt-options.ts';
import type { SavedPrompt, SavedPromptVersion } from '../../shared/models/saved-prompt.ts';
import { writePromptList, type SavedFileFormat } from '../../shared/prompt-text/write-prompt-list.ts';
import type { Client } from '../backend/client.ts';
import { readError } from '../backend/read-error.ts';
import { translate } from '../i18n/i18n.ts';
import type { Notify } from '../ui/toast.ts';
import { foundPrompts } from './found-prompts.ts';
import type { PromptListInput } from './prompt-list-input.ts';

export interface PromptToSave {
  readonly folder: string;
  readonly name: string;
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly options: PromptOptions;
}

/** The prompts that were kept. */
export interface SavedState {
  /** By folder, then by name. */
  readonly prompts: readonly SavedPrompt[];
  readonly isLoaded: boolean;
  readonly error: ErrorReport | null;
  /** Words that those in sight have in them; empty: all are. */
  readonly search: string;
  /** One of those in sight. */
  readonly selected: string | null;
  /** All versions of a prompt, newest first, as far as somebody asked. */
  readonly versions: Readonly<Record<string, readonly SavedPromptVersion[]>>;
  readonly load: () => Promise<void>;
  /** Nobody looks any more; another library may be open the next time. */
  readonly leave: () => void;
  readonly select: (id: string) => void;
  readonly setSearch: (search: string) => void;
  /** Hands all of them over as a file. */
  readonly exportAll: (format: SavedFileFormat) => void;
  readonly loadVersions: (id: string) => Promise<void>;
  /** These answer what is wrong, for a form to show, or null. `was`: the id of the prompt that is changed. */
  readonly save: (prompt: PromptToSave, was?: string) => Promise<ErrorReport | null>;
  readonly importList: (list: PromptListInput, folder: string) => Promise<ErrorReport | null>;
  /** A toast offers to bring it back. */
  readonly remove: (id: string) => Promise<void>;
}

const empty = { prompts: [], isLoaded: false, error: null, search: '', selected: null, versions: {} } as const;

const inOrder = (prompts: readonly SavedPrompt[]): SavedPrompt[] =>
  [...prompts].sort((a, b) => a.folder.localeCompare(b.folder) || a.name.localeCompare(b.name));

/** What was chosen as long as it is in sight, else the first that is. */
function stillSelected(
  prompts: readonly SavedPrompt[],
  { search, selected }: Pick<SavedState, 'search' | 'selected'>,
): string | null {
  const found = foundPrompts(prompts, search);
  return found.some(({ id }) => id === selected) ? selected : (found[0]?.id ?? null);
}

export function createSavedStore(parts: {
  readonly client: Pick<Client, 'prompts'>;
  readonly notify: Notify;
  readonly saveFile: (name: string, text: string) => void;
}): StoreApi<SavedState> {
  const { notify } = parts;
  const { prompts: calls } = parts.client;
  return createStore<SavedState>((set, get) => {
    /** An older load never wins over a newer one. */
    let latest = 0;
    const put = (prompt: SavedPrompt): void =>
      set(({ prompts, versions, search }) => ({
        // Whoever has just kept it wants to see it.
        search: foundPrompts([prompt], search).length > 0 ? search : '',
        prompts: inOrder([...prompts.filter(({ id }) => id !== prompt.id), prompt]),
        selected: prompt.id,
        versions: Object.fromEntries(Object.entries(versions).filter(([id]) => id !== prompt.id)),
      }));

    const load = async (): Promise<void> => {
      const own = ++latest;
      try {
        const prompts = inOrder((await calls.saved()).prompts);
        if (own !== latest) return;
        set({ prompts, isLoaded: true, error: null, versions: {}, selected: stillSelected(prompts, get()) });
      } catch (error) {
        if (own === latest) set({ error: readError(error) });
      }
    };
    const restore = async (id: string): Promise<void> => {
      try {
        put(await calls.restore({ id }));
      } catch (error) {
        notify({ kind: 'error', error: readError(error) });
      }
    };

    return {
      ...empty,
      load,
      leave: () => {
        latest += 1;
        set(empty);
      },
      select: (selected) => set({ selected }),
      setSearch: (search) =>
        set(({ prompts, selected }) => ({ search, selected: stillSelected(prompts, { search, selected }) })),
      exportAll: (format) => parts.saveFile(`easel-prompts.${format}`, writePromptList(get().prompts, format)),
      loadVersions: async (id) => {
        try {
          const { versions } = await calls.versions({ id });
          const newestFirst = [...versions].sort((a, b) => b.number - a.number);
          set((state) => ({ versions: { ...state.versions, [id]: newestFirst } }));
        } catch (error) {
          notify({ kind: 'error', error: readError(error) });
        }
      },
      save: async (prompt, was) => {
        try {
          put(was === undefined ? await calls.save(prompt) : await calls.change({ ...prompt, id: was }));
          return null;
        } catch (error) {
          return readError(error);
        }
      },
      importList: async ({ content, format }, folder) => {
        try {
          const { added, there } = await calls.importList({ content, format, folder });
          notify({ kind: 'info', message: translate('prompts:saved.imported', { count: added, there }) });
        } catch (error) {
          return readError(error);
        }
        await load();
        return null;
      },
      remove: async (id) => {
        const before = foundPrompts(get().prompts, get().search);
        const place = before.findIndex((prompt) => prompt.id === id);
        const name = before[place]?.name ?? '';
        try {
          await calls.remove({ id });
        } catch (error) {
          notify({ kind: 'error', error: readError(error) });
          return;
        }
        const prompts = get().prompts.filter((prompt) => prompt.id !== id);
        const left = foundPrompts(prompts, get().search);
        set({ prompts, selected: (left[place] ?? left[place - 1])?.id ?? null });
        notify({
          kind: 'info',
          message: translate('prompts:saved.removed', { name }),
          action: { label: translate('ui:common.undo'), run: () => void restore(id) },
        });
      },
    };
  });
}
