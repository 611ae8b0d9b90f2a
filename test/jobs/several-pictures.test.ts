import { describe, expect } from 'vitest';
import { it, killedWhilePaying, type Easel, type LibraryFolder } from './library-folder.ts';
import {
  accepted,
  brokenPicture,
  drawn,
  finished,
  freeProvider,
  never,
  paidProvider,
  picture,
  task,
  type ScriptedProvider,
  whenSent,
} from './scripted-provider.ts';

const four = { count: 4 };
const anyFour = Array.from({ length: 4 }, () => expect.any(String) as string);
const costs = (easel: Easel, ids: readonly string[]) => ids.map((id) => easel.library.image(id).cost);

/** A request for four pictures of which two were on disk when Easel was killed. */
async function killedAfterTwo(folder: LibraryFolder, provider: ScriptedProvider) {
  const killed = await killedWhilePaying(folder, { request: four, provider });
  for (const index of [0, 1]) killed.left.leave(killed.attemptId, index, await picture(index));
  return killed;
}

describe('four pictures of which two were written when Easel was killed', () => {
  it.concurrent('are two pictures and a question, where they were paid', async ({ folder }) => {
    const { left, job } = await killedAfterTwo(folder, paidProvider({ submit: never }));
    const painter = paidProvider({ submit: drawn });
    for (let start = 0; start < 2; start += 1) {
      const easel = await left.open([painter]);
      const end = await easel.ended(job);
      expect(end).toMatchObject({
        state: 'needs_attention',
        error: { code: 'unknown_outcome', message: expect.stringMatching(/^2 of 4 pictures arrived/) as string },
        imageIds: anyFour.slice(2),
        attempts: [{ state: 'unknown', cost: { kind: 'estimated', usd: 0.16 } }],
      });
      expect(costs(easel, end.imageIds)).toEqual(Array(2).fill({ kind: 'estimated', usd: 0.04 }));
      await easel.close();
    }
    expect(painter.sent).toEqual([]);
    expect(left.names('pending')).toEqual([]);
  });

  it.concurrent('become four when the user sends it again, and only the others are paid', async ({ folder }) => {
    const { left, job } = await killedAfterTwo(folder, paidProvider({ submit: never }));
    const painter = paidProvider({ submit: drawn });
    const easel = await left.open([painter]);
    await easel.ended(job);
    easel.jobs.sendAgain(job.id);
    expect(await easel.ended(job)).toMatchObject({ state: 'succeeded', imageIds: anyFour });
    expect(painter.sent).toMatchObject([{ count: 2, seed: 7 }]);
  });

  it.concurrent('are all fetched again where the service still has them', async ({ folder }) => {
    const provider = paidProvider({ submit: accepted, collect: never });
    const { left, job } = await killedAfterTwo(folder, provider);
    const painter = paidProvider({ collect: () => finished([0, 1, 2, 3].map(picture)) });
    const easel = await left.open([painter]);
    expect(await easel.ended(job)).toMatchObject({
      state: 'succeeded',
      imageIds: anyFour,
      attempts: [{ state: 'succeeded', cost: { kind: 'estimated', usd: 0.16 } }],
    });
    expect([painter.sent, painter.asked]).toEqual([[], [task]]);
  });

  it.concurrent('are made anew, but for those two, on the own machine', async ({ folder }) => {
    const request = { ...four, provider: 'home' };
    const { left, job, attemptId } = await killedWhilePaying(folder, {
      request,
      provider: freeProvider({ submit: never }, { id: 'home' }),
    });
    for (const index of [0, 1]) left.leave(attemptId, index, await picture(index));
    const home = freeProvider({ submit: drawn }, { id: 'home' });
    const easel = await left.open([home]);
    const nothing = { kind: 'reported', usd: 0 };
    expect(await easel.ended(job)).toMatchObject({
      state: 'succeeded',
      imageIds: anyFour,
      attempts: [
        { state: 'succeeded', cost: nothing },
        { state: 'succeeded', cost: nothing },
      ],
    });
    expect(home.sent).toMatchObject([{ count: 2, seed: 7 }]);
  });

  it.concurrent('need nobody where all four were written', async ({ folder }) => {
    const { left, job, attemptId } = await killedAfterTwo(folder, paidProvider({ submit: never }));
    for (const index of [2, 3]) left.leave(attemptId, index, await picture(index));
    const painter = paidProvider({ find: never });
    const easel = await left.open([painter]);
    expect(await easel.ended(job)).toMatchObject({
      state: 'succeeded',
      imageIds: anyFour,
      attempts: [{ state: 'succeeded', cost: { kind: 'estimated', usd: 0.16 } }],
    });
    expect([...painter.sent, ...painter.sought]).toEqual([]);
  });
});

const paid = { cost: { kind: 'reported', usd: 0.2 } } as const;
const oneBroken = () => finished([picture(0), picture(1), brokenPicture(2), picture(3)], paid);

describe('one of four pictures that can not be read', () => {
  const endOfBroken = {
    state: 'failed',
    error: { code: 'server', message: expect.stringMatching(/made 3 of 4 pictures.*recovered.*Retry/) as string },
    imageIds: anyFour.slice(1),
    attempts: [{ state: 'succeeded', cost: paid.cost }],
  };

  it.concurrent('costs none of the others, is set aside, and is not bought again', async ({ folder }) => {
    const painter = paidProvider({ submit: oneBroken });
    const first = await folder.open([painter]);
    const job = await first.ask(four);
    const end = await first.ended(job);
    expect(end).toMatchObject(endOfBroken);
    expect(costs(first, end.imageIds)).toEqual(Array(3).fill({ kind: 'reported', usd: 0.05 }));
    await first.close();
    expect(folder.names('pending')).toEqual([]);
    expect(folder.recovered()).toEqual([new Uint8Array((await brokenPicture(2)).bytes)]);
    const again = await folder.open([painter]);
    expect(await again.ended(job)).toEqual(end);
    expect(painter.sent).toHaveLength(1);
  });

  it.concurrent('has its price agreed to before it is made anew', async ({ folder }) => {
    const painter = paidProvider({ submit: (request) => (painter.sent.length === 1 ? oneBroken() : drawn(request)) });
    const easel = await folder.open([painter]);
    const job = await easel.ask(four);
    await easel.ended(job);
    easel.jobs.retry(job.id);
    expect(await easel.ended(job)).toMatchObject({ state: 'needs_attention', error: { code: 'priceRose' } });
    expect(painter.sent).toHaveLength(1);
    easel.jobs.sendAgain(job.id);
    expect(await easel.ended(job)).toMatchObject({ state: 'succeeded', imageIds: anyFour });
    expect(painter.sent).toMatchObject([{ count: 4 }, { count: 1, seed: 7 }]);
  });

  it.concurrent('is made anew at once on the own machine', async ({ folder }) => {
    const home = freeProvider({ submit: (request) => (home.sent.length === 1 ? oneBroken() : drawn(request)) });
    const easel = await folder.open([home]);
    expect(await easel.ended(await easel.ask(four))).toMatchObject({ state: 'succeeded', imageIds: anyFour });
    expect(home.sent).toMatchObject([{ count: 4 }, { count: 1 }]);
  });

  it.concurrent('ends the job in words where it was the only one, too', async ({ folder }) => {
    const painter = paidProvider({ submit: () => finished([brokenPicture(2)], paid) });
    const easel = await folder.open([painter]);
    expect(await easel.ended(await easel.ask())).toMatchObject({
      state: 'failed',
      error: { code: 'server', message: expect.stringContaining("can't be kept") as string },
      imageIds: [],
    });
    expect(folder.recovered()).toHaveLength(1);
    expect(painter.sent).toHaveLength(1);
  });
});

describe('fewer pictures than were asked for', () => {
  const note = 'One was withheld.';
  const two = () => finished([picture(0), picture(1)], { ...paid, dropped: [{ parameter: 'count', note }] });

  it.concurrent('end the job with what the service said; the others are not bought again', async ({ folder }) => {
    const painter = paidProvider({ submit: two }, { price: { usd: 0.2, per: 'request' } });
    const first = await folder.open([painter]);
    const job = await first.ask(four);
    const end = await first.ended(job);
    expect(end).toMatchObject({
      state: 'failed',
      error: {
        code: 'content_policy',
        message: expect.stringMatching(/made 2 of 4 pictures\. One was withheld\. /) as string,
      },
      imageIds: anyFour.slice(2),
      attempts: [{ state: 'succeeded', cost: paid.cost }],
    });
    expect(costs(first, end.imageIds)).toEqual(Array(2).fill({ kind: 'reported', usd: 0.1 }));
    await first.close();
    const again = await folder.open([painter]);
    expect(await again.ended(job)).toEqual(end);
    expect(painter.sent).toHaveLength(1);
  });

  it.concurrent('keep the job from beginning with its next request', async ({ folder }) => {
    const painter = paidProvider({ submit: two }, { imagesPerRequest: 3 });
    const easel = await folder.open([painter]);
    expect(await easel.ended(await easel.ask({ count: 6 }))).toMatchObject({
      state: 'failed',
      imageIds: anyFour.slice(2),
    });
    expect(painter.sent).toHaveLength(1);
  });

  it.concurrent('are none at all: the job fails, and nothing is bought again', async ({ folder }) => {
    const painter = paidProvider({ submit: () => finished([]) });
    const easel = await folder.open([painter]);
    expect(await easel.ended(await easel.ask(four))).toMatchObject({
      state: 'failed',
      error: { code: 'server' },
      attempts: [{ state: 'failed', cost: { kind: 'unknown' } }],
    });
    expect(painter.sent).toHaveLength(1);
  });

  it.concurrent('are made up for at once on the own machine', async ({ folder }) => {
    const home = freeProvider({ submit: (request) => drawn({ ...request, count: Math.min(2, request.count) }) });
    const easel = await folder.open([home]);
    expect(await easel.ended(await easel.ask(four))).toMatchObject({ state: 'succeeded', imageIds: anyFour });
    expect(home.sent).toMatchObject([{ count: 4 }, { count: 2 }]);
  });

  it.concurrent('are not made up for by the next start when Easel is closed meanwhile', async ({ folder }) => {
    const answer = Promise.withResolvers<Awaited<ReturnType<typeof two>>>();
    const painter = paidProvider({ submit: () => answer.promise }, { price: null });
    const first = await folder.open([painter]);
    const job = await first.ask(four);
    await whenSent(painter);
    const closed = first.close();
    answer.resolve(await two());
    await closed;
    const easel = await folder.open([painter]);
    expect(await easel.ended(job)).toMatchObject({
      state: 'failed',
      error: { code: 'content_policy' },
      imageIds: anyFour.slice(2),
    });
    expect(painter.sent).toHaveLength(1);
  });
});

describe('a picture that waits although its place is taken', () => {
  it.concurrent('is deleted only where its bytes are the stored ones', async ({ folder }) => {
    const painter = paidProvider({ submit: drawn });
    const first = await folder.open([painter]);
    const job = await first.ended(await first.ask());
    await first.close();
    const [attempt] = job.attempts;
    folder.leave(attempt!.id, 0, await picture(5));
    folder.leave(attempt!.id, 0, { ...(await picture(200)), seed: 9 });
    const easel = await folder.open([painter]);
    expect(folder.names('pending')).toEqual([]);
    expect(folder.recovered()).toEqual([new Uint8Array((await picture(200)).bytes)]);
    expect(easel.show(job)).toEqual(job);
  });
});
