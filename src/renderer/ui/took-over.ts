import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { RouteRecord } from '../../shared/models/route.ts';
import { translate } from '../i18n/i18n.ts';

/** "Runware failed, fal took over"; null where nobody failed at it before. */
export function tookOverWords(
  route: RouteRecord | null,
  provider: string,
  providers: readonly ProviderStatus[],
): string | null {
  if (route === null || route.fellBackFrom.length === 0) return null;
  const nameOf = (id: string): string => providers.find(({ manifest }) => manifest.id === id)?.manifest.name ?? id;
  const failed = [...new Set(route.fellBackFrom.map((before) => nameOf(before.provider)))].join(', ');
  return translate('ui:tookOver', { failed, provider: nameOf(provider) });
}
