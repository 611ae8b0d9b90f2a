import type { ProviderErrorCode } from '../../shared/errors.ts';
import type { ProviderManifest } from '../../shared/models/provider.ts';
import type { Breaker, RoutingSettings, Standing, Track } from '../../shared/models/routing.ts';
import { breakerAfter, breakerAfterStart, breakerAt, closedBreaker, letsPass } from '../../shared/routing/breaker.ts';
import { trackAfter, type Outcome } from '../../shared/routing/tracks.ts';
import { createClocks } from './clocks.ts';
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
  /** How long that pause was to be, in milliseconds. */
  readonly pauseMs: number | null;
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
  /** Nobody here asks about this attempt of an earlier run: it takes no place. */
  readonly abandon: (attempt: { id: string; provider: string }) => void;
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
  /** How long that pause was to be, and when it was asked for, by the steady clock. */
  pauseMs: number;
  pausedAt: number;
  /** Pauses in a row that the service gave no time for. */
  pauses: number;
  readonly window: MinuteWindow;
  /** Attempts under way. */
  readonly open: Map<string, { readonly isProbe: boolean; readonly begunAt: number }>;
  /** Jobs on their way. */
  expected: number;
  /** Never changed in place. Null: nobody has wanted to know yet. */
  tracks: Track[] | null;
  /** As it was told last, and until when that is true, by the steady clock; null: something has changed. */
  told: { readonly standing: Standing; readonly until: number } | null;
}

const minuteMs = 60_000;
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
  const all = manifests.map((manifest): Entry => {
    const known = remembered.find(({ provider }) => provider === manifest.id);
    return {
      manifest,
      breaker: known ? { ...known.breaker, probing: false } : closedBreaker,
      pausedUntil: known?.pausedUntil ?? null,
      pauseMs: known?.pauseMs ?? longestAskedPauseMs,
      pausedAt: -Infinity,
      pauses: 0,
      window: createMinuteWindow(),
      open: new Map(),
      expected: 0,
      tracks: null,
      told: null,
    };
  });
  const entries = new Map(all.map((entry) => [entry.manifest.id, entry]));
  let told: readonly Standing[] | null = null;
  let toldUntil = -Infinity;

  const changed = (entry: Entry): void => {
    entry.told = null;
    told = null;
  };
  const limitsOf = ({ manifest }: Entry): { atOnce: number; perMinute: number | null } => {
    const own = settings().limits[manifest.id];
    return {
      atOnce: own?.atOnce ?? manifest.limits.atOnce,
      perMinute: own?.perMinute ?? manifest.limits.perMinute,
    };
  };
  const tracksOf = (entry: Entry): Track[] =>
    (entry.tracks ??= history(entry.manifest.id).reduce<Track[]>(tracksAfter, []));

  const clocks = createClocks({
    now,
    steady,
    // What ends at a time is taken along; a clock that was set forward only ends it early.
    onSetBack: (jumpMs) => {
      for (const entry of all) {
        const { breaker, pausedUntil } = entry;
        if (breaker.until !== null) entry.breaker = { ...breaker, until: Math.floor(breaker.until + jumpMs) };
        if (pausedUntil !== null) entry.pausedUntil = Math.floor(pausedUntil + jumpMs);
        changed(entry);
      }
    },
  });

  /** Brings what time alone changes up to date. */
  const settle = (entry: Entry): void => {
    const breaker = breakerAt(entry.breaker, settings().breaker, clocks.at);
    if (breaker !== entry.breaker) {
      entry.breaker = breaker;
      changed(entry);
    }
    const { pausedUntil } = entry;
    if (pausedUntil === null) return;
    // Longer than it was to be: the clock was set back.
    const isOver = pausedUntil <= clocks.at;
    if (!isOver && pausedUntil - clocks.at <= entry.pauseMs) return;
    entry.pausedUntil = isOver ? null : clocks.at + entry.pauseMs;
    changed(entry);
  };

  const tell = (entry: Entry): { readonly standing: Standing; readonly until: number } => {
    settle(entry);
    const { atOnce, perMinute } = limitsOf(entry);
    const roomAt = entry.window.roomAt(perMinute, clocks.steadyAt);
    const standing: Standing = {
      provider: entry.manifest.id,
      breaker: entry.breaker,
      pausedUntil: entry.pausedUntil,
      running: entry.open.size + entry.expected,
      atOnce,
      perMinute,
      startedLastMinute: entry.window.count(clocks.steadyAt),
      roomAt: roomAt === null ? null : clocks.at + (roomAt - clocks.steadyAt),
      tracks: tracksOf(entry),
    };
    const until = Math.min(
      entry.window.changesAt() ?? Infinity,
      clocks.steadyAt + ((entry.breaker.until ?? Infinity) - clocks.at),
      clocks.steadyAt + ((entry.pausedUntil ?? Infinity) - clocks.at),
    );
    return { standing, until };
  };

  const mayBegin = (entry: Entry): boolean => {
    clocks.read();
    settle(entry);
    const { atOnce, perMinute } = limitsOf(entry);
    return (
      letsPass(entry.breaker) &&
      entry.pausedUntil === null &&
      entry.open.size + entry.expected < atOnce &&
      entry.window.roomAt(perMinute, clocks.steadyAt) === null
    );
  };

  const keep = ({ manifest, breaker, pausedUntil, pauseMs }: Entry): void => {
    remember({ provider: manifest.id, breaker, pausedUntil, pauseMs: pausedUntil === null ? null : pauseMs });
  };

  const pause = (entry: Entry, askedMs: number | null, begunAt: number): void => {
    // Those that were under way already when it asked to be left alone say the same once more.
    const isNew = begunAt >= entry.pausedAt;
    const usual = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, entry.pauses - (isNew ? 0 : 1)));
    const pauseMs = Math.min(longestAskedPauseMs, askedMs ?? usual);
    if (isNew) {
      if (askedMs === null) entry.pauses += 1;
      entry.pausedAt = clocks.steadyAt;
    }
    if (clocks.at + pauseMs <= (entry.pausedUntil ?? 0)) return;
    entry.pausedUntil = clocks.at + pauseMs;
    entry.pauseMs = pauseMs;
  };

  return {
    standings: () => {
      clocks.read();
      if (told && clocks.steadyAt < toldUntil) return told;
      const standings: Standing[] = [];
      let until = Infinity;
      for (const entry of all) {
        if (!entry.told || clocks.steadyAt >= entry.told.until) entry.told = tell(entry);
        standings.push(entry.told.standing);
        until = Math.min(until, entry.told.until);
      }
      toldUntil = until;
      told = standings;
      return standings;
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
      clocks.read();
      settle(entry);
      const isProbe = entry.breaker.state === 'half_open';
      entry.breaker = breakerAfterStart(entry.breaker);
      entry.open.set(id, { isProbe, begunAt: clocks.steadyAt });
      entry.window.begin(clocks.steadyAt);
      changed(entry);
    },
    resume: ({ id, provider, startedAt, isOpen }) => {
      const entry = entries.get(provider);
      if (!entry || entry.open.has(id)) return;
      const { breaker } = entry;
      clocks.read();
      if (isOpen) {
        // One that began after the cool-down is the one try.
        const isProbe = breaker.state === 'open' && startedAt >= (breaker.until ?? Infinity);
        if (isProbe) entry.breaker = { ...breaker, state: 'half_open', until: null, probing: true };
        entry.open.set(id, { isProbe, begunAt: clocks.steadyAt });
      }
      // Both times are whole milliseconds: it may have begun up to one later than they say. One that began "later than now" began
      // before the clock was set back: at worst just now.
      const ago = Math.max(0, clocks.at - startedAt - 1);
      if (ago < minuteMs) entry.window.begin(clocks.steadyAt - ago);
      changed(entry);
    },
    abandon: ({ id, provider }) => {
      const entry = entries.get(provider);
      const open = entry?.open.get(id);
      if (!entry || !open) return;
      entry.open.delete(id);
      if (open.isProbe) entry.breaker = { ...entry.breaker, probing: false };
      changed(entry);
    },
    end: ({ id, provider, code, retryAfterMs, outcome }) => {
      const entry = entries.get(provider);
      const open = entry?.open.get(id);
      if (!entry || !open) return false;
      entry.open.delete(id);
      clocks.read();
      settle(entry);
      const { breaker, pausedUntil } = entry;
      entry.breaker = breakerAfter(breaker, settings().breaker, code, clocks.at, open.isProbe);
      if (code === 'rate_limit') pause(entry, retryAfterMs, open.begunAt);
      else if (code === null) entry.pauses = 0;
      if (outcome) entry.tracks = tracksAfter(tracksOf(entry), { ...outcome, isProbe: open.isProbe });
      changed(entry);
      if (breaker !== entry.breaker || pausedUntil !== entry.pausedUntil) keep(entry);
      return true;
    },
    cameBack: (provider) => {
      const entry = entries.get(provider);
      const { state, reason } = entry?.breaker ?? closedBreaker;
      if (!entry || state !== 'open' || !(reason === 'network' || reason === 'auth')) return;
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
      for (const entry of all) changed(entry);
    },
    changesInMs: () => {
      clocks.read();
      let soonest = Infinity;
      for (const entry of all) {
        settle(entry);
        const roomAt = entry.window.roomAt(limitsOf(entry).perMinute, clocks.steadyAt);
        if (roomAt !== null) soonest = Math.min(soonest, roomAt - clocks.steadyAt);
        if (entry.breaker.until !== null) soonest = Math.min(soonest, entry.breaker.until - clocks.at);
        if (entry.pausedUntil !== null) soonest = Math.min(soonest, entry.pausedUntil - clocks.at);
      }
      return soonest === Infinity ? null : Math.max(0, soonest);
    },
  };
}

/** The tracks with one more outcome, as new ones. */
function tracksAfter(tracks: readonly Track[], outcome: Outcome): Track[] {
  const place = tracks.findIndex(({ model, operation }) => model === outcome.model && operation === outcome.operation);
  const track = trackAfter(tracks[place] ?? null, outcome);
  return place < 0 ? [...tracks, track] : tracks.with(place, track);
}
