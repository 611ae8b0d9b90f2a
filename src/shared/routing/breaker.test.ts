import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { providerErrorCodes, type ProviderErrorCode } from '../errors.ts';
import { BreakerRule, type Breaker } from '../models/routing.ts';
import { breakerAfter, breakerAfterStart, breakerAt, closedBreaker, coolDownMs, letsPass } from './breaker.ts';

const rule = BreakerRule.parse({});
const hourMs = 3_600_000;
const start = 1_000 * hourMs;

const failed = (breaker: Breaker, times: number, now: number, code: ProviderErrorCode = 'server'): Breaker => {
  let after = breaker;
  for (let time = 0; time < times; time += 1) after = breakerAfter(after, rule, code, now);
  return after;
};

describe('a breaker', () => {
  it('opens after failures in a row, and a success ends the row', () => {
    const two = failed(closedBreaker, 2, start);
    expect(two.state).toBe('closed');
    expect(failed(breakerAfter(two, rule, null, start), 2, start).state).toBe('closed');
    expect(failed(two, 1, start)).toMatchObject({ state: 'open', until: start + 30_000, reason: 'server' });
  });

  it('opens at once where the next job would surely fail as well, and not where a request was refused', () => {
    expect(failed(closedBreaker, 1, start, 'quota').state).toBe('open');
    expect(failed(closedBreaker, 9, start, 'content_policy').state).toBe('closed');
    expect(failed(closedBreaker, 9, start, 'rate_limit').state).toBe('closed');
  });

  it('cools down longer each time in a row, up to a bound, and from the beginning after a success', () => {
    let breaker = failed(closedBreaker, 3, start);
    let now = start;
    const coolDowns: number[] = [];
    for (let time = 0; time < 12; time += 1) {
      coolDowns.push((breaker.until ?? 0) - now);
      now = breaker.until ?? 0;
      breaker = failed(breakerAfterStart(breakerAt(breaker, rule, now)), 1, now);
    }
    expect(coolDowns.slice(0, 6)).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 600_000]);
    expect(coolDowns.at(-1)).toBe(600_000);
    const back = breakerAfter(breakerAt(breaker, rule, breaker.until ?? 0), rule, null, now);
    expect(back).toEqual(closedBreaker);
  });

  it('never lets a second one pass while the first is under way, nor cools down longer than its bound', () => {
    const anyEvent = fc.oneof(
      fc.record({ kind: fc.constant('start' as const) }),
      fc.record({
        kind: fc.constant('end' as const),
        which: fc.nat(),
        code: fc.constantFrom(null, 'server' as const, 'server' as const, 'cancelled' as const, ...providerErrorCodes),
      }),
      // Clocks are set, too: by an hour and by a day, back and forward.
      fc.record({
        kind: fc.constant('time' as const),
        ms: fc.constantFrom(1_000, 30_000, 30_000, 600_000, 600_000, hourMs, -hourMs, 24 * hourMs, -24 * hourMs),
      }),
    );
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 80, size: 'max' }), (events) => {
        let breaker: Breaker = failed(closedBreaker, 2, start);
        let now = start;
        // True for each that is under way and began as the probe.
        const underWay: boolean[] = [];
        for (const event of events) {
          breaker = breakerAt(breaker, rule, now);
          if (event.kind === 'time') now += event.ms;
          else if (event.kind === 'start' && letsPass(breaker)) {
            underWay.push(breaker.state === 'half_open');
            breaker = breakerAfterStart(breaker);
          } else if (event.kind === 'end' && underWay.length > 0) {
            const [wasProbe] = underWay.splice(event.which % underWay.length, 1);
            breaker = breakerAfter(breaker, rule, event.code, now, wasProbe);
          }
          expect(underWay.filter(Boolean).length).toBeLessThanOrEqual(1);
          const seen = breakerAt(breaker, rule, now);
          if (seen.state === 'open')
            expect((seen.until ?? 0) - now).toBeLessThanOrEqual(coolDownMs(rule, seen.openings));
          expect(coolDownMs(rule, seen.openings)).toBeLessThanOrEqual(600_000);
        }
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it.each([-hourMs, -24 * hourMs])('cools down no longer when the clock is set back by %d ms', (ms) => {
    const open = failed(closedBreaker, 3, start);
    const seen = breakerAt(open, rule, start + ms);
    expect(seen).toMatchObject({ state: 'open', until: start + ms + 30_000 });
  });

  it.each([hourMs, 24 * hourMs])('is half open when the clock is set forward by %d ms', (ms) => {
    expect(breakerAt(failed(closedBreaker, 3, start), rule, start + ms).state).toBe('half_open');
  });
});
