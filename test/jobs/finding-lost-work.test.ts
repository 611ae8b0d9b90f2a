import { describe, expect } from 'vitest';
import type { Task } from '../../src/main/providers/provider.ts';
import { it, killedWhilePaying, type LibraryFolder } from './library-folder.ts';
import {
  accepted,
  drawn,
  failing,
  finished,
  never,
  paidProvider,
  picture,
  task,
  whenSent,
} from './scripted-provider.ts';

const found = (one: Task) => () => Promise.resolve({ state: 'found', task: one } as const);
const absent = () => Promise.resolve({ state: 'absent' } as const);
const collected = () => finished([picture(7)]);

/** As if the lost request had been sent so long ago. */
function sentAgo(folder: LibraryFolder, attemptId: string, seconds: number): void {
  folder.change((writer) => {
    writer.run('UPDATE attempts SET started_at = ? WHERE id = ?', Date.now() - seconds * 1_000, attemptId);
  });
}

describe('a lost request that the service is asked for', () => {
  it.concurrent('is gone on with where the service has it; nothing is sent', async ({ folder }) => {
    const { left, job, attemptId } = await killedWhilePaying(folder);
    const painter = paidProvider({ find: found(task), collect: collected });
    const easel = await left.open([painter]);
    expect(await easel.ended(job)).toMatchObject({
      state: 'succeeded',
      imageIds: [expect.any(String)],
      attempts: [{ state: 'succeeded', remoteId: 'r1', cost: { kind: 'estimated', usd: 0.04 } }],
    });
    expect(painter.sought).toMatchObject([{ attemptId, prompt: 'a pear', seed: 5, width: 64, height: 64, count: 1 }]);
    expect(painter.sent).toEqual([]);
  });

  it.concurrent('is gone on with where the name was given to it before it was sent', async ({ folder }) => {
    const taskFor = () => task;
    const lost = paidProvider({ submit: never, taskFor });
    const { left, job } = await killedWhilePaying(folder, { provider: lost });
    const painter = paidProvider({ taskFor, collect: collected });
    const easel = await left.open([painter]);
    expect(await easel.ended(job)).toMatchObject({ state: 'succeeded', attempts: [{ remoteId: 'r1' }] });
    expect(painter.sent).toEqual([]);
  });

  it.concurrent('is found while Easel goes on running', async ({ folder }) => {
    const painter = paidProvider({
      submit: failing('unknown_outcome', 'Lost.'),
      find: found(task),
      collect: collected,
    });
    const easel = await folder.open([painter]);
    expect(await easel.ended(await easel.ask())).toMatchObject({
      state: 'succeeded',
      attempts: [{ state: 'succeeded', remoteId: 'r1' }],
    });
    expect([painter.sent, painter.sought].map((calls) => calls.length)).toEqual([1, 1]);
  });

  it.concurrent('is not taken for the work of another job', async ({ folder }) => {
    const painter = paidProvider({
      submit: () => (painter.sent.length === 1 ? accepted() : never()),
      collect: collected,
    });
    const first = await folder.open([painter]);
    const one = await first.ended(await first.ask());
    const two = await first.ask();
    await whenSent(painter, 2);
    const finder = paidProvider({ find: found(task), collect: collected });
    const easel = await folder.killedNow().open([finder]);
    expect(await easel.ended(two)).toMatchObject({
      state: 'needs_attention',
      imageIds: [],
      attempts: [{ state: 'unknown', remoteId: null, cost: { kind: 'unknown' } }],
    });
    expect((await easel.jobs.check(two.id)).outcome).toBe('unsure');
    expect(easel.show(two).state).toBe('needs_attention');
    expect(easel.show(one)).toEqual(one);
    expect([...finder.sent, ...finder.asked]).toEqual([]);
  });

  it.concurrent('may still turn up when it is missing within two minutes', async ({ folder }) => {
    const { left, job, attemptId } = await killedWhilePaying(folder);
    sentAgo(left, attemptId, 110);
    const painter = paidProvider({ submit: drawn, find: absent });
    const easel = await left.open([painter]);
    expect(await easel.ended(job)).toMatchObject({
      state: 'needs_attention',
      error: { code: 'unknown_outcome' },
      attempts: [{ state: 'unknown', cost: { kind: 'unknown' } }],
    });
    expect((await easel.jobs.check(job.id)).outcome).toBe('unsure');
    expect([painter.sent, painter.sought].map((calls) => calls.length)).toEqual([0, 2]);
  });

  it.concurrent('is sent again, once and for nothing lost, when it is missing after that', async ({ folder }) => {
    const { left, job, attemptId } = await killedWhilePaying(folder);
    sentAgo(left, attemptId, 130);
    const painter = paidProvider({ submit: drawn, find: absent });
    const easel = await left.open([painter]);
    expect(await easel.ended(job)).toMatchObject({
      state: 'succeeded',
      attempts: [
        { state: 'failed', cost: { kind: 'reported', usd: 0 }, error: { code: 'network' } },
        { state: 'succeeded', cost: { kind: 'estimated', usd: 0.04 } },
      ],
    });
    expect(painter.sent).toHaveLength(1);
  });

  it.concurrent('is a question where the service does not answer', async ({ folder }) => {
    const { left, job } = await killedWhilePaying(folder);
    const painter = paidProvider({ submit: drawn, find: failing('network', 'Nothing answers.') });
    const easel = await left.open([painter]);
    expect(await easel.ended(job)).toMatchObject({ state: 'needs_attention', attempts: [{ state: 'unknown' }] });
    expect(painter.sent).toEqual([]);
  });

  it.concurrent('that was accepted and is no longer known is a question', async ({ folder }) => {
    const painter = paidProvider({ submit: accepted, collect: () => Promise.resolve({ state: 'lost' }) });
    const easel = await folder.open([painter]);
    expect(await easel.ended(await easel.ask())).toMatchObject({
      state: 'needs_attention',
      error: { message: expect.stringContaining('may have been charged') as string },
      attempts: [{ state: 'unknown', remoteId: 'r1' }],
    });
    expect(painter.sent).toHaveLength(1);
  });
});
