/** Every service takes a seed of 32 bits, not all take a larger one. */
const largestCommonSeed = 2 ** 32 - 1;

export function randomSeed(): number {
  return Math.floor(Math.random() * (largestCommonSeed + 1));
}
