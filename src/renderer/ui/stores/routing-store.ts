import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { ProviderMetrics, SystemHealth } from '../../../shared/models/metrics.ts';
import { emptyRoutingState, type RoutingSettings, type RoutingState } from '../../../shared/models/routing.ts';
import type { Price } from '../../../shared/models/provider.ts';
import type { Client } from '../../backend/client.ts';
import { readError } from '../../backend/read-error.ts';
import type { Notify } from '../toast.ts';

const minuteMs = 60_000;

/** Settings that change; `caps`, `breaker` and `limits` are given whole. */
export type RoutingChange = Partial<RoutingSettings>;

/** How jobs find their provider and how the providers are: everything the route line, the cards and the settings rest on. */
export interface RoutingStore {
  readonly loaded: boolean;
  /** With changes that are on their way already in it. */
  readonly routing: RoutingState;
  /** Null until it is read. */
  readonly health: SystemHealth | null;
  /** Of the last day. */
  readonly metrics: readonly ProviderMetrics[];
  readonly load: (signal?: AbortSignal) => Promise<void>;
  readonly loadHealth: (signal?: AbortSignal) => Promise<void>;
  /** Reads the figures of the last day. They decorate: a failure leaves out what is not known. */
  readonly loadMetrics: () => Promise<void>;
  /** Another library: what was spent and learned there does not hold here. */
  readonly forget: () => void;
  readonly routingChanged: (routing: RoutingState) => void;
  readonly healthChanged: (health: SystemHealth) => void;
  /** Shown at once and saved in order; what is wrong is returned, because it belongs beside the field, and taken back. */
  readonly update: (change: RoutingChange) => Promise<ErrorReport | null>;
  /** Corrects what a model costs; null goes back to the list's price. What is wrong is returned. The models follow by themselves. */
  readonly setPrice: (provider: string, model: string, price: Price | null) => Promise<ErrorReport | null>;
  /** Lets a provider work again at once. */
  readonly reset: (provider: string) => Promise<void>;
}

export function createRoutingStore(parts: {
  readonly client: {
    readonly routing: Pick<Client['routing'], 'state' | 'update' | 'reset' | 'metrics'>;
    readonly providers: Pick<Client['providers'], 'health'>;
    readonly costs: Pick<Client['costs'], 'setPrice'>;
  };
  readonly notify: Notify;
}): StoreApi<RoutingStore> {
  const { client } = parts;
  return createStore<RoutingStore>((set, get) => {
    /** As the program said it last. */
    let told = emptyRoutingState;
    let pending: readonly RoutingChange[] = [];
    let lastUpdate: Promise<unknown> = Promise.resolve();
    let metricsAsked: Promise<void> | null = null;
    let metricsStale = false;
    let minute: ReturnType<typeof setTimeout> | undefined;

    const show = (): void => {
      const settings = pending.reduce<RoutingSettings>((so, change) => ({ ...so, ...change }), told.settings);
      set({ routing: { ...told, settings } });
    };
    /** Nothing is pushed only because a minute has passed: by then, all that began before has. */
    const forgetMinute = (): void => {
      const standings = told.standings.map((standing) => ({ ...standing, startedLastMinute: 0 }));
      told = { ...told, standings };
      show();
    };
    const tell = (routing: RoutingState): void => {
      clearTimeout(minute);
      if (routing.standings.some(({ startedLastMinute }) => startedLastMinute > 0))
        minute = setTimeout(forgetMinute, minuteMs);
      told = routing;
      show();
    };
    const send = async (change: RoutingChange): Promise<ErrorReport | null> => {
      try {
        const { inForce, overrides } = await client.routing.update(change);
        told = { ...told, settings: inForce, overrides };
        return null;
      } catch (error) {
        return readError(error);
      } finally {
        pending = pending.filter((other) => other !== change);
        show();
      }
    };
    const isStale = (): boolean => metricsStale;
    const readMetrics = async (): Promise<void> => {
      while (isStale()) {
        metricsStale = false;
        try {
          const { providers, health } = await client.routing.metrics({ hours: 24 });
          set({ metrics: providers, health });
        } catch {
          return;
        }
      }
    };

    return {
      loaded: false,
      routing: emptyRoutingState,
      health: null,
      metrics: [],
      load: async (signal) => {
        tell(await client.routing.state(undefined, { signal }));
        set({ loaded: true });
      },
      loadHealth: async (signal) => set({ health: await client.providers.health(undefined, { signal }) }),
      loadMetrics: async () => {
        // One question at a time; what changes meanwhile is asked for once more.
        metricsStale = true;
        metricsAsked ??= readMetrics().finally(() => (metricsAsked = null));
        await metricsAsked;
      },
      forget: () => {
        clearTimeout(minute);
        told = emptyRoutingState;
        set({ loaded: false, routing: told, health: null, metrics: [] });
      },
      routingChanged: tell,
      healthChanged: (health) => set({ health }),
      update: (change) => {
        pending = [...pending, change];
        show();
        const answer = lastUpdate.then(() => send(change));
        lastUpdate = answer;
        return answer;
      },
      setPrice: async (provider, model, price) => {
        try {
          await client.costs.setPrice({ provider, model, price });
          return null;
        } catch (error) {
          return readError(error);
        }
      },
      reset: async (provider) => {
        const before = get().routing;
        try {
          const routing = await client.routing.reset({ provider });
          // Pushes come another way than answers and may be faster.
          if (get().routing === before) tell(routing);
        } catch (error) {
          parts.notify({ kind: 'error', error: readError(error) });
        }
      },
    };
  });
}
