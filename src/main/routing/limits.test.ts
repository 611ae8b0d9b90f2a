import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMinuteWindow } from './limits.ts';

describe('the window of a minute', () => {
  it('never lets more begin in any minute than allowed, and wastes next to nothing of what is allowed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 15_000 }), { minLength: 1, maxLength: 200 }),
        (limit, gaps) => {
          const window = createMinuteWindow();
          const begun: number[] = [];
          let now = 0;
          for (const gap of gaps) {
            now += gap;
            const roomAt = window.roomAt(limit, now);
            if (roomAt !== null) {
              expect(roomAt).toBeGreaterThan(now);
              // Who waits until then may begin.
              now = roomAt;
              expect(window.roomAt(limit, now)).toBeNull();
            }
            window.begin(now);
            begun.push(now);
            // The minute that ends now, its first moment left out.
            expect(begun.filter((at) => at > now - 60_000).length).toBeLessThanOrEqual(limit);
            expect(window.count(now)).toBe(begun.filter((at) => at > now - 60_000).length);
          }
        },
      ),
    );
  });

  it('uses the whole allowance of somebody who always wants more', () => {
    const window = createMinuteWindow();
    let begun = 0;
    for (let now = 0; now < 600_000; now += 100) {
      while (window.roomAt(60, now) === null) {
        window.begin(now);
        begun += 1;
      }
    }
    expect(begun).toBeGreaterThanOrEqual(0.98 * 600);
    expect(begun).toBeLessThanOrEqual(600 + 60);
  });
});
