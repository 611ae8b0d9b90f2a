import type { Price } from '../../shared/models/provider.ts';
import { translate } from '../i18n/i18n.ts';
import { formatExactUsd } from './format.ts';

/** "$0.040 per image"; "$0.030, then $0.015 per megapixel" where the first one costs something else. */
export function priceWords(price: Price): string {
  return translate('ui:price.each', { amount: priceAmount(price), unit: translate(`ui:price.of.${price.per}`) });
}

/** The money of a price, to be followed by what it is for: "$0.040", or "$0.030, then $0.015". */
export function priceAmount({ usd, first }: Price): string {
  const amount = formatExactUsd(usd);
  if (first === undefined || first === usd) return amount;
  return translate('ui:price.firstThen', { first: formatExactUsd(first), amount });
}
