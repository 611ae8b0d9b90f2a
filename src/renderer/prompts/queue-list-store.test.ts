import { describe, expect, it, vi } from 'vitest';
import { createQueueListStore } from './queue-list-store.ts';

type Client = Parameters<typeof createQueueListStore>[0]['client'];

const plan = { jobs: 2, images: 4, usd: 0.1, unknownCosts: 0, first: ['a', 'b'], problems: [] };
const list = { content: 'a\nb', format: 'text' } as const;

function setUp() {
  const calls = {
    planList: vi.fn<(input: { request: { prompt: string; count: number } }) => Promise<typeof plan>>(() =>
      Promise.resolve(plan),
    ),
    queueList: vi.fn(() => Promise.resolve({ jobs: 2 })),
  };
  const notify = vi.fn();
  const store = createQueueListStore({ client: { prompts: calls } as unknown as Client, notify });
  return { store, calls, notify };
}

describe('a list on its way to the queue', () => {
  it('is added up with the settings of the editor, whose prompt may be empty', async () => {
    const { store, calls } = setUp();
    await store.getState().setList(list, { prompt: '', count: 2 });
    expect(store.getState()).toMatchObject({ list, plan, error: null, isPlanning: false });
    expect(calls.planList.mock.calls[0]?.[0].request.count).toBe(2);
  });

  it('says what to do where the editor has nothing to send', async () => {
    const { store, calls } = setUp();
    await store.getState().setList(list, null);
    expect(store.getState().error?.message).toMatch(/Choose a model/);
    expect(await store.getState().queue(null)).toBe(false);
    expect(calls.planList).not.toHaveBeenCalled();
    expect(calls.queueList).not.toHaveBeenCalled();
  });

  it('drops the plan of a list that is no longer wanted', async () => {
    const { store, calls } = setUp();
    const slow = Promise.withResolvers<typeof plan>();
    calls.planList.mockReturnValueOnce(slow.promise);
    const first = store.getState().setList(list, { prompt: 'x' });
    await store.getState().setList(null, null);
    slow.resolve(plan);
    await first;
    expect(store.getState().plan).toBeNull();
  });

  it('is put away once it is queued, and kept with the reason where it could not be', async () => {
    const { store, calls, notify } = setUp();
    await store.getState().setList(list, { prompt: 'x' });
    calls.queueList.mockRejectedValueOnce(new Error('Line 2: too long.'));
    expect(await store.getState().queue({ prompt: 'x' })).toBe(false);
    expect(store.getState()).toMatchObject({ list, error: { message: 'Line 2: too long.' }, isQueuing: false });
    expect(await store.getState().queue({ prompt: 'x' })).toBe(true);
    expect(store.getState()).toMatchObject({ list: null, plan: null });
    expect(notify).toHaveBeenCalledWith({ kind: 'info', message: '2 jobs were queued.' });
  });
});
