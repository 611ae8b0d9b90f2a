import { expect, it, vi } from 'vitest';
import { createAnalyticsStore } from './analytics-store.ts';
import { exampleGroup } from './examples-for-tests.ts';

type Client = Parameters<typeof createAnalyticsStore>[0]['client'];
const now = new Date(2026, 10, 20, 12).getTime();
const entry = (id: string) => ({
  ...{ id, kind: 'attempt', at: now, jobId: null, provider: 'fal', model: 'm', project: null, outcome: 'succeeded' },
  ...{ images: 1, cost: { kind: 'unknown' }, reservedUsd: null, remoteId: null },
});

function setUp(calls: Record<string, unknown> = {}) {
  const notify = vi.fn();
  const saveFile = vi.fn();
  const summary = vi.fn(({ by }: { by: string; from?: number }) =>
    Promise.resolve({ groups: [exampleGroup({ key: by })], total: exampleGroup({ key: 'total' }) }),
  );
  const ledger = vi.fn(({ before }: { before?: string; limit: number }) =>
    Promise.resolve(
      before === undefined ? { entries: [entry('1')], next: 'one' } : { entries: [entry('2')], next: null },
    ),
  );
  const budget = vi.fn(() => Promise.resolve({ caps: {}, spent: { day: 1, month: 2 } }));
  const costs = { summary, ledger, budget, ...calls };
  const store = createAnalyticsStore({ client: { costs } as unknown as Client, notify, saveFile, now: () => now });
  return { store, notify, saveFile, summary, ledger, budget };
}

it('reads all sums of the period, from the beginning of its first day', async () => {
  const { store, summary } = setUp();
  await store.getState().setPeriod('7');
  expect(summary.mock.calls.map(([{ by, from }]) => [by, from])).toEqual(
    ['day', 'provider', 'model', 'project'].map((by) => [by, new Date(2026, 10, 14).getTime()]),
  );
  expect(store.getState().figures).toMatchObject({ period: '7', groups: { project: [{ key: 'project' }] } });
  await store.getState().setPeriod('all');
  expect(summary.mock.lastCall).toEqual([{ by: 'project' }]);
});

it('never lets an older answer win over a newer one', async () => {
  const { store, summary } = setUp();
  const slow = Promise.withResolvers<Awaited<ReturnType<typeof summary>>>();
  summary.mockImplementationOnce(() => slow.promise);
  const first = store.getState().setPeriod('90');
  await store.getState().setPeriod('7');
  slow.resolve({ groups: [], total: exampleGroup() });
  await first;
  expect(store.getState().figures?.period).toBe('7');
});

it('says why there are no figures, and forgets it once they come', async () => {
  const { store, summary } = setUp();
  summary.mockImplementationOnce(() => Promise.reject(new Error('The disk is gone.')));
  await store.getState().load();
  expect(store.getState()).toMatchObject({ figures: null, error: { message: 'The disk is gone.' } });
  await store.getState().load();
  expect(store.getState().error).toBeNull();
  store.getState().forget();
  expect(store.getState()).toMatchObject({ figures: null, budget: null, entries: [] });
});

it('shows more of the ledger, once for each press, and keeps it open when it loads anew', async () => {
  const { store, ledger } = setUp();
  await store.getState().load();
  await Promise.all([store.getState().showMore(), store.getState().showMore()]);
  expect(store.getState().entries.map(({ id }) => id)).toEqual(['1', '2']);
  expect(store.getState().next).toBeNull();
  await store.getState().showMore();
  expect(ledger).toHaveBeenCalledTimes(3);
});

it('exports every page as one file', async () => {
  const { store, saveFile, notify, ledger } = setUp();
  await store.getState().exportLedger();
  const [name, text] = saveFile.mock.lastCall as [string, string];
  expect(name).toBe('easel-charges-2026-11-20.csv');
  expect(text.split('\r\n').map((line) => line.split(',').at(-1))).toEqual(['id', '1', '2', '']);
  ledger.mockImplementationOnce(() => Promise.reject(new Error('No.')));
  await store.getState().exportLedger();
  expect([saveFile.mock.calls.length, notify.mock.calls.length, store.getState().exporting]).toEqual([1, 1, false]);
});

it('gives a refused change back to the form, and loads anew after one that was taken', async () => {
  const setPrice = vi
    .fn()
    .mockRejectedValueOnce(new Error('There is no such model.'))
    .mockResolvedValue({ price: null });
  const { store, notify, budget } = setUp({ setPrice });
  await expect(store.getState().setPrice('fal', 'm', null)).resolves.toMatchObject({
    message: 'There is no such model.',
  });
  expect(budget).not.toHaveBeenCalled();
  await expect(store.getState().setPrice('fal', 'm', null)).resolves.toBeNull();
  expect([budget.mock.calls.length, notify.mock.calls.length]).toEqual([1, 0]);
});
