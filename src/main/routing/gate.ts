import type { ProviderErrorCode } from '../../shared/errors.ts';
import type { ProviderManifest } from '../../shared/models/provider.ts';
import type { Breaker, RoutingSettings, Standing, Track } from '../../shared/models/routing.ts';
import { breakerAfter, breakerAfterStart, breakerAt, closedBreaker, letsPass } from '../../shared/routing/breaker.ts';
import type { Outcome } from '../../shared/routing/tracks.ts';
import type { Clocks } from './clocks.ts';
import { createLearnedTracks } from './learned-tracks.ts';
import { createMinuteWindow } from './limits.ts';
import { createPauses } from './pauses.ts';
import { breakerKept, type Remembered } from './remembered.ts';

/** An attempt under way at a provider. */
export interface UnderWay {
  readonly gate: Gate;
  /** By the steady clock. */
  readonly begunAt: number;
  isOver: boolean;
}

/** How an attempt ended. `code`: why it failed; null: it succeeded. */
export interface AttemptEnd {
  readonly code: ProviderErrorCode | null;
  /** How long the service asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | null;
  /** What can be learned from it; null: nothing, it was not the provider's doing. */
  readonly outcome: Outcome | null;
}

/** What stands between the jobs and one provider: its breaker, its pauses and its limits, and how it did. The clocks are read by the caller. */
export interface Gate {
  /** A new one whenever something has changed; never changed in place. */
  standing(): Standing;
  /** Until when that is true, by the steady clock. */
  readonly standingUntil: () => number;
  /** Whether one more attempt may begin now. In the same turn of the event loop, `begin` keeps the promise. */
  mayBegin(): boolean;
  /** `startedAt`: as it was recorded, in milliseconds since 1970. */
  begin(startedAt: number): UnderWay;
  /** It began before Easel did; null: it has ended, and only counts in its minute. */
  readonly resume: (startedAt: number, isOpen: boolean) => UnderWay | null;
  abandon(underWay: UnderWay): void;
  end(underWay: UnderWay, end: AttemptEnd): void;
  /** A job is on its way here: counted as under way until the returned function is called. */
  readonly expect: () => () => void;
  /** It could not be reached, or refused its key, and is ready now: one job may try at once, whatever is left of the cool-down. */
  cameBack(): void;
  /** What another Easel kept of it holds from now on. */
  takeOver(kept: Remembered): void;
  /** Closes the breaker and forgets a pause. */
  reset(): void;
  /** The clock of the day was set by so many milliseconds: what ends at a time is taken along. */
  readonly takeAlong: (jumpMs: number) => void;
  settingsChanged(): void;
  /** Milliseconds until it has room, or may be tried again, by itself; Infinity: it is not waited for. */
  readonly changesInMs: () => number;
}

/** The user's, or those of the manifest. */
interface Limits {
  readonly atOnce: number;
  /** Null: none. */
  readonly perMinute: number | null;
}

const minuteMs = 60_000;

export function createGate(dependencies: {
  manifest: ProviderManifest;
  known: Remembered | undefined;
  clocks: Clocks;
  settings: () => Pick<RoutingSettings, 'breaker' | 'limits'>;
  remember: (standing: Remembered) => void;
  history: () => readonly Outcome[];
  /** Its standing is another one now. */
  onChange: () => void;
}): Gate {
  const { manifest, known, clocks, settings, remember, history, onChange } = dependencies;
  const { id: provider } = manifest;
  const limitsNow = (): Limits => {
    const own = settings().limits[provider];
    return { atOnce: own?.atOnce ?? manifest.limits.atOnce, perMinute: own?.perMinute ?? manifest.limits.perMinute };
  };
  let limits = limitsNow();
  let breaker: Breaker = known ? breakerKept(known, settings().breaker) : closedBreaker;
  let triedSince = known?.triedSince ?? null;
  /** The one try of a breaker that is half open. */
  let probe: UnderWay | null = null;
  const pauses = createPauses(clocks, known);
  /** Attempts under way, and jobs on their way. */
  let running = 0;
  let expected = 0;
  const learned = createLearnedTracks(history);
  /** As it was told last, and until when that is true; null: something has changed. */
  let told: Standing | null = null;
  let toldUntil = -Infinity;
  /** Time alone has changed what was told last, and nobody has asked since. */
  let isNews = false;
  const window = createMinuteWindow();

  const changed = (): void => {
    if (told === null) return;
    told = null;
    onChange();
  };
  const keep = (): void => {
    remember({ provider, breaker, pausedUntil: pauses.until(), pauseMs: pauses.lengthMs(), triedSince });
  };

  /** Brings what time alone changes up to date. What ends sooner because the clock was set back does so for every later run, too. */
  const settle = (): void => {
    const pausedBefore = pauses.until();
    if (breaker.state !== 'open' && pausedBefore === null) return;
    const before = breaker;
    breaker = breakerAt(breaker, settings().breaker, clocks.at);
    if (before.state === 'open' && breaker.state === 'half_open') triedSince ??= before.until;
    pauses.settle();
    const pausedUntil = pauses.until();
    if (breaker === before && pausedUntil === pausedBefore) return;
    isNews ||= told !== null;
    changed();
    const isSooner =
      breaker.state === 'open' ? breaker !== before : pausedUntil !== null && pausedUntil !== pausedBefore;
    if (isSooner) keep();
  };

  const beginProbe = (underWay: UnderWay, startedAt: number): void => {
    probe = underWay;
    breaker = { ...breakerAfterStart({ ...breaker, state: 'half_open' }), until: null };
    triedSince = startedAt;
    // Another run, or another program, has to know of it.
    keep();
  };

  const gate: Gate = {
    standing: () => {
      if (told !== null && clocks.steadyAt < toldUntil) return told;
      settle();
      isNews = false;
      const { perMinute } = limits;
      const roomAt = window.roomAt(perMinute, clocks.steadyAt);
      toldUntil = Math.min(
        window.changesAt(clocks.steadyAt) ?? Infinity,
        clocks.steadyAt + ((breaker.until ?? Infinity) - clocks.at),
        clocks.steadyAt + ((pauses.until() ?? Infinity) - clocks.at),
      );
      told = {
        provider,
        breaker,
        pausedUntil: pauses.until(),
        running: running + expected,
        atOnce: limits.atOnce,
        perMinute,
        startedLastMinute: window.count(clocks.steadyAt),
        roomAt: roomAt === null ? null : clocks.at + (roomAt - clocks.steadyAt),
        tracks: learned.now() as Track[],
      };
      return told;
    },
    standingUntil: () => toldUntil,
    mayBegin: () => {
      settle();
      return (
        letsPass(breaker) &&
        pauses.until() === null &&
        running + expected < limits.atOnce &&
        window.roomAt(limits.perMinute, clocks.steadyAt) === null
      );
    },
    begin: (startedAt) => {
      settle();
      learned.begin();
      const underWay = { gate, begunAt: clocks.steadyAt, isOver: false };
      running += 1;
      window.begin(clocks.steadyAt);
      if (breaker.state === 'half_open') beginProbe(underWay, startedAt);
      changed();
      return underWay;
    },
    resume: (startedAt, isOpen) => {
      // Both times are whole milliseconds: it may have begun up to one later than they say. One that began "later than now" began
      // before the clock was set back: at worst just now.
      const ago = Math.max(0, clocks.at - startedAt - 1);
      if (ago < minuteMs) window.begin(clocks.steadyAt - ago);
      changed();
      if (!isOpen) return null;
      learned.begin();
      const underWay = { gate, begunAt: clocks.steadyAt, isOver: false };
      running += 1;
      // One that began after the cool-down is the one try.
      const mayTrySince = triedSince ?? breaker.until ?? Infinity;
      if (breaker.state !== 'closed' && probe === null && startedAt >= mayTrySince) beginProbe(underWay, startedAt);
      return underWay;
    },
    abandon: (underWay) => {
      if (underWay.isOver) return;
      underWay.isOver = true;
      running -= 1;
      if (underWay === probe) {
        probe = null;
        breaker = { ...breaker, probing: false };
      }
      changed();
    },
    end: (underWay, { code, retryAfterMs, outcome }) => {
      if (underWay.isOver) return;
      underWay.isOver = true;
      running -= 1;
      settle();
      const breakerBefore = breaker;
      const pausedBefore = pauses.until();
      const isProbe = underWay === probe;
      if (isProbe) probe = null;
      breaker = breakerAfter(breaker, settings().breaker, code, clocks.at, isProbe);
      if (breaker.state !== 'half_open' && breaker !== breakerBefore) triedSince = null;
      if (code === 'rate_limit') pauses.begin(retryAfterMs, underWay.begunAt);
      else if (code === null) pauses.succeeded();
      if (outcome) learned.learn(isProbe ? { ...outcome, isProbe: true } : outcome);
      changed();
      if (breaker !== breakerBefore || pauses.until() !== pausedBefore) keep();
    },
    expect: () => {
      expected += 1;
      changed();
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        expected -= 1;
        changed();
      };
    },
    cameBack: () => {
      const { state, reason } = breaker;
      if (state !== 'open' || !(reason === 'network' || reason === 'auth')) return;
      // Another Easel tries it already.
      if (triedSince !== null) return;
      breaker = { ...breaker, state: 'half_open', until: null, probing: false };
      triedSince = clocks.at;
      changed();
      keep();
    },
    takeOver: (kept) => {
      pauses.takeOver(kept);
      // The one try of this Easel, which the other one knows of, tells how it is; after a reset, or where it took so long that the
      // other one tries as well by now, it says nothing any more.
      const isOutlived = kept.triedSince !== null && triedSince !== null && kept.triedSince > triedSince;
      if (probe === null || kept.breaker.state === 'closed' || isOutlived) {
        probe = null;
        breaker = breakerKept(kept, settings().breaker);
        ({ triedSince } = kept);
      }
      changed();
    },
    reset: () => {
      breaker = closedBreaker;
      triedSince = null;
      // One that is under way says nothing any more of whether an outage is over.
      probe = null;
      pauses.forget();
      changed();
      keep();
    },
    takeAlong: (jumpMs) => {
      if (breaker.until !== null) breaker = { ...breaker, until: Math.floor(breaker.until + jumpMs) };
      pauses.takeAlong(jumpMs);
      if (triedSince !== null) triedSince = Math.floor(triedSince + jumpMs);
      changed();
      if (breaker.state !== 'closed' || pauses.until() !== null) keep();
    },
    settingsChanged: () => {
      limits = limitsNow();
      changed();
    },
    changesInMs: () => {
      const isStale = told !== null && clocks.steadyAt >= toldUntil;
      settle();
      if (isNews || isStale) return 0;
      const roomAt = window.roomAt(limits.perMinute, clocks.steadyAt);
      const pausedUntil = pauses.until();
      return Math.min(
        roomAt === null ? Infinity : roomAt - clocks.steadyAt,
        breaker.until === null ? Infinity : breaker.until - clocks.at,
        pausedUntil === null ? Infinity : pausedUntil - clocks.at,
      );
    },
  };
  return gate;
}
