import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import { exampleModel, exampleProvider } from '../ui/examples-for-tests.ts';
import { aspects, type AspectPreset } from './aspect.ts';
import { emptyRoutingState } from '../../shared/models/routing.ts';
import { buildRequest } from './build-request.ts';
import { problemOf as problemOfPlan } from './draft-problem.ts';
import { emptyDraft, type Draft } from './draft.ts';
import type { ChosenModel } from './model-choice.ts';
import { planDraft } from './plan-draft.ts';

const chosen = { provider: exampleProvider(), model: exampleModel() };
const upscaler = { provider: exampleProvider(), model: exampleModel({ operations: ['upscale'], parameters: [] }) };
const picture = { id: `${'a'.repeat(64)}.png`, width: 900, height: 600 };
const mask = { id: `${'b'.repeat(64)}.png`, width: 900, height: 600 };
const draftWith = (change: Partial<Draft>): Draft => ({ ...emptyDraft, prompt: 'a fox', ...change });

/** With this model and no other there is. */
function problemOf(draft: Draft, only: ChosenModel | null) {
  const providers = only === null ? [] : [{ ...only.provider, models: [only.model] }];
  return problemOfPlan(draft, planDraft(draft, { providers, routing: emptyRoutingState, now: 0 }));
}

describe('what keeps a draft from being a request', () => {
  it('is nothing for a prompt and a ready model', () => expect(problemOf(draftWith({}), chosen)).toBeNull());

  it('is named, one at a time', () => {
    const barred = { ...chosen, provider: exampleProvider({ state: 'keyRefused' }) };
    const named = { choice: { provider: 'comfyui', model: 'sdxl' } };
    expect(problemOf(draftWith({}), null)).toBe('noModel');
    expect(problemOf(draftWith(named), barred)).toBe('providerNotReady');
    expect(problemOf(draftWith({ prompt: ' \n' }), chosen)).toBe('promptEmpty');
    expect(problemOf(draftWith({ project: 'a/b' }), chosen)).toBe('projectName');
    expect(problemOf(draftWith({}), upscaler)).toBe('imageNeeded');
  });

  it('is not that its provider is away: the job waits for it', () => {
    const named = { choice: { provider: 'comfyui', model: 'sdxl' } };
    for (const state of ['unreachable', 'offline', 'locked'] as const) {
      const away = { ...chosen, provider: exampleProvider({ state }) };
      expect(problemOf(draftWith(named), away)).toBeNull();
    }
  });

  it('lets 10,000 characters pass and not one more', () => {
    expect(problemOf(draftWith({ prompt: 'x'.repeat(10_000) }), chosen)).toBeNull();
    expect(problemOf(draftWith({ prompt: 'x'.repeat(10_001) }), chosen)).toBe('promptTooLong');
    expect(problemOf(draftWith({ negativePrompt: 'x'.repeat(10_001) }), chosen)).toBe('negativeTooLong');
  });

  it('wants the mask as large as the reference', () => {
    expect(problemOf(draftWith({ image: picture, mask }), chosen)).toBeNull();
    expect(problemOf(draftWith({ image: picture, mask: { ...mask, height: 601 } }), chosen)).toBe('maskSize');
  });

  it('asks for no words where a picture says enough', () => {
    const video = { ...chosen, model: exampleModel({ operations: ['video'], startsFrom: 'either', parameters: [] }) };
    expect(problemOf(draftWith({ prompt: '', image: picture }), upscaler)).toBeNull();
    expect(problemOf(draftWith({ prompt: '', image: picture }), video)).toBeNull();
    expect(problemOf(draftWith({ prompt: '' }), video)).toBe('promptEmpty');
    expect(problemOf(draftWith({ prompt: '', image: picture }), chosen)).toBe('promptEmpty');
  });

  it('wants a picture for a video that begins with one, and takes a prompt that has to be shortened', () => {
    const video = { ...chosen, model: exampleModel({ operations: ['video'], startsFrom: 'image', parameters: [] }) };
    expect(problemOf(draftWith({}), video)).toBe('imageNeeded');
    const { limits } = exampleModel();
    const terse = { ...chosen, model: exampleModel({ limits: { ...limits, promptCharacters: 4 } }) };
    // It is shortened for it.
    expect(problemOf(draftWith({}), terse)).toBeNull();
  });
});

describe('the request', () => {
  it('names who does it and leaves the rest to the model', () => {
    expect(buildRequest(draftWith({ prompt: ' a fox ' }), chosen)).toEqual({
      operation: 'textToImage',
      prompt: 'a fox',
      negativePrompt: '',
      provider: 'comfyui',
      model: 'sdxl',
      count: 1,
      project: 'default',
      loras: [],
      width: 1024,
      height: 1024,
    });
  });

  it('carries the pictures that the operation takes', () => {
    expect(buildRequest(draftWith({ image: picture, mask }), chosen)).toMatchObject({
      operation: 'inpaint',
      image: picture.id,
      mask: mask.id,
    });
    const upscale = buildRequest(draftWith({ image: picture, mask, count: 4 }), upscaler);
    expect(upscale).toMatchObject({ operation: 'upscale', image: picture.id, count: 1, prompt: '' });
    expect(upscale).not.toHaveProperty('mask');
    expect(upscale).not.toHaveProperty('width');
  });

  it('is valid for every draft without problems', () => {
    const anyDraft = fc.record({
      prompt: fc.string({ maxLength: 300 }),
      negativePrompt: fc.string({ maxLength: 300 }),
      aspect: fc.constantFrom(...(Object.keys(aspects) as AspectPreset[]), 'custom' as const),
      width: fc.integer({ min: 1, max: 30_000 }),
      height: fc.integer({ min: 1, max: 30_000 }),
      count: fc.integer({ min: 1, max: 1000 }),
      seed: fc.option(fc.integer({ min: 0 })),
      steps: fc.option(fc.integer({ min: 1, max: 1000 })),
      image: fc.constantFrom(null, picture),
      mask: fc.constantFrom(null, mask),
      project: fc.string({ maxLength: 100 }),
    });
    fc.assert(
      fc.property(anyDraft, (change) => {
        const draft = draftWith(change);
        fc.pre(problemOf(draft, chosen) === null);
        expect(GenerationRequest.safeParse(buildRequest(draft, chosen)).error).toBeUndefined();
      }),
    );
  });
});
