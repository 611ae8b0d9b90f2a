import type { ProviderManifest } from '../../shared/models/provider.ts';
import type { RoutingSettings, Standing } from '../../shared/models/routing.ts';
import type { Outcome } from '../../shared/routing/tracks.ts';
import { createClocks, type Clocks } from './clocks.ts';
import { createGate, type AttemptEnd, type Gate, type UnderWay } from './gate.ts';
import type { Remembered } from './remembered.ts';

/**
 * Who works on how much, who may be sent something now, and how everybody did. All of it is in memory; nothing waits here. It is
 * as late as its clocks say: whoever asks or tells something reads them first, once for all that happens together.
 */
export interface Traffic {
  readonly clocks: Clocks;
  /** Another array whenever one of them has changed. */
  standings(): readonly Standing[];
  /** Null for a provider that does not exist. */
  readonly gate: (provider: string) => Gate | null;
  /** Nobody here asks about this attempt of an earlier run: it takes no place. */
  readonly abandon: (underWay: UnderWay) => void;
  /** Does nothing for one that has ended before. */
  end(underWay: UnderWay, end: AttemptEnd): void;
  /** The settings have changed. */
  settingsChanged(): void;
  /** Milliseconds until somebody has room, or may be tried again, by itself; null: nobody is waited for. */
  readonly changesInMs: () => number | null;
}

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
  /** As they were told last, until when time alone changes none of them, and the places of those that have changed since. */
  let told: readonly Standing[] = [];
  let toldUntil = -Infinity;
  const changed: number[] = [];
  const clocks = createClocks({
    now,
    steady,
    // A clock that was set forward only ends early what ends at a time.
    onSetBack: (jumpMs) => {
      for (const gate of all) gate.takeAlong(jumpMs);
    },
  });
  const all = manifests.map((manifest, at) =>
    createGate({
      manifest,
      known: remembered.find(({ provider }) => provider === manifest.id),
      clocks,
      settings,
      remember,
      history: () => history(manifest.id),
      onChange: () => {
        changed.push(at);
      },
    }),
  );
  const gates = new Map<string, Gate>(manifests.flatMap(({ id }, at) => (all[at] ? [[id, all[at]]] : [])));

  return {
    clocks,
    standings: () => {
      const isOver = clocks.steadyAt >= toldUntil;
      if (!isOver && changed.length === 0) return told;
      const standings = isOver ? all.map((gate) => gate.standing()) : told.slice();
      if (isOver) toldUntil = all.reduce((until, gate) => Math.min(until, gate.standingUntil()), Infinity);
      else {
        for (const at of changed) {
          const gate = all[at];
          if (!gate) continue;
          standings[at] = gate.standing();
          toldUntil = Math.min(toldUntil, gate.standingUntil());
        }
      }
      changed.length = 0;
      told = standings;
      return standings;
    },
    gate: (provider) => gates.get(provider) ?? null,
    abandon: (underWay) => {
      underWay.gate.abandon(underWay);
    },
    end: (underWay, end) => {
      underWay.gate.end(underWay, end);
    },
    settingsChanged: () => {
      for (const gate of all) gate.settingsChanged();
    },
    changesInMs: () => {
      const soonest = all.reduce((inMs, gate) => Math.min(inMs, gate.changesInMs()), Infinity);
      return soonest === Infinity ? null : Math.max(0, soonest);
    },
  };
}
