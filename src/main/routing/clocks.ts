/** Clocks are corrected by less all the time. */
const noticedJumpMs = 1_000;
/** How often it is looked whether the clock was set. */
const comparedEveryMs = 20;

/** The time by the clock of the day and by one that nobody sets, as they were read last. */
export interface Clocks {
  /** Milliseconds since 1970. */
  at: number;
  /** Milliseconds of the steady one. */
  steadyAt: number;
  read(): void;
  /** Reads both, and looks at once whether that of the day was set. */
  compare(): void;
}

/**
 * Reading a clock takes its time beside a decision: that of the day is reckoned from the steady one. `onSetBack` is told by how
 * many milliseconds, below 0, the clock of the day was set back.
 */
export function createClocks({
  now,
  steady,
  onSetBack,
}: {
  now: () => number;
  steady: () => number;
  onSetBack: (jumpMs: number) => void;
}): Clocks {
  let ahead = now() - steady();
  let comparedAt = steady();
  const readAll = (everyMs: number): void => {
    clocks.steadyAt = steady();
    if (clocks.steadyAt - comparedAt >= everyMs) {
      comparedAt = clocks.steadyAt;
      const jumpMs = now() - clocks.steadyAt - ahead;
      ahead += jumpMs;
      if (jumpMs <= -noticedJumpMs) onSetBack(jumpMs);
    }
    clocks.at = Math.floor(clocks.steadyAt + ahead);
  };
  const clocks: Clocks = {
    at: now(),
    steadyAt: comparedAt,
    read: () => {
      readAll(comparedEveryMs);
    },
    compare: () => {
      readAll(0);
    },
  };
  return clocks;
}
