import { describe, expect, it, vi } from 'vitest';
import type { ImageSummary } from '../../shared/models/image.ts';
import { createBucketCache } from './bucket-cache.ts';

const image = (sequence: number): ImageSummary => ({
  id: `00000000-0000-7000-8000-${String(sequence).padStart(12, '0')}`,
  sequence,
  hash: 'a'.repeat(64),
  width: 1,
  height: 1,
  prompt: '',
  altText: null,
  rating: null,
});

interface Call {
  readonly bucket: number;
  readonly signal: AbortSignal;
  readonly answer: (images: ImageSummary[]) => void;
  readonly fail: (error: Error) => void;
}

function build() {
  const calls: Call[] = [];
  const onRead = vi.fn();
  const onFailed = vi.fn();
  const cache = createBucketCache({
    read: (bucket, signal) =>
      new Promise((answer, fail) => {
        calls.push({ bucket, signal, answer, fail });
      }),
    onRead,
    onFailed,
  });
  return { cache, calls, onRead, onFailed, settle: () => new Promise((resolve) => setTimeout(resolve, 0)) };
}

describe('bucket cache', () => {
  it('reads what is wanted, most urgent first, three at a time', async () => {
    const { cache, calls, settle } = build();
    cache.want([5, 4, 3, 2]);
    expect(calls.map(({ bucket }) => bucket)).toEqual([5, 4, 3]);
    calls[0]?.answer([image(1280)]);
    await settle();
    expect(calls.map(({ bucket }) => bucket)).toEqual([5, 4, 3, 2]);
    expect(cache.held(5)).toEqual([image(1280)]);
  });

  it('gives up what is no longer wanted, but not what somebody waits for', async () => {
    const { cache, calls, settle } = build();
    cache.want([5, 4]);
    const awaited = cache.load(4);
    cache.want([100]);
    expect(calls[0]?.signal.aborted).toBe(true);
    expect(calls[1]?.signal.aborted).toBe(false);
    calls[0]?.answer([image(1280)]);
    calls[1]?.answer([image(1024)]);
    await settle();
    expect(await awaited).toEqual([image(1024)]);
    expect(cache.held(5)).toBeUndefined();
  });

  it('reads again when the bucket changed while an answer was under way', async () => {
    const { cache, calls, settle, onRead } = build();
    const awaited = cache.load(5);
    cache.changed(5);
    calls[0]?.answer([image(1280)]);
    await settle();
    expect(onRead).not.toHaveBeenCalled();
    calls[1]?.answer([]);
    expect(await awaited).toEqual([]);
  });

  it('says what failed once, and reads it again only when asked', async () => {
    const { cache, calls, settle, onFailed } = build();
    cache.want([5]);
    calls[0]?.fail(new Error('gone'));
    await settle();
    cache.want([5]);
    await settle();
    expect(calls).toHaveLength(1);
    expect(onFailed).toHaveBeenCalledOnce();
    cache.retry();
    expect(calls).toHaveLength(2);
  });

  it('goes on showing what it doubts, and reads it again when it is wanted', async () => {
    const { cache, calls, settle } = build();
    cache.hold(5, [image(1280)]);
    cache.doubt();
    expect(cache.held(5)).toEqual([image(1280)]);
    cache.want([5]);
    expect(calls).toHaveLength(1);
    calls[0]?.answer([image(1281)]);
    await settle();
    expect(cache.held(5)).toEqual([image(1281)]);
    cache.want([5]);
    expect(calls).toHaveLength(1);
  });

  it('holds a bounded number of buckets and never lets go of a wanted one', () => {
    const { cache } = build();
    cache.want([0]);
    cache.hold(0, [image(1)]);
    for (let bucket = 1; bucket <= 500; bucket++) cache.hold(bucket, [image(bucket * 256)]);
    const held = Array.from({ length: 501 }, (_, bucket) => cache.held(bucket)).filter(
      (images) => images !== undefined,
    );
    expect(held.length).toBeLessThanOrEqual(64);
    expect(cache.held(0)).toBeDefined();
    expect(cache.held(500)).toBeDefined();
  });
});
