import { createContext, use } from 'react';
import { useStore, type StoreApi } from 'zustand';

/**
 * How components get at a store: `const galleryContext = createStoreContext<GalleryState>('gallery')` beside the store,
 * `<galleryContext.Provider value={store}>` in app.tsx, `galleryContext.useStore((state) => state.total)` in components.
 */
export function createStoreContext<State>(name: string) {
  const Context = createContext<StoreApi<State> | null>(null);

  function useStoreApi(): StoreApi<State> {
    const store = use(Context);
    if (store === null) throw new Error(`The ${name} store is used outside its provider.`);
    return store;
  }

  function useSlice<Slice>(selector: (state: State) => Slice): Slice {
    return useStore(useStoreApi(), selector);
  }

  return { Provider: Context.Provider, useStore: useSlice, useStoreApi };
}
