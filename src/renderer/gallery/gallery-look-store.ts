import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CellFit } from './choose-thumbnail.ts';
import { cellSizes } from './grid-layout.ts';

/** How the gallery looks; remembered over starts. */
export interface GalleryLookState {
  /** Wished side of a cell in CSS pixels. */
  readonly cellSize: number;
  readonly fit: CellFit;
  readonly setCellSize: (size: number) => void;
  readonly setFit: (fit: CellFit) => void;
}

export function createGalleryLookStore(storage: StateStorage): StoreApi<GalleryLookState> {
  return createStore<GalleryLookState>()(
    persist(
      (set) => ({
        cellSize: cellSizes.usual,
        fit: 'cover',
        setCellSize: (size) => set({ cellSize: Math.min(Math.max(size, cellSizes.least), cellSizes.most) }),
        setFit: (fit) => set({ fit }),
      }),
      {
        name: 'easel-gallery',
        version: 1,
        storage: createJSONStorage(() => storage),
        partialize: ({ cellSize, fit }) => ({ cellSize, fit }),
      },
    ),
  );
}
