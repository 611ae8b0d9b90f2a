import type { Model, ProviderManifest } from '../../shared/models/provider.ts';
import { translate } from '../i18n/i18n.ts';
import { formatSize } from '../ui/format.ts';
import { priceAmount } from '../ui/price-words.ts';

type ProviderKind = ProviderManifest['kind'];

/** The small line under a model's name: "SDXL · 1024 × 1024"; a service's also has its tier: "Fast · FLUX · 1024 × 1024". */
export function modelHints({ family, tier, defaults, limits, operations }: Model, kind: ProviderKind): string {
  const isVideo = operations.every((operation) => operation === 'video');
  const size =
    defaults.width !== undefined && defaults.height !== undefined && operations.includes('textToImage')
      ? formatSize(defaults.width, defaults.height)
      : translate('compose:upTo', { side: limits.side.max });
  return [
    ...(kind === 'cloud' ? [translate(`ui:tiers.${tier}`)] : []),
    ...(kind === 'cloud' && family === 'other' ? [] : [translate(`compose:families.${family}`)]),
    isVideo ? translate('compose:video') : size,
  ].join(' · ');
}

/** What a unit of its work costs, for services only: what runs here is free. */
export function modelPrice({ price }: Model, kind: ProviderKind): string | null {
  if (kind !== 'cloud') return null;
  if (price === null) return translate('ui:cost.unknown');
  if (price.usd === 0) return translate('ui:cost.free');
  return translate(`compose:pricePer.${price.per}`, { amount: priceAmount(price) });
}
