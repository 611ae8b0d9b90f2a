import type { Stores } from './stores-provider.tsx';

type LoadedStores = Pick<
  Stores,
  'system' | 'settings' | 'keys' | 'providers' | 'routing' | 'jobs' | 'recent' | 'gallery' | 'comparisons'
>;
type Part = (signal?: AbortSignal) => Promise<void>;

interface Loader {
  /** Reads everything the page shows. Rejects only when the program can't say what it is; a part that fails does not. */
  readonly loadAll: (signal?: AbortSignal) => Promise<void>;
  /** Another library: forgets the old one and reads the new one. Never rejects. */
  readonly libraryChanged: () => Promise<void>;
}

/**
 * Fills the stores. Each part loads by itself: `onFailed` hears of those that could not, with a way to try only these again.
 * A newer load stops an older one, so that old data never wins.
 */
export function createLoader(
  { system, settings, keys, providers, routing, jobs, recent, gallery, comparisons }: LoadedStores,
  onFailed: (error: unknown, tryAgain: () => void) => void,
): Loader {
  let current = new AbortController();

  const loadParts = async (parts: readonly Part[], signal: AbortSignal): Promise<void> => {
    const outcomes = await Promise.allSettled(parts.map((load) => load(signal)));
    if (signal.aborted) return;
    const failed = parts.filter((_, place) => outcomes[place]?.status === 'rejected');
    const [first] = outcomes.filter((outcome) => outcome.status === 'rejected');
    if (first !== undefined) onFailed(first.reason, () => void loadParts(failed, signal));
  };

  const loadAll = async (stop?: AbortSignal): Promise<void> => {
    current.abort();
    current = new AbortController();
    const signal = stop === undefined ? current.signal : AbortSignal.any([current.signal, stop]);
    const info = await system.getState().read(signal);
    const always: Part[] = [settings.getState().load, keys.getState().load, providers.getState().load];
    const ofLibrary: Part[] = [
      routing.getState().load,
      routing.getState().loadHealth,
      ...[jobs, recent, gallery, comparisons].map((store) => store.getState().load),
    ];
    await loadParts(info.library.state === 'open' ? [...always, ...ofLibrary] : always, signal);
    signal.throwIfAborted();
    // Last, so that nothing is drawn half loaded.
    system.getState().show(info);
  };

  const libraryChanged = async (): Promise<void> => {
    for (const store of [gallery, recent, jobs, routing, comparisons]) store.getState().forget();
    const loading = loadAll();
    const { signal } = current;
    try {
      await loading;
    } catch (error) {
      if (!signal.aborted) onFailed(error, () => void libraryChanged());
    }
  };

  return { loadAll, libraryChanged };
}
