import { expect, it } from 'vitest';
import { exampleModel, exampleProvider } from '../ui/examples-for-tests.ts';
import { testChoice } from './test-choice.ts';

const models = [
  exampleModel({ id: 'unknown' }),
  exampleModel({ id: 'dear', price: { usd: 0.04, per: 'image' } }),
  exampleModel({ id: 'cheap', price: { usd: 0.003, per: 'megapixel' } }),
  exampleModel({ id: 'upscaler', operations: ['upscale'], price: { usd: 0.001, per: 'image' } }),
];
const cloud = exampleProvider({ id: 'fal', kind: 'cloud', models });

it('tries a service with its cheapest model, at the user’s own price where there is one', () => {
  expect(testChoice(cloud, {})).toMatchObject({ model: { id: 'cheap' }, cost: { kind: 'estimated' } });
  expect(testChoice(cloud, { 'fal/dear': { usd: 0.001, per: 'image' } })).toMatchObject({
    model: { id: 'dear' },
    cost: { usd: 0.001 },
  });
});

it('does not take an unknown price for none', () => {
  expect(testChoice({ ...cloud, models: [exampleModel()] }, {})?.cost).toEqual({ kind: 'unknown' });
  expect(testChoice(exampleProvider(), {})?.cost).toEqual({ kind: 'estimated', usd: 0 });
});

it('tries nothing where nothing makes pictures from words', () => {
  expect(testChoice({ ...cloud, models: [exampleModel({ operations: ['upscale'] })] }, {})).toBeNull();
});
