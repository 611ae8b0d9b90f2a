import { AppError } from '../../shared/errors.ts';
import type { BreakerRule, Override, RoutingChange, RoutingSettings } from '../../shared/models/routing.ts';
import type { Strategy } from '../../shared/models/route-wishes.ts';
import { didYouMean } from '../../shared/nearest-names.ts';
import { given } from './given.ts';
import type { SettingsFeature } from './settings.ts';

interface StoredRouting {
  readonly settings: RoutingSettings;
  readonly inForce: RoutingSettings;
  readonly overrides: Override[];
}

/** What a user can choose of how jobs find their provider. All throw AppError for what does not exist. */
export interface RoutingChoices {
  get(): StoredRouting;
  /** Only what is given changes. */
  update(change: RoutingChange): StoredRouting;
  setStrategy(strategy: Strategy): StoredRouting;
  /** Null: nobody in particular. */
  setPrimary(provider: string | null): StoredRouting;
  setFallbacks(providers: readonly string[]): StoredRouting;
}

export function createRoutingChoices({
  settings,
  providers,
}: {
  settings: SettingsFeature;
  /** Ids of all there are. */
  providers: readonly string[];
}): RoutingChoices {
  const mustExist = (ids: readonly (string | null | undefined)[]): void => {
    for (const id of ids) {
      if (typeof id !== 'string' || providers.includes(id)) continue;
      const message = `There is no provider "${id}".${didYouMean(id, providers)} There are: ${providers.join(', ')}.`;
      throw new AppError('unknownProvider', message);
    }
  };

  const get = (): StoredRouting => {
    const { inForce, overrides } = settings.routingInForce();
    return { settings: settings.get().routing, inForce, overrides: [...overrides] };
  };

  const update = (change: RoutingChange): StoredRouting => {
    const priced = Object.keys(change.prices ?? {}).map((name) => name.split('/')[0] ?? '');
    mustExist([change.primary, ...(change.fallbacks ?? []), ...Object.keys(change.limits ?? {}), ...priced]);
    settings.updateRouting(({ caps, breaker, ...before }) => {
      const next: RoutingSettings = {
        ...before,
        ...given(change),
        fallbacks: [...new Set(change.fallbacks ?? before.fallbacks)],
        caps: { ...caps, ...given(change.caps ?? {}) },
        breaker: { ...breaker, ...given(change.breaker ?? {}) },
      };
      if (next.mode === 'single' && next.primary === null) {
        throw new AppError('badInput', 'To use a single provider only, choose the primary one first.');
      }
      if (change.breaker) refuseShrinking(next.breaker);
      return next;
    });
    return get();
  };

  return {
    get,
    update,
    setStrategy: (strategy) => update({ strategy }),
    setPrimary: (primary) => update({ primary }),
    setFallbacks: (fallbacks) => update({ fallbacks: [...fallbacks] }),
  };
}

/** A cool-down grows with each opening in a row. Throws AppError where the longest would be shorter than the first. */
function refuseShrinking({ coolDownSeconds: first, longestCoolDownSeconds: longest }: BreakerRule): void {
  if (longest >= first) return;
  throw new AppError(
    'badInput',
    `The longest cool-down (${longest} s) can't be shorter than the first one (${first} s). Change the other one as well.`,
  );
}
