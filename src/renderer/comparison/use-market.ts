import { useMemo } from 'react';
import { providersContext, routingContext } from '../ui/stores/shared-stores.ts';
import type { ModelMarket } from './compared-models.ts';

/** Stays the same until a provider, a price or a limit changes. */
export function useMarket(): ModelMarket {
  const providers = providersContext.useStore((state) => state.providers);
  const routing = routingContext.useStore((state) => state.routing);
  return useMemo(() => ({ providers, routing }), [providers, routing]);
}
