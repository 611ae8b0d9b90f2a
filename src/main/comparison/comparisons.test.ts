import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import { comparisonById } from '../database/comparisons.ts';
import { setTrashed } from '../database/images.ts';
import { markEnded, markRunning } from '../database/jobs.ts';
import { requeue } from '../database/queued-jobs.ts';
import { modelScores, modelScoresOf } from '../database/model-scores.ts';
import {
  inLibraries,
  addPicture,
  allMade,
  begin,
  clock,
  database,
  end,
  jobs,
  labelOf,
  start,
  succeed,
  vote,
} from './comparisons-for-tests.ts';

inLibraries();

describe('a comparison in the making', () => {
  it('is voted on as soon as two have pictures, and does not tell before which ones', async () => {
    const { running, comparison } = await begin();
    const { comparisons } = running;
    const [one, two] = jobs();
    expect(() => vote(running, { ...comparison, pair: ['A', 'B'] })).toThrow('still being made');
    succeed(running, two!);
    const made = comparisons.show(comparison.id);
    expect(made).toMatchObject({ state: 'making', made: 1, pair: null });
    expect(made.entries).toEqual(comparison.entries);
    expect(() => comparisons.imageOf(comparison.id, labelOf(comparison.id, 'fine'))).toThrow('no picture');
    succeed(running, one!);
    const ready = comparisons.show(comparison.id);
    expect(ready).toMatchObject({ state: 'voting', made: 2, votesLeft: 3 });
    expect([...ready.pair!].sort()).toEqual([labelOf(comparison.id, 'cheap'), labelOf(comparison.id, 'fine')].sort());
    expect(ready.entries.filter(({ picture }) => picture !== null)).toHaveLength(2);
  });

  it('counts a picture only when its job has ended: until then its file may be on its way', async () => {
    const { running, comparison } = await begin();
    const [one] = jobs();
    database.write((writer) => {
      markRunning(writer, one!.id, clock);
      addPicture(writer, one!);
    });
    expect(running.comparisons.show(comparison.id).made).toBe(0);
    database.write((writer) => {
      markEnded(writer, one!.id, { state: 'succeeded', at: clock, error: null });
    });
    expect(running.comparisons.show(comparison.id).made).toBe(1);
  });

  it('goes on without one that failed, said in words that name nobody', async () => {
    const { running, comparison } = await begin();
    const [one, two, three_] = jobs();
    end(running, one!, 'failed', { code: 'content_policy', message: 'Service alpha refused "cheap".' });
    succeed(running, two!);
    succeed(running, three_!);
    const { entries, votesLeft } = running.comparisons.show(comparison.id);
    const failed = entries.find(({ label }) => label === labelOf(comparison.id, 'cheap'));
    expect(failed).toMatchObject({
      jobState: 'failed',
      problem: 'The content rules of its service refused the prompt.',
      picture: null,
    });
    expect(votesLeft).toBe(1);
  });

  it('says that a job waits for an answer, not whose, and goes on when it has got one', async () => {
    const { running, comparison } = await begin();
    const [one, two, last] = jobs();
    end(running, one!, 'needs_attention', { code: 'unknown_outcome', message: 'alpha' });
    const waiting = running.comparisons.show(comparison.id);
    expect(waiting).toMatchObject({ state: 'making', needsAnswer: 1 });
    expect(waiting.entries).toEqual(comparison.entries);
    succeed(running, two!);
    succeed(running, last!);
    const judged = vote(running, running.comparisons.show(comparison.id));
    expect(judged).toMatchObject({ state: 'voting', pair: null, votesLeft: 2 });
    database.write((writer) => {
      requeue(writer, one!.id);
    });
    running.tellJob(one!.id);
    succeed(running, one!);
    expect(running.comparisons.show(comparison.id)).toMatchObject({ needsAnswer: 0, votesLeft: 2 });
    expect(running.comparisons.show(comparison.id).pair).not.toBeNull();
  });

  it('is given up where fewer than two models can make a picture', async () => {
    const { running, comparison } = await begin();
    const [one, two, last] = jobs();
    succeed(running, one!);
    end(running, two!, 'failed', { code: 'server', message: '' });
    end(running, last!, 'failed', { code: 'quota', message: '' });
    const ended = running.comparisons.show(comparison.id);
    expect(ended.state).toBe('cancelled');
    expect(ended.entries.map(({ revealed }) => revealed?.modelName).sort()).toEqual(
      ['Name of cheap', 'Name of fine', 'Name of swift'].sort(),
    );
    expect(modelScores(database.read)).toEqual({});
  });

  it('loses a picture that goes to the trash, and has it again when it comes back', async () => {
    const { running, comparison } = await allMade();
    const picture = comparisonById(database.read, comparison.id)!.entries[0]!.picture!;
    const trash = (at: number | null): void => {
      database.write((writer) => {
        setTrashed(writer, picture.id, at, `trash/${picture.id}`);
      });
    };
    trash(5);
    running.events.emit({ kind: 'imagesRemoved', images: [{ id: picture.id, sequence: 1 }] });
    const less = running.comparisons.show(comparison.id);
    expect(less).toMatchObject({ votesLeft: 1, made: 2 });
    expect(less.entries[0]).toMatchObject({ picture: null, problem: 'Its picture is in the trash.' });
    expect(running.told.at(-1)).toEqual({ kind: 'comparisonChanged', comparison: less });
    trash(null);
    expect(running.comparisons.show(comparison.id).votesLeft).toBe(3);
  });
});

describe('ending early', () => {
  it('shows names, keeps the votes given, counts them, and cancels what is under way', async () => {
    const { running, comparison } = await begin();
    const [one, two, last] = jobs();
    succeed(running, one!);
    succeed(running, two!);
    vote(running, running.comparisons.show(comparison.id));
    const ended = await running.comparisons.finish(comparison.id);
    expect(ended).toMatchObject({ state: 'done', votesLeft: 0, pair: null });
    expect(ended.votes).toHaveLength(1);
    expect(running.cancelled).toEqual([last!.id]);
    expect(modelScoresOf(database.read, 'all')).toHaveLength(2);
    expect(await running.comparisons.finish(comparison.id)).toEqual(ended);
    expect(() => vote(running, { ...ended, pair: ['A', 'C'] })).toThrow(/ended|judged/);
  });

  it('without a vote gives it up, and no points move', async () => {
    const { running, comparison } = await allMade();
    expect(await running.comparisons.finish(comparison.id)).toMatchObject({ state: 'cancelled' });
    expect(modelScores(database.read)).toEqual({});
  });
});

describe('a restart', () => {
  it('finds what its jobs brought meanwhile, and the votes that were given', async () => {
    const { running, comparison } = await begin();
    running.comparisons.close();
    const silent = { ...running, tellJob: () => undefined };
    const [one, two, last] = jobs();
    succeed(silent, one!);
    succeed(silent, two!);
    const again = start();
    const judged = vote(again, again.comparisons.show(comparison.id));
    again.comparisons.close();
    end(silent, last!, 'failed', { code: 'server', message: '' });
    const third = start();
    expect(third.comparisons.show(comparison.id)).toMatchObject({ state: 'done', votes: judged.votes });
    expect(modelScoresOf(database.read, 'all')).toHaveLength(2);
    // Counted once: another start changes nothing.
    const before = modelScores(database.read);
    start();
    expect(modelScores(database.read)).toEqual(before);
  });
});

describe('the list', () => {
  it('goes on after the last one of a page', async () => {
    const running = start();
    const ids: string[] = [];
    for (let times = 0; times < 3; times += 1) ids.unshift((await begin(running)).comparison.id);
    const first = running.comparisons.list({ limit: 2 });
    const rest = running.comparisons.list({ limit: 2, before: first.next! });
    expect([...first.comparisons, ...rest.comparisons].map(({ id }) => id)).toEqual(ids);
    expect(rest.next).toBeNull();
    expect(() => running.comparisons.show(newId())).toThrow('There is no comparison');
  });
});
