import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { providerKinds } from '../../src/main/providers/registry.ts';
import { fakeEnvironment } from '../fake-environment.ts';
import { allFakes } from '../fakes/all-fakes.ts';
import type { Fake } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { newPlace, type Place } from '../run-easel.ts';
import { startServe, until, type Served } from './start-serve.ts';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string; readonly details?: object } | null;
  readonly agreedUsd: number | null;
  readonly imageIds: readonly string[];
  readonly attempts: readonly { readonly state: string; readonly cost: object }[];
}
interface Checked {
  readonly outcome: string;
  readonly message: string;
  readonly job: Job;
}

const paid = providerKinds
  .map(({ manifest }) => manifest)
  .filter(({ id, kind }) => kind === 'cloud' && allFakes.some((each) => each.id === id));
const knowsOurs = ({ abilities }: (typeof paid)[number]): boolean => abilities.find || abilities.ownTaskIds;
const asked = paid.filter(knowsOurs).map(({ id }) => id);
const notAsked = paid.filter((manifest) => !knowsOurs(manifest)).map(({ id }) => id);

let place: Place;
let fake: Fake;
let served: Served;
beforeEach(() => {
  place = newPlace();
});
afterEach(async () => {
  await served.stop();
  await fake.close();
  place.remove();
});

const serve = async (): Promise<void> => {
  served = await startServe(place, { environment: fakeEnvironment(fake) });
};
async function start(id: string): Promise<void> {
  fake = await startFake(
    allFakes.find((each) => each.id === id)!,
    { stepMs: 5, largestSide: 64 },
  );
  await serve();
  await served.call('providers/check', { id });
}
const create = (more: object = {}): Promise<Job> =>
  served.call<Job>('jobs/create', { prompt: 'a lighthouse', provider: fake.id, ...more });
const show = (id: string): Promise<Job> => served.call<Job>('jobs/show', { id });
async function ended(id: string): Promise<Job> {
  await until(async () => !['queued', 'running'].includes((await show(id)).state));
  return show(id);
}
const pays = (): number => fake.requests.filter(({ kind }) => kind === 'pay').length;

/** A job whose answer was lost on the way, after the service has done and charged it. */
async function lost(): Promise<Job> {
  fake.addFault({ on: 'pay', kind: 'resetAfter', times: 1 });
  return ended((await create()).id);
}

describe.each(asked)('an answer of %s that is lost on the way', (id) => {
  it('is asked for again, and the picture comes without a second charge', async () => {
    await start(id);
    expect(await lost()).toMatchObject({ state: 'succeeded', error: null, attempts: [{ state: 'succeeded' }] });
    expect(pays()).toBe(1);
    expect(fake.charges).toHaveLength(1);
  });
});

describe.each(notAsked)('an answer of %s that is lost on the way', (id) => {
  it('is a question to the user, and nothing is sent until there is an answer', async () => {
    await start(id);
    const job = await lost();
    expect(job).toMatchObject({
      state: 'needs_attention',
      imageIds: [],
      error: { code: 'unknown_outcome', message: expect.stringMatching(/may have been charged/) as string },
      attempts: [{ state: 'unknown', cost: { kind: 'unknown' } }],
    });
    expect(await served.call<Checked>('jobs/check', { id: job.id })).toMatchObject({
      outcome: 'unsure',
      job: { state: 'needs_attention' },
    });
    await served.stop();
    await serve();
    expect(await show(job.id)).toEqual(job);
    expect(pays()).toBe(1);
  });
});

describe('a job that may have been charged', () => {
  it('is refused what would send it unasked, in words that say what can be done', async () => {
    await start('openai');
    const { id } = await lost();
    expect(await served.fail('jobs/retry', { id })).toMatchObject({
      status: 409,
      code: 'wrongState',
      message: expect.stringMatching(/may have been charged.*[Cc]heck it, send it again, or give it up/) as string,
    });
    for (const operation of ['jobs/putFirst', 'jobs/move'])
      expect(await served.fail(operation, { id, before: null })).toMatchObject({ status: 409, code: 'wrongState' });
    await served.call('jobs/pause');
    await served.call('jobs/resume');
    expect(await show(id)).toMatchObject({ state: 'needs_attention' });
    expect(pays()).toBe(1);
  });

  it('counts as failed, and stays in the queue when the ended ones are cleared', async () => {
    await start('openai');
    const { id } = await lost();
    const good = await ended((await create()).id);
    expect(await served.call('jobs/clearEnded')).toEqual({ cleared: [good.id] });
    const queue = await served.call<{ ended: Job[]; state: { failed: number } }>('jobs/queue');
    expect(queue.ended.map((job) => job.id)).toEqual([id]);
    expect(queue.state.failed).toBe(1);
    await served.call('jobs/giveUp', { id });
    expect(await served.call('jobs/clearEnded')).toEqual({ cleared: [id] });
  });

  it('is sent once more when the user says so', async () => {
    await start('openai');
    const { id } = await lost();
    expect(await served.call<Job>('jobs/sendAgain', { id })).toMatchObject({ state: 'queued', error: null });
    const job = await ended(id);
    expect(job).toMatchObject({ state: 'succeeded', attempts: [{ state: 'unknown' }, { state: 'succeeded' }] });
    expect(job.imageIds).toHaveLength(1);
    expect(pays()).toBe(2);
    for (const operation of ['jobs/sendAgain', 'jobs/giveUp', 'jobs/check'])
      expect(await served.fail(operation, { id })).toMatchObject({ status: 409, code: 'wrongState' });
  });

  it('is cancelled when the user gives it up, and what it may have cost stays told', async () => {
    await start('openai');
    const { id } = await lost();
    expect(await served.call<Job>('jobs/giveUp', { id })).toMatchObject({ state: 'cancelled' });
    expect(await show(id)).toMatchObject({ attempts: [{ state: 'unknown', cost: { kind: 'unknown' } }] });
    for (const operation of ['jobs/sendAgain', 'jobs/giveUp', 'jobs/check'])
      expect(await served.fail(operation, { id })).toMatchObject({ status: 409, code: 'wrongState' });
    expect(pays()).toBe(1);
  });

  it('is gone on with when a check finds it after all', async () => {
    await start('fal');
    fake.addFault({ on: 'poll', kind: 'status', status: 500, times: 3 });
    fake.addFault({ on: 'free', kind: 'status', status: 500, times: 3 });
    const job = await lost();
    fake.clearFaults();
    expect(job).toMatchObject({ state: 'needs_attention', attempts: [{ state: 'unknown' }] });
    const checks = await Promise.all(
      [1, 2].map(() => served.call<Checked>('jobs/check', { id: job.id }).catch(String)),
    );
    expect(checks).toContainEqual(expect.objectContaining({ outcome: 'found' }));
    expect(await ended(job.id)).toMatchObject({ state: 'succeeded', attempts: [{ state: 'succeeded' }] });
    expect(pays()).toBe(1);
  });
});

describe('a job whose price has risen while it waited', () => {
  let job: Job;
  const before = 0.0001;
  beforeEach(async () => {
    await start('bfl');
    await served.call('jobs/pause');
    job = await create();
    expect(job.agreedUsd).toBeGreaterThan(before);
    await served.stop();
    // As if it had been cheaper when the user agreed to it.
    const database = new Sqlite(join(place.library, 'library.db'));
    database.prepare('UPDATE jobs SET agreed_usd = ?').run(before);
    database.close();
    await serve();
    await served.call('jobs/resume');
    await ended(job.id);
  });

  it('is not sent at the higher price, but says both', async () => {
    expect(await show(job.id)).toMatchObject({
      state: 'needs_attention',
      attempts: [],
      error: {
        code: 'priceRose',
        message: expect.stringMatching(/now costs about \$0\.\d+ for this instead of \$0\.0001/) as string,
        details: { agreedUsd: before, usd: job.agreedUsd },
      },
    });
    expect(pays()).toBe(0);
    expect(await served.fail('jobs/retry', { id: job.id })).toMatchObject({ code: 'wrongState' });
    expect(await served.fail('jobs/check', { id: job.id })).toMatchObject({ code: 'wrongState' });
    expect(await served.call('jobs/clearEnded')).toEqual({ cleared: [] });
  });

  it('is sent at that price when the user agrees', async () => {
    expect(await served.call<Job>('jobs/sendAgain', { id: job.id })).toMatchObject({ agreedUsd: job.agreedUsd });
    expect(await ended(job.id)).toMatchObject({ state: 'succeeded', error: null });
    expect(pays()).toBe(1);
  });

  it('costs nothing when the user gives it up', async () => {
    expect(await served.call<Job>('jobs/giveUp', { id: job.id })).toMatchObject({ state: 'cancelled' });
    expect(pays()).toBe(0);
  });
});
