import { describe, expect, vi } from 'vitest';
import type { GenerationRequestInput } from '../../src/shared/models/generation-request.ts';
import { requestCancel } from '../../src/main/database/jobs.ts';
import { it } from './library-folder.ts';
import { accepted, drawn, failing, freeProvider, never, paidProvider, task, whenSent } from './scripted-provider.ts';

/** Names nobody: whoever can do it. */
const anybody: GenerationRequestInput = { provider: undefined };
const soon = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const away = failing('network', 'Nothing answers.');

describe('a job that can be done', () => {
  it('does not wait behind jobs that can not', async ({ folder }) => {
    const home = freeProvider({ submit: drawn, checkHealth: away }, { id: 'home' });
    const painter = paidProvider({ submit: drawn });
    const easel = await folder.open([home, painter], { routing: { primary: 'painter' } });
    for (let number = 0; number < 20; number += 1) await easel.ask({ ...anybody, wishes: { localOnly: true } });
    expect((await easel.ended(await easel.ask(anybody))).attempts).toMatchObject([{ provider: 'painter' }]);
    expect(easel.jobs.queue().state.queued).toBe(20);
  });

  it('is done by another one while the one that it wishes for is left alone', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('rate_limit', 'Slow down.', { retryAfterMs: 3_600_000 }) });
    const sketcher = paidProvider({ submit: drawn }, { id: 'sketcher' });
    const easel = await folder.open([painter, sketcher]);
    await easel.ask({ provider: 'painter' });
    await whenSent(painter);
    const asked = await easel.ask({ provider: 'painter', wishes: { orOther: true } });
    const job = await easel.ended(asked);
    expect(job.attempts).toMatchObject([{ provider: 'sketcher', state: 'succeeded' }]);
  });

  it('fails, and does not wait for ever, where it names somebody whom this Easel does not know', async ({ folder }) => {
    const easel = await folder.open([paidProvider({ submit: drawn }), paidProvider({}, { id: 'sketcher' })], {
      starts: false,
    });
    const job = await easel.ask({ provider: 'sketcher' });
    await easel.close();
    const later = await folder.open([paidProvider({ submit: drawn })]);
    expect(await later.ended(job)).toMatchObject({ state: 'failed', error: { code: 'unknownProvider' } });
  });
});

describe('a job that waits for its turn', () => {
  it('is left in peace while what was agreed to is at its limit and another one would cost more', async ({
    folder,
  }) => {
    const home = freeProvider({ submit: never }, { id: 'home' });
    const painter = paidProvider({ submit: drawn });
    const easel = await folder.open([home, painter], {
      routing: { strategy: 'least_loaded', limits: { home: { atOnce: 1 } } },
    });
    for (let number = 0; number < 3; number += 1) await easel.ask(anybody);
    await whenSent(home);
    const told = vi.fn();
    const stop = easel.events.listen(told);
    await soon(600);
    stop();
    expect(told.mock.calls.length).toBeLessThan(20);
    expect(painter.sent).toEqual([]);
  });
});

describe('a command that makes one picture', () => {
  it('does not wait for what an earlier run left under way', async ({ folder }) => {
    const first = freeProvider({ submit: never }, { id: 'home' });
    const routing = { limits: { home: { atOnce: 1 } } };
    await (await folder.open([first], { routing })).ask({ provider: 'home' });
    await whenSent(first);
    const home = freeProvider({ submit: drawn }, { id: 'home' });
    const easel = await folder.killedNow().open([home], { routing, starts: false });
    const job = await easel.ask({ provider: 'home' });
    easel.queue.start({ waitsForProviders: false, only: [job.id] });
    expect((await easel.ended(job)).state).toBe('succeeded');
  });
});

describe('a cancelled job', () => {
  it('gives back its place where Easel was killed before it was ended', async ({ folder }) => {
    const pending = () => Promise.resolve({ state: 'pending', task, askAgainInMs: 5 } as const);
    const first = freeProvider({ submit: accepted, collect: pending }, { id: 'home' });
    const job = await (await folder.open([first])).ask({ provider: 'home' });
    await whenSent(first);
    await vi.waitFor(() => {
      expect(first.asked.length).toBeGreaterThan(0);
    });
    const left = folder.killedNow();
    left.change((writer) => {
      requestCancel(writer, job.id);
    });
    const home = freeProvider({ submit: drawn, collect: pending, cancel: () => Promise.resolve(true) }, { id: 'home' });
    const easel = await left.open([home], { routing: { limits: { home: { atOnce: 1 } } } });
    expect((await easel.ended(job)).state).toBe('cancelled');
    expect((await easel.ended(await easel.ask({ provider: 'home' }))).state).toBe('succeeded');
  });

  it('stays cancelled though its provider was just asked how it is', async ({ folder }) => {
    const asked = Promise.withResolvers<null>();
    const answered = Promise.withResolvers<null>();
    let isAsked = false;
    const painter = paidProvider({
      submit: failing('network', 'Nothing answers.'),
      checkHealth: async () => {
        if (painter.sent.length === 0) return { version: null, message: 'Ready.' };
        isAsked = true;
        asked.resolve(null);
        await answered.promise;
        return away();
      },
    });
    const easel = await folder.open([painter]);
    const job = await easel.ask();
    await asked.promise;
    expect(isAsked).toBe(true);
    const cancelled = easel.jobs.cancel(job.id);
    answered.resolve(null);
    expect((await cancelled).state).toBe('cancelled');
  });
});
