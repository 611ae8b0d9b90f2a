/** Reproducible chance: the same prompt and seed always give the same row of numbers. */
export interface Chance {
  /** From 0 up to, but not including, 1. */
  unit(): number;
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  happens(probability: number): boolean;
  pick<const Item>(items: readonly [Item, ...Item[]]): Item;
}

/** Hashes the prompt's characters and the seed to 128 bits, which then run through the generator called sfc32. */
export function createChance(prompt: string, seed: number): Chance {
  let [a, b, c, d] = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a];
  const stir = (word: number): void => {
    a = b ^ Math.imul(a ^ word, 0x252f2a8d);
    b = c ^ Math.imul(b ^ word, 0xb29d0d49);
    c = d ^ Math.imul(c ^ word, 0x85c7e3d5);
    d = a ^ Math.imul(d ^ word, 0xa2d3c6a7);
    a = (a << 13) | (a >>> 19);
    c = (c << 7) | (c >>> 25);
  };
  for (let index = 0; index < prompt.length; index += 1) stir(prompt.charCodeAt(index));
  stir(prompt.length);
  stir(seed % 0x1_0000_0000);
  stir(Math.floor(seed / 0x1_0000_0000));

  const unit = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 0x1_0000_0000;
  };
  for (let round = 0; round < 20; round += 1) unit();

  const whole = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1));
  return {
    unit,
    whole,
    between: (low, high) => low + unit() * (high - low),
    happens: (probability) => unit() < probability,
    pick: (items) => items[whole(0, items.length - 1)] ?? items[0],
  };
}
