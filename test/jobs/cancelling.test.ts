import { describe, expect, vi } from 'vitest';
import { requestCancel } from '../../src/main/database/jobs.ts';
import type { Submission } from '../../src/main/providers/provider.ts';
import { it, killedWhilePaying, type LibraryFolder } from './library-folder.ts';
import {
  accepted,
  brokenPicture,
  drawn,
  failing,
  finished,
  freeProvider,
  never,
  paidProvider,
  picture,
  task,
  whenSent,
  type Script,
  type ScriptedProvider,
} from './scripted-provider.ts';

const unknown = { kind: 'unknown' };
const nothing = { kind: 'reported', usd: 0 };
const one = [expect.any(String)];
const yes = () => Promise.resolve(true);
const no = () => Promise.resolve(false);
const pending = () => accepted().then((submission) => ({ ...submission, askAgainInMs: 60_000 }) as Submission);

describe('cancelling a request that is being paid for', () => {
  it.concurrent('waits for the name of the work and has the service stop it', async ({ folder }) => {
    const answer = Promise.withResolvers<Submission>();
    const painter = paidProvider({ submit: () => answer.promise, cancel: yes });
    const easel = await folder.open([painter]);
    const job = await easel.ask();
    await whenSent(painter);
    const cancelled = easel.jobs.cancel(job.id);
    expect(painter.cancelled).toEqual([]);
    answer.resolve(await accepted());
    await cancelled;
    expect(painter.cancelled).toEqual([task]);
    expect(easel.show(job)).toMatchObject({
      state: 'cancelled',
      error: null,
      imageIds: [],
      attempts: [{ state: 'cancelled', remoteId: 'r1', cost: unknown }],
    });
    expect(painter.asked).toEqual([]);
  });

  it.concurrent('keeps the picture that comes in answer, and begins nothing more', async ({ folder }) => {
    const answer = Promise.withResolvers<Submission>();
    const painter = paidProvider({ submit: () => answer.promise, cancel: yes }, { imagesPerRequest: 1 });
    const easel = await folder.open([painter]);
    const job = await easel.ask({ count: 2 });
    await whenSent(painter);
    const cancelled = easel.jobs.cancel(job.id);
    answer.resolve(await drawn(painter.sent[0]!));
    await cancelled;
    expect(easel.show(job)).toMatchObject({
      state: 'cancelled',
      imageIds: one,
      attempts: [{ state: 'succeeded', cost: { kind: 'estimated', usd: 0.04 } }],
    });
    expect([painter.sent.length, painter.cancelled]).toEqual([1, []]);
  });

  it.concurrent('leaves no question where the answer is lost meanwhile', async ({ folder }) => {
    const answer = Promise.withResolvers<never>();
    const painter = paidProvider({ submit: () => answer.promise, cancel: yes });
    const easel = await folder.open([painter]);
    const job = await easel.ask();
    await whenSent(painter);
    const cancelled = easel.jobs.cancel(job.id);
    failing('unknown_outcome', 'Lost.')().catch(answer.reject);
    await cancelled;
    expect(easel.show(job)).toMatchObject({ state: 'cancelled', attempts: [{ state: 'unknown', cost: unknown }] });
    expect(painter.sent).toHaveLength(1);
  });

  it.concurrent('is done by the next start where Easel was killed over it; nothing is sent', async ({ folder }) => {
    const { left, job } = await killedWhilePaying(folder);
    left.change((writer) => {
      requestCancel(writer, job.id);
    });
    const painter = paidProvider({ submit: drawn });
    const easel = await left.open([painter]);
    expect(await easel.ended(job)).toMatchObject({
      state: 'cancelled',
      attempts: [{ state: 'cancelled', cost: unknown }],
    });
    expect(painter.sent).toEqual([]);
  });
});

/** Cancels a job that the provider has accepted. */
async function cancelledAfter(folder: LibraryFolder, provider: ScriptedProvider, count = 1) {
  const easel = await folder.open([provider]);
  const job = await easel.ask({ count });
  await vi.waitFor(() => {
    expect(easel.show(job).attempts).toMatchObject([{ state: 'pending' }]);
  });
  await easel.jobs.cancel(job.id);
  return { easel, end: easel.show(job) };
}

describe('cancelling what a service works on', () => {
  it.concurrent('costs nobody knows what', async ({ folder }) => {
    const painter = paidProvider({ submit: pending, cancel: yes });
    const { end } = await cancelledAfter(folder, painter);
    expect(end).toMatchObject({ state: 'cancelled', imageIds: [], attempts: [{ state: 'cancelled', cost: unknown }] });
    expect(painter.cancelled).toEqual([task]);
  });

  it.concurrent('costs nothing on the own machine', async ({ folder }) => {
    const home = freeProvider({ submit: pending, cancel: yes });
    const { end } = await cancelledAfter(folder, home);
    expect(end).toMatchObject({ state: 'cancelled', imageIds: [], attempts: [{ state: 'cancelled', cost: nothing }] });
    expect(home.cancelled).toEqual([task]);
  });

  it.concurrent('keeps what is finished where there is nothing left to stop', async ({ folder }) => {
    const cost = { kind: 'reported', usd: 0.07 } as const;
    const painter = paidProvider({
      submit: pending,
      cancel: no,
      collect: () => finished([picture(1), picture(2)], { cost }),
    });
    const { easel, end } = await cancelledAfter(folder, painter, 2);
    expect(end).toMatchObject({
      state: 'cancelled',
      imageIds: [...one, ...one],
      attempts: [{ state: 'cancelled', cost }],
    });
    expect(end.imageIds.map((id) => easel.library.image(id).cost)).toEqual(
      Array(2).fill({ kind: 'reported', usd: 0.035 }),
    );
    expect(painter.asked).toEqual([task]);
  });

  it.concurrent('drops what is finished on the own machine', async ({ folder }) => {
    const home = freeProvider({ submit: pending, cancel: no, collect: () => finished([picture(1)]) });
    const { end } = await cancelledAfter(folder, home);
    expect(end).toMatchObject({ state: 'cancelled', imageIds: [], attempts: [{ cost: nothing }] });
  });

  const noPicture: [string, Script][] = [
    ['goes on with it', { cancel: no, collect: pending }],
    ['says that it failed', { cancel: no, collect: failing('server', 'It broke.', { isFinal: true }) }],
    ['does not answer', { cancel: failing('network', 'Nothing answers.') }],
    ['can not stop anything', {}],
  ];
  it.concurrent.for(noPicture)('ends the job where the service %s', async ([, script], { folder }) => {
    const painter = paidProvider({ submit: pending, ...script });
    const { end } = await cancelledAfter(folder, painter);
    expect(end).toMatchObject({ state: 'cancelled', imageIds: [], attempts: [{ state: 'cancelled', cost: unknown }] });
    expect(painter.sent).toHaveLength(1);
  });

  it.concurrent('ends the job although what was made can not be read, and sets that aside', async ({ folder }) => {
    const painter = paidProvider({ submit: pending, cancel: no, collect: () => finished([brokenPicture(1)]) });
    const { end } = await cancelledAfter(folder, painter);
    expect(end).toMatchObject({ state: 'cancelled', imageIds: [], attempts: [{ state: 'cancelled', cost: unknown }] });
    expect(folder.recovered()).toHaveLength(1);
  });
});

describe('cancelling what was half written when Easel was killed', () => {
  const killed = async (folder: LibraryFolder, provider: ScriptedProvider) => {
    const { left, job, attemptId } = await killedWhilePaying(folder, { request: { count: 2 }, provider });
    left.leave(attemptId, 0, await picture(1));
    return { left, job };
  };

  it.concurrent('keeps the picture that had arrived, and counts all that was paid', async ({ folder }) => {
    const { left, job } = await killed(folder, paidProvider({ submit: never }));
    const easel = await left.open([paidProvider({})], { starts: false });
    await easel.jobs.cancel(job.id);
    expect(easel.show(job)).toMatchObject({
      state: 'cancelled',
      imageIds: one,
      attempts: [{ state: 'cancelled', cost: { kind: 'estimated', usd: 0.08 } }],
    });
    expect([left.names('pending'), left.names('recovered')]).toEqual([[], []]);
  });

  it.concurrent('drops it where it was free', async ({ folder }) => {
    const { left, job } = await killed(folder, freeProvider({ submit: never }));
    const easel = await left.open([freeProvider({})], { starts: false });
    await easel.jobs.cancel(job.id);
    expect(easel.show(job)).toMatchObject({ state: 'cancelled', imageIds: [], attempts: [{ cost: nothing }] });
    expect([left.names('pending'), left.names('recovered')]).toEqual([[], []]);
  });
});
