import { describe, expect, it, vi } from 'vitest';
import type { SystemInfo } from '../shared/contract/system.ts';
import { createComparisonsStore } from './comparison/comparisons-store.ts';
import { createGalleryStore } from './gallery/gallery-store.ts';
import { createLoader } from './load-stores.ts';
import { createJobsStore } from './ui/stores/jobs-store.ts';
import { createKeysStore } from './ui/stores/keys-store.ts';
import { createProvidersStore } from './ui/stores/providers-store.ts';
import { createRecentStore } from './ui/stores/recent-store.ts';
import { emptyRoutingState } from '../shared/models/routing.ts';
import { createRoutingStore } from './ui/stores/routing-store.ts';
import { createSettingsStore } from './ui/stores/settings-store.ts';
import { createSystemStore } from './ui/stores/system-store.ts';

/** What the stores ask of the program, all together. */
type Client = Parameters<typeof createSystemStore>[0]['client'] &
  Parameters<typeof createSettingsStore>[0]['client'] &
  Parameters<typeof createKeysStore>[0]['client'] &
  Parameters<typeof createProvidersStore>[0]['client'] &
  Parameters<typeof createRoutingStore>[0]['client'] &
  Parameters<typeof createJobsStore>[0]['client'] &
  Parameters<typeof createRecentStore>[0]['client'] &
  Parameters<typeof createGalleryStore>[0]['client'] &
  Parameters<typeof createComparisonsStore>[0]['client'];

const info = (folder = '/pictures', state: SystemInfo['library']['state'] = 'open'): SystemInfo => ({
  version: '1.0.0',
  abilities: { revealFile: false, chooseFolder: false },
  library: { state, folder, problem: null },
  notices: [],
});

function setUp() {
  const answers = {
    info: vi.fn(() => Promise.resolve(info())),
    settings: vi.fn(() => Promise.resolve({ theme: 'light' })),
    keys: vi.fn(() => Promise.resolve({ storage: 'none', isLocked: false, keychainName: null, problem: null })),
    providers: vi.fn(() => Promise.resolve({ providers: [] })),
    queue: vi.fn(() =>
      Promise.resolve({
        state: { paused: true, queued: 0, running: 0, failed: 0 },
        running: [],
        queued: [],
        ended: [],
        progress: [],
      }),
    ),
    routing: vi.fn(() => Promise.resolve(emptyRoutingState)),
    health: vi.fn(() => Promise.resolve({ level: 'healthy', message: '', records: [] })),
    recent: vi.fn(() => Promise.resolve({ images: [], next: null })),
    overview: vi.fn(() => Promise.resolve({ total: 0, bucketSize: 256, buckets: [] })),
    comparisons: vi.fn(() => Promise.resolve({ comparisons: [], next: null })),
  };
  const client = {
    system: { info: answers.info },
    settings: { get: answers.settings },
    keys: { state: answers.keys },
    providers: { list: answers.providers, health: answers.health },
    routing: { state: answers.routing },
    jobs: { queue: answers.queue },
    library: { list: answers.recent, overview: answers.overview },
    comparison: { list: answers.comparisons, scores: () => Promise.resolve({ scores: [] }) },
  } as unknown as Client;
  const notify = vi.fn();
  const stores = {
    system: createSystemStore({ client, tryNow: vi.fn(), now: Date.now }),
    settings: createSettingsStore({ client, notify }),
    keys: createKeysStore({ client, notify, saveFile: vi.fn() }),
    providers: createProvidersStore({ client, notify }),
    routing: createRoutingStore({ client, notify }),
    jobs: createJobsStore({ client, notify }),
    recent: createRecentStore({ client }),
    gallery: createGalleryStore({ client, rateImages: vi.fn(), notify }),
    comparisons: createComparisonsStore({ client, notify }),
  };
  const onFailed = vi.fn<(error: unknown, tryAgain: () => void) => void>();
  return { answers, stores, onFailed, ...createLoader(stores, onFailed) };
}
const parts = [
  'settings',
  'keys',
  'providers',
  'routing',
  'health',
  'queue',
  'recent',
  'overview',
  'comparisons',
] as const;

describe('loading', () => {
  it.each(parts)('shows the page although the part “%s” can’t be read, and fills the others', async (part) => {
    const { answers, stores, loadAll } = setUp();
    answers[part].mockRejectedValue(new Error('busy'));
    await loadAll();
    expect(stores.system.getState().info?.library.folder).toBe('/pictures');
    expect({
      settings: stores.settings.getState().settings !== null,
      keys: stores.keys.getState().storage !== null,
      providers: stores.providers.getState().loaded,
      routing: stores.routing.getState().loaded,
      health: stores.routing.getState().health !== null,
      queue: stores.jobs.getState().loaded,
      recent: stores.recent.getState().error === null,
      overview: stores.gallery.getState().phase === 'ready',
      comparisons: stores.comparisons.getState().loaded,
    }).toEqual(Object.fromEntries(parts.map((name) => [name, name !== part])));
  });

  it('offers to try again what has no place of its own to say so, and asks only for that', async () => {
    const { answers, stores, onFailed, loadAll } = setUp();
    answers.queue.mockRejectedValueOnce(new Error('busy'));
    await loadAll();
    expect(onFailed).toHaveBeenCalledExactlyOnceWith(new Error('busy'), expect.any(Function));
    onFailed.mock.calls[0]?.[1]();
    await vi.waitFor(() => expect(stores.jobs.getState().loaded).toBe(true));
    expect(answers.settings).toHaveBeenCalledOnce();
  });

  it('rejects when the program can’t say what it is, so that the connection is tried anew', async () => {
    const { answers, stores, loadAll } = setUp();
    answers.info.mockRejectedValueOnce(new TypeError('fetch failed'));
    await expect(loadAll()).rejects.toThrow('fetch failed');
    expect(stores.system.getState().info).toBeNull();
  });

  it('asks for no images before there is a library', async () => {
    const { answers, loadAll } = setUp();
    answers.info.mockResolvedValueOnce(info('', 'setup'));
    await loadAll();
    expect(answers.queue).not.toHaveBeenCalled();
  });

  it('that was stopped shows nothing and complains of nothing', async () => {
    const { answers, stores, onFailed, loadAll } = setUp();
    const stop = new AbortController();
    answers.recent.mockImplementationOnce(() => {
      stop.abort();
      return Promise.reject(new Error('stopped'));
    });
    await expect(loadAll(stop.signal)).rejects.toThrow();
    expect(stores.system.getState().info).toBeNull();
    expect(stores.recent.getState().error).toBeNull();
    expect(onFailed).not.toHaveBeenCalled();
  });
});

describe('another library', () => {
  it('that can’t be asked about is told, and can be tried again', async () => {
    const { answers, stores, onFailed, libraryChanged } = setUp();
    answers.info.mockRejectedValueOnce(new Error('busy'));
    await libraryChanged();
    expect(onFailed).toHaveBeenCalledExactlyOnceWith(new Error('busy'), expect.any(Function));
    onFailed.mock.calls[0]?.[1]();
    await vi.waitFor(() => expect(stores.system.getState().info).not.toBeNull());
  });

  it('is the one opened last, whichever answers first', async () => {
    const { answers, stores, libraryChanged, onFailed } = setUp();
    const slow = Promise.withResolvers<SystemInfo>();
    answers.info.mockReturnValueOnce(slow.promise).mockResolvedValueOnce(info('/second'));
    const first = libraryChanged();
    await libraryChanged();
    slow.resolve(info('/first'));
    await first;
    expect(stores.system.getState().info?.library.folder).toBe('/second');
    expect(onFailed).not.toHaveBeenCalled();
  });

  it('shows nothing of the one before when its own images can’t be read', async () => {
    const { answers, stores, loadAll, libraryChanged } = setUp();
    await loadAll();
    stores.recent
      .getState()
      .imageAdded({ id: 'a', sequence: 1, hash: '', width: 1, height: 1, prompt: '', altText: null, rating: null });
    answers.recent.mockRejectedValueOnce(new Error('busy'));
    await libraryChanged();
    expect(stores.recent.getState()).toMatchObject({ images: [], error: { message: 'busy' } });
  });
});
