import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, vi } from 'vitest';
import type { Job } from '../../src/shared/models/job.ts';
import { it, type Easel, type LibraryFolder } from './library-folder.ts';
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
  type ScriptedProvider,
} from './scripted-provider.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});
// Ids never go back in time: the test files that follow begin with others.
afterAll(() => {
  vi.resetModules();
});

const stepMs = 250;
/** Of real time. */
const longestMs = 5_000;

/** Lets time fly until this has happened, with turns for the disk in between. Answers how many milliseconds went by. */
async function flyUntil(happened: Promise<unknown> | (() => boolean)): Promise<number> {
  let isSettled = false;
  if (typeof happened !== 'function') void happened.finally(() => (isSettled = true));
  const isOver = typeof happened === 'function' ? happened : () => isSettled;
  const [since, realSince] = [Date.now(), performance.now()];
  for (;;) {
    for (let turn = 0; turn < 10 && !isOver(); turn += 1) await nextTurn();
    if (isOver()) return Date.now() - since;
    if (performance.now() - realSince > longestMs) throw new Error('This never happens.');
    await vi.advanceTimersByTimeAsync(stepMs);
  }
}

/** A service that accepts one request, and is silent from then on until it comes back. */
function silentService(): ScriptedProvider & { comeBack(): void } {
  let isSilent = false;
  const unlessSilent = <Answer>(answer: () => Promise<Answer>): Promise<Answer> =>
    isSilent ? failing('network', 'Nothing answers.')() : answer();
  const painter = paidProvider({
    submit: () => {
      isSilent = true;
      return accepted();
    },
    collect: () => unlessSilent(() => finished([picture(1)])),
    cancel: () => Promise.resolve(true),
    checkHealth: () => unlessSilent(() => Promise.resolve({ version: null, message: 'Ready.' })),
  });
  return {
    ...painter,
    comeBack: () => {
      isSilent = false;
    },
  };
}

/** A job whose service fell silent: it waits in a program that stays open, and has failed in one that does not. */
async function restingJob(
  folder: LibraryFolder,
  painter: ScriptedProvider,
  state: 'queued' | 'failed',
): Promise<{ easel: Easel; job: Job }> {
  const easel = await folder.open([painter], { waitsForProviders: state === 'queued' });
  const job = await easel.ask();
  await whenSent(painter);
  await vi.waitFor(() => {
    expect(easel.show(job).state).toBe('running');
  });
  expect(await flyUntil(() => easel.show(job).state === state)).toBeGreaterThan(30_000);
  expect(easel.show(job).attempts).toMatchObject([{ state: 'pending', remoteId: 'r1' }]);
  return { easel, job };
}

const done = { state: 'succeeded', imageIds: [expect.any(String)], attempts: [{ state: 'succeeded' }] };

describe('work that was accepted', () => {
  it('goes on however long the pauses are that the service asks for', async ({ folder }) => {
    const painter = paidProvider({
      submit: accepted,
      collect: () =>
        painter.asked.length <= 3
          ? failing('rate_limit', 'Slower.', { retryAfterMs: 60_000 })()
          : finished([picture(1)]),
    });
    const easel = await folder.open([painter], { waitsForProviders: false });
    const job = await easel.ask();
    expect(await flyUntil(easel.ended(job))).toBeGreaterThanOrEqual(180_000);
    expect(easel.show(job)).toMatchObject(done);
    expect([painter.sent.length, painter.asked.length]).toEqual([1, 4]);
  });

  it('waits for its service, is not cleared meanwhile, and goes on when it is back', async ({ folder }) => {
    const painter = silentService();
    const { easel, job } = await restingJob(folder, painter, 'queued');
    expect([easel.jobs.clearEnded(), easel.jobs.cancelQueued()]).toEqual([{ cleared: [] }, { cancelled: [] }]);
    painter.comeBack();
    await easel.providers.check('painter');
    await flyUntil(easel.ended(job));
    expect(easel.show(job)).toMatchObject(done);
    expect(painter.sent).toHaveLength(1);
  });

  it('is not cleared where its job has failed over the silence, and is taken up by the next start', async ({
    folder,
  }) => {
    const painter = silentService();
    const { easel, job } = await restingJob(folder, painter, 'failed');
    expect(easel.show(job).error).toMatchObject({ code: 'network', details: { isAccepted: true } });
    expect(easel.jobs.clearEnded()).toEqual({ cleared: [] });
    await easel.close();
    painter.comeBack();
    const next = await folder.open([painter], { waitsForProviders: false });
    await flyUntil(next.ended(job));
    expect(next.show(job)).toMatchObject(done);
    expect(painter.sent).toHaveLength(1);
  });

  it('is only asked about again when the user retries its job', async ({ folder }) => {
    const painter = silentService();
    const { easel, job } = await restingJob(folder, painter, 'failed');
    painter.comeBack();
    easel.jobs.retry(job.id);
    await flyUntil(easel.ended(job));
    expect(easel.show(job)).toMatchObject(done);
    expect(painter.sent).toHaveLength(1);
  });

  it.for(['queued', 'failed'] as const)(
    'can be cancelled, there too, while its job is %s',
    async (state, { folder }) => {
      const painter = silentService();
      const { easel, job } = await restingJob(folder, painter, state);
      await flyUntil(easel.jobs.cancel(job.id));
      expect(painter.cancelled).toEqual([task]);
      expect(easel.show(job)).toMatchObject({
        state: 'cancelled',
        attempts: [{ state: 'cancelled', cost: { kind: 'unknown' } }],
      });
      await easel.close();
      painter.comeBack();
      const next = await folder.open([painter]);
      expect(next.show(job).state).toBe('cancelled');
      expect(painter.sent).toHaveLength(1);
    },
  );
});

describe('a service without credit', () => {
  it('keeps nobody at a terminal waiting for one cool-down after the other', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('quota', 'No credit is left.') });
    const easel = await folder.open([painter], { waitsForProviders: false });
    const asked = await Promise.all(Array.from({ length: 8 }, () => easel.ask()));
    expect(await flyUntil(Promise.all(asked.map((job) => easel.ended(job))))).toBeLessThan(5_000);
    expect(asked.map((job) => easel.show(job).error?.code)).toEqual(asked.map(() => 'quota'));
    expect(painter.sent.length).toBeLessThan(asked.length);
  });
});

describe('a paid request that is never answered', () => {
  it('is looked for three times, within some seconds, and then is a question', async ({ folder }) => {
    const since = Date.now();
    const soughtAt: number[] = [];
    const painter = paidProvider({
      submit: failing('unknown_outcome', 'Lost.'),
      find: () => {
        soughtAt.push(Date.now() - since);
        return Promise.resolve({ state: soughtAt.length === 2 ? 'absent' : 'unsure' });
      },
    });
    const easel = await folder.open([painter]);
    const job = await easel.ask();
    await flyUntil(easel.ended(job));
    expect(easel.show(job)).toMatchObject({ state: 'needs_attention', attempts: [{ state: 'unknown' }] });
    expect(soughtAt).toHaveLength(3);
    expect(soughtAt[2]).toBeGreaterThanOrEqual(7_500);
    expect(painter.sent).toHaveLength(1);
  });

  /** Told when each of its calls was broken off. */
  const unansweredBy = (brokenOffAt: number[]): ScriptedProvider =>
    paidProvider({
      submit: (_, { signal }) => {
        signal.addEventListener('abort', () => brokenOffAt.push(Date.now()));
        return never();
      },
      cancel: () => Promise.resolve(true),
    });

  it('holds up quitting for eight seconds, and is a question then', async ({ folder }) => {
    const brokenOffAt: number[] = [];
    const painter = unansweredBy(brokenOffAt);
    const first = await folder.open([painter]);
    const job = await first.ask();
    await whenSent(painter);
    const quitAt = Date.now();
    await flyUntil(first.close());
    expect(brokenOffAt).toEqual([quitAt + 8_000]);
    const again = paidProvider({ submit: drawn });
    const easel = await folder.open([again]);
    await flyUntil(easel.ended(job));
    expect(easel.show(job)).toMatchObject({ state: 'needs_attention', attempts: [{ state: 'unknown' }] });
    expect(again.sent).toEqual([]);
  });

  it('holds up cancelling for ten seconds, and costs nobody knows what', async ({ folder }) => {
    const brokenOffAt: number[] = [];
    const painter = unansweredBy(brokenOffAt);
    const easel = await folder.open([painter]);
    const job = await easel.ask();
    await whenSent(painter);
    const cancelledAt = Date.now();
    await flyUntil(easel.jobs.cancel(job.id));
    expect(brokenOffAt).toEqual([cancelledAt + 10_000]);
    expect(easel.show(job)).toMatchObject({
      state: 'cancelled',
      imageIds: [],
      attempts: [{ state: 'cancelled', cost: { kind: 'unknown' } }],
    });
  });
});
