import { useState } from 'react';
import type { ErrorReport } from '../../shared/errors.ts';
import type { RoutingSettings } from '../../shared/models/routing.ts';
import type { RoutingChange } from '../ui/stores/routing-store.ts';
import { routingContext } from '../ui/stores/shared-stores.ts';

interface RoutingSetting {
  readonly settings: RoutingSettings;
  /** Saves at once; what is wrong stands in `error` until the next try. */
  readonly save: (change: RoutingChange) => Promise<ErrorReport | null>;
  readonly error: ErrorReport | null;
  /** The environment variable that decides this setting for the run; null: the user decides. */
  readonly variableOf: (setting: keyof RoutingSettings) => string | null;
}

/** The settings of routing for one part of the page, with its own failure. */
export function useRoutingSetting(): RoutingSetting {
  const settings = routingContext.useStore((state) => state.routing.settings);
  const overrides = routingContext.useStore((state) => state.routing.overrides);
  const { update } = routingContext.useStoreApi().getState();
  const [error, setError] = useState<ErrorReport | null>(null);
  return {
    settings,
    error,
    save: async (change) => {
      setError(null);
      const problem = await update(change);
      setError(problem);
      return problem;
    },
    variableOf: (setting) => overrides.find((override) => override.setting === setting)?.variable ?? null,
  };
}
