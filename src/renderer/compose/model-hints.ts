import type { Model } from '../../shared/models/provider.ts';
import { translate } from '../i18n/i18n.ts';
import { formatSize } from '../ui/format.ts';

/** The small line under a model's name: "SDXL · 1024 × 1024". */
export function modelHints({ family, defaults, limits, operations }: Model): string {
  const size =
    defaults.width !== undefined && defaults.height !== undefined && operations.includes('textToImage')
      ? formatSize(defaults.width, defaults.height)
      : translate('compose:upTo', { side: limits.side.max });
  return [translate(`compose:families.${family}`), size].join(' · ');
}
