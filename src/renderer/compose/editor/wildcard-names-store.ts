import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../backend/client.ts';

/** Which wildcards there are, for the completion. */
export interface WildcardNamesState {
  readonly names: readonly string[];
  /** Reads them anew: files come and go. What can't be read leaves what is known. */
  readonly load: () => Promise<void>;
}

export function createWildcardNamesStore({
  client,
}: {
  readonly client: { readonly prompts: Pick<Client['prompts'], 'wildcards'> };
}): StoreApi<WildcardNamesState> {
  return createStore<WildcardNamesState>((set) => ({
    names: [],
    load: async () => {
      try {
        const { wildcards } = await client.prompts.wildcards();
        set({ names: wildcards.map(({ name }) => name) });
      } catch {
        // The line below the prompt says what is wrong as soon as one is used.
      }
    },
  }));
}
