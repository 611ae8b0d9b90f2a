import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../shared/errors.ts';
import type { ImageSummary } from '../../shared/models/image.ts';
import type { SentPrompt } from '../../shared/models/prompt-history.ts';
import type { Client } from '../backend/client.ts';
import { readError } from '../backend/read-error.ts';
import type { Notify } from '../ui/toast.ts';

/** The prompts that were sent, as far as they were looked at. */
export interface HistoryState {
  readonly search: string;
  /** What `prompts` were found by; behind `search` while somebody types. */
  readonly foundBy: string;
  /** Newest first. */
  readonly prompts: readonly SentPrompt[];
  /** Where the list goes on; null: all of it is here. */
  readonly next: number | null;
  readonly isLoaded: boolean;
  readonly error: ErrorReport | null;
  /** The id of the prompt that is looked at. */
  readonly selected: number | null;
  /** What came of a prompt, by its id. */
  readonly images: Readonly<Record<number, readonly ImageSummary[]>>;
  /** Searches as soon as nothing more is typed. */
  readonly setSearch: (search: string) => void;
  readonly load: () => Promise<void>;
  readonly loadMore: () => Promise<void>;
  /** Something was sent: what is new comes to the top. */
  readonly refresh: () => Promise<void>;
  /** Nobody looks any more; another library may be open the next time. */
  readonly leave: () => void;
  readonly select: (id: number) => void;
  /** Reads the pictures of a prompt once; a failure leaves them out. */
  readonly loadImages: (id: number) => Promise<void>;
  /** Whether it is gone. */
  readonly forget: (id: number) => Promise<boolean>;
  readonly forgetAll: () => Promise<boolean>;
}

const pageRows = 100;
const pauseMs = 120;
const empty = {
  foundBy: '',
  prompts: [],
  next: null,
  isLoaded: false,
  error: null,
  selected: null,
  images: {},
} as const;

export function createHistoryStore(parts: {
  readonly client: Pick<Client, 'prompts'>;
  readonly notify: Notify;
}): StoreApi<HistoryState> {
  const { notify } = parts;
  const { prompts: calls } = parts.client;
  return createStore<HistoryState>((set, get) => {
    /** An older search never wins over a newer one. */
    let latest = 0;
    let pause: ReturnType<typeof setTimeout> | undefined;
    let isLoadingMore = false;
    const asked = new Set<number>();

    const read = (before?: number) => {
      const search = get().search.trim();
      return calls.history({
        limit: pageRows,
        ...(search !== '' && { search }),
        ...(before !== undefined && { before }),
      });
    };
    const load = async (): Promise<void> => {
      const own = ++latest;
      const foundBy = get().search;
      try {
        const { prompts, next } = await read();
        if (own !== latest) return;
        const { selected } = get();
        const isThere = prompts.some(({ id }) => id === selected);
        set({
          foundBy,
          prompts,
          next,
          isLoaded: true,
          error: null,
          selected: isThere ? selected : (prompts[0]?.id ?? null),
        });
      } catch (error) {
        if (own === latest) set({ error: readError(error) });
      }
    };

    return {
      search: '',
      ...empty,
      setSearch: (search) => {
        set({ search });
        clearTimeout(pause);
        pause = setTimeout(() => void load(), pauseMs);
      },
      load,
      loadMore: async () => {
        const { next } = get();
        if (next === null || isLoadingMore) return;
        const own = latest;
        isLoadingMore = true;
        try {
          const page = await read(next);
          if (own === latest) set(({ prompts }) => ({ prompts: [...prompts, ...page.prompts], next: page.next }));
        } catch (error) {
          notify({ kind: 'error', error: readError(error) });
        } finally {
          isLoadingMore = false;
        }
      },
      refresh: async () => {
        const own = latest;
        try {
          const page = await read();
          if (own !== latest) return;
          const ids = new Set(page.prompts.map(({ id }) => id));
          asked.clear();
          set(({ prompts, next, selected }) => {
            const older = prompts.filter(({ id }) => !ids.has(id));
            const all = [...page.prompts, ...older];
            return {
              prompts: all,
              next: older.length === 0 ? page.next : next,
              selected: selected ?? all[0]?.id ?? null,
              images: {},
            };
          });
        } catch {
          // What is shown stays true; the next job or search reads again.
        }
      },
      leave: () => {
        latest += 1;
        clearTimeout(pause);
        asked.clear();
        set(empty);
      },
      select: (selected) => set({ selected }),
      loadImages: async (id) => {
        if (asked.has(id)) return;
        asked.add(id);
        const own = latest;
        try {
          const { images } = await calls.imagesOf({ id });
          if (own === latest) set((state) => ({ images: { ...state.images, [id]: images } }));
        } catch {
          asked.delete(id);
        }
      },
      forget: async (id) => {
        try {
          await calls.forget({ id });
        } catch (error) {
          notify({ kind: 'error', error: readError(error) });
          return false;
        }
        const { prompts } = get();
        const place = prompts.findIndex((prompt) => prompt.id === id);
        const left = prompts.filter((prompt) => prompt.id !== id);
        set({ prompts: left, selected: (left[place] ?? left[place - 1])?.id ?? null });
        return true;
      },
      forgetAll: async () => {
        try {
          await calls.forgetAll();
        } catch (error) {
          notify({ kind: 'error', error: readError(error) });
          return false;
        }
        latest += 1;
        set({ ...empty, isLoaded: true });
        return true;
      },
    };
  });
}
