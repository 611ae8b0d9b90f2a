import { describe, expect } from 'vitest';
import type { Submission } from '../../src/main/providers/provider.ts';
import { it } from './library-folder.ts';
import {
  accepted,
  drawn,
  failing,
  finished,
  freeProvider,
  never,
  paidProvider,
  picture,
  task,
  whenSent,
} from './scripted-provider.ts';

describe('quitting', () => {
  it.concurrent(
    'waits for a picture that is being paid for, keeps it, and begins no further request',
    async ({ folder }) => {
      const answer = Promise.withResolvers<Submission>();
      const painter = paidProvider({ submit: () => answer.promise }, { imagesPerRequest: 1 });
      const first = await folder.open([painter]);
      const job = await first.ask({ count: 2 });
      await whenSent(painter);
      let isClosed = false;
      const closing = first.close().then(() => {
        isClosed = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(isClosed).toBe(false);
      answer.resolve(await drawn(painter.sent[0]!));
      await closing;
      expect(painter.sent).toHaveLength(1);

      const again = paidProvider({ submit: drawn }, { imagesPerRequest: 1 });
      const easel = await folder.open([again], { starts: false });
      expect(easel.show(job)).toMatchObject({
        imageIds: [expect.any(String)],
        attempts: [{ state: 'succeeded', cost: { kind: 'estimated', usd: 0.04 } }],
      });
      easel.queue.start({ waitsForProviders: true });
      expect(await easel.ended(job)).toMatchObject({
        state: 'succeeded',
        imageIds: [expect.any(String), expect.any(String)],
        attempts: [{ state: 'succeeded' }, { state: 'succeeded' }],
      });
      expect(again.sent).toMatchObject([{ count: 1, seed: 6 }]);
    },
  );

  it.concurrent('notes a task that is named meanwhile, and leaves it to the next start', async ({ folder }) => {
    const answer = Promise.withResolvers<Submission>();
    const painter = paidProvider({ submit: () => answer.promise });
    const first = await folder.open([painter]);
    const job = await first.ask();
    await whenSent(painter);
    const closing = first.close();
    answer.resolve(await accepted());
    await closing;
    expect(painter.asked).toEqual([]);
    const again = paidProvider({ collect: () => finished([picture(1)]) });
    const easel = await folder.open([again]);
    expect(await easel.ended(job)).toMatchObject({
      state: 'succeeded',
      attempts: [{ state: 'succeeded', remoteId: 'r1' }],
    });
    expect([again.sent, again.asked]).toEqual([[], [task]]);
  });

  it.concurrent('does not wait for what the service works on', async ({ folder }) => {
    const painter = paidProvider({ submit: accepted, collect: never });
    const first = await folder.open([painter]);
    const job = await first.ask();
    await whenSent(painter);
    await first.close();
    const again = paidProvider({ collect: () => finished([picture(1)]) });
    const easel = await folder.open([again]);
    expect((await easel.ended(job)).state).toBe('succeeded');
    expect(again.sent).toEqual([]);
  });

  it.concurrent('keeps a request from being recorded or sent that was about to begin', async ({ folder }) => {
    const slow = paidProvider({ submit: drawn }, { opensInMs: 60 });
    const first = await folder.open([slow]);
    const job = await first.ask();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await first.close();
    expect(slow.sent).toEqual([]);
    const painter = paidProvider({ submit: drawn });
    const easel = await folder.open([painter], { starts: false });
    expect(easel.show(job).attempts).toEqual([]);
    easel.queue.start({ waitsForProviders: true });
    expect(await easel.ended(job)).toMatchObject({ state: 'succeeded', attempts: [{ state: 'succeeded' }] });
    expect(painter.sent).toHaveLength(1);
  });

  it.concurrent('makes a question of a paid answer that is lost meanwhile', async ({ folder }) => {
    const answer = Promise.withResolvers<never>();
    const painter = paidProvider({ submit: () => answer.promise });
    const first = await folder.open([painter]);
    const job = await first.ask();
    await whenSent(painter);
    const closing = first.close();
    failing('unknown_outcome', 'The answer was lost.')().catch(answer.reject);
    await closing;
    const again = paidProvider({ submit: drawn });
    const easel = await folder.open([again]);
    expect(await easel.ended(job)).toMatchObject({ state: 'needs_attention', attempts: [{ state: 'unknown' }] });
    expect(again.sent).toEqual([]);
  });

  it.concurrent('breaks off work on the own machine at once; the next start does it', async ({ folder }) => {
    const home = freeProvider({ submit: never });
    const first = await folder.open([home]);
    const job = await first.ask();
    await whenSent(home);
    await first.close();
    const again = freeProvider({ submit: drawn });
    const easel = await folder.open([again]);
    expect(await easel.ended(job)).toMatchObject({
      state: 'succeeded',
      attempts: [{ state: 'failed', cost: { kind: 'reported', usd: 0 } }, { state: 'succeeded' }],
    });
    expect(again.sent).toHaveLength(1);
  });
});
