/**
 * Numbers from 0 to just below 1 that depend on the seed and on nothing else, the same on every machine: xoshiro128** of
 * Blackman and Vigna (https://prng.di.unimi.it), whose four words are filled by splitmix32 from both halves of the seed.
 */
export function seededChance(seed: number): () => number {
  const whole = Number.isFinite(seed) ? Math.trunc(Math.abs(seed)) : 0;
  const low = splitmix32(whole >>> 0);
  // Small seeds differ in their lower half alone: it has to reach all four words.
  const high = splitmix32(low() ^ (Math.floor(whole / 2 ** 32) >>> 0));
  const words: [number, number, number, number] = [low(), high(), low(), high()];
  // All zeros would stay zeros.
  if (words.every((word) => word === 0)) words[0] = 1;
  const next = (): number => {
    const [a, b, c, d] = words;
    const result = Math.imul(turned(Math.imul(b, 5), 7), 9) >>> 0;
    words[2] = c ^ a;
    words[3] = d ^ b;
    words[1] = b ^ words[2];
    words[0] = a ^ words[3];
    words[2] ^= b << 9;
    words[3] = turned(words[3], 11);
    return result;
  };
  // 53 bits, as many as a number has.
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
}

function splitmix32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

function turned(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
