import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, type ErrorReport } from '../../shared/errors.ts';
import type { Comparison, Verdict } from '../../shared/models/comparison.ts';
import type { AppEvent } from '../../shared/models/events.ts';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Job } from '../../shared/models/job.ts';
import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import { emptyRoutingState } from '../../shared/models/routing.ts';
import { comparisonById } from '../database/comparisons.ts';
import type { Database, Writer } from '../database/database.ts';
import { insertImage, setTrashed } from '../database/images.ts';
import { jobById, markEnded, markRunning, newestJobs } from '../database/jobs.ts';
import { insertJobs, requeue } from '../database/queued-jobs.ts';
import { modelScores } from '../database/model-scores.ts';
import { openDatabase } from '../database/open-database.ts';
import { createEvents } from '../events.ts';
import { silentLog } from '../log.ts';
import { manifest as openai } from '../providers/openai/manifest.ts';
import { createComparisons } from './comparisons.ts';

const model = (id: string, usd: number | null, more: Partial<Model> = {}): Model => ({
  ...openai.models[0]!,
  id,
  name: `Name of ${id}`,
  operations: ['textToImage'],
  price: usd === null ? null : { usd, per: 'image' },
  ...more,
});
const statusOf = (id: string, models: Model[], more: Partial<ProviderStatus> = {}): ProviderStatus => ({
  manifest: { ...openai, id, name: `Service ${id}` },
  url: null,
  urlSource: null,
  enabled: true,
  health: { state: 'ready', message: '', version: null, checkedAt: null },
  credentials: [],
  balance: null,
  models,
  ...more,
});
const statuses = [
  statusOf('alpha', [model('cheap', 0.01), model('fine', 0.04), model('secret', null)]),
  statusOf('beta', [model('swift', 0.02), model('upscaler', 0.01, { operations: ['upscale'] })]),
  statusOf('gamma', [model('off', 0.01)], { enabled: false }),
];
const three = [
  { provider: 'alpha', model: 'cheap' },
  { provider: 'alpha', model: 'fine' },
  { provider: 'beta', model: 'swift' },
];
/** Everything that would give a model away. */
const names = /alpha|beta|cheap|fine|swift|Name of|Service/;
const request = GenerationRequest.parse({ prompt: 'portrait of a woman' });

let root: string;
let database: Database;
let clock: number;
let random: number;
/** How often scores were said to have changed. */
let scored: number;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-comparison-'));
  database = openDatabase(root, 'write');
  [clock, random, scored] = [1_000, 7, 0];
});
afterEach(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});

/** Easel, once more at the same library. */
function start() {
  const events = createEvents();
  const told: AppEvent[] = [];
  events.listen((event) => told.push(event));
  const tellJob = (id: string): void => {
    events.emit({ kind: 'jobChanged', job: jobById(database.read, id)! });
  };
  const cancelled: string[] = [];
  const comparisons = createComparisons({
    database,
    access: 'write',
    events,
    providers: { list: () => statuses },
    addJobs: (requests, front, alongside) => {
      const added = database.write((writer) => {
        const jobs = insertJobs(
          writer,
          requests.map((one) => ({ id: newId(), request: one, createdAt: clock, agreedUsd: null })),
          front,
        );
        alongside(writer, jobs);
        return jobs;
      });
      return Promise.resolve(added);
    },
    cancelJob: (id) => {
      cancelled.push(id);
      if (jobById(database.read, id)?.state === 'succeeded') throw new AppError('wrongState', 'It has ended.');
      database.write((writer) => {
        markEnded(writer, id, { state: 'cancelled', at: clock, error: null });
      });
      tellJob(id);
      return Promise.resolve();
    },
    routing: () => emptyRoutingState,
    onScores: () => {
      scored += 1;
    },
    inputSize: () => Promise.reject(new Error('not asked for')),
    log: silentLog,
    now: () => (clock += 1),
    chance: () => {
      random = (random * 16_807) % 2_147_483_647;
      return random / 2_147_483_647;
    },
  });
  return { comparisons, told, tellJob, events, cancelled };
}
type Running = ReturnType<typeof start>;

const jobs = (): Job[] => newestJobs(database.read, { limit: 100 }).reverse();
const labelOf = (id: string, modelId: string): string =>
  comparisonById(database.read, id)!.entries.find((entry) => entry.model === modelId)!.label;

function addPicture(writer: Writer, job: Job): string {
  const id = newId();
  insertImage(writer, {
    id,
    jobId: job.id,
    attemptId: null,
    index: 0,
    hash: 'ab'.repeat(32),
    bytes: 10,
    format: 'png',
    width: 64,
    height: 48,
    createdAt: 1,
    project: 'default',
    provider: job.request.provider ?? '',
    model: job.request.model ?? '',
    seed: 1,
    request: job.request,
    dropped: [],
    remoteId: null,
    cost: { kind: 'estimated', usd: 0.01 },
    generationMs: null,
    notAi: false,
    revisedPrompt: null,
    stages: null,
    path: `images/${id}.png`,
  });
  return id;
}
function succeed({ tellJob }: Running, job: Job): string {
  const image = database.write((writer) => {
    markRunning(writer, job.id, clock);
    markEnded(writer, job.id, { state: 'succeeded', at: clock, error: null });
    return addPicture(writer, job);
  });
  tellJob(job.id);
  return image;
}
function end({ tellJob }: Running, job: Job, state: 'failed' | 'needs_attention', error: ErrorReport): void {
  database.write((writer) => {
    markEnded(writer, job.id, { state, at: clock, error });
  });
  tellJob(job.id);
}
function vote({ comparisons }: Running, { id, pair }: Comparison, verdict: Verdict = 'first'): Comparison {
  return comparisons.vote({ id, first: pair![0], second: pair![1], verdict });
}
async function begin(running = start(), models = three): Promise<{ running: Running; comparison: Comparison }> {
  return { running, comparison: await running.comparisons.start({ request, models, maxUsd: null }) };
}
async function allMade(): Promise<{ running: Running; comparison: Comparison }> {
  const { running, comparison } = await begin();
  for (const job of jobs()) succeed(running, job);
  return { running, comparison: running.comparisons.show(comparison.id) };
}

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
    ['more than the budget together', three, 0.06, 'overBudget', /\$0\.0700.*\$0\.0600.*0\.0100.*0\.0400.*0\.0200/],
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
    expect(modelScores(database.read)).toEqual([]);
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
      expect(modelScores(database.read)).toEqual([]);
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
    expect(modelScores(database.read).filter(({ kind }) => kind === 'all')).toHaveLength(2);
    expect(await running.comparisons.finish(comparison.id)).toEqual(ended);
    expect(() => vote(running, { ...ended, pair: ['A', 'C'] })).toThrow(/ended|judged/);
  });

  it('without a vote gives it up, and no points move', async () => {
    const { running, comparison } = await allMade();
    expect(await running.comparisons.finish(comparison.id)).toMatchObject({ state: 'cancelled' });
    expect(modelScores(database.read)).toEqual([]);
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
    expect(modelScores(database.read).filter(({ kind }) => kind === 'all')).toHaveLength(2);
    // Counted once: another start changes nothing.
    const before = modelScores(database.read);
    start();
    expect(modelScores(database.read)).toEqual(before);
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
