import type { ProviderErrorCode } from '../../src/shared/errors.ts';
import type { ProviderStatus } from '../../src/shared/models/provider.ts';
import type { BreakerRule, Standing } from '../../src/shared/models/routing.ts';
import { breakerAfter, breakerAfterStart, breakerAt, closedBreaker } from '../../src/shared/routing/breaker.ts';
import { isToldToTracks, trackAfter } from '../../src/shared/routing/tracks.ts';

const minuteMs = 60_000;

interface Ended {
  /** Null: it succeeded. */
  readonly code: ProviderErrorCode | null;
  readonly seconds: number;
  readonly usd: number | null;
  readonly at: number;
  readonly pausedUntil: number | null;
  /** It began while the breaker was half open. */
  readonly wasProbe: boolean;
}

/** What is known of simulated providers while a day goes on. Times are milliseconds. */
export function createStandings(statuses: readonly ProviderStatus[], rule: BreakerRule) {
  const standings = new Map(statuses.map(({ manifest }) => [manifest.id, newStanding(manifest.id, manifest.limits)]));
  const starts = new Map(statuses.map(({ manifest }) => [manifest.id, [] as number[]]));
  const of = (provider: string): Standing =>
    standings.get(provider) ?? newStanding(provider, { atOnce: 1, perMinute: null });
  const change = (provider: string, changes: Partial<Standing>): Standing => {
    const changed = { ...of(provider), ...changes };
    standings.set(provider, changed);
    return changed;
  };
  const minute = (provider: string, now: number): Pick<Standing, 'startedLastMinute' | 'roomAt'> => {
    const lately = (starts.get(provider) ?? []).filter((at) => at > now - minuteMs);
    starts.set(provider, lately);
    const { perMinute } = of(provider);
    const oldest = perMinute === null ? undefined : lately.at(-perMinute);
    return { startedLastMinute: lately.length, roomAt: oldest === undefined ? null : oldest + minuteMs };
  };
  return {
    at(now: number): Standing[] {
      return [...standings.keys()].map((provider) => change(provider, minute(provider, now)));
    },
    start(provider: string, now: number): Standing {
      starts.get(provider)?.push(now);
      const { breaker, running } = of(provider);
      const begun = breakerAfterStart(breakerAt(breaker, rule, now));
      return change(provider, { breaker: begun, running: running + 1, ...minute(provider, now) });
    },
    end(provider: string, { code, seconds, usd, at, pausedUntil, wasProbe }: Ended): void {
      const standing = of(provider);
      const { breaker, running, tracks } = standing;
      const outcome = { model: 'm', operation: 'textToImage', succeeded: code === null, seconds, usd, at } as const;
      change(provider, {
        running: running - 1,
        breaker: breakerAfter(breakerAt(breaker, rule, at), rule, code, at, wasProbe),
        pausedUntil: pausedUntil ?? standing.pausedUntil,
        tracks: isToldToTracks(code) ? [trackAfter(tracks[0] ?? null, { ...outcome, isProbe: wasProbe })] : tracks,
      });
    },
    /** When the next provider that is at its limit a minute, or paused, has room; null: none is. */
    nextRoom(now: number): number | null {
      const times = [...standings.values()].flatMap(({ roomAt, pausedUntil }) => [roomAt ?? 0, pausedUntil ?? 0]);
      const later = times.filter((at) => at > now);
      return later.length === 0 ? null : Math.min(...later);
    },
  };
}

export function newStanding(provider: string, { atOnce, perMinute }: Pick<Standing, 'atOnce' | 'perMinute'>): Standing {
  return {
    provider,
    breaker: closedBreaker,
    pausedUntil: null,
    running: 0,
    atOnce,
    perMinute,
    startedLastMinute: 0,
    roomAt: null,
    tracks: [],
  };
}
