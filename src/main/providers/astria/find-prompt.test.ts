import { describe, expect, it } from 'vitest';
import type { Answer, Http } from '../http-types.ts';
import type { Found } from '../provider.ts';
import { findPrompt } from './find-prompt.ts';

const minuteMs = 60_000;
const signal = new AbortController().signal;

/** Asks an account with these prompts, on a computer whose clock is `aheadMs` before Astria's. */
function find(
  prompts: readonly object[],
  { aheadMs, sentAgoMs }: { aheadMs: number; sentAgoMs: number },
): Promise<Found> {
  const answer: Answer = {
    status: 200,
    header: (name) => (name === 'date' ? new Date(Date.now() - aheadMs).toUTCString() : null),
    bytes: Buffer.alloc(0),
    json: () => prompts,
  };
  const get = (_path: string, read: (answer: Answer) => unknown): Promise<unknown> => Promise.resolve(read(answer));
  const sent = {
    attemptId: 'a',
    operation: 'textToImage',
    model: '1504944',
    prompt: 'a boat',
    seed: 5,
    width: 512,
    height: 512,
    count: 1,
    sentAt: Date.now() - sentAgoMs,
  } as const;
  return findPrompt({ get, address: 'https://api.astria.ai' } as unknown as Http, sent, { signal });
}

const promptAt = (at: number, id = 1): object => ({
  id,
  text: 'a boat',
  seed: 5,
  num_images: 1,
  tune_id: 1504944,
  created_at: new Date(at).toISOString(),
});

describe('findPrompt', () => {
  it.each([-10 * minuteMs, 0, 10 * minuteMs])('knows its prompt with a clock that is %d ms ahead', async (aheadMs) => {
    const sentAgoMs = 3 * minuteMs;
    const ours = promptAt(Date.now() - aheadMs - sentAgoMs + 2000, 2);
    const older = promptAt(Date.now() - aheadMs - sentAgoMs - 8000, 1);
    expect(await find([ours, older], { aheadMs, sentAgoMs })).toMatchObject({
      state: 'found',
      task: { remoteId: '2' },
    });
    expect(await find([older], { aheadMs, sentAgoMs })).toEqual({ state: 'unsure' });
  });

  it.each([
    ['other words', { text: 'a ship' }],
    ['another seed', { seed: 6 }],
    ['another model', { tune_id: 666678 }],
    ['another number of pictures', { num_images: 2 }],
  ])('does not take one with %s for it', async (_what, other) => {
    const prompt = { ...promptAt(Date.now()), ...other };
    expect((await find([prompt], { aheadMs: 0, sentAgoMs: 0 })).state).toBe('unsure');
  });
});
