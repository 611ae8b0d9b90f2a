import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';
import { createStore, type StoreApi } from 'zustand/vanilla';

export const views = ['create', 'gallery', 'prompts', 'compare', 'providers', 'costs', 'settings'] as const;
export type View = (typeof views)[number];

/** The pages of the settings, in the order to show them. */
export const settingsPages = ['general', 'routing', 'prices'] as const;
export type SettingsPage = (typeof settingsPages)[number];

/** The pages of the providers: who makes pictures, and who works on words. */
export const providersPages = ['services', 'ollama'] as const;
export type ProvidersPage = (typeof providersPages)[number];

/** The pages of the prompt library. */
export const promptsPages = ['history', 'saved', 'wildcards', 'list'] as const;
export type PromptsPage = (typeof promptsPages)[number];

/** What the window shows; all but `overlay`, `shownProvider` and `wantsPromptSearch` is remembered over starts. */
export interface ViewState {
  readonly view: View;
  readonly settingsPage: SettingsPage;
  readonly providersPage: ProvidersPage;
  readonly promptsPage: PromptsPage;
  /** The keyboard is to go to the search of the history. */
  readonly wantsPromptSearch: boolean;
  /** The provider to bring into sight on its page; null: none. */
  readonly shownProvider: string | null;
  readonly composeOpen: boolean;
  /** Pixels. */
  readonly composeWidth: number;
  readonly queueOpen: boolean;
  /** What lies over everything, one at a time. */
  readonly overlay: 'none' | 'help' | 'palette';
  readonly go: (view: View) => void;
  readonly openSettings: (page: SettingsPage) => void;
  readonly openPrompts: (page: PromptsPage) => void;
  readonly searchPrompts: () => void;
  readonly promptSearchShown: () => void;
  readonly openProviders: (page: ProvidersPage) => void;
  /** Goes to the providers, at this one. */
  readonly showProvider: (id: string) => void;
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
        settingsPage: 'general',
        providersPage: 'services',
        promptsPage: 'history',
        wantsPromptSearch: false,
        shownProvider: null,
        composeOpen: true,
        composeWidth: composeWidths.usual,
        queueOpen: false,
        overlay: 'none',
        go: (view) => set({ view, shownProvider: null }),
        openSettings: (settingsPage) => set({ view: 'settings', settingsPage }),
        openPrompts: (promptsPage) => set({ view: 'prompts', promptsPage }),
        searchPrompts: () => set({ view: 'prompts', promptsPage: 'history', wantsPromptSearch: true }),
        promptSearchShown: () => set({ wantsPromptSearch: false }),
        openProviders: (providersPage) => set({ view: 'providers', providersPage, shownProvider: null }),
        showProvider: (shownProvider) => set({ view: 'providers', providersPage: 'services', shownProvider }),
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
        partialize: ({ view, settingsPage, providersPage, promptsPage, composeOpen, composeWidth, queueOpen }) => ({
          view,
          settingsPage,
          providersPage,
          promptsPage,
          composeOpen,
          composeWidth,
          queueOpen,
        }),
      },
    ),
  );
}
