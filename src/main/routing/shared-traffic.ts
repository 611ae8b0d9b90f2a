import type { ProviderManifest } from '../../shared/models/provider.ts';
import type { Breaker, RoutingSettings } from '../../shared/models/routing.ts';
import { closedBreaker } from '../../shared/routing/breaker.ts';
import type { Accounts } from '../database/accounts.ts';
import type { Database } from '../database/database.ts';
import { lastEndedAttempts, type StoredStanding } from '../database/standings.ts';
import type { Log } from '../log.ts';
import { minuteMs, rememberedStandings, startsOfLastMinute } from './account-memory.ts';
import type { UnderWay } from './gate.ts';
import { outcomesOf } from './outcomes.ts';
import { createTraffic, type Traffic } from './traffic.ts';

/** The traffic of all Easels on one data folder: what another one sends, or is asked for, holds for this one from its next question on. */
export interface SharedTraffic {
  /** As it is now. */
  readonly now: () => Traffic;
  /** Begins anew with what is known: another library that was open until now may have sent something meanwhile. */
  recall(): void;
  /** An attempt of this Easel, which counts already. `startedAt`: milliseconds since 1970. */
  began(id: string, startedAt: number): void;
}

/** Attempts of a provider that are read again at the start, to know how its models do. */
const rememberedAttempts = 200;

export function createSharedTraffic(dependencies: {
  manifests: () => readonly ProviderManifest[];
  database: Database;
  accounts: Accounts;
  settings: () => Pick<RoutingSettings, 'breaker' | 'limits'>;
  /** An attempt of an earlier run that is still under way. */
  onResume: (id: string, underWay: UnderWay) => void;
  log: Log;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Milliseconds of a clock that nobody sets. */
  steady: () => number;
  /** A library that is only read keeps nothing. */
  isReadOnly: boolean;
}): SharedTraffic {
  const { manifests, database, accounts, settings, onResume, log, now, steady, isReadOnly } = dependencies;
  /** Attempts of the last minute that count already, by when they began. */
  const counted = new Map<string, number>();
  /** Standings as the accounts have them, as they were kept or read last. */
  const known = new Map<string, StoredStanding>();
  /** Those that could not be kept. */
  const unkept = new Map<string, StoredStanding>();
  let changes = NaN;

  const keep = (standing: StoredStanding): void => {
    if (accounts.keep(standing, now())) {
      known.set(standing.provider, standing);
      unkept.delete(standing.provider);
    } else unkept.set(standing.provider, standing);
  };

  const recall = (): Traffic => {
    // Whatever is written from here on is news.
    changes = accounts.changes();
    const remembered = rememberedStandings({ database, accounts, isReadOnly, log });
    known.clear();
    unkept.clear();
    // What only the library knows is not missed there.
    for (const standing of accounts.standings() ?? []) known.set(standing.provider, standing);
    const recalled = createTraffic({
      manifests: manifests(),
      settings,
      remembered,
      remember: (standing) => {
        if (!isReadOnly) keep(standing);
      },
      history: (provider) => lastEndedAttempts(database.read, provider, rememberedAttempts).flatMap(outcomesOf),
      now,
      steady,
    });
    counted.clear();
    for (const attempt of startsOfLastMinute({ database, accounts, now: now() })) {
      counted.set(attempt.id, attempt.startedAt);
      const underWay = recalled.gate(attempt.provider)?.resume(attempt.startedAt, attempt.isOpen) ?? null;
      if (underWay !== null) onResume(attempt.id, underWay);
    }
    return recalled;
  };
  let traffic = recall();

  const takeOverStarts = (): void => {
    const since = now() - minuteMs - 1;
    for (const [id, startedAt] of counted) if (startedAt < since) counted.delete(id);
    for (const start of accounts.startsSince(since)) {
      if (counted.has(start.id)) continue;
      counted.set(start.id, start.startedAt);
      traffic.gate(start.provider)?.resume(start.startedAt, false);
    }
  };

  const takeOverStandings = (): void => {
    // What this one was told is not lost to what the others know.
    for (const standing of [...unkept.values()]) keep(standing);
    const standings = accounts.standings();
    if (standings === null) {
      changes = NaN;
      return;
    }
    const left = new Set(known.keys());
    for (const standing of standings) {
      left.delete(standing.provider);
      if (unkept.has(standing.provider)) continue;
      const before = known.get(standing.provider);
      if (before !== undefined && isSame(before, standing)) continue;
      known.set(standing.provider, standing);
      traffic.gate(standing.provider)?.takeOver(standing);
    }
    // Another Easel was told to let it begin anew.
    for (const provider of left) {
      known.delete(provider);
      if (unkept.has(provider)) continue;
      const anew = { provider, breaker: closedBreaker, pausedUntil: null, pauseMs: null, triedSince: null };
      traffic.gate(provider)?.takeOver(anew);
    }
  };

  return {
    now: () => {
      traffic.clocks.read();
      const latest = accounts.changes();
      if (latest !== changes) {
        changes = latest;
        // Times of the other one are by the clock as it is now.
        traffic.clocks.compare();
        takeOverStarts();
        takeOverStandings();
      }
      return traffic;
    },
    recall: () => {
      traffic = recall();
    },
    began: (id, startedAt) => {
      counted.set(id, startedAt);
    },
  };
}

function isSame(one: StoredStanding, other: StoredStanding): boolean {
  return (
    one.pausedUntil === other.pausedUntil &&
    one.pauseMs === other.pauseMs &&
    one.triedSince === other.triedSince &&
    isSameBreaker(one.breaker, other.breaker)
  );
}

function isSameBreaker(one: Breaker, other: Breaker): boolean {
  return (Object.keys(closedBreaker) as (keyof Breaker)[]).every((part) => one[part] === other[part]);
}
