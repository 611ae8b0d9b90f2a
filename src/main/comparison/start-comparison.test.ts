import { describe, expect, it } from 'vitest';
import { inLibraries, begin, database, jobs, labelOf, request, start, three } from './comparisons-for-tests.ts';

inLibraries();

describe('starting a comparison', () => {
  it('puts one job per model into the queue, with the same request and the same seed', async () => {
    const { comparison } = await begin();
    const requests = jobs().map((job) => job.request);
    expect(requests.map(({ provider, model: id }) => ({ provider, model: id }))).toEqual(three);
    const rest = requests.map(({ provider: _provider, model: _model, ...same }) => same);
    expect(rest).toEqual(Array(3).fill(comparison.request));
    expect(comparison.request.seed).toBeTypeOf('number');
    expect(comparison).toMatchObject({ state: 'making', kind: 'people', made: 0, pair: null, votesLeft: 3 });
    expect(comparison.entries.map(({ label }) => label)).toEqual(['A', 'B', 'C']);
  });

  it('deals the labels by chance', async () => {
    const running = start();
    const orders = new Set<string>();
    for (let times = 0; times < 12; times += 1) {
      const { id } = await running.comparisons.start({ request, models: three, maxUsd: null });
      orders.add(three.map((choice) => labelOf(id, choice.model)).join(''));
    }
    expect(orders.size).toBeGreaterThan(2);
  });

  it.each([
    ['more than the budget together', three, 0.06, 'overBudget', /\$0\.070.*\$0\.060.*0\.010.*0\.040.*0\.020/],
    [
      'a price that nobody knows, with a budget',
      [...three, { provider: 'alpha', model: 'secret' }],
      10,
      'overBudget',
      /Name of secret: price unknown/,
    ],
    [
      'models that can not do it, all by name',
      [{ provider: 'beta', model: 'upscaler' }, three[0]!, { provider: 'alpha', model: 'gone' }],
      null,
      'invalid_request',
      /Name of upscaler.*gone/,
    ],
    ['a provider that is not in use', [three[0]!, { provider: 'gamma', model: 'off' }], null, 'noProvider', /gamma/],
    ['a provider that there is not', [three[0]!, { provider: 'none', model: 'x' }], null, 'unknownProvider', /none/],
    ['a model that is there twice', [three[0]!, three[0]!], null, 'badInput', /cheap is there twice/],
  ])('refuses %s, and queues nothing', async (_, models, maxUsd, code, words) => {
    const { comparisons } = start();
    const refusal = await comparisons.start({ request, models, maxUsd }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(words) as string });
    expect([jobs(), comparisons.list({ limit: 10 }).comparisons]).toEqual([[], []]);
  });

  it('takes what costs just the budget', async () => {
    const { comparisons } = start();
    expect((await comparisons.start({ request, models: three, maxUsd: 0.07 })).maxUsd).toBe(0.07);
  });

  it.each([
    ['several pictures', { count: 2 }],
    ['videos', { operation: 'video' as const }],
  ])('refuses %s of each model', async (_, more) => {
    const wish = { request: { ...request, ...more }, models: three, maxUsd: null };
    await expect(start().comparisons.start(wish)).rejects.toMatchObject({ code: 'badInput' });
  });

  it('leaves neither jobs nor a comparison behind where one of them can not be written', async () => {
    const running = start();
    database.write((writer) =>
      writer.run(
        `CREATE TRIGGER no BEFORE INSERT ON comparison_entries WHEN NEW.label = 'C' BEGIN SELECT RAISE(ABORT, 'full'); END`,
      ),
    );
    await expect(begin(running)).rejects.toThrow();
    expect([jobs(), running.comparisons.list({ limit: 10 }).comparisons]).toEqual([[], []]);
  });
});
