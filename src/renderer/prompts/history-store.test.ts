import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import type { SentPrompt } from '../../shared/models/prompt-history.ts';
import { createHistoryStore } from './history-store.ts';

type Client = Parameters<typeof createHistoryStore>[0]['client'];
interface Page {
  readonly prompts: SentPrompt[];
  readonly next: number | null;
}

const sent = (id: number): SentPrompt => ({
  id,
  prompt: `prompt ${id}`,
  negativePrompt: '',
  sent: '',
  options: noPromptOptions,
  usedAt: id,
  uses: 1,
});
const page = (ids: readonly number[], next: number | null = null): Page => ({ prompts: ids.map(sent), next });

function setUp(history: (input: { search?: string; before?: number }) => Promise<Page>) {
  const notify = vi.fn();
  const calls = {
    history: vi.fn(history),
    imagesOf: vi.fn(() => Promise.resolve({ images: [] })),
    forget: vi.fn(() => Promise.resolve({})),
    forgetAll: vi.fn(() => Promise.resolve({ forgotten: 3 })),
  };
  const store = createHistoryStore({ client: { prompts: calls } as unknown as Client, notify });
  const ids = (): number[] => store.getState().prompts.map(({ id }) => id);
  return { store, calls, notify, ids };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the history of prompts', () => {
  it('looks at the newest one first', async () => {
    const { store, ids } = setUp(() => Promise.resolve(page([9, 8])));
    await store.getState().load();
    expect(ids()).toEqual([9, 8]);
    expect(store.getState()).toMatchObject({ selected: 9, isLoaded: true });
  });

  it('searches once when nothing more is typed, and an older answer does not win', async () => {
    const slow = Promise.withResolvers<Page>();
    const { store, calls, ids } = setUp(({ search }) => (search === 'fo' ? slow.promise : Promise.resolve(page([1]))));
    for (const typed of ['f', 'fo']) store.getState().setSearch(typed);
    await vi.advanceTimersByTimeAsync(200);
    expect(calls.history).toHaveBeenCalledOnce();
    store.getState().setSearch('fox ');
    await vi.advanceTimersByTimeAsync(200);
    expect(calls.history).toHaveBeenLastCalledWith({ limit: 100, search: 'fox' });
    slow.resolve(page([7]));
    await vi.advanceTimersByTimeAsync(0);
    expect(ids()).toEqual([1]);
    expect(store.getState().foundBy).toBe('fox ');
  });

  it('goes on where a page ended, once at a time', async () => {
    const { store, calls, ids } = setUp(({ before }) =>
      Promise.resolve(before === undefined ? page([9, 8], 8) : page([7])),
    );
    await store.getState().load();
    await Promise.all([store.getState().loadMore(), store.getState().loadMore()]);
    expect(ids()).toEqual([9, 8, 7]);
    await store.getState().loadMore();
    expect(calls.history).toHaveBeenCalledTimes(2);
  });

  it('puts what was sent meanwhile on top and keeps what was loaded', async () => {
    let newest = page([9, 8], 8);
    const { store, ids } = setUp(({ before }) => Promise.resolve(before === undefined ? newest : page([7], 7)));
    await store.getState().load();
    await store.getState().loadMore();
    newest = page([10, 9, 8], 8);
    await store.getState().refresh();
    expect(ids()).toEqual([10, 9, 8, 7]);
    expect(store.getState()).toMatchObject({ next: 7, selected: 9 });
  });

  it('looks at the next one when one is forgotten', async () => {
    const { store, ids } = setUp(() => Promise.resolve(page([9, 8, 7])));
    await store.getState().load();
    store.getState().select(8);
    expect(await store.getState().forget(8)).toBe(true);
    expect(ids()).toEqual([9, 7]);
    expect(store.getState().selected).toBe(7);
  });

  it('keeps what could not be forgotten, and says so', async () => {
    const { store, calls, notify, ids } = setUp(() => Promise.resolve(page([9])));
    await store.getState().load();
    calls.forgetAll.mockRejectedValueOnce(new Error('The library is busy.'));
    expect(await store.getState().forgetAll()).toBe(false);
    expect(ids()).toEqual([9]);
    expect(notify).toHaveBeenCalledOnce();
    expect(await store.getState().forgetAll()).toBe(true);
    expect(ids()).toEqual([]);
  });

  it('reads the pictures of a prompt once', async () => {
    const { store, calls } = setUp(() => Promise.resolve(page([9])));
    await store.getState().load();
    await store.getState().loadImages(9);
    await store.getState().loadImages(9);
    expect(calls.imagesOf).toHaveBeenCalledOnce();
    expect(store.getState().images).toEqual({ 9: [] });
  });
});
