import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../shared/errors.ts';
import type { Client } from '../backend/client.ts';
import { readError } from '../backend/read-error.ts';

/** What a model says that a picture shows. It is nothing but an offer: whoever looks at it keeps it, or not. */
export interface AltTextOffer {
  readonly imageId: string;
  /** Null until it is known who writes. */
  readonly model: string | null;
  /** As it is being written. */
  readonly written: string;
  /** The whole text, checked; null until it is there. */
  readonly text: string | null;
  readonly error: ErrorReport | null;
}

export interface AltTextState {
  readonly offer: AltTextOffer | null;
  /** Lets a model look at the picture. A failure is told in the offer. */
  readonly suggest: (imageId: string) => Promise<void>;
  /** Stops what is under way, so that the model stops too, and puts the offer away. */
  readonly close: () => void;
}

export function createAltTextStore({
  client,
}: {
  readonly client: { readonly assistants: Pick<Client['assistants'], 'run'> };
}): StoreApi<AltTextState> {
  return createStore<AltTextState>((set, get) => {
    let running = new AbortController();
    const change = (fields: Partial<AltTextOffer>): void => {
      const { offer } = get();
      if (offer !== null) set({ offer: { ...offer, ...fields } });
    };

    return {
      offer: null,
      suggest: async (imageId) => {
        running.abort();
        running = new AbortController();
        const { signal } = running;
        set({ offer: { imageId, model: null, written: '', text: null, error: null } });
        try {
          for await (const event of await client.assistants.run({ task: 'describe', as: 'alt', imageId }, { signal })) {
            if (signal.aborted) return;
            if (event.kind === 'model') change({ model: event.model });
            if (event.kind === 'text') change({ written: (get().offer?.written ?? '') + event.text });
            if (event.kind === 'done') change({ written: event.result.text, text: event.result.text });
          }
        } catch (error) {
          if (!signal.aborted) change({ error: readError(error) });
        }
      },
      close: () => {
        running.abort();
        set({ offer: null });
      },
    };
  });
}
