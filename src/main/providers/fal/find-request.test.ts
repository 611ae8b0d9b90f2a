import { describe, expect, it } from 'vitest';
import type { Answer } from '../http-types.ts';
import type { Found } from '../provider.ts';
import type { Connection } from './connection.ts';
import { findRequest } from './find-request.ts';

const minuteMs = 60_000;
const sentAgoMs = 3 * minuteMs;
const signal = new AbortController().signal;

/** Asks fal, with these requests in its list, on a computer whose clock is `aheadMs` before fal's; null: it does not tell its time. */
function find(items: readonly object[], aheadMs: number | null): Promise<Found> {
  const answer: Answer = {
    status: 200,
    header: (name) => (name === 'date' && aheadMs !== null ? new Date(Date.now() - aheadMs).toUTCString() : null),
    bytes: Buffer.alloc(0),
    json: () => ({ items }),
  };
  const get = (_path: string, read: (answer: Answer) => unknown): Promise<unknown> => Promise.resolve(read(answer));
  const http = { get, address: 'https://queue.fal.run' };
  const connection = { http, platform: '', ownUrl: () => null } as unknown as Connection;
  const sent = {
    attemptId: 'a',
    operation: 'textToImage',
    model: 'fal-ai/flux/dev',
    prompt: 'a boat',
    seed: 5,
    width: 512,
    height: 512,
    count: 1,
    sentAt: Date.now() - sentAgoMs,
  } as const;
  return findRequest(connection, sent, { signal });
}

const requestAt = (at: number | null, id: string): object => ({
  request_id: id,
  json_input: { prompt: 'a boat', seed: 5, num_images: 1 },
  ...(at === null ? {} : { sent_at: new Date(at).toISOString() }),
});

describe('findRequest', () => {
  it.each([-4 * minuteMs, 0, 4 * minuteMs])('tells its request from an earlier one, %d ms ahead', async (aheadMs) => {
    const sentAt = Date.now() - aheadMs - sentAgoMs;
    const [ours, earlier] = [requestAt(sentAt + 1000, 'ours'), requestAt(sentAt - 8000, 'earlier')];
    expect(await find([ours, earlier], aheadMs)).toMatchObject({ state: 'found', task: { remoteId: 'ours' } });
    expect(await find([earlier], aheadMs)).toEqual({ state: 'unsure' });
  });

  it('is not sure of two, of one without a time, and where fal does not tell its own', async () => {
    const ours = requestAt(Date.now() - sentAgoMs + 1000, 'ours');
    expect(await find([ours, requestAt(Date.now() - minuteMs, 'other')], 0)).toEqual({ state: 'unsure' });
    expect(await find([requestAt(null, 'undated')], 0)).toEqual({ state: 'unsure' });
    expect(await find([ours], null)).toEqual({ state: 'unsure' });
    expect((await find([ours], 0)).state).toBe('found');
  });
});
