import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../shared/errors.ts';
import type { ImageDetails } from '../../shared/models/image.ts';
import type { Client } from '../backend/client.ts';
import { readError } from '../backend/read-error.ts';
import type { Notify } from '../ui/toast.ts';

/** What is known of the image in the viewer. */
export interface ViewerState {
  readonly isDetailsOpen: boolean;
  /** The image whose details are shown, and everything known of it. */
  readonly details: ImageDetails | null;
  /** Absolute path of its file; null until it is known. */
  readonly path: string | null;
  readonly error: ErrorReport | null;
  /** Reads everything about an image; a later call wins. */
  readonly load: (id: string) => Promise<void>;
  readonly toggleDetails: () => void;
  /** Shows the file in the system's file manager. */
  readonly reveal: (id: string) => Promise<void>;
}

export function createViewerStore(parts: {
  readonly client: {
    readonly library: Pick<Client['library'], 'image' | 'path'>;
    readonly system: Pick<Client['system'], 'revealImage'>;
  };
  readonly notify: Notify;
}): StoreApi<ViewerState> {
  const { library, system } = parts.client;
  return createStore<ViewerState>((set) => {
    let asked: string | null = null;
    return {
      isDetailsOpen: true,
      details: null,
      path: null,
      error: null,
      load: async (id) => {
        asked = id;
        try {
          const [details, { path }] = await Promise.all([library.image({ id }), library.path({ image: id })]);
          if (asked === id) set({ details, path, error: null });
        } catch (error) {
          if (asked === id) set({ details: null, path: null, error: readError(error) });
        }
      },
      toggleDetails: () => set(({ isDetailsOpen }) => ({ isDetailsOpen: !isDetailsOpen })),
      reveal: async (id) => {
        try {
          await system.revealImage({ id });
        } catch (error) {
          parts.notify({ kind: 'error', error: readError(error) });
        }
      },
    };
  });
}
