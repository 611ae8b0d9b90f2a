import { existsSync } from 'node:fs';
import type { Log } from '../log.ts';
import type { Database, Reader, Writer } from './database.ts';
import { dropStanding, standingsFrom, type StandingRow, type StoredStanding } from './standings.ts';

/** An attempt that was sent, whichever library it belongs to. `startedAt`: milliseconds since 1970. */
export interface Start {
  readonly id: string;
  readonly provider: string;
  readonly startedAt: number;
}

/** What an attempt or a training counts against the caps, in US dollars. `library`: the file of the one it belongs to. */
export interface Spent {
  readonly id: string;
  readonly library: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly usd: number;
}

/**
 * What services expect of whoever holds an account with them, whichever library is open: how much was sent lately, who asked to be
 * left alone, whose breaker is open, and what was spent. Nothing here throws: what can't be kept is logged, and generation goes on.
 */
export interface Accounts {
  /** False: all of it is forgotten when Easel ends. */
  readonly isKept: boolean;
  /** Null: they can't be read now. */
  standings(): StoredStanding[] | null;
  /** Attempts that began after this, in milliseconds since 1970; in no order. */
  startsSince(since: number): Start[];
  /**
   * Another Easel may have kept a longer pause meanwhile, or a breaker that is open for longer: that stays. A breaker goes by what
   * ends it all the same: a success, a reset, or that the provider is back whose absence opened it. False: it could not be kept.
   */
  keep(standing: StoredStanding, now: number): boolean;
  /** Takes over what a library says of services that nothing is known of here. False: it could not. */
  adopt(standings: readonly StoredStanding[]): boolean;
  /** `spent`: what is set aside for it. */
  noteStart(start: Start, spent?: Spent): void;
  /** It counts this much from now on. */
  noteSpent(spent: Spent): void;
  /**
   * All that a library counts since then, so that others see it. What is noted for it and is not among this counts nothing where
   * the library knows it; where it does not, an older copy of the library was put back, and it stays as what was spent elsewhere.
   */
  settleSpent(
    library: string,
    since: number,
    own: { readonly counted: readonly Omit<Spent, 'library'>[]; readonly isKnown: (id: string) => boolean },
  ): void;
  /** US dollars that the other libraries count since then. */
  spentElsewhere(library: string, since: number): number;
  /** Another number whenever another Easel may have noted something. */
  changes(): number;
  /**
   * Lets no other Easel note anything until the work is done, so that what it reads is still true when it notes what it decided.
   * Where that can't be had, the work is done all the same. Throws what the work throws.
   */
  alone<Result>(work: () => Result): Result;
  /** It begins anew: no pause is left of it. */
  forget(provider: string): void;
  close(): void;
}

/** Limits are by the minute; the rest is for clocks that are set. */
const keptMs = 3_600_000;
/** Caps are by the month, and clocks are set: two months. */
const spentKeptMs = 62 * 86_400_000;
/** Of no library that is there: what was spent since an older copy of one was made. */
const lost = '';

export function accountsIn(
  database: Database,
  { isKept, log }: { readonly isKept: boolean; readonly log: Log },
): Accounts {
  const attempt = <Result>(what: string, otherwise: Result, work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      log.error(what, error);
      return otherwise;
    }
  };
  /** While nobody else may write. */
  let held: Writer | null = null;
  const change = (work: (writer: Writer) => void): boolean =>
    attempt('what a service asked for could not be kept', false, () => {
      if (held === null) database.writeRepeatable(work);
      else work(held);
      return true;
    });
  const save = (writer: Writer, { provider, breaker, pausedUntil, pauseMs, triedSince }: StoredStanding): void => {
    writer.run(
      `INSERT INTO standings (provider, breaker, paused_until, pause_ms, tried_since) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (provider) DO UPDATE SET breaker = excluded.breaker, paused_until = excluded.paused_until,
         pause_ms = excluded.pause_ms, tried_since = excluded.tried_since`,
      provider,
      JSON.stringify(breaker),
      pausedUntil,
      pauseMs,
      triedSince,
    );
  };
  const columns = `provider, breaker, paused_until AS pausedUntil, pause_ms AS pauseMs, tried_since AS triedSince`;
  const stored = (reader: Reader): StoredStanding[] =>
    standingsFrom(reader.all<StandingRow>(`SELECT ${columns} FROM standings LIMIT ?`, 1000), log);
  const storedOf = (reader: Reader, provider: string): StoredStanding | undefined =>
    standingsFrom(reader.all<StandingRow>(`SELECT ${columns} FROM standings WHERE provider = ?`, provider), log)[0];
  const saveSpent = (writer: Writer, { id, library, startedAt, usd }: Spent): void => {
    if (usd <= 0) {
      writer.run(`DELETE FROM spent WHERE id = ?`, id);
      return;
    }
    writer.run(
      `INSERT INTO spent (id, library, started_at, usd) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET library = excluded.library, started_at = excluded.started_at, usd = excluded.usd`,
      id,
      library,
      startedAt,
      usd,
    );
  };
  return {
    isKept,
    standings: () => attempt('what services asked for could not be read', null, () => stored(database.read)),
    startsSince: (since) =>
      attempt('what was sent lately could not be read', [], () =>
        database.read.all<Start>(
          `SELECT id, provider, started_at AS startedAt FROM starts WHERE started_at > ? LIMIT ?`,
          since,
          100_000,
        ),
      ),
    keep: (standing, now) =>
      change((writer) => {
        const before = storedOf(writer, standing.provider);
        save(
          writer,
          before
            ? { ...standing, ...longerPause(before, standing, now), ...openBreaker(before, standing, now) }
            : standing,
        );
      }),
    adopt: (standings) =>
      change((writer) => {
        const known = new Set(stored(writer).map(({ provider }) => provider));
        for (const standing of standings) if (!known.has(standing.provider)) save(writer, standing);
      }),
    noteStart: ({ id, provider, startedAt }, spent) => {
      change((writer) => {
        if (spent) saveSpent(writer, spent);
        writer.run(`INSERT OR IGNORE INTO starts (id, provider, started_at) VALUES (?, ?, ?)`, id, provider, startedAt);
        writer.run(`DELETE FROM starts WHERE started_at < ?`, startedAt - keptMs);
      });
    },
    noteSpent: (spent) => {
      change((writer) => {
        saveSpent(writer, spent);
      });
    },
    settleSpent: (library, since, { counted, isKnown }) => {
      change((writer) => {
        const noted = new Map(
          writer
            .all<Spent>(
              `SELECT id, library, started_at AS startedAt, usd FROM spent WHERE started_at >= ? LIMIT ?`,
              since,
              1_000_000,
            )
            .map((row) => [row.id, row]),
        );
        for (const charge of counted) {
          const before = noted.get(charge.id);
          noted.delete(charge.id);
          if (before?.library === library && before.usd === charge.usd) continue;
          // That of a library that was moved is taken along; of two copies, the one that noted it first keeps it.
          if (before && before.library !== library && before.library !== lost && existsSync(before.library)) continue;
          saveSpent(writer, { ...charge, library });
        }
        for (const row of noted.values()) {
          if (row.library === library)
            saveSpent(writer, isKnown(row.id) ? { ...row, usd: 0 } : { ...row, library: lost });
        }
        writer.run(`DELETE FROM spent WHERE started_at < ?`, since - spentKeptMs);
      });
    },
    spentElsewhere: (library, since) =>
      attempt(
        'what other libraries spent could not be read',
        0,
        () =>
          database.read.get<{ usd: number | null }>(
            `SELECT sum(usd) AS usd FROM spent WHERE started_at >= ? AND library <> ?`,
            since,
            library,
          )?.usd ?? 0,
      ),
    changes: () =>
      attempt(
        'what other libraries spent could not be read',
        0,
        () =>
          database.read.get<{ version: number }>(`SELECT data_version AS version FROM pragma_data_version`)?.version ??
          0,
      ),
    alone: <Result>(work: () => Result): Result => {
      let end: { readonly result: Result } | { readonly error: unknown } | null = null;
      attempt('other Easels could not be kept from deciding meanwhile', undefined, () => {
        database.writeRepeatable((writer) => {
          held = writer;
          try {
            end = { result: work() };
          } catch (error) {
            // What was noted stays: it is recorded in the library.
            end = { error };
          } finally {
            held = null;
          }
        });
      });
      const ended = end as { readonly result: Result } | { readonly error: unknown } | null;
      if (ended === null) return work();
      if ('error' in ended) throw ended.error;
      return ended.result;
    },
    forget: (provider) => {
      change((writer) => {
        dropStanding(writer, provider);
      });
    },
    close: () => {
      database.close();
    },
  };
}

function longerPause(before: StoredStanding, now: StoredStanding, at: number): Partial<StoredStanding> {
  const { pausedUntil, pauseMs } = before;
  const isLonger = pausedUntil !== null && pausedUntil > Math.max(at, now.pausedUntil ?? 0);
  // One that ends later than it was to last is of a clock that was set back.
  return isLonger && pausedUntil <= at + (pauseMs ?? 0) ? { pausedUntil, pauseMs } : {};
}

function openBreaker(before: StoredStanding, now: StoredStanding, at: number): Partial<StoredStanding> {
  const { state, until, reason, openings } = before.breaker;
  // One that is tried meanwhile: the Easel that tries it, or is told to let it begin anew, knows better.
  if (before.triedSince !== null) return {};
  if (state !== 'open' || until === null || until <= Math.max(at, now.breaker.until ?? 0)) return {};
  // A pause is kept with the breaker as it was, and says nothing of it.
  const isWell = now.breaker.state === 'closed' && now.breaker.failuresInARow === 0 && now.pausedUntil === null;
  const isBack = now.breaker.state === 'half_open' && now.breaker.reason === reason && now.breaker.openings >= openings;
  // As many openings make as long a cool-down: the one that ends later began by a clock that was set back since.
  const isSame = now.breaker.state === 'open' && now.breaker.reason === reason && now.breaker.openings === openings;
  return isWell || isBack || isSame ? {} : { breaker: before.breaker, triedSince: before.triedSince };
}
