import { describe, expect, it, vi } from 'vitest';
import { ORPCError } from '@orpc/client';
import type { Comparison } from '../../shared/models/comparison.ts';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import { exampleId } from '../ui/examples-for-tests.ts';
import { createComparisonsStore } from './comparisons-store.ts';

const example = (number: number, change: Partial<Comparison> = {}): Comparison => ({
  id: exampleId(number),
  createdAt: number,
  request: GenerationRequest.parse({ prompt: 'a pear' }),
  kind: 'other',
  maxUsd: null,
  state: 'voting',
  entries: [],
  made: 2,
  needsAnswer: 0,
  pair: ['B', 'A'],
  votes: [],
  votesLeft: 1,
  ...change,
});

function setUp() {
  const comparison = {
    list: vi.fn(() => Promise.resolve({ comparisons: [example(2)], next: exampleId(2) })),
    scores: vi.fn(() => Promise.resolve({ scores: [] })),
    start: vi.fn(() => Promise.resolve(example(3))),
    vote: vi.fn(() => Promise.resolve(example(2, { state: 'done', pair: null }))),
    finish: vi.fn(() => Promise.resolve(example(2, { state: 'cancelled', pair: null }))),
  };
  const notify = vi.fn();
  const store = createComparisonsStore({
    client: { comparison } as unknown as Parameters<typeof createComparisonsStore>[0]['client'],
    notify,
  });
  return { comparison, notify, now: store.getState };
}
const models = [
  { provider: 'one', model: 'm' },
  { provider: 'two', model: 'n' },
];

describe('the comparisons of the page', () => {
  it('start with the draft, and the new one is shown', async () => {
    const { comparison, now } = setUp();
    await now().load();
    now().change({ prompt: 'a pear', size: '512x768', models, maxUsd: 2 });
    await now().start();
    const request = { prompt: 'a pear', width: 512, height: 768 };
    expect(comparison.start).toHaveBeenCalledExactlyOnceWith({ request, models, maxUsd: 2 });
    expect(now().shownId).toBe(exampleId(3));
    expect(now().comparisons.map(({ id }) => id)).toEqual([exampleId(3), exampleId(2)]);
  });

  it('believe what was pushed rather than an answer that was on its way meanwhile', async () => {
    const { comparison, now } = setUp();
    await now().load();
    const newer = example(3, { made: 3, votesLeft: 3 });
    comparison.start.mockImplementation(() => {
      now().comparisonChanged(newer);
      return Promise.resolve(example(3, { state: 'making', made: 0 }));
    });
    await now().start();
    expect(now().comparisons[0]).toEqual(newer);
    const last = example(2, { state: 'done', pair: null, votesLeft: 0 });
    comparison.vote.mockImplementation(() => {
      now().comparisonChanged(last);
      return Promise.resolve(example(2, { votesLeft: 0 }));
    });
    await now().vote(example(2), 'first');
    expect(now().comparisons[1]).toEqual(last);
  });

  it('keep a refusal beside the form until something is changed', async () => {
    const { comparison, now } = setUp();
    comparison.start.mockRejectedValue(new ORPCError('overBudget', { message: 'Too dear.' }));
    now().change({ prompt: 'a pear', models });
    await now().start();
    expect(now()).toMatchObject({ refusal: { code: 'overBudget', message: 'Too dear.' }, shownId: null });
    now().change({ maxUsd: 5 });
    expect(now().refusal).toBeNull();
  });

  it('send one vote at a time, about the pair that is shown', async () => {
    const { comparison, now } = setUp();
    await now().load();
    const [shown] = now().comparisons;
    await Promise.all([now().vote(shown!, 'first'), now().vote(shown!, 'second')]);
    expect(comparison.vote).toHaveBeenCalledExactlyOnceWith({
      ...{ id: exampleId(2), first: 'B', second: 'A' },
      verdict: 'first',
    });
    expect(now().comparisons[0]?.state).toBe('done');
    await now().vote(now().comparisons[0]!, 'first');
    expect(comparison.vote).toHaveBeenCalledTimes(1);
  });

  it('tell of a vote that was refused', async () => {
    const { comparison, notify, now } = setUp();
    comparison.vote.mockRejectedValue(new ORPCError('wrongState', { message: 'It has ended.' }));
    await now().vote(example(2), 'tie');
    expect(notify).toHaveBeenCalledWith({ kind: 'error', error: { code: 'wrongState', message: 'It has ended.' } });
    expect(now().isVoting).toBe(false);
  });

  it('take what is pushed, and read the scores anew when one is done', async () => {
    const { comparison, now } = setUp();
    await now().load();
    now().comparisonChanged(example(4));
    expect(comparison.scores).toHaveBeenCalledTimes(1);
    now().comparisonChanged(example(4, { state: 'done' }));
    expect(now().comparisons.map(({ id, state }) => [id, state])).toEqual([
      [exampleId(4), 'done'],
      [exampleId(2), 'voting'],
    ]);
    expect(comparison.scores).toHaveBeenCalledTimes(2);
  });

  it('go on after the last one, and forget all with another library', async () => {
    const { comparison, now } = setUp();
    await now().load();
    comparison.list.mockResolvedValue({ comparisons: [example(1)], next: null as unknown as string });
    await now().loadMore();
    await now().loadMore();
    expect(comparison.list).toHaveBeenLastCalledWith({ limit: 30, before: exampleId(2) });
    expect(comparison.list).toHaveBeenCalledTimes(2);
    expect(now().comparisons.map(({ id }) => id)).toEqual([exampleId(2), exampleId(1)]);
    now().forget();
    expect(now()).toMatchObject({ comparisons: [], shownId: null, loaded: false });
  });
});
