import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ImageSummary } from '../../../shared/models/image.ts';
import type { Client } from '../../backend/client.ts';

/** How many of the latest results the filmstrip holds. */
export const recentLimit = 60;

/** The latest results, newest first. */
export interface RecentState {
  readonly images: readonly ImageSummary[];
  readonly loaded: boolean;
  readonly load: () => Promise<void>;
  readonly imageAdded: (image: ImageSummary) => void;
  readonly imagesRemoved: (ids: readonly string[]) => void;
  readonly imagesRestored: (images: readonly ImageSummary[]) => void;
}

function merge(known: readonly ImageSummary[], added: readonly ImageSummary[]): ImageSummary[] {
  const all = new Map([...known, ...added].map((image) => [image.id, image]));
  return [...all.values()].sort((a, b) => b.sequence - a.sequence).slice(0, recentLimit);
}

export function createRecentStore({ client }: { readonly client: Pick<Client, 'library'> }): StoreApi<RecentState> {
  return createStore<RecentState>((set) => ({
    images: [],
    loaded: false,
    load: async () => {
      const { images } = await client.library.list({ limit: recentLimit });
      set({
        loaded: true,
        images: images.map(({ id, sequence, hash, width, height, request }) => ({
          id,
          sequence,
          hash,
          width,
          height,
          prompt: request.prompt.slice(0, 200),
        })),
      });
    },
    imageAdded: (image) => set(({ images }) => ({ images: merge(images, [image]) })),
    imagesRemoved: (ids) => set(({ images }) => ({ images: images.filter(({ id }) => !ids.includes(id)) })),
    imagesRestored: (restored) => set(({ images }) => ({ images: merge(images, restored) })),
  }));
}
