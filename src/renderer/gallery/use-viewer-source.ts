import { useMemo } from 'react';
import type { ImageSummary } from '../../shared/models/image.ts';
import { galleryContext } from './gallery-context.ts';

/** The gallery as the viewer looks through it. Images are named by sequence number, which stays while others come and go. */
export interface GallerySource {
  readonly total: number;
  /** Counts up whenever another image may stand at a place. */
  readonly revision: number;
  readonly loadAt: (place: number) => Promise<ImageSummary | undefined>;
  readonly placeOf: (sequence: number) => number | null;
  readonly neighbour: (sequence: number, side: 'older' | 'newer') => Promise<ImageSummary | undefined>;
  readonly trash: (ids: readonly string[]) => Promise<boolean>;
  /** Gives the keyboard to this place once the viewer is gone. */
  readonly returnTo: (place: number) => void;
}

export function useViewerSource(): GallerySource {
  const store = galleryContext.useStoreApi();
  const total = galleryContext.useStore((state) => state.total);
  const revision = galleryContext.useStore((state) => state.revision);
  return useMemo(() => {
    const { loadAt, placeOf, neighbour, trash, returnTo } = store.getState();
    return { total, revision, loadAt, placeOf, neighbour, trash, returnTo };
  }, [store, total, revision]);
}
