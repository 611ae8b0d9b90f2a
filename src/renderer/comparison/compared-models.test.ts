import { describe, expect, it } from 'vitest';
import { emptyRoutingState } from '../../shared/models/routing.ts';
import { exampleModel, exampleProvider } from '../ui/examples-for-tests.ts';
import { offeredModels, pricesFor, startProblem, totalOf } from './compared-models.ts';

const priced = (id: string, usd: number | null) =>
  exampleModel({ id, name: `Model ${id}`, price: usd === null ? null : { usd, per: 'image' } });
const cloud = exampleProvider({
  id: 'cloud',
  kind: 'cloud',
  models: [
    priced('cheap', 0.01),
    priced('dear', 0.2),
    priced('secret', null),
    exampleModel({ id: 'up', operations: ['upscale'] }),
  ],
});
const own = exampleProvider({ id: 'own', models: [exampleModel({ id: 'free', name: 'Free one' })] });
const away = exampleProvider({ id: 'away', state: 'unreachable' });
const off = exampleProvider({ id: 'off', enabled: false });
const market = { providers: [cloud, own, away, off], routing: emptyRoutingState };
const draft = { prompt: 'a pear', size: '512x512', maxUsd: null, models: [] };
const chosen = (...models: string[]) =>
  pricesFor(
    draft,
    models.map((model) => ({ provider: model === 'free' ? 'own' : 'cloud', model })),
    market,
  );

describe('the models to compare', () => {
  it('are those in use that make pictures from words, with their prices', () => {
    const groups = offeredModels(draft, market, '');
    expect(groups.map(({ id, models }) => [id, models.map(({ model }) => model)])).toEqual([
      ['cloud', ['cheap', 'dear', 'secret']],
      ['own', ['free']],
    ]);
    expect(groups[0]?.models[0]?.cost).toEqual({ kind: 'estimated', usd: 0.01 });
  });

  it('have their prices before there is a prompt', () => {
    expect(offeredModels({ ...draft, prompt: '' }, market, 'dear')[0]?.models).toMatchObject([
      { model: 'dear', problem: null, cost: { usd: 0.2 } },
    ]);
  });
});

it('says what a model over a cap costs, and that it is over it', () => {
  const { settings } = emptyRoutingState;
  const capped = { ...emptyRoutingState, settings: { ...settings, caps: { ...settings.caps, image: 0.05 } } };
  const [group] = offeredModels(draft, { ...market, routing: capped }, '');
  expect(group?.models.map(({ model, cost, isOverLimit }) => [model, cost, isOverLimit])).toEqual([
    ['cheap', { kind: 'estimated', usd: 0.01 }, false],
    ['dear', { kind: 'estimated', usd: 0.2 }, true],
    ['secret', { kind: 'unknown' }, false],
  ]);
});

describe('the start', () => {
  it.each([
    ['a prompt', { ...draft, prompt: '  ' }, ['cheap', 'dear'], 'noPrompt'],
    ['two models', draft, ['cheap'], 'fewModels'],
    ['models that can do it', draft, ['cheap', 'up'], 'unable'],
    ['known prices where there is a budget', { ...draft, maxUsd: 9 }, ['cheap', 'secret'], 'unknownPrice'],
    ['prices within the budget', { ...draft, maxUsd: 0.2 }, ['cheap', 'dear'], 'overBudget'],
  ])('needs %s', (_, given, models, kind) => {
    expect(startProblem(given, chosen(...models))).toMatchObject({ kind });
  });

  it('is possible within the budget, and without one whatever is known', () => {
    expect(startProblem({ ...draft, maxUsd: 0.21 }, chosen('cheap', 'dear', 'free'))).toBeNull();
    expect(startProblem(draft, chosen('cheap', 'secret'))).toBeNull();
    expect(totalOf(chosen('cheap', 'secret'))).toEqual({ usd: 0.01, unknown: 1 });
  });
});
