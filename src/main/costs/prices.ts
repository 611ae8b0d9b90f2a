import { AppError } from '../../shared/errors.ts';
import type { ListedPrice } from '../../shared/models/costs.ts';
import type { Price, ProviderStatus } from '../../shared/models/provider.ts';
import type { RoutingSettings } from '../../shared/models/routing.ts';
import type { Settings } from '../../shared/models/settings.ts';
import { didYouMean } from '../../shared/nearest-names.ts';
import { priceKey } from '../../shared/routing/correct-prices.ts';
import { listPrices, pricedProviders } from '../../shared/routing/list-prices.ts';
import type { Events } from '../events.ts';

/** The user's corrections of what models cost. */
export function createPrices(dependencies: {
  readonly settings: {
    get(): Settings;
    updateRouting(change: (stored: RoutingSettings) => RoutingSettings): Settings;
  };
  readonly providers: {
    list(): ProviderStatus[];
    status(id: string): ProviderStatus;
    ensureFresh(id?: string): Promise<void>;
  };
  readonly events: Events;
}) {
  const { settings, providers, events } = dependencies;

  const hasModel = ({ models }: ProviderStatus, id: string): boolean => models.some((model) => model.id === id);

  /** Some services tell their models only when they are asked. */
  const knownModel = async (provider: string, model: string): Promise<ProviderStatus> => {
    const known = providers.status(provider);
    if (hasModel(known, model)) return known;
    if (known.enabled) await providers.ensureFresh(provider);
    const fresh = providers.status(provider);
    if (hasModel(fresh, model)) return fresh;
    const ids = fresh.models.map(({ id }) => id);
    const near = didYouMean(model, ids);
    const some =
      near === '' && ids.length > 0 ? ` It has ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ' …' : ''}` : near;
    throw new AppError('unknownModel', `${fresh.manifest.name} has no model "${model}".${some}`);
  };

  const refuseFree = ({ manifest }: ProviderStatus): void => {
    if (manifest.kind === 'cloud') return;
    const message = `${manifest.name} draws on your own machine and charges nothing, so its models have no price.`;
    throw new AppError('badInput', message);
  };

  return {
    /** Those of all services in use, or with a correction, or of one in any case. */
    list: async ({ provider }: { readonly provider?: string | undefined }): Promise<{ prices: ListedPrice[] }> => {
      const corrections = (): Readonly<Record<string, Price>> => settings.get().routing.prices;
      const wanted = (): ProviderStatus[] =>
        provider === undefined ? pricedProviders(providers.list(), corrections()) : [providers.status(provider)];
      if (provider !== undefined) refuseFree(providers.status(provider));
      // Some services tell their models, and prices, only when they are asked.
      if (wanted().some(({ enabled }) => enabled)) await providers.ensureFresh(provider);
      return { prices: listPrices(wanted(), corrections()) };
    },
    set: async ({
      provider,
      model,
      price,
    }: {
      readonly provider: string;
      readonly model: string;
      readonly price: Price | null;
    }): Promise<{ price: Price | null }> => {
      const key = priceKey(provider, model);
      if (price !== null) refuseFree(providers.status(provider));
      // A model that its service has given up must still be let go of.
      if (price !== null || settings.get().routing.prices[key] === undefined) await knownModel(provider, model);
      settings.updateRouting(({ prices: { [key]: _before, ...others }, ...routing }) => ({
        ...routing,
        prices: price === null ? others : { ...others, [key]: price },
      }));
      const now = providers.status(provider);
      events.emit({ kind: 'providerChanged', provider: now });
      return { price: now.models.find(({ id }) => id === model)?.price ?? null };
    },
  };
}
