import type { ProviderMetrics } from '../../shared/models/metrics.ts';
import { translate } from '../i18n/i18n.ts';
import { formatSeconds } from '../ui/format.ts';

/** "3 attempts, 1 failed, 2 images, 1 taken over from another provider". */
export function dayWords({
  attempts,
  failed,
  images,
  fallbacks,
}: Pick<ProviderMetrics, 'attempts' | 'failed' | 'images' | 'fallbacks'>): string {
  return [
    translate('providers:pulse.attempts', { count: attempts }),
    translate('providers:pulse.failed', { count: failed }),
    translate('providers:pulse.images', { count: images }),
    ...(fallbacks > 0 ? [translate('providers:pulse.fallbacks', { count: fallbacks })] : []),
  ].join(', ');
}

/** How long one image took; null where nothing succeeded. */
export function speedWords({ times }: Pick<ProviderMetrics, 'times'>): string | null {
  if (times === null) return null;
  const words = (milliseconds: number): string => formatSeconds(milliseconds / 1000);
  return translate('providers:pulse.speedWords', {
    average: words(times.average),
    p50: words(times.p50),
    p95: words(times.p95),
  });
}

/** How often its health was asked for and known already; null where nobody asked. */
export function cacheWords({ checks: { fromCache, asked } }: Pick<ProviderMetrics, 'checks'>): string | null {
  const all = fromCache + asked;
  return all === 0 ? null : translate('providers:pulse.cacheWords', { fromCache, count: all });
}
