import { expect, it } from 'vitest';
import { errorDetailLines } from './error-details.ts';

it('puts the provider’s own words first and every other fact behind them', () => {
  const details = { httpStatus: 400, providerText: 'bad sampler', empty: null };
  expect(errorDetailLines({ code: 'invalid_request', message: '', details })).toEqual([
    'bad sampler',
    'Http status: 400',
    'Code: invalid_request',
  ]);
});

it('has nothing to open when there are no details', () => {
  expect(errorDetailLines({ code: 'diskFull', message: 'The disk is full.' })).toEqual([]);
});
