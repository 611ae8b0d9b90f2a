import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';
import { createStore, type StoreApi } from 'zustand/vanilla';

export const views = ['create', 'gallery', 'providers', 'costs', 'settings'] as const;
export type View = (typeof views)[number];

/** What the window shows; all but `overlay` is remembered over starts. */
export interface ViewState {
  readonly view: View;
  readonly composeOpen: boolean;
  /** Pixels. */
  readonly composeWidth: number;
  readonly queueOpen: boolean;
  /** What lies over everything, one at a time. */
  readonly overlay: 'none' | 'help' | 'palette';
  readonly go: (view: View) => void;
  readonly toggleCompose: () => void;
  readonly resizeCompose: (width: number) => void;
  readonly setQueueOpen: (open: boolean) => void;
  readonly setOverlay: (overlay: ViewState['overlay']) => void;
}

export const composeWidths = { least: 288, usual: 340, most: 520 } as const;

export function createViewStore(storage: StateStorage): StoreApi<ViewState> {
  return createStore<ViewState>()(
    persist(
      (set) => ({
        view: 'create',
        composeOpen: true,
        composeWidth: composeWidths.usual,
        queueOpen: false,
        overlay: 'none',
        go: (view) => set({ view }),
        toggleCompose: () => set(({ composeOpen }) => ({ composeOpen: !composeOpen })),
        resizeCompose: (width) =>
          set({ composeWidth: Math.round(Math.min(Math.max(width, composeWidths.least), composeWidths.most)) }),
        setQueueOpen: (queueOpen) => set({ queueOpen }),
        setOverlay: (overlay) => set({ overlay }),
      }),
      {
        name: 'easel-view',
        version: 1,
        storage: createJSONStorage(() => storage),
        partialize: ({ view, composeOpen, composeWidth, queueOpen }) => ({
          view,
          composeOpen,
          composeWidth,
          queueOpen,
        }),
      },
    ),
  );
}
