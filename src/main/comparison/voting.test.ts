import { describe, expect, it } from 'vitest';
import type { Comparison, Verdict } from '../../shared/models/comparison.ts';
import { modelScores } from '../database/model-scores.ts';
import {
  inLibraries,
  allMade,
  begin,
  database,
  end,
  jobs,
  labelOf,
  names,
  scored,
  start,
  succeed,
  three,
  vote,
} from './comparisons-for-tests.ts';

inLibraries();

describe('voting', () => {
  it('asks about each pair once, in an order that stays', async () => {
    const { running, comparison } = await allMade();
    const asked: string[] = [];
    let now = comparison;
    while (now.pair) {
      expect(running.comparisons.show(now.id).pair).toEqual(now.pair);
      asked.push([...now.pair].sort().join(''));
      now = vote(running, now, 'tie');
    }
    expect(asked.sort()).toEqual(['AB', 'AC', 'BC']);
    expect(now).toMatchObject({ state: 'done', votesLeft: 0 });
  });

  it('counts a vote that is sent twice once, and refuses another one about the same pair', async () => {
    const { running, comparison } = await allMade();
    const once = vote(running, comparison);
    expect(vote(running, comparison)).toEqual(once);
    expect(once.votes).toHaveLength(1);
    expect(() => vote(running, comparison, 'tie')).toThrow('judged');
    expect(running.comparisons.show(comparison.id)).toEqual(once);
  });

  it('takes no vote about a pair that is not asked about', async () => {
    const { running, comparison } = await allMade();
    const [first, second] = comparison.pair!;
    const other = comparison.entries.map(({ label }) => label).find((label) => label !== first && label !== second)!;
    for (const pair of [
      [second, first],
      [first, other],
      ['X', 'Y'],
      [first, first],
    ] as [string, string][]) {
      expect(() => vote(running, { ...comparison, pair })).toThrow('not asked about');
    }
    expect(running.comparisons.show(comparison.id).votes).toEqual([]);
  });

  it('shows names and moves points with the last vote, for the kind of prompt and for all', async () => {
    const { running, comparison } = await allMade();
    const best = labelOf(comparison.id, 'fine');
    let now = comparison;
    while (now.pair) {
      expect(modelScores(database.read)).toEqual({});
      expect(scored).toBe(0);
      now = vote(running, now, now.pair[0] === best ? 'first' : now.pair[1] === best ? 'second' : 'tie');
    }
    expect(scored).toBe(1);
    const of = (id: string) => now.entries.find(({ revealed }) => revealed?.model === id)!;
    expect(of('fine').revealed).toMatchObject({ provider: 'alpha', modelName: 'Name of fine', before: 1500 });
    expect(of('fine').revealed!.after).toBeGreaterThan(1530);
    expect(of('cheap').revealed!.after).toBeLessThan(1500);
    expect(of('fine').imageIds).toHaveLength(1);
    for (const kind of ['people', 'all']) {
      const { scores } = running.comparisons.scores({ kind });
      expect(scores.map((score) => score.votes)).toEqual([2, 2, 2]);
      expect(scores[0]).toMatchObject({ provider: 'alpha', model: 'fine', kind, points: of('fine').revealed!.after });
    }
    expect(running.comparisons.scores({ kind: 'photo' }).scores).toEqual([]);
  });

  it('begins the next comparison with the points of the last one', async () => {
    const { running, comparison } = await allMade();
    let now = comparison;
    while (now.pair) now = vote(running, now);
    const { comparison: next } = await begin(running);
    const done = await running.comparisons.finish(next.id);
    const points = (shown: Comparison, which: 'before' | 'after') =>
      shown.entries.map(({ revealed }) => [revealed!.model, revealed![which]] as const).sort();
    expect(points(done, 'before')).toEqual(points(now, 'after'));
    expect(points(done, 'after')).toEqual(points(now, 'after'));
  });

  it.each<[Verdict, first: number, second: number]>([
    ['first', 1, -1],
    ['second', -1, 1],
    ['tie', 0, 0],
    ['bothBad', -1, -1],
  ])('moves the points of both as "%s" says', async (verdict, first, second) => {
    const { running, comparison } = await begin(start(), three.slice(0, 2));
    for (const job of jobs()) succeed(running, job);
    const { pair } = running.comparisons.show(comparison.id);
    const { entries } = vote(running, { ...comparison, pair }, verdict);
    const moved = pair!.map((label) => {
      const { before, after } = entries.find((entry) => entry.label === label)!.revealed!;
      return Math.sign(after - before);
    });
    expect(moved).toEqual([first, second]);
  });
});

describe('while it is blind', () => {
  it('nothing that is told names a provider or a model, or gives an image', async () => {
    const { running, comparison } = await begin();
    const said: unknown[] = [comparison];
    const look = (): void =>
      void said.push(running.comparisons.show(comparison.id), running.comparisons.list({ limit: 5 }));
    const [one, two, last] = jobs();
    const images = [succeed(running, one!), succeed(running, two!)];
    look();
    said.push(vote(running, running.comparisons.show(comparison.id)));
    end(running, last!, 'failed', { code: 'auth', message: 'Service beta did not take the key for swift.' });
    const events = running.told.filter((event) => event.kind === 'comparisonChanged');
    expect(events.length).toBeGreaterThan(4);
    const blind = JSON.stringify([...said, ...events.filter(({ comparison: { state } }) => state !== 'done')]);
    expect(blind).not.toMatch(names);
    for (const secret of [...images, ...jobs().map(({ id }) => id)]) expect(blind).not.toContain(secret);
    // The search would have found them: now they are shown.
    expect(JSON.stringify(running.comparisons.show(comparison.id))).toMatch(names);
  });
});
