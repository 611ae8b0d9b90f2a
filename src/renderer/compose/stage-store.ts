import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ImageDetails } from '../../shared/models/image.ts';
import type { Client } from '../backend/client.ts';

/** What the user looks at in the Create view. */
export interface StageState {
  /** The image the user picked from the filmstrip; null: follow what happens. */
  readonly picked: string | null;
  readonly dismissed: ReadonlySet<string>;
  /** What is known of images that were shown. */
  readonly details: Readonly<Record<string, ImageDetails>>;
  readonly pick: (id: string) => void;
  readonly follow: () => void;
  readonly dismiss: (jobId: string) => void;
  /** Reads an image's details once; a failure leaves them out, the picture is there all the same. */
  readonly loadDetails: (id: string) => Promise<void>;
}

const keptDetails = 100;

export function createStageStore({ client }: { readonly client: Pick<Client, 'library'> }): StoreApi<StageState> {
  return createStore<StageState>((set, get) => ({
    picked: null,
    dismissed: new Set<string>(),
    details: {},
    pick: (picked) => set({ picked }),
    follow: () => set({ picked: null }),
    dismiss: (jobId) => set(({ dismissed }) => ({ dismissed: new Set([...dismissed, jobId]) })),
    loadDetails: async (id) => {
      if (id in get().details) return;
      try {
        const image = await client.library.image({ id });
        set(({ details }) => ({
          details: Object.fromEntries([...Object.entries(details).slice(-keptDetails), [id, image]]),
        }));
      } catch {
        // The row may be gone already: another window trashed it. `imagesRemoved` says so.
      }
    },
  }));
}
