import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { Log } from '../log.ts';
import type { CheckOutcome } from './provider-checks.ts';
import type { ProviderStates } from './provider-states.ts';
import { isWatched } from './system-health.ts';

const tickMs = 1_000;
/** Servers on one's own machine come and go: between two looks at one. */
const localMs = 3_000;
/** After a first failure; then twice as long each time, up to the usual interval. */
const afterFailureMs = 10_000;
/** Between two looks for local servers that are not set up. */
const lookForServersMs = 10_000;
/** How much earlier or later than planned a check may be, so that they spread. */
const jitter = 0.2;

export interface HealthChecks {
  start(): void;
  /** Somebody was checked, for whatever reason: its next check counts from now. */
  noteCheck(outcome: CheckOutcome): void;
  /** The network came back, or the cloud was switched on: everybody out there is asked again, one after another. */
  askRemoteNow(): void;
  close(): void;
}

/**
 * Checks those that are set up, again and again: cloud services one after another, every so many seconds; each local server
 * every few seconds by a cheap probe. Only free calls.
 */
export function createHealthChecks(dependencies: {
  providers: Pick<ProviderStates, 'list' | 'status' | 'check' | 'probe'>;
  /** Milliseconds between two checks of a provider. */
  intervalMs: () => number;
  failuresInARow: (provider: string) => number;
  /** Whether it may be asked now: what is in the network is left alone while there is none, and cloud services while they are off. */
  mayAsk: (provider: ProviderStatus) => boolean;
  lookForServers: () => Promise<unknown>;
  /** In how many milliseconds it is checked next; null: not by itself. */
  onPlan: (provider: string, inMs: number | null) => void;
  /** Milliseconds of a clock that nobody sets. */
  elapsed: () => number;
  /** 0 to 1. */
  chance: () => number;
  log: Log;
}): HealthChecks {
  const { providers, intervalMs, failuresInARow, mayAsk, lookForServers, onPlan, elapsed, chance, log } = dependencies;
  const due = new Map<string, number>();
  /** When a local server's models are to be read again. */
  const wholeDue = new Map<string, number>();
  /** Those that somebody works on: cloud services as one, each local server for itself. */
  const busy = new Set<string>();
  let isLookingAround = false;
  let plannedFor = intervalMs();
  let serversDue = elapsed();
  let timer: NodeJS.Timeout | null = null;

  const spread = (milliseconds: number): number => milliseconds * (1 - jitter + 2 * jitter * chance());

  const plan = (id: string, inMs: number): void => {
    due.set(id, elapsed() + inMs);
    onPlan(id, inMs);
  };
  /** Some time after a check that was just made. */
  const planNext = ({ manifest, health }: ProviderStatus): void => {
    const usual = intervalMs();
    const isAway = health.state === 'unreachable' || health.state === 'offline';
    if (manifest.kind === 'local' && (isAway || health.state === 'ready')) {
      plan(manifest.id, spread(localMs));
      return;
    }
    const afterFailure = afterFailureMs * 2 ** Math.min(20, Math.max(0, failuresInARow(manifest.id) - 1));
    plan(manifest.id, spread(isAway ? Math.min(usual, afterFailure) : usual));
  };

  const run = async (provider: ProviderStatus): Promise<void> => {
    const { id, kind } = provider.manifest;
    const isWhole = kind !== 'local' || provider.health.state !== 'ready' || (wholeDue.get(id) ?? 0) <= elapsed();
    try {
      if (isWhole) await providers.check(id, { onlyNews: true });
      else await providers.probe(id);
    } catch (error) {
      log.error('a health check failed', error, { provider: id });
    }
    planNext(providers.status(id));
  };

  /** A local server that does not answer must not keep another one from being seen. */
  const laneOf = ({ manifest }: ProviderStatus): string => (manifest.kind === 'cloud' ? 'cloud' : manifest.id);

  /** One after another, the longest overdue first, until nobody is. */
  const workOff = async (lane: string): Promise<void> => {
    if (busy.has(lane)) return;
    busy.add(lane);
    try {
      for (;;) {
        const [next] = providers
          .list()
          .filter((provider) => isWatched(provider) && mayAsk(provider))
          .filter((provider) => laneOf(provider) === lane && (due.get(provider.manifest.id) ?? Infinity) <= elapsed())
          .sort((left, right) => (due.get(left.manifest.id) ?? 0) - (due.get(right.manifest.id) ?? 0));
        if (!next || !timer) return;
        await run(next);
      }
    } finally {
      busy.delete(lane);
    }
  };

  const lookAround = async (): Promise<void> => {
    const isWorthIt = providers.list().some((provider) => provider.manifest.kind === 'local' && !provider.enabled);
    if (isLookingAround || serversDue > elapsed() || !isWorthIt) return;
    isLookingAround = true;
    try {
      await lookForServers();
    } catch (error) {
      log.error('looking for local servers failed', error);
    } finally {
      serversDue = elapsed() + spread(lookForServersMs);
      isLookingAround = false;
    }
  };

  const tick = (): void => {
    const watched = providers.list().filter(isWatched);
    const ids = new Set(watched.map(({ manifest }) => manifest.id));
    for (const id of due.keys()) {
      if (ids.has(id)) continue;
      due.delete(id);
      onPlan(id, null);
    }
    const hasNewInterval = plannedFor !== intervalMs();
    plannedFor = intervalMs();
    for (const provider of watched) {
      const { manifest, health } = provider;
      if (health.checkedAt === null && !due.has(manifest.id)) plan(manifest.id, 0);
      else if (!due.has(manifest.id) || hasNewInterval) planNext(provider);
    }
    for (const lane of new Set(watched.map(laneOf))) void workOff(lane);
    void lookAround();
  };

  return {
    start: () => {
      if (timer) return;
      timer = setInterval(tick, tickMs).unref();
      tick();
    },
    noteCheck: ({ provider: id, isWhole }) => {
      const provider = providers.status(id);
      if (isWhole) wholeDue.set(id, elapsed() + spread(intervalMs()));
      if (timer && isWatched(provider)) planNext(provider);
    },
    askRemoteNow: () => {
      for (const { manifest } of providers.list().filter(isWatched))
        if (manifest.kind === 'cloud') plan(manifest.id, 0);
    },
    close: () => {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}
