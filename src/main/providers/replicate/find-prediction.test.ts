import { describe, expect, it } from 'vitest';
import type { Answer, Http } from '../http-types.ts';
import { findPrediction, type FoundPrediction } from './find-prediction.ts';

const minuteMs = 60_000;
const sentAgoMs = 3 * minuteMs;
const signal = new AbortController().signal;

/** Asks Replicate, whose list has these pages, on a computer whose clock is `aheadMs` before its own; null: it does not tell its time. */
function find(pages: readonly (readonly object[])[], aheadMs: number | null): Promise<FoundPrediction> {
  const get = (path: string, read: (answer: Answer) => unknown): Promise<unknown> => {
    const page = Number(path.split('=')[1] ?? 0);
    const next = page + 1 < pages.length ? `/predictions?page=${page + 1}` : null;
    const answer: Answer = {
      status: 200,
      header: (name) => (name === 'date' && aheadMs !== null ? new Date(Date.now() - aheadMs).toUTCString() : null),
      bytes: Buffer.alloc(0),
      json: () => ({ next, results: pages[page] }),
    };
    return Promise.resolve(read(answer));
  };
  const sent = {
    attemptId: 'a',
    operation: 'textToImage',
    model: 'black-forest-labs/flux-dev',
    prompt: 'a boat',
    seed: 5,
    width: 512,
    height: 512,
    count: 1,
    sentAt: Date.now() - sentAgoMs,
  } as const;
  return findPrediction({ get } as unknown as Http, sent, { signal });
}

const predictionAt = (at: number | null, id: string, input: object = { prompt: 'a boat', seed: 5 }): object => ({
  id,
  status: 'succeeded',
  model: 'black-forest-labs/flux-dev',
  input,
  ...(at === null ? {} : { created_at: new Date(at).toISOString() }),
});

describe('findPrediction', () => {
  it.each([-60 * minuteMs, 0, 60 * minuteMs])('goes by Replicate’s clock, %d ms ahead', async (aheadMs) => {
    const sentAt = Date.now() - aheadMs - sentAgoMs;
    const [ours, earlier] = [predictionAt(sentAt + 1000, 'ours'), predictionAt(sentAt - 8000, 'earlier')];
    expect(await find([[ours, earlier]], aheadMs)).toEqual({ state: 'found', id: 'ours' });
    expect(await find([[earlier]], aheadMs)).toEqual({ state: 'absent' });
  });

  it('is not sure of two, of one without a time, and where Replicate does not tell its own', async () => {
    const ours = predictionAt(Date.now() - sentAgoMs + 1000, 'ours');
    expect(await find([[predictionAt(Date.now() - minuteMs, 'other'), ours]], 0)).toEqual({ state: 'unsure' });
    expect(await find([[predictionAt(null, 'undated')]], 0)).toEqual({ state: 'unsure' });
    expect(await find([[]], null)).toEqual({ state: 'unsure' });
    expect(await find([[ours]], null)).toEqual({ state: 'unsure' });
  });

  it('reads no further back than to the sending, and only a list in order tells that it is past it', async () => {
    const [earlier, later] = [Date.now() - 10 * minuteMs, Date.now() - minuteMs];
    const other = { prompt: 'a ship', seed: 6 };
    const pages = [[predictionAt(earlier, 'earlier', other)], [predictionAt(later, 'ours')]];
    expect((await find(pages, 0)).state).toBe('absent');
    const mixed = [
      [predictionAt(earlier, 'one', other), predictionAt(later, 'other', other)],
      [predictionAt(earlier, 'x')],
    ];
    expect(await find([...mixed, [predictionAt(later, 'ours')]], 0)).toEqual({ state: 'found', id: 'ours' });
  });

  it('is not sure of a list that does not end', async () => {
    const pages = Array.from({ length: 11 }, (_none, at) => [predictionAt(Date.now() - at, `${at}`, { seed: 6 })]);
    expect(await find(pages, 0)).toEqual({ state: 'unsure' });
  });
});
