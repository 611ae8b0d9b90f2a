import { describe, expect, it } from 'vitest';
import { isOwnAddress, isPageAddress } from './own-address.ts';

describe('own addresses', () => {
  it.each(['app://easel', 'app://easel/', 'app://easel/images/1?x#y'])('knows %s as its own', (address) => {
    expect(isOwnAddress(address)).toBe(true);
  });

  it.each([
    'app://easel.example/',
    'app://other/',
    'app://someone@easel/',
    'https://easel/',
    'file:///easel',
    'application://easel/',
    'app:easel',
    'about:blank',
    '',
    'null',
  ])('takes %s for foreign', (address) => {
    expect(isOwnAddress(address)).toBe(false);
  });

  it('takes only the page itself for a reload', () => {
    expect(isPageAddress('app://easel/#queue')).toBe(true);
    expect(isPageAddress('app://easel/images/1')).toBe(false);
  });
});
