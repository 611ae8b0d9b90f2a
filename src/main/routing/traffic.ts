import type { ProviderErrorCode } from '../../shared/errors.ts';
import type { ProviderManifest } from '../../shared/models/provider.ts';
import type { Breaker, RoutingSettings, Standing, Track } from '../../shared/models/routing.ts';
import { breakerAfter, breakerAfterStart, breakerAt, closedBreaker, letsPass } from '../../shared/routing/breaker.ts';
import { trackAfter, type Outcome } from '../../shared/routing/tracks.ts';
import { createMinuteWindow, type MinuteWindow } from './limits.ts';

/** How an attempt ended. `code`: why it failed; null: it succeeded. */
export interface AttemptEnd {
  readonly id: string;
  readonly provider: string;
  readonly code: ProviderErrorCode | null;
  /** How long the service asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | null;
  /** What can be learned from it; null: nothing, it was not the provider's doing. */
  readonly outcome: Outcome | null;
}

/** What must not be forgotten when Easel ends. */
export interface Remembered {
  readonly provider: string;
  readonly breaker: Breaker;
  readonly pausedUntil: number | null;
}

/** Who works on how much, who may be sent something now, and how everybody did. All of it is in memory; nothing waits here. */
export interface Traffic {
  standings(): readonly Standing[];
  /** A job is on its way to a provider: counted as under way until the returned function is called. */
  readonly expect: (provider: string) => () => void;
  /** Whether one more attempt may begin now. In the same turn of the event loop, `begin` keeps the promise. */
  readonly hasRoom: (provider: string) => boolean;
  begin(attempt: { id: string; provider: string }): void;
  /** An attempt of an earlier run of Easel goes on. */
  resume(attempt: { id: string; provider: string; startedAt: number; isOpen: boolean }): void;
  /** Answers false for an attempt that it does not know, or that was told before. */
  end(attempt: AttemptEnd): boolean;
  /** It could not be reached, or refused its key, and is ready now: one job may try at once, whatever is left of the cool-down. */
  cameBack(provider: string): void;
  /** Closes the breaker and forgets a pause. */
  reset(provider: string): void;
  /** The settings have changed. */
  settingsChanged(): void;
  /** Milliseconds until somebody has room, or may be tried again, by itself; null: nobody is waited for. */
  readonly changesInMs: () => number | null;
}

interface Entry {
  readonly manifest: ProviderManifest;
  breaker: Breaker;
  pausedUntil: number | null;
  /** Pauses in a row that the service gave no time for. */
  pauses: number;
  readonly window: MinuteWindow;
  /** Attempts under way. */
  readonly open: Map<string, { readonly isProbe: boolean }>;
  /** Jobs on their way. */
  expected: number;
  tracks: Map<string, Track> | null;
  /** As it was told last, and until when that is true, by the steady clock; null: something has changed. */
  told: { readonly standing: Standing; readonly until: number } | null;
}

const minuteMs = 60_000;
/** Clocks are corrected by less all the time. */
const noticedJumpMs = 1_000;
const firstPauseMs = 2_000;
const longestPauseMs = 300_000;
/** A service that asks for more is tried again after this. */
const longestAskedPauseMs = 3_600_000;

export function createTraffic(dependencies: {
  manifests: readonly ProviderManifest[];
  settings: () => Pick<RoutingSettings, 'breaker' | 'limits'>;
  remembered: readonly Remembered[];
  remember: (standing: Remembered) => void;
  /** What is known of a provider's models from earlier runs, oldest first. Asked for once, when somebody wants to know. */
  history: (provider: string) => readonly Outcome[];
  /** Milliseconds since 1970. */
  now: () => number;
  /** Milliseconds of a clock that nobody sets. */
  steady: () => number;
}): Traffic {
  const { manifests, settings, remembered, remember, history, now, steady } = dependencies;
  const entries = new Map<string, Entry>(
    manifests.map((manifest) => {
      const known = remembered.find(({ provider }) => provider === manifest.id);
      return [
        manifest.id,
        {
          manifest,
          breaker: known ? { ...known.breaker, probing: false } : closedBreaker,
          pausedUntil: known?.pausedUntil ?? null,
          pauses: 0,
          window: createMinuteWindow(),
          open: new Map(),
          expected: 0,
          tracks: null,
          told: null,
        },
      ];
    }),
  );
  let all: readonly Standing[] | null = null;
  let allUntil = -Infinity;

  const changed = (entry: Entry): void => {
    entry.told = null;
    all = null;
  };
  const limitsOf = ({ manifest }: Entry): { atOnce: number; perMinute: number | null } => {
    const own = settings().limits[manifest.id];
    return {
      atOnce: own?.atOnce ?? manifest.limits.atOnce,
      perMinute: own?.perMinute ?? manifest.limits.perMinute,
    };
  };
  const tracksOf = (entry: Entry): Map<string, Track> => {
    if (entry.tracks) return entry.tracks;
    const tracks = new Map<string, Track>();
    for (const outcome of history(entry.manifest.id)) learn(tracks, outcome);
    entry.tracks = tracks;
    return tracks;
  };

  /** How far the clock is ahead of the steady one. */
  let ahead = now() - steady();
  /** A clock that was set back takes what ends at a time of it along; one that was set forward only ends it early. */
  const followClock = (): void => {
    const jumpMs = now() - steady() - ahead;
    if (Math.abs(jumpMs) < noticedJumpMs) return;
    ahead += jumpMs;
    if (jumpMs > 0) return;
    for (const entry of entries.values()) {
      const { breaker, pausedUntil } = entry;
      if (breaker.until !== null) entry.breaker = { ...breaker, until: breaker.until + jumpMs };
      if (pausedUntil !== null) entry.pausedUntil = pausedUntil + jumpMs;
      changed(entry);
    }
  };

  /** Brings what time alone changes up to date. */
  const settle = (entry: Entry): void => {
    followClock();
    const at = now();
    const breaker = breakerAt(entry.breaker, settings().breaker, at);
    if (breaker !== entry.breaker) {
      entry.breaker = breaker;
      changed(entry);
    }
    const { pausedUntil } = entry;
    if (pausedUntil === null) return;
    // Longer than any pause: the clock was set back.
    const isOver = pausedUntil <= at;
    if (!isOver && pausedUntil - at <= longestAskedPauseMs) return;
    entry.pausedUntil = isOver ? null : at + longestAskedPauseMs;
    changed(entry);
  };

  const standingOf = (entry: Entry): Standing => {
    const steadyNow = steady();
    if (entry.told && steadyNow < entry.told.until) return entry.told.standing;
    settle(entry);
    const { atOnce, perMinute } = limitsOf(entry);
    const at = now();
    const roomAt = entry.window.roomAt(perMinute, steadyNow);
    const standing: Standing = {
      provider: entry.manifest.id,
      breaker: entry.breaker,
      pausedUntil: entry.pausedUntil,
      running: entry.open.size + entry.expected,
      atOnce,
      perMinute,
      startedLastMinute: entry.window.count(steadyNow),
      roomAt: roomAt === null ? null : at + (roomAt - steadyNow),
      tracks: [...tracksOf(entry).values()],
    };
    const changes = [
      entry.window.changesAt(),
      entry.breaker.until === null ? null : steadyNow + (entry.breaker.until - at),
      entry.pausedUntil === null ? null : steadyNow + (entry.pausedUntil - at),
    ];
    const until = Math.min(...changes.map((change) => change ?? Infinity));
    entry.told = { standing, until };
    return standing;
  };

  const mayBegin = (entry: Entry): boolean => {
    settle(entry);
    const { atOnce, perMinute } = limitsOf(entry);
    return (
      letsPass(entry.breaker) &&
      entry.pausedUntil === null &&
      entry.open.size + entry.expected < atOnce &&
      entry.window.roomAt(perMinute, steady()) === null
    );
  };

  const keep = ({ manifest, breaker, pausedUntil }: Entry): void => {
    remember({ provider: manifest.id, breaker, pausedUntil });
  };

  return {
    standings: () => {
      const steadyNow = steady();
      if (all && steadyNow < allUntil) return all;
      const told = [...entries.values()].map(standingOf);
      allUntil = Math.min(...[...entries.values()].map((entry) => entry.told?.until ?? steadyNow));
      all = told;
      return told;
    },
    expect: (provider) => {
      const entry = entries.get(provider);
      if (!entry) return () => undefined;
      entry.expected += 1;
      changed(entry);
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        entry.expected -= 1;
        changed(entry);
      };
    },
    hasRoom: (provider) => {
      const entry = entries.get(provider);
      return entry !== undefined && mayBegin(entry);
    },
    begin: ({ id, provider }) => {
      const entry = entries.get(provider);
      if (!entry) return;
      settle(entry);
      const isProbe = entry.breaker.state === 'half_open';
      entry.breaker = breakerAfterStart(entry.breaker);
      entry.open.set(id, { isProbe });
      entry.window.begin(steady());
      changed(entry);
    },
    resume: ({ id, provider, startedAt, isOpen }) => {
      const entry = entries.get(provider);
      if (!entry || entry.open.has(id)) return;
      if (isOpen) entry.open.set(id, { isProbe: false });
      // One that began "later than now" began before the clock was set back: at worst just now.
      const ago = Math.max(0, now() - startedAt);
      if (ago < minuteMs) entry.window.begin(steady() - ago);
      changed(entry);
    },
    end: ({ id, provider, code, retryAfterMs, outcome }) => {
      const entry = entries.get(provider);
      const open = entry?.open.get(id);
      if (!entry || !open) return false;
      entry.open.delete(id);
      settle(entry);
      const before = { breaker: entry.breaker, pausedUntil: entry.pausedUntil };
      entry.breaker = breakerAfter(entry.breaker, settings().breaker, code, now(), open.isProbe);
      if (code === 'rate_limit') {
        const usual = Math.min(longestPauseMs, firstPauseMs * 2 ** entry.pauses);
        const pauseMs = Math.min(longestAskedPauseMs, retryAfterMs ?? usual);
        entry.pauses += 1;
        entry.pausedUntil = Math.max(entry.pausedUntil ?? 0, now() + pauseMs);
      } else if (code === null) entry.pauses = 0;
      if (outcome) learn(tracksOf(entry), { ...outcome, isProbe: open.isProbe });
      changed(entry);
      if (before.breaker !== entry.breaker || before.pausedUntil !== entry.pausedUntil) keep(entry);
      return true;
    },
    cameBack: (provider) => {
      const entry = entries.get(provider);
      if (entry?.breaker.state !== 'open' || entry.breaker.reason === 'quota') return;
      entry.breaker = { ...entry.breaker, state: 'half_open', until: null, probing: false };
      changed(entry);
      keep(entry);
    },
    reset: (provider) => {
      const entry = entries.get(provider);
      if (!entry) return;
      entry.breaker = closedBreaker;
      entry.pausedUntil = null;
      entry.pauses = 0;
      changed(entry);
      keep(entry);
    },
    settingsChanged: () => {
      for (const entry of entries.values()) changed(entry);
    },
    changesInMs: () => {
      const steadyNow = steady();
      const at = now();
      let soonest = Infinity;
      for (const entry of entries.values()) {
        const roomAt = entry.window.roomAt(limitsOf(entry).perMinute, steadyNow);
        if (roomAt !== null) soonest = Math.min(soonest, roomAt - steadyNow);
        if (entry.breaker.until !== null) soonest = Math.min(soonest, entry.breaker.until - at);
        if (entry.pausedUntil !== null) soonest = Math.min(soonest, entry.pausedUntil - at);
      }
      return soonest === Infinity ? null : Math.max(0, soonest);
    },
  };
}

function learn(tracks: Map<string, Track>, outcome: Outcome): void {
  const key = `${outcome.operation} ${outcome.model}`;
  tracks.set(key, trackAfter(tracks.get(key) ?? null, outcome));
}
