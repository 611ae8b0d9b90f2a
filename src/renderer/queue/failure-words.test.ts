import { expect, it } from 'vitest';
import { providerErrorCodes } from '../../shared/errors.ts';
import { failureWords } from './failure-words.ts';

it.each([...providerErrorCodes, 'priceRose' as const])('has words and advice for a failure of the kind %s', (code) => {
  const words = failureWords(code);
  expect(words?.name).toMatch(/^[A-Z][^{}]+[^.]$/);
  expect(words?.advice).toMatch(/^[A-Z][^{}]+\.$/);
});

it('leaves a failure that is not the provider’s to its own message', () => {
  expect(failureWords('diskFull')).toBeNull();
});
