import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../backend/client.ts';

/** Which wildcards there are, for the completion and for what is underlined. */
export interface WildcardNamesState {
  /** Null until they could be read. The same list as long as they are the same. */
  readonly names: readonly string[] | null;
  /** Reads them anew: files come and go. What can't be read leaves what is known. */
  readonly load: () => Promise<void>;
}

export function createWildcardNamesStore({
  client,
}: {
  readonly client: { readonly prompts: Pick<Client['prompts'], 'wildcards'> };
}): StoreApi<WildcardNamesState> {
  return createStore<WildcardNamesState>((set, get) => ({
    names: null,
    load: async () => {
      try {
        const { wildcards } = await client.prompts.wildcards();
        const names = wildcards.map(({ name }) => name);
        if (names.join() !== get().names?.join()) set({ names });
      } catch {
        // The line below the prompt says what is wrong as soon as one is used.
      }
    },
  }));
}
