import { app } from 'electron';
import type { Log } from '../log.ts';

/** Whoever quits should not wait longer than this. Nothing is lost then: the next start finishes what was under way. */
const longestCloseMs = 10_000;

/**
 * Closes what lies behind the window before the program ends. That happens in `will-quit`, after the windows are gone, so that
 * quitting looks immediate; running jobs are left as they stand, and the next start takes them up.
 */
export function closeBeforeQuit(close: () => Promise<void>, log: Log): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void within(close(), longestCloseMs)
      .catch((error: unknown) => {
        log.error('closing failed', error);
      })
      .finally(() => {
        state = 'closed';
        app.quit();
      });
  });
}

function within(work: Promise<void>, milliseconds: number): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`It took longer than ${milliseconds} ms.`)), milliseconds);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
