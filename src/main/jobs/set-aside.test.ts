import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSetAside } from './set-aside.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const setUp = () => {
  const lookAgain = vi.fn();
  return { aside: createSetAside(lookAgain), lookAgain };
};

describe('jobs that are set aside', () => {
  it('are tried again when the queue has rested for five seconds, counted from the first of them', () => {
    const { aside, lookAgain } = setUp();
    aside.untilRested('pear');
    vi.advanceTimersByTime(3_000);
    aside.untilRested('plum');
    vi.advanceTimersByTime(1_999);
    expect([aside.has('pear'), aside.has('plum')]).toEqual([true, true]);
    expect(lookAgain).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect([aside.has('pear'), aside.has('plum')]).toEqual([false, false]);
    expect(lookAgain).toHaveBeenCalledTimes(1);
  });

  it('wait for what they were set aside for, and for nothing else', () => {
    const { aside } = setUp();
    aside.untilRested('pear');
    aside.untilRoutingChanges('plum');
    aside.routingChanged();
    expect([aside.has('pear'), aside.has('plum')]).toEqual([true, false]);
    aside.untilRoutingChanges('plum');
    aside.providerIsBack();
    expect([aside.has('pear'), aside.has('plum')]).toEqual([false, true]);
  });

  it('are tried again when routing changes by itself, of which only the newest time counts', () => {
    const { aside, lookAgain } = setUp();
    aside.untilRoutingChanges('pear');
    aside.routingChangesIn(100);
    aside.routingChangesIn(2_000);
    vi.advanceTimersByTime(2_000);
    expect(lookAgain).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(aside.has('pear')).toBe(false);
    expect(lookAgain).toHaveBeenCalledTimes(1);
    aside.routingChangesIn(100);
    aside.routingChangesIn(null);
    vi.advanceTimersByTime(200);
    expect(lookAgain).toHaveBeenCalledTimes(1);
  });

  it('are looked at each minute at least, since a suspended computer makes timers late', () => {
    const { aside, lookAgain } = setUp();
    aside.routingChangesIn(3_600_000);
    vi.advanceTimersByTime(60_000);
    expect(lookAgain).toHaveBeenCalledTimes(1);
  });

  it('are forgotten by the clock once the queue is closed', () => {
    const { aside, lookAgain } = setUp();
    aside.untilRested('pear');
    aside.routingChangesIn(100);
    aside.close();
    vi.advanceTimersByTime(60_000);
    expect(lookAgain).not.toHaveBeenCalled();
  });
});
