import type { Spending } from '../../shared/models/routing.ts';

/** What counts against the caps of the day and the month in all libraries of the data folder, kept up with every attempt so that nobody adds up a month for each decision. */
export interface SpendingBook {
  /** US dollars, those of what is under way included, here and elsewhere. `at`: now, in milliseconds since 1970. */
  at(at: number): Spending;
  /** An attempt was recorded: it counts this much, in US dollars, until it ends. */
  begin(id: string, usd: number, startedAt: number): Reservation;
  /** It has ended, and counts this much now. */
  end(reservation: Reservation, usd: number): void;
  /** Reads everything anew: something was decided that the book was not told of. */
  refresh(): void;
}

/** Money that is set aside for an attempt under way. */
export interface Reservation {
  readonly id: string;
  usd: number;
  readonly startedAt: number;
  /** Its place among those that are open. */
  place: number;
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
  countedNow,
  elsewhere,
  now,
}: {
  /** From the database, which is right after every restart. */
  spentSince: (since: number) => number;
  /** What an attempt counts there, in US dollars. */
  countedNow: (id: string) => number;
  /** What other libraries spent, in US dollars, and a number that is another one when that may have changed. */
  elsewhere: { readonly since: (since: number) => number; readonly changes: () => number };
  now: () => number;
}): SpendingBook {
  let day = { start: NaN, usd: 0 };
  let month = { start: NaN, usd: 0 };
  let others = { changes: NaN, day: 0, month: 0 };
  /** Attempts under way, as they are in the sums: their ends may be in the database already, and be told later. */
  const open: Reservation[] = [];
  const read = (at: number): void => {
    day = { start: dayStart(at), usd: spentSince(dayStart(at)) };
    month = { start: monthStart(at), usd: spentSince(monthStart(at)) };
    for (const reservation of open) reservation.usd = countedNow(reservation.id);
    others.changes = NaN;
  };
  const readOthers = (): void => {
    const changes = elsewhere.changes();
    if (changes === others.changes) return;
    others = { changes, day: elsewhere.since(day.start), month: elsewhere.since(month.start) };
  };
  /** Another day has begun, or the clock was set. */
  const turnOver = (at: number): void => {
    // A day has at most 25 hours: only then is the calendar asked.
    const isSameDay = at >= day.start && at - day.start < 23 * 3_600_000;
    if (!isSameDay && (dayStart(at) !== day.start || monthStart(at) !== month.start)) read(at);
  };
  // On a new day, the next question reads it from the database, where it is already.
  const add = (usd: number, startedAt: number): void => {
    if (startedAt >= day.start) day.usd += usd;
    if (startedAt >= month.start) month.usd += usd;
  };
  return {
    at: (at) => {
      turnOver(at);
      readOthers();
      // Sums of floating-point numbers may end a hair below nothing.
      return { day: Math.max(0, day.usd) + others.day, month: Math.max(0, month.usd) + others.month };
    },
    begin: (id, usd, startedAt) => {
      const reservation = { id, usd, startedAt, place: open.length };
      open.push(reservation);
      add(usd, startedAt);
      return reservation;
    },
    end: (reservation, usd) => {
      const last = open.pop();
      if (last !== undefined && last !== reservation) {
        last.place = reservation.place;
        open[last.place] = last;
      }
      add(usd - reservation.usd, reservation.startedAt);
    },
    refresh: () => {
      read(now());
    },
  };
}
