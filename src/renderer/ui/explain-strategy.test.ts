import { expect, it } from 'vitest';
import { explainStrategy } from './explain-strategy.ts';

it('speaks of a primary provider only where one is chosen', () => {
  const words = (primary: string | null, fallbacks: string[]) =>
    explainStrategy('primary_first', { primary, fallbacks });
  expect(words('fal', ['runware'])).toBe(
    'Asks your primary provider, then the fallbacks in their order, then the others.',
  );
  expect(words(null, ['runware'])).toBe(
    'Asks the fallbacks in their order, then the others: no primary provider is chosen.',
  );
  expect(words(null, [])).toBe(
    'Asks your own servers first, then the services in the order of the list: no primary provider is chosen.',
  );
  expect(explainStrategy('fastest', { primary: null, fallbacks: [] })).toBe(
    'Asks whoever is done soonest, waiting included.',
  );
});
