import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../shared/errors.ts';
import type { OllamaModel, OllamaPull, OllamaStatus, OllamaTest } from '../../shared/models/ollama.ts';
import type { Client } from '../backend/client.ts';
import { readError } from '../backend/read-error.ts';
import type { Notify } from '../ui/toast.ts';

/** How the last test of a model went; `running` while it answers. */
export type ModelTest =
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly test: OllamaTest }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

/** What is known of Ollama while somebody looks at its page. */
export interface OllamaState {
  /** Null until it was asked for. */
  readonly status: OllamaStatus | null;
  readonly isLoading: boolean;
  readonly models: readonly OllamaModel[];
  /** Under way, cancelled or failed; newest first. */
  readonly pulls: readonly OllamaPull[];
  readonly tests: Readonly<Record<string, ModelTest>>;
  /** Why it could not even be asked for. */
  readonly error: ErrorReport | null;
  readonly load: () => Promise<void>;
  /** Nobody looks any more. What is being brought goes on. */
  readonly leave: () => void;
  /** Brings a model, from where it stopped if it was begun before; resolves when that has ended. */
  readonly pull: (model: string) => Promise<void>;
  readonly cancelPull: (model: string) => Promise<void>;
  /** Whether it is gone. */
  readonly remove: (model: string) => Promise<boolean>;
  readonly test: (model: string) => Promise<void>;
}

const isOpen = ({ state }: OllamaPull): boolean => state !== 'done';

export function createOllamaStore(parts: {
  readonly client: Pick<Client, 'ollama'>;
  readonly notify: Notify;
}): StoreApi<OllamaState> {
  const { notify } = parts;
  const { ollama } = parts.client;
  return createStore<OllamaState>((set, get) => {
    /** A newer load wins over an older one. */
    let latest = 0;
    let leaving = new AbortController();
    let followed = new Set<string>();

    const told = (pull: OllamaPull): void =>
      set(({ pulls }) => ({
        pulls: [
          ...(pulls.some(({ model }) => model === pull.model) ? [] : [pull]),
          ...pulls.map((known) => (known.model === pull.model ? pull : known)),
        ].filter(isOpen),
      }));

    const follow = async (model: string): Promise<void> => {
      const own = followed;
      if (own.has(model)) return;
      own.add(model);
      const { signal } = leaving;
      try {
        for await (const pull of await ollama.pull({ model }, { signal })) {
          if (signal.aborted) return;
          told(pull);
        }
      } catch (error) {
        if (!signal.aborted) notify({ kind: 'error', error: readError(error) });
      } finally {
        own.delete(model);
      }
      if (!signal.aborted) await load();
    };

    const load = async (): Promise<void> => {
      const own = ++latest;
      set({ isLoading: true });
      try {
        const status = await ollama.status();
        const [{ models }, { pulls }] = await Promise.all([
          status.isReachable ? ollama.models() : { models: [] },
          ollama.pulls(),
        ]);
        if (own !== latest) return;
        set({ status, models, pulls: pulls.filter(isOpen), error: null, isLoading: false });
        for (const { model, state } of pulls) if (state === 'running') void follow(model);
      } catch (error) {
        if (own === latest) set({ error: readError(error), isLoading: false });
      }
    };

    return {
      status: null,
      isLoading: false,
      models: [],
      pulls: [],
      tests: {},
      error: null,
      load,
      leave: () => {
        latest += 1;
        leaving.abort();
        leaving = new AbortController();
        followed = new Set();
        set({ isLoading: false });
      },
      pull: follow,
      cancelPull: async (model) => {
        // What is being read still says that it runs, and would begin it anew.
        latest += 1;
        try {
          told(await ollama.cancelPull({ model }));
        } catch (error) {
          notify({ kind: 'error', error: readError(error) });
        }
        await load();
      },
      remove: async (model) => {
        try {
          const { models } = await ollama.remove({ model });
          set({ models });
          return true;
        } catch (error) {
          notify({ kind: 'error', error: readError(error) });
          return false;
        }
      },
      test: async (model) => {
        const show = (test: ModelTest): void => set(({ tests }) => ({ tests: { ...tests, [model]: test } }));
        if (get().tests[model]?.kind === 'running') return;
        show({ kind: 'running' });
        try {
          show({ kind: 'done', test: await ollama.test({ model }) });
        } catch (error) {
          show({ kind: 'failed', error: readError(error) });
          return;
        }
        // It is in memory now.
        await load();
      },
    };
  });
}
