import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import { fitRequest } from '../../shared/routing/fit-request.ts';
import { exampleModel, exampleProvider } from '../ui/examples-for-tests.ts';
import { buildRequest } from './build-request.ts';
import { emptyDraft, type Draft } from './draft.ts';
import { fitDraft, operationFor } from './fit-draft.ts';

const picture = (width: number | null = 900, height: number | null = 600) => ({
  id: `${'a'.repeat(64)}.png`,
  width,
  height,
});
const draftWith = (change: Partial<Draft>): Draft => ({ ...emptyDraft, ...change });

describe('the operation', () => {
  it('follows the pictures in the draft', () => {
    expect(operationFor({ image: null, mask: null }, exampleModel())).toBe('textToImage');
    expect(operationFor({ image: picture(), mask: null }, exampleModel())).toBe('imageToImage');
    expect(operationFor({ image: picture(), mask: picture() }, exampleModel())).toBe('inpaint');
  });

  it('is what the model can do, not what the pictures suggest', () => {
    const wordsOnly = exampleModel({ operations: ['textToImage'] });
    expect(operationFor({ image: picture(), mask: picture() }, wordsOnly)).toBe('textToImage');
    expect(operationFor({ image: null, mask: null }, exampleModel({ operations: ['upscale'] }))).toBe('upscale');
    expect(operationFor({ image: null, mask: null }, exampleModel({ operations: ['inpaint'] }))).toBe('inpaint');
  });
});

describe('fitting a draft to a model', () => {
  const small = exampleModel({
    limits: { promptCharacters: 100, imagesPerRequest: 1, side: { min: 256, max: 768, multipleOf: 8 } },
    defaults: { width: 512, height: 512 },
  });

  it('leaves out what the model does not take, and keeps it in the draft', () => {
    const draft = draftWith({
      negativePrompt: 'blur',
      steps: 40,
      seed: 3,
      loras: [{ name: 'film.safetensors', weight: 1 }],
    });
    const fitted = fitDraft(draft, exampleModel({ parameters: ['size'] }));
    expect(fitted).toMatchObject({ negativePrompt: '', steps: null, seed: null, loras: [], notes: {} });
    expect(draft.steps).toBe(40);
  });

  it('says when a typed size had to change', () => {
    const fitted = fitDraft(draftWith({ aspect: 'custom', width: 1024, height: 700 }), small);
    expect(fitted.size).toEqual({ width: 768, height: 704 });
    expect(fitted.notes.size).toEqual({ from: { width: 1024, height: 700 }, to: { width: 768, height: 704 } });
  });

  it('draws a shape anew for each model, without a word', () => {
    const draft = draftWith({ aspect: '3:2' });
    expect(fitDraft(draft, exampleModel()).size).toEqual({ width: 1256, height: 840 });
    expect(fitDraft(draft, small).size).toEqual({ width: 624, height: 416 });
    expect(fitDraft(draft, small).notes).toEqual({});
  });

  it('follows the shape of the reference', () => {
    expect(fitDraft(draftWith({ aspect: 'reference', image: picture() }), small).size).toEqual({
      width: 624,
      height: 416,
    });
  });

  it('makes a small reference no larger than it is, unless it only lends its shape', () => {
    const draft = draftWith({ aspect: 'reference', image: picture(450, 300) });
    expect(fitDraft(draft, small).size).toEqual({ width: 448, height: 296 });
    const wordsOnly = { ...small, operations: ['textToImage' as const] };
    expect(fitDraft(draft, wordsOnly).size).toEqual({ width: 624, height: 416 });
  });

  it('shows the size that will really be made, with or without a reference', () => {
    const side = fc.integer({ min: 16, max: 9000 });
    const anyDraft = fc.record({
      aspect: fc.constantFrom('1:1', '16:9', '2:3', 'reference', 'custom'),
      width: side,
      height: side,
      image: fc.option(fc.record({ id: fc.constant(picture().id), width: side, height: side })),
      mask: fc.constantFrom(null, picture()),
    });
    fc.assert(
      fc.property(anyDraft, fc.constantFrom(exampleModel(), small), (change, model) => {
        const draft = draftWith({ prompt: 'a fox', ...change });
        const chosen = { provider: exampleProvider(), model };
        const fit = fitRequest(GenerationRequest.parse(buildRequest(draft, chosen)), model, change.image);
        if (!fit.fits) throw new Error(fit.reason);
        expect(fit.request).toMatchObject(fitDraft(draft, model).size ?? {});
        expect(fit.dropped).toEqual([]);
      }),
    );
  });

  it('asks for the size of a reference that would be made without asking', () => {
    const draft = draftWith({ aspect: 'reference', image: picture(4032, 3024) });
    const model = exampleModel();
    const request = GenerationRequest.parse({ operation: 'imageToImage', prompt: 'a fox', image: picture().id });
    const fit = fitRequest(request, model, { width: 4032, height: 3024 });
    expect(fit.fits && fit.request).toMatchObject(fitDraft(draft, model).size ?? {});
  });

  it('uses the typed size while the size of the reference is unknown', () => {
    const draft = draftWith({ aspect: 'reference', image: picture(null, null), width: 640, height: 512 });
    expect(fitDraft(draft, small).size).toEqual({ width: 640, height: 512 });
  });

  it('falls back to the model’s own sampler and says so', () => {
    const fitted = fitDraft(draftWith({ sampler: 'heun', scheduler: 'karras' }), exampleModel());
    expect(fitted.sampler).toBeNull();
    expect(fitted.scheduler).toBe('karras');
    expect(fitted.notes).toEqual({ sampler: 'heun' });
  });

  it('names the LoRAs that the model does not have', () => {
    const loras = [
      { name: 'film.safetensors', weight: 0.8 },
      { name: 'other.safetensors', weight: 1 },
    ];
    const fitted = fitDraft(draftWith({ loras }), exampleModel());
    expect(fitted.loras).toEqual([loras[0]]);
    expect(fitted.notes.loras).toEqual(['other.safetensors']);
  });

  it('says that a picture is not used', () => {
    const wordsOnly = exampleModel({ operations: ['textToImage'] });
    expect(fitDraft(draftWith({ image: picture(), mask: picture() }), wordsOnly).notes).toEqual({ imageUnused: true });
    const noInpaint = exampleModel({ operations: ['textToImage', 'imageToImage'] });
    expect(fitDraft(draftWith({ image: picture(), mask: picture() }), noInpaint).notes).toEqual({ maskUnused: true });
  });

  it('sends a strength only with a reference', () => {
    expect(fitDraft(draftWith({ strength: 0.4 }), exampleModel()).strength).toBeNull();
    expect(fitDraft(draftWith({ strength: 0.4, image: picture() }), exampleModel()).strength).toBe(0.4);
  });
});

describe('what only some models take', () => {
  const picture = (letter: string) => ({ id: `${letter.repeat(64)}.png`, width: 64, height: 64 });
  const full: Draft = {
    ...emptyDraft,
    image: picture('a'),
    references: [picture('b'), picture('c'), picture('d')],
    style: 'anime',
    outputFormat: 'webp',
    scale: 4,
    seconds: 5,
    loras: [{ name: 'https://example.com/ink.safetensors', weight: 1 }],
  };
  const { limits, choices } = exampleModel();

  it('goes to a model that takes it, as many references as it takes', () => {
    const model = exampleModel({
      parameters: ['references', 'style', 'outputFormat', 'scale', 'seconds', 'loras'],
      limits: { ...limits, references: 2 },
      choices: {
        ...choices,
        loras: [],
        styles: ['anime'],
        outputFormats: ['png', 'webp'],
        scales: [2, 4],
        seconds: [5],
      },
    });
    expect(fitDraft(full, model)).toMatchObject({
      references: [picture('b'), picture('c')],
      style: 'anime',
      outputFormat: 'webp',
      scale: 4,
      seconds: 5,
      loras: full.loras,
      notes: { referencesUnused: 1 },
    });
  });

  it('stays in the draft where the model knows other choices', () => {
    const model = exampleModel({
      parameters: ['style', 'outputFormat', 'scale', 'seconds'],
      choices: { ...choices, styles: ['film'], outputFormats: ['png'], scales: [2], seconds: [8] },
    });
    expect(fitDraft(full, model)).toMatchObject({ style: null, outputFormat: null, scale: null, seconds: null });
    expect(fitDraft(full, model).notes).toMatchObject({ style: 'anime', referencesUnused: 3 });
  });

  it('is nothing to a model that does not take it', () => {
    const fitted = fitDraft(full, exampleModel({ parameters: [] }));
    expect(fitted).toMatchObject({ references: [], style: null, outputFormat: null, scale: null, seconds: null });
  });
});
