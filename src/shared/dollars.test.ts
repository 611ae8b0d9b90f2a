import { describe, expect, it } from 'vitest';
import { dollars, dollarsBeside, exactDollars } from './dollars.ts';

describe('money', () => {
  it.each([
    [0, '$0.00'],
    [0.00004, '$0.0000'],
    [0.004, '$0.0040'],
    [0.00996, '$0.010'],
    [0.01, '$0.010'],
    [0.0125, '$0.013'],
    [0.9994, '$0.999'],
    [0.9996, '$1.00'],
    [12.345, '$12.35'],
    [0.1 + 0.2, '$0.300'],
  ])('that was spent is rounded by its size: %d', (usd, text) => {
    expect(dollars(usd)).toBe(text);
  });

  it.each([
    [0.0104, 0.01, '$0.0104'],
    [5.004, 5, '$5.004'],
    [4.996, 5, '$4.996'],
    [4.9999996, 5, '$5.00'],
    [5, 5, '$5.00'],
    [0.1 + 0.2, 0.3, '$0.300'],
    [0.0125, 0.01, '$0.013'],
    [7, 5, '$7.00'],
  ])('that is compared with another amount is told apart from it: %d beside %d', (usd, other, text) => {
    expect(dollarsBeside(usd, other)).toBe(text);
  });

  it.each([
    [0, '$0.00'],
    [0.000225, '$0.000225'],
    [0.0001, '$0.0001'],
    [0.0125, '$0.0125'],
    [0.05, '$0.050'],
    [0.9996, '$0.9996'],
    [5, '$5.00'],
    [12.345, '$12.345'],
    [0.1 + 0.2, '$0.300'],
  ])('that somebody set is exact: %d', (usd, text) => {
    expect(exactDollars(usd)).toBe(text);
  });
});
