import type { Database } from '../database/database.ts';
import type { Accounts } from '../database/accounts.ts';
import {
  dropStanding,
  dropStandings,
  readStandings,
  startedAttempts,
  type StoredStanding,
} from '../database/standings.ts';
import type { Log } from '../log.ts';

export const minuteMs = 60_000;

/**
 * What is remembered of the services. Older Easels kept it in each library: it is moved to the accounts once, and a library that is
 * only read, or accounts that are not kept, leave it where it is.
 */
export function rememberedStandings({
  database,
  accounts,
  isReadOnly,
  log,
}: {
  database: Database;
  accounts: Accounts;
  isReadOnly: boolean;
  log: Log;
}): StoredStanding[] {
  const inLibrary = readStandings(database.read, log);
  if (inLibrary.length > 0 && !isReadOnly && accounts.isKept && accounts.adopt(inLibrary)) {
    try {
      database.writeRepeatable(dropStandings);
      return accounts.standings() ?? inLibrary;
    } catch (error) {
      log.error('what services asked for could not be moved out of the library', error);
    }
  }
  const known = accounts.standings() ?? [];
  const isKnown = new Set(known.map(({ provider }) => provider));
  return [...known, ...inLibrary.filter(({ provider }) => !isKnown.has(provider))];
}

/** A provider begins anew, wherever something is remembered of it. Throws AppError. */
export function forgetStanding(
  { database, accounts }: { readonly database: Database; readonly accounts: Accounts },
  provider: string,
): void {
  accounts.forget(provider);
  // It was never moved, and would be back at the next start.
  if (accounts.isKept) return;
  database.writeRepeatable((writer) => {
    dropStanding(writer, provider);
  });
}

/**
 * Attempts of this library that are open, and of whichever library that began within the last minute, oldest first. One that is to
 * have begun a little later than now counts, since clocks are set by themselves; one of more than a minute would at every start.
 */
export function startsOfLastMinute({
  database,
  accounts,
  now,
}: {
  database: Database;
  accounts: Accounts;
  now: number;
}): { id: string; provider: string; startedAt: number; isOpen: boolean }[] {
  // Times are kept in whole milliseconds: one more, so that none of the last minute is left out.
  const since = now - minuteMs - 1;
  const ofLibrary = startedAttempts(database.read, since, now + minuteMs);
  const known = new Set(ofLibrary.map(({ id }) => id));
  const elsewhere = accounts.startsSince(since).filter(({ id }) => !known.has(id));
  return [...ofLibrary, ...elsewhere.map((start) => ({ ...start, isOpen: false }))].sort(
    (one, other) => one.startedAt - other.startedAt,
  );
}
