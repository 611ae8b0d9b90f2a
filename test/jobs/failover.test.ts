import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, vi } from 'vitest';
import type { GenerationRequestInput } from '../../src/shared/models/generation-request.ts';
import { ProviderError } from '../../src/main/providers/provider.ts';
import { it, type Easel, type LibraryFolder } from './library-folder.ts';
import { accepted, drawn, failing, freeProvider, never, paidProvider, task, whenSent } from './scripted-provider.ts';

/** Names nobody: whoever can do it. */
const anybody: GenerationRequestInput = { provider: undefined };
const routing = { primary: 'painter', fallbacks: ['sketcher', 'etcher'] };

const open = (folder: LibraryFolder, ...providers: Parameters<LibraryFolder['open']>[0]): Promise<Easel> =>
  folder.open(providers, { routing });

describe('a job that names no provider', () => {
  it('goes to another one at once where the first fails, and tells why', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('server', 'Its kiln is broken.') });
    const sketcher = paidProvider({ submit: drawn }, { id: 'sketcher' });
    const easel = await open(folder, painter, sketcher);
    const job = await easel.ended(await easel.ask(anybody));
    expect(job.state).toBe('succeeded');
    expect(job.attempts.map(({ provider, state }) => [provider, state])).toEqual([
      ['painter', 'failed'],
      ['sketcher', 'succeeded'],
    ]);
    expect(job.attempts[1]?.route).toMatchObject({
      strategy: 'primary_first',
      fellBackFrom: [{ provider: 'painter', code: 'server' }],
    });
    expect(easel.library.image(job.imageIds[0]!).route?.fellBackFrom).toHaveLength(1);
  });

  it('waits for whoever is only being looked at, instead of failing with the first', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('server', 'Its kiln is broken.') });
    const looked = Promise.withResolvers<{ version: null; message: string }>();
    const sketcher = paidProvider({ submit: drawn, checkHealth: () => looked.promise }, { id: 'sketcher' });
    const easel = await folder.open([painter, sketcher], { routing, waitsForProviders: true });
    const job = await easel.ask(anybody);
    await whenSent(painter);
    expect(easel.providers.list().map(({ health }) => health.state)).toEqual(['ready', 'checking']);
    looked.resolve({ version: null, message: 'Ready.' });
    expect(await easel.ended(job)).toMatchObject({ state: 'succeeded' });
  });

  it('fails, and does not wait for one that turns out to be away, where the first has no credit', async ({
    folder,
  }) => {
    const painter = paidProvider({ submit: failing('quota', 'No credit is left.') });
    const looked = Promise.withResolvers<{ version: null; message: string }>();
    const sketcher = paidProvider({ submit: drawn, checkHealth: () => looked.promise }, { id: 'sketcher' });
    const easel = await folder.open([painter, sketcher], { routing, waitsForProviders: true });
    const job = await easel.ask(anybody);
    await whenSent(painter);
    looked.reject(new ProviderError('network', 'Nobody is at home.'));
    expect(await easel.ended(job)).toMatchObject({ state: 'failed', error: { message: 'No credit is left.' } });
  });

  it('can be cancelled while the others are only being looked at, and knows that the first failed', async ({
    folder,
  }) => {
    const painter = paidProvider({ submit: failing('server', 'Its kiln is broken.') });
    const sketcher = paidProvider({ submit: drawn, checkHealth: never }, { id: 'sketcher' });
    const easel = await open(folder, painter, sketcher);
    const job = await easel.ask(anybody);
    await whenSent(painter);
    await sleep(100);
    await easel.jobs.cancel(job.id);
    const ended = await easel.ended(job);
    expect([ended.state, ended.attempts.map(({ state }) => state)]).toEqual(['cancelled', ['failed']]);
  });

  it('asks nobody again while the others are only being looked at', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('server', 'Its kiln is broken.') });
    const looked = Promise.withResolvers<{ version: null; message: string }>();
    const sketcher = paidProvider({ submit: drawn, checkHealth: () => looked.promise }, { id: 'sketcher' });
    const easel = await open(folder, painter, sketcher);
    const job = await easel.ask(anybody);
    await whenSent(painter);
    await sleep(2_000);
    expect(painter.sent).toHaveLength(1);
    looked.resolve({ version: null, message: 'Ready.' });
    expect(await easel.ended(job)).toMatchObject({ state: 'succeeded' });
  });

  it('does not wait for a back-off while somebody else can do it', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('rate_limit', 'Slow down.', { retryAfterMs: 60_000 }) });
    const sketcher = paidProvider({ submit: drawn }, { id: 'sketcher' });
    const easel = await open(folder, painter, sketcher);
    const startedAt = performance.now();
    const job = await easel.ended(await easel.ask(anybody));
    expect(job.state).toBe('succeeded');
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    // Nobody asks it again before the minute is over.
    await easel.ended(await easel.ask(anybody));
    expect(painter.sent).toHaveLength(1);
  });

  it('fails with every provider and its reason where all have failed', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('server', 'Its kiln is broken.') });
    const sketcher = paidProvider({ submit: failing('quota', 'No credit is left.') }, { id: 'sketcher' });
    const easel = await open(folder, painter, sketcher);
    const job = await easel.ended(await easel.ask(anybody));
    expect(job).toMatchObject({
      state: 'failed',
      error: {
        code: 'allProvidersFailed',
        message: expect.stringMatching(
          /^All providers failed\. .*Its kiln is broken\. .*No credit is left\.$/,
        ) as string,
        details: {
          attempts: [
            { provider: 'painter', code: 'server' },
            { provider: 'sketcher', code: 'quota' },
          ],
        },
      },
    });
  });

  it('asks the one that may come back once more when nobody else is left', async ({ folder }) => {
    let times = 0;
    const painter = paidProvider({
      submit: (request) => {
        times += 1;
        return times === 1 ? failing('timeout', 'It was too slow.')() : drawn(request);
      },
    });
    const sketcher = paidProvider({ submit: failing('server', 'Out of order.') }, { id: 'sketcher' });
    const easel = await folder.open([painter, sketcher], { routing: { primary: 'sketcher', fallbacks: ['painter'] } });
    const job = await easel.ended(await easel.ask(anybody));
    expect(job.state).toBe('succeeded');
    expect([painter.sent.length, sketcher.sent.length]).toEqual([2, 1]);
  });

  it('stays with the first where fallback is off', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('server', 'Its kiln is broken.') });
    const sketcher = paidProvider({ submit: drawn }, { id: 'sketcher' });
    const easel = await folder.open([painter, sketcher], { routing: { ...routing, fallback: false } });
    expect(await easel.ended(await easel.ask(anybody))).toMatchObject({ state: 'failed', error: { code: 'server' } });
    expect(sketcher.sent).toEqual([]);
  });

  it.for([
    [false, 'failed', 0],
    [true, 'succeeded', 1],
  ] as const)(
    'after a refusal of the content, with another one allowed: %s, it has %s',
    async ([fallbackAfterRefusal, state, sent], { folder }) => {
      const painter = paidProvider({ submit: failing('content_policy', 'Not that.') });
      const sketcher = paidProvider({ submit: drawn }, { id: 'sketcher' });
      const easel = await folder.open([painter, sketcher], { routing: { ...routing, fallbackAfterRefusal } });
      expect((await easel.ended(await easel.ask(anybody))).state).toBe(state);
      expect(sketcher.sent).toHaveLength(sent);
    },
  );

  it('is not sent to anybody else while it may have been charged', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('unknown_outcome', 'The answer was lost.') });
    const sketcher = paidProvider({ submit: drawn }, { id: 'sketcher' });
    const easel = await open(folder, painter, sketcher);
    expect((await easel.ended(await easel.ask(anybody))).state).toBe('needs_attention');
    expect(sketcher.sent).toEqual([]);
  });

  it('asks before what is free becomes something that costs money', async ({ folder }) => {
    const home = freeProvider({ submit: failing('server', 'Out of memory.') }, { id: 'home' });
    const painter = paidProvider({ submit: drawn });
    const easel = await folder.open([home, painter], { routing: { primary: 'home' } });
    expect(await easel.ended(await easel.ask(anybody))).toMatchObject({
      state: 'needs_attention',
      error: { code: 'priceRose' },
    });
    expect(painter.sent).toEqual([]);
  });

  it('goes from what is free to a named fallback that costs money', async ({ folder }) => {
    const home = freeProvider({ submit: failing('server', 'Out of memory.') }, { id: 'home' });
    const painter = paidProvider({ submit: drawn });
    const easel = await folder.open([home, painter], { routing: { primary: 'home', fallbacks: ['painter'] } });
    expect((await easel.ended(await easel.ask(anybody))).state).toBe('succeeded');
  });
});

describe('a provider that keeps failing', () => {
  it('is left alone after three failures, and tried once when its cool-down is over', async ({ folder }) => {
    let isBroken = true;
    const painter = paidProvider({
      submit: (request) => (isBroken ? failing('server', 'Its kiln is broken.')() : drawn(request)),
    });
    const sketcher = paidProvider({ submit: drawn }, { id: 'sketcher' });
    const easel = await folder.open([painter, sketcher], {
      routing: { ...routing, breaker: { failures: 3, coolDownSeconds: 1 } },
    });
    for (let number = 0; number < 6; number += 1) await easel.ended(await easel.ask(anybody));
    expect(painter.sent).toHaveLength(3);
    isBroken = false;
    await vi.waitFor(
      async () => {
        await easel.ended(await easel.ask(anybody));
        expect(painter.sent.length).toBeGreaterThanOrEqual(5);
      },
      { timeout: 10_000, interval: 200 },
    );
  });

  it('is waited for where the others have failed at a job', async ({ folder }) => {
    let isBroken = true;
    const painter = paidProvider({
      submit: (request) => (isBroken ? failing('server', 'Its kiln is broken.')() : drawn(request)),
    });
    let times = 0;
    const sketcher = paidProvider(
      {
        submit: (request) => {
          times += 1;
          return times > 3 ? failing('server', 'Out of order.')() : drawn(request);
        },
      },
      { id: 'sketcher' },
    );
    const easel = await folder.open([painter, sketcher], {
      routing: { ...routing, breaker: { failures: 3, coolDownSeconds: 1 } },
    });
    for (let number = 0; number < 3; number += 1) await easel.ended(await easel.ask(anybody));
    isBroken = false;
    const job = await easel.ended(await easel.ask(anybody));
    expect(job.state).toBe('succeeded');
    expect(job.attempts.at(-1)).toMatchObject({ provider: 'painter', state: 'succeeded' });
    expect(painter.sent).toHaveLength(4);
  });

  it('is asked once more, as all others are, before a job fails', async ({ folder }) => {
    let times = 0;
    const brokenAtFirst = (id: string) =>
      paidProvider(
        {
          submit: (request) => {
            times += 1;
            return times > 2 ? drawn(request) : failing('server', 'Out of order.')();
          },
        },
        { id },
      );
    const easel = await open(folder, brokenAtFirst('painter'), brokenAtFirst('sketcher'));
    const job = await easel.ended(await easel.ask(anybody));
    expect(job.attempts.map(({ provider, state }) => [provider, state])).toEqual([
      ['painter', 'failed'],
      ['sketcher', 'failed'],
      ['painter', 'succeeded'],
    ]);
  });

  it('is still left alone after a restart', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('server', 'Its kiln is broken.') });
    const sketcher = paidProvider({ submit: drawn }, { id: 'sketcher' });
    const first = await open(folder, painter, sketcher);
    for (let number = 0; number < 4; number += 1) await first.ended(await first.ask(anybody));
    await first.close();
    const again = paidProvider({ submit: drawn });
    const easel = await open(folder, again, paidProvider({ submit: drawn }, { id: 'sketcher' }));
    await easel.ended(await easel.ask(anybody));
    expect(again.sent).toEqual([]);
  });
});

describe('caps', () => {
  const caps = (more: object) => ({ routing: { ...routing, caps: more } });

  it('refuse a job that is over one, before it is queued', async ({ folder }) => {
    const painter = paidProvider({ submit: drawn });
    const easel = await folder.open([painter], caps({ job: 0.1 }));
    await expect(easel.ask({ ...anybody, count: 3 })).rejects.toMatchObject({ code: 'overBudget' });
    expect((await easel.ended(await easel.ask({ ...anybody, count: 2 }))).state).toBe('succeeded');
  });

  it('of zero let nothing through that costs something', async ({ folder }) => {
    const painter = paidProvider({ submit: drawn });
    const home = freeProvider({ submit: drawn }, { id: 'home' });
    const easel = await folder.open([painter, home], caps({ day: 0 }));
    const job = await easel.ended(await easel.ask(anybody));
    expect(job.attempts.map(({ provider }) => provider)).toEqual(['home']);
  });

  it('count what is under way, and what was under way when Easel was killed', async ({ folder }) => {
    const painter = paidProvider({ submit: never });
    const easel = await folder.open([painter], caps({ day: 0.1 }));
    await easel.ask(anybody);
    await easel.ask(anybody);
    await whenSent(painter, 2);
    const third = easel.ask(anybody);
    await expect(third).rejects.toMatchObject({ code: 'overBudget' });
    const left = folder.killedNow();
    const later = await left.open([paidProvider({ submit: never })], caps({ day: 0.1 }));
    await expect(later.ask(anybody)).rejects.toMatchObject({ code: 'overBudget' });
  });

  it('are kept by jobs that are queued together', async ({ folder }) => {
    const painter = paidProvider({ submit: drawn });
    const easel = await folder.open([painter], { ...caps({ day: 0.1 }), starts: false });
    const asked = [];
    for (let number = 0; number < 4; number += 1) asked.push(await easel.ask(anybody));
    easel.queue.start({ waitsForProviders: false });
    const jobs = await Promise.all(asked.map((job) => easel.ended(job)));
    expect(jobs.filter(({ state }) => state === 'succeeded')).toHaveLength(2);
    expect(jobs.filter(({ error }) => error?.code === 'overBudget')).toHaveLength(2);
    expect(painter.sent).toHaveLength(2);
  });
});

describe('limits of a provider', () => {
  it('let no more attempts run at once than they allow', async ({ folder }) => {
    const painter = paidProvider({
      submit: accepted,
      collect: () => Promise.resolve({ state: 'pending', task, askAgainInMs: 5 }),
    });
    const easel = await folder.open([painter], { routing: { limits: { painter: { atOnce: 3 } } } });
    for (let number = 0; number < 8; number += 1) await easel.ask(anybody);
    await whenSent(painter, 3);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(painter.sent).toHaveLength(3);
  });

  it('let no more attempts begin in a minute than they allow', async ({ folder }) => {
    const painter = paidProvider({ submit: drawn });
    const easel = await folder.open([painter], { routing: { limits: { painter: { perMinute: 4 } } } });
    for (let number = 0; number < 8; number += 1) await easel.ask(anybody);
    await whenSent(painter, 4);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(painter.sent).toHaveLength(4);
    await easel.close();
    const again = paidProvider({ submit: drawn });
    const later = await folder.open([again], { routing: { limits: { painter: { perMinute: 4 } } } });
    await later.ask(anybody);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(again.sent).toEqual([]);
  });
});
