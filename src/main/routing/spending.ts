import type { Spending } from '../../shared/models/routing.ts';

/** What counts against the caps of the day and the month, kept up with every attempt so that nobody adds up a month for each decision. */
export interface SpendingBook {
  /** US dollars, those of what is under way included. */
  now(): Spending;
  /** An attempt that began then counts this much more, or less, in US dollars. */
  add(usd: number, startedAt: number): void;
  /** Reads everything anew: something was decided that the book was not told of. */
  refresh(): void;
}

/** The beginning of the day, and of the month, by this computer's clock, in milliseconds since 1970. */
export function dayStart(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

export function monthStart(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), 1).getTime();
}

export function createSpendingBook({
  spentSince,
  now,
}: {
  /** From the database, which is right after every restart. */
  spentSince: (since: number) => number;
  now: () => number;
}): SpendingBook {
  let day = { start: NaN, usd: 0 };
  let month = { start: NaN, usd: 0 };
  const read = (at: number): void => {
    day = { start: dayStart(at), usd: spentSince(dayStart(at)) };
    month = { start: monthStart(at), usd: spentSince(monthStart(at)) };
  };
  /** Another day has begun, or the clock was set. */
  const turnOver = (): void => {
    const at = now();
    // A day has at most 25 hours: only then is the calendar asked.
    const isSameDay = at >= day.start && at - day.start < 23 * 3_600_000;
    if (!isSameDay && (dayStart(at) !== day.start || monthStart(at) !== month.start)) read(at);
  };
  return {
    now: () => {
      turnOver();
      // Sums of floating-point numbers may end a hair below nothing.
      return { day: Math.max(0, day.usd), month: Math.max(0, month.usd) };
    },
    // On a new day, the next question reads it from the database, where it is already.
    add: (usd, startedAt) => {
      if (startedAt >= day.start) day.usd += usd;
      if (startedAt >= month.start) month.usd += usd;
    },
    refresh: () => {
      read(now());
    },
  };
}
