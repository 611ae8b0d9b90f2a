import type { Clocks } from './clocks.ts';
import type { Remembered } from './remembered.ts';

/** Until when a service is left alone that had too many requests. The clocks are read by the caller. */
export interface Pauses {
  /** Milliseconds since 1970; null: it is not left alone. */
  readonly until: () => number | null;
  /** How long that pause was to be, in milliseconds; null: there is none. */
  readonly lengthMs: () => number | null;
  /**
   * It said no to an attempt that began then, by the steady clock. `askedMs`: how long it wants to be left alone; null: it gave no
   * time, and each such pause in a row doubles.
   */
  readonly begin: (askedMs: number | null, begunAt: number) => void;
  /** It works again. */
  readonly succeeded: () => void;
  /** Ends one that is over, and one that lasts for longer than it was to, because the clock was set back. */
  readonly settle: () => void;
  /** The clock of the day was set by so many milliseconds. */
  readonly takeAlong: (jumpMs: number) => void;
  /** What another Easel kept. */
  readonly takeOver: (kept: Pick<Remembered, 'pausedUntil' | 'pauseMs'>) => void;
  readonly forget: () => void;
}

const firstMs = 2_000;
const longestMs = 300_000;
/** A service that asks for more is tried again after this. */
const longestAskedMs = 3_600_000;

export function createPauses(clocks: Clocks, known: Remembered | undefined): Pauses {
  let until = known?.pausedUntil ?? null;
  let lengthMs = known?.pauseMs ?? longestAskedMs;
  /** When it was asked for, by the steady clock. */
  let askedAt = -Infinity;
  /** Pauses in a row that the service gave no time for. */
  let inARow = 0;
  return {
    until: () => until,
    lengthMs: () => (until === null ? null : lengthMs),
    begin: (askedMs, begunAt) => {
      // Those that were under way already when it asked to be left alone say the same once more.
      const isNew = begunAt >= askedAt;
      const usual = Math.min(longestMs, firstMs * 2 ** Math.max(0, inARow - (isNew ? 0 : 1)));
      const itsMs = Math.min(longestAskedMs, askedMs ?? usual);
      if (isNew) {
        if (askedMs === null) inARow += 1;
        askedAt = clocks.steadyAt;
      }
      if (clocks.at + itsMs <= (until ?? 0)) return;
      until = clocks.at + itsMs;
      lengthMs = itsMs;
    },
    succeeded: () => {
      inARow = 0;
    },
    settle: () => {
      if (until === null) return;
      until = until <= clocks.at ? null : Math.min(until, clocks.at + lengthMs);
    },
    takeAlong: (jumpMs) => {
      if (until !== null) until = Math.floor(until + jumpMs);
    },
    takeOver: ({ pausedUntil, pauseMs }) => {
      until = pausedUntil;
      lengthMs = pauseMs ?? longestAskedMs;
    },
    forget: () => {
      until = null;
      inARow = 0;
    },
  };
}
