import { describe, expect, it } from 'vitest';
import { createWakeUp, wait } from './wait.ts';

const never = new AbortController().signal;
const long = 60_000;

describe('wait', () => {
  it('takes its time', async () => {
    const startedAt = performance.now();
    await wait(30, never);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(28);
  });

  it('ends when it is woken', async () => {
    const wakeUp = createWakeUp();
    const waiting = wait(long, never, wakeUp);
    wakeUp.ring();
    await waiting;
  });

  it('keeps one ring that came while nobody waited, and not two', async () => {
    const wakeUp = createWakeUp();
    wakeUp.ring();
    wakeUp.ring();
    await wait(long, never, wakeUp);
    const again = wait(30, never, wakeUp);
    const startedAt = performance.now();
    await again;
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(28);
  });

  it('is not woken by a ring for a wait that is over', async () => {
    const wakeUp = createWakeUp();
    await wait(1, never, wakeUp);
    wakeUp.ring();
    await wait(long, never, wakeUp);
  });

  it('rejects with the reason when it is stopped, before or meanwhile', async () => {
    const reason = new Error('enough');
    await expect(wait(long, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const waiting = wait(long, controller.signal, createWakeUp());
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});
