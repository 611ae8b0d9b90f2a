import type { Price } from '../../shared/models/provider.ts';
import { translate } from '../i18n/i18n.ts';
import { formatUsd } from './format.ts';

/** "$0.04 per image". */
export function priceWords({ usd, per, first }: Price): string {
  return translate('ui:price.each', { amount: formatUsd(first ?? usd), unit: translate(`ui:price.of.${per}`) });
}
