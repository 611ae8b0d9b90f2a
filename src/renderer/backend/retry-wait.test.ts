import { describe, expect, it, vi } from 'vitest';
import { createRetryWait } from './retry-wait.ts';

describe('the wait between two tries', () => {
  it('lasts as long as it was told, and ends at once when somebody wants to try', async () => {
    vi.useFakeTimers();
    try {
      const { wait, tryNow } = createRetryWait();
      const { signal } = new AbortController();
      tryNow();
      const ended = vi.fn();
      void wait(10_000, signal).then(ended);
      await vi.advanceTimersByTimeAsync(9_999);
      expect(ended).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(ended).toHaveBeenCalledOnce();
      void wait(10_000, signal).then(ended);
      tryNow();
      await vi.advanceTimersByTimeAsync(0);
      expect(ended).toHaveBeenCalledTimes(2);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('lasts until somebody wants to try where it was told no time', async () => {
    vi.useFakeTimers();
    try {
      const { wait, tryNow } = createRetryWait();
      const ended = vi.fn();
      void wait(null, new AbortController().signal).then(ended);
      await vi.advanceTimersByTimeAsync(1_000_000);
      expect(ended).not.toHaveBeenCalled();
      tryNow();
      await vi.advanceTimersByTimeAsync(0);
      expect(ended).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });

  it('rejects when it is stopped', async () => {
    const stop = new AbortController();
    const waiting = createRetryWait().wait(10_000, stop.signal);
    stop.abort(new Error('Stopped.'));
    await expect(waiting).rejects.toThrow('Stopped.');
  });
});
