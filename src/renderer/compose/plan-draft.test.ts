import { describe, expect, it } from 'vitest';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import { emptyRoutingState, type RoutingState } from '../../shared/models/routing.ts';
import { exampleModel, exampleProvider } from '../ui/examples-for-tests.ts';
import { problemOf } from './draft-problem.ts';
import { emptyDraft, type Draft } from './draft.ts';
import { planDraft } from './plan-draft.ts';

const flux = exampleModel({
  id: 'flux',
  name: 'FLUX',
  parameters: ['size', 'seed'],
  price: { usd: 0.01, per: 'image' },
});
const local = exampleProvider();
const cloud = exampleProvider({ id: 'fal', kind: 'cloud', models: [flux] });
const builtin = exampleProvider({ id: 'builtin', kind: 'builtin', notAi: true });
const draftWith = (change: Partial<Draft>): Draft => ({ ...emptyDraft, prompt: 'a fox', ...change });
const plan = (draft: Draft, providers = [local, cloud], routing: RoutingState = emptyRoutingState) =>
  planDraft(draft, { providers, routing, now: 1000 });

describe('a draft without a choice', () => {
  it('names its model where only one could be meant', () => {
    for (const providers of [[builtin], [local, builtin]]) {
      const { isAutomatic, request } = plan(draftWith({}), providers);
      expect(isAutomatic).toBe(false);
      expect(request).toHaveProperty('model');
    }
  });

  it('leaves it to Easel who does it where there are several, or where that was asked for', () => {
    expect(plan(draftWith({}))).toMatchObject({ isAutomatic: true, chosen: { model: { id: 'sdxl' } }, outlook: 'now' });
    expect(plan(draftWith({ automatic: true }), [cloud])).toMatchObject({ isAutomatic: true });
    for (const draft of [draftWith({}), draftWith({ wishes: { ...emptyDraft.wishes, tier: 'premium' } })]) {
      const { request } = plan(draft);
      expect(request).not.toHaveProperty('provider');
      expect(request).not.toHaveProperty('model');
      expect(GenerationRequest.safeParse(request).error).toBeUndefined();
    }
  });

  it('sends its wishes, and none that were not made', () => {
    expect(plan(draftWith({})).request).not.toHaveProperty('wishes');
    const wishes = { strategy: 'fastest', tier: null, maxUsd: 0, localOnly: true } as const;
    expect(plan(draftWith({ wishes: { ...wishes, providers: ['fal'], musts: [] } })).request?.wishes).toEqual({
      strategy: 'fastest',
      maxUsd: 0,
      localOnly: true,
      providers: ['fal'],
      musts: [],
    });
  });

  it('keeps what the first model does not take, so that what must hold is not lost', () => {
    const draft = draftWith({ steps: 40, negativePrompt: 'fog', sampler: 'euler' });
    const first = { ...emptyRoutingState, settings: { ...emptyRoutingState.settings, primary: 'fal' } };
    const { request, route, chosen } = plan(draft, [local, cloud], first);
    expect(chosen?.model.id).toBe('flux');
    expect(request).toMatchObject({ steps: 40, negativePrompt: 'fog' });
    expect(route?.ranked[0]?.dropped.map(({ parameter }) => parameter)).toEqual(['negativePrompt', 'steps']);
    // An entry of another model's list would shut out everybody who has no such list.
    expect(request).not.toHaveProperty('sampler');
    expect(plan(draft, [local, cloud]).request).toHaveProperty('sampler', 'euler');
  });

  it('asks for the size that the form shows', () => {
    const { limits } = exampleModel();
    const coarse = {
      ...local,
      models: [exampleModel({ limits: { ...limits, side: { min: 64, max: 2048, multipleOf: 64 } } })],
    };
    expect(plan(draftWith({ aspect: '3:2' }), [coarse, cloud]).request).toMatchObject({ width: 1280, height: 832 });
    expect(plan(draftWith({ aspect: 'custom', width: 30_000, height: 8 })).request).toMatchObject({
      width: 16_384,
      height: 16,
    });
  });

  it('names who would do it at a known price where the first one has none', () => {
    const priced = exampleModel({ id: 'flux-priced', price: { usd: 0.02, per: 'image' } });
    const unpriced = exampleProvider({ id: 'fal', kind: 'cloud', models: [{ ...flux, price: null }, priced] });
    const dear = exampleModel({ id: 'dear', price: { usd: 0.5, per: 'image' } });
    const other = exampleProvider({ id: 'bfl', kind: 'cloud', models: [dear] });
    const known = plan(draftWith({}), [unpriced, other]);
    expect([known.route?.ranked[0]?.model.id, known.priced?.model.id]).toEqual([flux.id, 'flux-priced']);
    expect(plan(draftWith({ choice: { provider: 'fal', model: flux.id } }), [unpriced, other]).priced).toBeNull();
    expect(plan(draftWith({}), [local, unpriced]).priced).toBeNull();
  });

  it('says who would do it before there are words', () => {
    const draft = draftWith({ prompt: ' ' });
    expect(plan(draft).route?.ranked).toHaveLength(2);
    expect(problemOf(draft, plan(draft))).toBe('promptEmpty');
  });
});

describe('what becomes of a draft that nobody can do', () => {
  const away = exampleProvider({ state: 'unreachable' });
  const offline = exampleProvider({ id: 'fal', kind: 'cloud', state: 'offline', models: [flux] });
  const textOnly = (id: string) => exampleProvider({ id, models: [exampleModel({ operations: ['textToImage'] })] });

  it('waits for providers that come back by themselves', () => {
    const waiting = plan(draftWith({}), [away, offline]);
    expect(waiting).toMatchObject({ outlook: 'later', chosen: { model: { id: 'sdxl' } } });
    expect(problemOf(draftWith({}), waiting)).toBeNull();
    // A local server that is away lists no models.
    const bare = plan(draftWith({}), [
      { ...away, models: [] },
      { ...offline, models: [] },
    ]);
    expect(problemOf(draftWith({}), bare)).toBeNull();
  });

  it('is refused where nothing could ever come of it', () => {
    const picture = { id: `${'a'.repeat(64)}.png`, width: 900, height: 600 };
    const draft = draftWith({ image: picture });
    const never = plan(draft, [textOnly('comfyui'), textOnly('automatic1111')]);
    expect(never.outlook).toBe('never');
    expect(problemOf(draft, never)).toBe('nobodyCan');
  });

  it('has no route while the named model is gone', () => {
    expect(plan(draftWith({ choice: { provider: 'fal', model: 'gone' } }))).toMatchObject({
      route: null,
      chosen: null,
    });
  });
});
