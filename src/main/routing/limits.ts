const minuteMs = 60_000;
/** So many starts may be remembered for nothing. */
const forgottenEvery = 1024;

/**
 * What one provider has been sent in the last minute. Times are milliseconds of a steady clock, so that a computer whose clock is set
 * neither sends too much nor waits too long.
 */
export interface MinuteWindow {
  /** Begins something that counts for a minute from then on. */
  begin(at: number): void;
  /** How many began in the minute before. */
  count(now: number): number;
  /** When one more may begin under this limit; null: now. */
  roomAt(limit: number | null, now: number): number | null;
  /** When `count` is next to change; null: it won't by itself. */
  changesAt(now: number): number | null;
}

export function createMinuteWindow(): MinuteWindow {
  /** Ascending; those before `first` are over. */
  let starts: number[] = [];
  let first = 0;
  const forget = (now: number): void => {
    while (first < starts.length && (starts[first] ?? now) <= now - minuteMs) first += 1;
    if (first > 1000 && first * 2 > starts.length) {
      starts = starts.slice(first);
      first = 0;
    }
  };
  return {
    begin: (at) => {
      const last = starts[starts.length - 1] ?? -Infinity;
      starts.push(at > last ? at : last);
      if (starts.length % forgottenEvery === 0) forget(at);
    },
    count: (now) => {
      forget(now);
      return starts.length - first;
    },
    roomAt: (limit, now) => {
      // Where there is room for all that is remembered, nothing need be forgotten.
      if (limit === null || starts.length - first < limit) return null;
      forget(now);
      if (starts.length - first < limit) return null;
      return (starts[starts.length - limit] ?? now) + minuteMs;
    },
    changesAt: (now) => {
      forget(now);
      const oldest = starts[first];
      return oldest === undefined ? null : oldest + minuteMs;
    },
  };
}
