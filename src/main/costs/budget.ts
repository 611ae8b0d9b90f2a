import {
  capNames,
  type Caps,
  type CapsChange,
  type RoutingSettings,
  type Spending,
} from '../../shared/models/routing.ts';
import type { Settings } from '../../shared/models/settings.ts';

/** The caps, and what counts against them, in US dollars. */
export interface Budget {
  readonly caps: Caps;
  readonly spent: Spending;
}

/** The caps. They belong to the settings, so that they can be set before there is a library. */
export function createBudget({
  settings,
  spent,
}: {
  readonly settings: {
    get(): Settings;
    updateRouting(change: (stored: RoutingSettings) => RoutingSettings): Settings;
  };
  /** Throws AppError where nobody can tell. */
  readonly spent: () => Spending;
}) {
  const get = (): Budget => ({ caps: settings.get().routing.caps, spent: spent() });
  return {
    get,
    set: (change: CapsChange): Budget => {
      // Who can't be told what is spent is not to think that nothing was set.
      spent();
      settings.updateRouting((routing) => {
        const caps = { ...routing.caps };
        for (const name of capNames) {
          const cap = change[name];
          if (cap !== undefined) caps[name] = cap;
        }
        return { ...routing, caps };
      });
      return get();
    },
  };
}
