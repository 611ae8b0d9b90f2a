import type { Pair } from '../database/comparisons.ts';

/** In an order by chance. `chance` answers 0 to 1. */
export function shuffled<Item>(items: readonly Item[], chance: () => number): Item[] {
  return items
    .map((item) => ({ item, place: chance() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

/** `A`, `B`, … */
export function labelsFor(count: number): string[] {
  return Array.from({ length: count }, (_, place) => String.fromCharCode('A'.charCodeAt(0) + place));
}

/** Every pair of labels once, in an order and with its sides by chance. */
export function dealPairs(labels: readonly string[], chance: () => number): Pair[] {
  const pairs = labels.flatMap((one, place) => labels.slice(place + 1).map((other): Pair => [one, other]));
  return shuffled(pairs, chance).map(([one, other]) => (chance() < 0.5 ? [one, other] : [other, one]));
}
