import { describe, expect, it } from 'vitest';
import { createSpendingBook, type Reservation } from './spending.ts';

/** Noon of the last day but one of a month. */
const noon = new Date(2026, 10, 29, 12).getTime();
const hour = 3_600_000;

function book(attempts: { usd: number; at: number }[]) {
  const clock = { now: noon };
  const ends = new Map<string, { usd: number; at: number }>();
  const spentSince = (since: number): number =>
    attempts.filter(({ at }) => at >= since).reduce((sum, { usd }) => sum + usd, 0);
  const others = { changes: 0, spent: [] as { usd: number; at: number }[], reads: 0 };
  const spending = createSpendingBook({
    spentSince,
    countedNow: (id) => ends.get(id)?.usd ?? 0,
    elsewhere: {
      since: (since) => {
        others.reads += 1;
        return others.spent.filter(({ at }) => at >= since).reduce((sum, { usd }) => sum + usd, 0);
      },
      changes: () => others.changes,
    },
    now: () => clock.now,
  });
  return {
    spending,
    others,
    spent: () => spending.at(clock.now),
    clock,
    spend: (usd: number): Reservation => {
      spending.at(clock.now);
      const attempt = { usd, at: clock.now };
      attempts.push(attempt);
      ends.set(`a${ends.size}`, attempt);
      return spending.begin(`a${ends.size - 1}`, usd, clock.now);
    },
    /** The database has it before the book is told. */
    ended: (id: string, usd: number): void => {
      Object.assign(ends.get(id) ?? {}, { usd });
    },
  };
}

describe('the book of spending', () => {
  it('begins with what the library has spent, and counts on', () => {
    const { spent, spend } = book([
      { usd: 1, at: noon - 30 * 24 * hour },
      { usd: 2, at: noon - 20 * hour },
      { usd: 4, at: noon - hour },
    ]);
    expect(spent()).toEqual({ day: 4, month: 6 });
    spend(0.5);
    expect(spent()).toEqual({ day: 4.5, month: 6.5 });
  });

  it('counts what an attempt cost once, though it is told of it after it has read everything anew', () => {
    const { spending, spent, spend, ended } = book([]);
    const first = spend(0.04);
    const second = spend(1);
    ended('a0', 0.01);
    spending.refresh();
    expect(spent().day).toBeCloseTo(1.01);
    spending.end(first, 0.01);
    expect(spent().day).toBeCloseTo(1.01);
    ended('a1', 0.5);
    spending.end(second, 0.5);
    expect(spent()).toEqual({ day: expect.closeTo(0.51) as number, month: expect.closeTo(0.51) as number });
  });

  it('knows which of many under way have ended, in whatever order', () => {
    const { spending, spent, spend, ended } = book([]);
    const reservations = [1, 2, 4, 8].map(spend);
    for (const [at, usd] of [
      [1, 0.5],
      [0, 0.25],
    ] as const) {
      ended(`a${at}`, usd);
      spending.end(reservations[at]!, usd);
    }
    ended('a3', 7);
    spending.refresh();
    expect(spent().day).toBe(0.25 + 0.5 + 4 + 7);
    spending.end(reservations[3]!, 7);
    ended('a2', 3);
    spending.end(reservations[2]!, 3);
    expect(spent().day).toBe(0.25 + 0.5 + 3 + 7);
  });

  it('reads an attempt of an earlier run from the database', () => {
    const attempts = [{ usd: 1, at: noon }];
    const { spending, spent } = book(attempts);
    spent();
    attempts[0] = { usd: 0.25, at: noon };
    spending.refresh();
    expect(spent().day).toBe(0.25);
  });

  it('counts what other libraries spent as soon as it was noted, and reads it only then', () => {
    const { spent, spend, others, clock } = book([{ usd: 1, at: noon }]);
    expect(spent()).toEqual({ day: 1, month: 1 });
    others.spent.push({ usd: 2, at: noon }, { usd: 4, at: noon - 48 * hour });
    others.changes += 1;
    expect(spent()).toEqual({ day: 3, month: 7 });
    const { reads } = others;
    spend(0.5);
    expect([spent(), others.reads]).toEqual([{ day: 3.5, month: 7.5 }, reads]);
    clock.now += 24 * hour;
    expect(spent()).toEqual({ day: 0, month: 7.5 });
  });

  it('begins a day and a month anew', () => {
    const { spent, spend, clock } = book([]);
    spend(1);
    clock.now += 24 * hour;
    expect(spent()).toEqual({ day: 0, month: 1 });
    spend(2);
    clock.now += 24 * hour;
    expect(spent()).toEqual({ day: 0, month: 0 });
  });

  it.each([
    [-hour, 1],
    [hour, 1],
    [-24 * hour, 1],
    [24 * hour, 0],
  ])('never counts twice when the clock is set by %d ms', (by, day) => {
    const { spent, spend, clock } = book([]);
    spend(1);
    clock.now += by;
    expect(spent().day).toBe(day);
    clock.now -= by;
    expect(spent()).toEqual({ day: 1, month: 1 });
  });
});
