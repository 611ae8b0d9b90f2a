import { exactDollars } from '../../shared/dollars.ts';
import type { ListedModel, Price } from '../../shared/models/provider.ts';
import { operationWords } from '../../shared/routing/fit-request.ts';
import { inColumns } from './list-lines.ts';
import { cutTo } from './plain-words.ts';

const width = 100;
const longestId = 44;

/** Two lines each: what to call it by and what it costs, then its name and what it does. */
export function modelLines(models: readonly ListedModel[]): string[] {
  const facts = inColumns(
    models.map((model) => [
      model.provider,
      // One that is longer is shown whole: it is there to be copied.
      model.id.length > longestId ? '' : model.id,
      model.tier,
      priceWords(model),
      secondsWords(model.typicalSeconds),
    ]),
  );
  return models.flatMap(({ id, name, operations }, at) => [
    facts[at] ?? '',
    ...(id.length > longestId ? [`    ${id}`] : []),
    cutTo(`    ${name}: ${operations.map((operation) => operationWords[operation]).join(', ')}`, width),
  ]);
}

function priceWords({ price, kind }: ListedModel): string {
  if (price === null) return kind === 'cloud' ? 'price not told' : 'free';
  return shortPrice(price);
}

/** "$0.040/image" */
export function shortPrice(price: Price): string {
  if (price.usd === 0 && price.first === undefined) return 'free';
  const units = { image: 'image', request: 'request', megapixel: 'MP', second: 's', gpuSecond: 'GPU second' } as const;
  const each = `${exactDollars(price.usd)}/${units[price.per]}`;
  return price.first === undefined ? each : `${exactDollars(price.first)}, then ${each}`;
}

function secondsWords(seconds: number | null): string {
  if (seconds === null) return '';
  return seconds < 120 ? `≈ ${Math.max(1, Math.round(seconds))} s` : `≈ ${Math.round(seconds / 60)} min`;
}
