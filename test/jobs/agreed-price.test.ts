import { describe, expect } from 'vitest';
import { it, killedWhilePaying } from './library-folder.ts';
import {
  drawn,
  failing,
  freeProvider,
  modelFor,
  never,
  paidProvider,
  type Script,
  type ScriptedProvider,
} from './scripted-provider.ts';

/** A service that asks another price per picture once it has been sent so many requests. */
function changingPrice(usd: readonly number[], submit: NonNullable<Script['submit']>) {
  const traits = { price: { usd: usd[0]!, per: 'image' }, imagesPerRequest: 1 } as const;
  const painter: ScriptedProvider = paidProvider(
    {
      submit,
      listModels: () => {
        const now = usd[Math.min(painter.sent.length, usd.length - 1)]!;
        return Promise.resolve([modelFor({ ...traits, price: { usd: now, per: 'image' } })]);
      },
    },
    traits,
  );
  return painter;
}

describe('the price that was agreed to', () => {
  const nobody = { provider: undefined };
  const away = { checkHealth: failing('network', 'Nothing answers.') };

  it.concurrent(
    'is nothing where the own machine comes first, and no service takes its place unasked',
    async ({ folder }) => {
      const home = freeProvider({ ...away }, { id: 'home' });
      const painter = paidProvider({ submit: drawn });
      const easel = await folder.open([home, painter], { waitsForProviders: false });
      const job = await easel.ask(nobody);
      expect(job.agreedUsd).toBe(0);
      expect(await easel.ended(job)).toMatchObject({
        state: 'needs_attention',
        error: {
          code: 'priceRose',
          message: expect.stringMatching(
            /^Only Painter can do this now, for about \$0\.040; it was to be free\./,
          ) as string,
          details: { agreedUsd: 0, usd: 0.04 },
        },
        attempts: [],
      });
      expect(painter.sent).toEqual([]);
      easel.jobs.sendAgain(job.id);
      expect(await easel.ended(job)).toMatchObject({ state: 'succeeded', agreedUsd: 0.04 });
      expect(painter.sent).toHaveLength(1);
    },
  );

  it.concurrent(
    'is nothing while the own machine is away, and a program that stays open waits for it',
    async ({ folder }) => {
      let isAway = true;
      const home = freeProvider(
        {
          submit: drawn,
          checkHealth: () => (isAway ? away.checkHealth() : Promise.resolve({ version: null, message: '' })),
        },
        { id: 'home' },
      );
      const painter = paidProvider({ submit: drawn });
      const easel = await folder.open([home, painter]);
      const jobs = [await easel.ask(nobody), await easel.ask(nobody)];
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(jobs.map((job) => easel.show(job).state)).toEqual(['queued', 'queued']);
      isAway = false;
      await easel.providers.check('home');
      for (const job of jobs) expect((await easel.ended(job)).attempts).toMatchObject([{ provider: 'home' }]);
      expect(painter.sent).toEqual([]);
    },
  );

  it.concurrent('is that of the service where no own machine is set up', async ({ folder }) => {
    const painter = paidProvider({ submit: drawn });
    const easel = await folder.open([painter]);
    const job = await easel.ask({ ...nobody, count: 3 });
    expect(job.agreedUsd).toBeCloseTo(0.12);
    expect((await easel.ended(job)).state).toBe('succeeded');
  });

  it.concurrent('holds for all requests of a job together', async ({ folder }) => {
    const painter = changingPrice([0.04, 0.06], async (request) => {
      await easel.providers.check('painter');
      return drawn(request);
    });
    const easel = await folder.open([painter]);
    const job = await easel.ask({ count: 3 });
    const { agreedUsd } = job;
    expect(agreedUsd).toBeCloseTo(0.12);
    const end = await easel.ended(job);
    expect(end).toMatchObject({ state: 'needs_attention', imageIds: [expect.any(String)] });
    expect(end.error).toMatchObject({ code: 'priceRose', details: { agreedUsd, usd: expect.closeTo(0.16) as number } });
    expect(painter.sent).toHaveLength(1);
    easel.jobs.sendAgain(job.id);
    expect(await easel.ended(job)).toMatchObject({ state: 'succeeded', agreedUsd: expect.closeTo(0.16) as number });
    expect(painter.sent).toHaveLength(3);
  });

  it.concurrent('lets a part cost more where another part costs less', async ({ folder }) => {
    const painter = changingPrice([0.04, 0.03, 0.05], async (request) => {
      await easel.providers.check('painter');
      return drawn(request);
    });
    const easel = await folder.open([painter]);
    expect((await easel.ended(await easel.ask({ count: 3 }))).state).toBe('succeeded');
    expect(painter.sent).toHaveLength(3);
  });

  it.concurrent('does not count what was refused and cost nothing', async ({ folder }) => {
    const painter = paidProvider({
      submit: (request) =>
        painter.sent.length === 1 ? failing('rate_limit', 'Slower.', { retryAfterMs: 1 })() : drawn(request),
    });
    const easel = await folder.open([painter]);
    expect((await easel.ended(await easel.ask())).state).toBe('succeeded');
  });

  it.concurrent(
    'counts what may have been charged, until the user has it sent again at the price of both',
    async ({ folder }) => {
      const { left, job } = await killedWhilePaying(folder);
      const painter = paidProvider({ submit: drawn });
      const easel = await left.open([painter]);
      expect(await easel.ended(job)).toMatchObject({ state: 'needs_attention', agreedUsd: 0.04 });
      easel.jobs.sendAgain(job.id);
      expect(await easel.ended(job)).toMatchObject({
        state: 'succeeded',
        agreedUsd: 0.08,
        attempts: [
          { state: 'unknown', cost: { kind: 'unknown' }, reservedUsd: 0.04 },
          { state: 'succeeded', cost: { kind: 'estimated', usd: 0.04 } },
        ],
      });
      expect(painter.sent).toHaveLength(1);
    },
  );

  it.concurrent('is asked for once more where the price has risen meanwhile', async ({ folder }) => {
    const { left, job } = await killedWhilePaying(folder);
    const painter = paidProvider({ submit: drawn }, { price: { usd: 0.05, per: 'image' } });
    const easel = await left.open([painter]);
    await easel.ended(job);
    easel.jobs.sendAgain(job.id);
    expect(await easel.ended(job)).toMatchObject({ state: 'needs_attention', error: { code: 'priceRose' } });
    expect(painter.sent).toEqual([]);
  });

  it.concurrent('that nobody knew is no limit', async ({ folder }) => {
    const lost = paidProvider({ submit: never }, { price: null });
    const { left, job } = await killedWhilePaying(folder, { provider: lost });
    const painter = paidProvider({ submit: drawn }, { price: null });
    const easel = await left.open([painter]);
    await easel.ended(job);
    easel.jobs.sendAgain(job.id);
    expect(await easel.ended(job)).toMatchObject({ state: 'succeeded', agreedUsd: null });
  });
});
