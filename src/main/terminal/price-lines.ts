import type { ListedPrice } from '../../shared/models/costs.ts';
import { inColumns } from './list-lines.ts';
import { shortPrice } from './model-lines.ts';
import { printable } from './plain-words.ts';

/** One line for each model: its price, where that is from, and what to call it by; names are last, being as long as they are. */
export function priceLines({ prices }: { readonly prices: readonly ListedPrice[] }): string[] {
  if (prices.length === 0) {
    return ['No service that costs something is set up. `easel prices list --provider <id>` shows any of them.'];
  }
  const lines = inColumns(
    prices.map((entry) => [priceOf(entry.price), source(entry), printable(`${entry.provider}/${entry.model}`)]),
  );
  return prices.some(({ price }) => price === null)
    ? [...lines, 'Enter a price that is not known with: easel prices set <provider>/<model> <usd>']
    : lines;
}

const priceOf = (price: ListedPrice['price']): string => (price === null ? 'not known' : shortPrice(price));

function source({ list, price, isCorrected, listedOn, base, isOffered }: ListedPrice): string {
  const ofDay = listedOn === null ? '' : ` of ${listedOn}`;
  if (!isOffered) return 'yours; not offered now';
  if (isCorrected) return list === null ? 'yours; no list says it' : `yours; the list${ofDay}: ${shortPrice(list)}`;
  if (price === null) return '';
  const as = base === null ? '' : `as ${printable(base.name)}, `;
  if (base?.isCorrected === true) return `${as}whose price is yours`;
  return listedOn === null ? `${as}as the service tells it` : `${as}by the list${ofDay}`;
}
