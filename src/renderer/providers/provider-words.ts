import type { Balance, Model, Price, ProviderStatus } from '../../shared/models/provider.ts';
import { translate } from '../i18n/i18n.ts';
import { formatNumber, formatUsd } from '../ui/format.ts';
import { priceAmount } from '../ui/price-words.ts';

/** How a provider stands, for its dot and its words. `off` is the user's own choice and hides what the service says. */
export type Standing = ProviderStatus['health']['state'] | 'off';

export function standingOf(provider: ProviderStatus, isChecking: boolean): Standing {
  if (isChecking) return 'checking';
  const { enabled, health } = provider;
  // What keeps a service from being used is said first, even though it is not in use because of that.
  const isTold = health.state === 'found' || health.state === 'keyMissing' || health.state === 'locked';
  return enabled || isTold ? health.state : 'off';
}

/** The words for it. A service that has its key and was not asked yet is not "not set up". */
export function standingWords({ manifest }: ProviderStatus, standing: Standing): string {
  const isUnasked = standing === 'notSetUp' && manifest.kind === 'cloud';
  return translate(isUnasked ? 'providers:notAsked' : `providers:state.${standing}`);
}

/** Whether the user has to do with it: then its card is open, else one line names it. */
export function isKnown({ manifest, enabled, health, credentials }: ProviderStatus): boolean {
  return (
    manifest.kind === 'builtin' ||
    enabled ||
    health.state === 'found' ||
    health.state === 'keyRefused' ||
    credentials.some(({ isSet }) => isSet)
  );
}

export type ProviderKind = ProviderStatus['manifest']['kind'];

export interface ProviderGroup {
  readonly kind: ProviderKind;
  /** Those the user has to do with, then the others by name. */
  readonly known: readonly ProviderStatus[];
  readonly others: readonly ProviderStatus[];
}

/** The page's sections: this machine, cloud services, what is built in. One in `opened` stays where it was opened. */
export function providerGroups(
  providers: readonly ProviderStatus[],
  opened: ReadonlySet<string> = new Set(),
): ProviderGroup[] {
  const isCard = (provider: ProviderStatus): boolean => isKnown(provider) && !opened.has(provider.manifest.id);
  const order: readonly ProviderKind[] = ['local', 'cloud', 'builtin'];
  return order
    .map((kind) => {
      const own = providers.filter(({ manifest }) => manifest.kind === kind);
      return {
        kind,
        known: own.filter(isCard),
        others: own
          .filter((provider) => !isCard(provider))
          .sort((one, other) => one.manifest.name.localeCompare(other.manifest.name)),
      };
    })
    .filter(({ known, others }) => known.length + others.length > 0);
}

/** "$12.40", or "1,240 credits" where the service doesn't count in money. */
export function balanceWords({ amount, unit, usd }: Balance): string {
  if (usd !== null) return formatUsd(usd);
  return translate('providers:balanceOf', { amount: formatNumber(amount, 2), unit });
}

const pricePer = (price: Price): string => translate(`providers:pricePer.${price.per}`, { amount: priceAmount(price) });

/** What one unit of a model's work costs: "$0.004 an image". */
export function modelPrice({ price }: Model): string {
  if (price === null) return translate('providers:priceUnknown');
  if (price.usd === 0) return translate('providers:free');
  return pricePer(price);
}

/** What a picture costs with these models: the least there is, and whether others cost more. */
export function priceWords(models: readonly Model[]): string {
  const prices = models
    .flatMap(({ price }) => (price === null ? [] : [price]))
    .sort((one, other) => one.usd - other.usd);
  const [least] = prices;
  if (least === undefined) return translate('providers:priceUnknown');
  if (prices.length < models.length) {
    if (least.usd === 0) return translate('providers:priceUnknown');
    return translate('providers:priceFromSome', { price: pricePer(least) });
  }
  if (prices.every(({ usd }) => usd === 0)) return translate('providers:free');
  const price = pricePer(least);
  const isSame = prices.every(({ usd, per }) => usd === least.usd && per === least.per);
  return isSame ? price : translate('providers:priceFrom', { price });
}

/** Models by family, families in their usual order, names in the order of the alphabet. */
export function byFamily(
  models: readonly Model[],
): { readonly family: Model['family']; readonly models: readonly Model[] }[] {
  const order: readonly Model['family'][] = ['flux', 'sdxl', 'sd15', 'upscaler', 'procedural', 'other'];
  return order
    .map((family) => ({
      family,
      models: models
        .filter((model) => model.family === family)
        .sort((one, other) => one.name.localeCompare(other.name)),
    }))
    .filter((group) => group.models.length > 0);
}
