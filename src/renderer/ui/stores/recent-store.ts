import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { Image, ImageSummary } from '../../../shared/models/image.ts';
import type { Client } from '../../backend/client.ts';
import { readError } from '../../backend/read-error.ts';

/** How many of the latest results the filmstrip holds. */
export const recentLimit = 60;

/** The latest results, newest first. */
export interface RecentState {
  readonly images: readonly ImageSummary[];
  readonly loaded: boolean;
  /** Why they could not be read the last time. */
  readonly error: ErrorReport | null;
  /** A failure is told in `error`; what is known stays. */
  readonly load: (signal?: AbortSignal) => Promise<void>;
  /** Another library: nothing known is true of it. */
  readonly forget: () => void;
  readonly imageAdded: (image: ImageSummary) => void;
  readonly imagesRemoved: (ids: readonly string[]) => void;
  readonly imagesRestored: (images: readonly ImageSummary[]) => void;
  readonly imagesChanged: (images: readonly ImageSummary[]) => void;
}

function merge(known: readonly ImageSummary[], added: readonly ImageSummary[]): ImageSummary[] {
  const all = new Map([...known, ...added].map((image) => [image.id, image]));
  return [...all.values()].sort((a, b) => b.sequence - a.sequence).slice(0, recentLimit);
}

function summaryOf({ id, sequence, hash, width, height, request, altText, rating }: Image): ImageSummary {
  return { id, sequence, hash, width, height, prompt: request.prompt.slice(0, 200), altText, rating };
}

export function createRecentStore({ client }: { readonly client: Pick<Client, 'library'> }): StoreApi<RecentState> {
  return createStore<RecentState>((set) => ({
    images: [],
    loaded: false,
    error: null,
    load: async (signal) => {
      try {
        const { images } = await client.library.list({ limit: recentLimit }, { signal });
        set({ loaded: true, error: null, images: images.map(summaryOf) });
      } catch (error) {
        if (!signal?.aborted) set({ error: readError(error) });
      }
    },
    forget: () => set({ images: [], loaded: false, error: null }),
    imageAdded: (image) => set(({ images }) => ({ images: merge(images, [image]) })),
    imagesRemoved: (ids) => set(({ images }) => ({ images: images.filter(({ id }) => !ids.includes(id)) })),
    imagesRestored: (restored) => set(({ images }) => ({ images: merge(images, restored) })),
    imagesChanged: (changed) => {
      const newer = new Map(changed.map((image) => [image.id, image]));
      set(({ images }) => ({ images: images.map((image) => newer.get(image.id) ?? image) }));
    },
  }));
}
