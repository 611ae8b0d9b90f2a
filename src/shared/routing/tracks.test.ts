import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Track } from '../models/routing.ts';
import { isToldToTracks, knownOf, trackAfter, type Outcome } from './tracks.ts';

const dayMs = 24 * 3_600_000;
const outcome = (changes: Partial<Outcome> = {}): Outcome => ({
  model: 'm',
  operation: 'textToImage',
  succeeded: true,
  seconds: 5,
  usd: 0.01,
  at: 0,
  ...changes,
});
const after = (times: number, changes: Partial<Outcome>, track: Track | null = null): Track => {
  let seen = track;
  for (let time = 0; time < times; time += 1) seen = trackAfter(seen, outcome(changes));
  return seen ?? trackAfter(null, outcome(changes));
};

describe('a track', () => {
  it('begins with the first outcome', () => {
    expect(trackAfter(null, outcome({ at: 7 }))).toEqual({
      model: 'm',
      operation: 'textToImage',
      weight: 1,
      success: 1,
      seconds: 5,
      usd: 0.01,
      at: 7,
    });
  });

  it('believes a new time and price soon, and a new share of failures slowly', () => {
    const changed = after(4, { seconds: 20, usd: 0.05 }, after(60, {}));
    expect(changed.seconds).toBeGreaterThan(17);
    expect(changed.usd).toBeGreaterThan(0.04);
    const failing = after(4, { succeeded: false }, after(60, {}));
    expect(failing.success).toBeGreaterThan(0.8);
    expect(failing.success).toBeLessThan(0.95);
  });

  it('learns no time and no price from a failure', () => {
    const before = after(3, {});
    const failed = trackAfter(before, outcome({ succeeded: false, seconds: 99, usd: 9 }));
    expect([failed.seconds, failed.usd]).toEqual([before.seconds, before.usd]);
  });

  it('learns nothing of reliability from a probe that fails, and forgives with one that succeeds', () => {
    const opened = after(3, { succeeded: false }, after(30, {}));
    const again = trackAfter(opened, outcome({ succeeded: false, isProbe: true }));
    expect(again.success).toBe(opened.success);
    const back = trackAfter(opened, outcome({ isProbe: true }));
    expect(1 - back.success).toBeCloseTo((1 - opened.success) / 2, 6);
  });

  it('fades with time, and not when the clock is set back', () => {
    const track = after(10, {});
    expect(knownOf(track, dayMs)).toBeCloseTo(track.weight / 2, 6);
    expect(knownOf(track, -dayMs)).toBe(track.weight);
    const weekLater = trackAfter(track, outcome({ succeeded: false, at: 7 * dayMs }));
    expect(weekLater.success).toBeLessThan(0.1);
  });

  it('stays within its bounds whatever happens', () => {
    const anyOutcome = fc.record({
      succeeded: fc.boolean(),
      isProbe: fc.boolean(),
      seconds: fc.option(fc.double({ min: 0, max: 600, noNaN: true })),
      usd: fc.option(fc.double({ min: 0, max: 5, noNaN: true })),
      at: fc.integer({ min: -dayMs, max: 30 * dayMs }),
    });
    fc.assert(
      fc.property(fc.array(anyOutcome, { minLength: 1, maxLength: 60, size: 'max' }), (outcomes) => {
        let track: Track | null = null;
        for (const changes of outcomes) track = trackAfter(track, outcome(changes));
        expect(track?.success).toBeGreaterThanOrEqual(0);
        expect(track?.success).toBeLessThanOrEqual(1);
        expect(track?.weight).toBeLessThanOrEqual(40);
        expect(track?.seconds ?? 0).toBeLessThanOrEqual(600);
        expect(track?.usd ?? 0).toBeLessThanOrEqual(5);
      }),
      { seed: 22 },
    );
  });

  it('is told of what says something of the provider', () => {
    expect([null, 'server', 'timeout', 'rate_limit'].map((code) => isToldToTracks(code as 'server' | null))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect((['content_policy', 'offline', 'cancelled', 'auth'] as const).some(isToldToTracks)).toBe(false);
  });
});
