import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GenerationRequest, operations } from '../models/generation-request.ts';
import { parameters, type Model } from '../models/provider.ts';
import { fitRequest, type Fit } from './fit-request.ts';

const inputId = `${'0'.repeat(64)}.png`;
const model = (changes: Partial<Model> = {}): Model => ({
  id: 'm',
  name: 'Model M',
  family: 'sdxl',
  tier: 'standard',
  operations: [...operations],
  parameters: [...parameters],
  limits: { promptCharacters: 1000, imagesPerRequest: 1, side: { min: 64, max: 2048, multipleOf: 8 } },
  defaults: {
    width: 1024,
    height: 1024,
    steps: 20,
    guidance: 7,
    sampler: 'euler',
    scheduler: 'normal',
    strength: 0.75,
  },
  choices: { samplers: ['euler', 'lcm'], schedulers: ['normal'], loras: ['ink'] },
  price: null,
  typicalSeconds: null,
  ...changes,
});
const ask = (changes: Partial<GenerationRequest> = {}): GenerationRequest =>
  GenerationRequest.parse({ prompt: 'a boat', ...changes });

function fitted(fit: Fit): Extract<Fit, { fits: true }> {
  if (!fit.fits) throw new Error(fit.reason);
  return fit;
}
const reasonOf = (fit: Fit): string => (fit.fits ? 'it fits' : `${fit.code}: ${fit.reason}`);

describe('fitRequest', () => {
  it('fills in what the model does by itself', () => {
    const { request, dropped } = fitted(fitRequest(ask(), model(), null));
    expect(request).toMatchObject({
      width: 1024,
      height: 1024,
      steps: 20,
      guidance: 7,
      sampler: 'euler',
      strength: null,
    });
    expect(dropped).toEqual([]);
  });

  it.each<[string, Partial<GenerationRequest>, Partial<Model>, RegExp]>([
    [
      'an operation it has not',
      { operation: 'upscale' },
      { operations: ['textToImage'] },
      /^invalid_request: Model M can't do upscaling\.$/,
    ],
    ['no prompt', { prompt: ' ' }, {}, /^badInput: Write a prompt first/],
    [
      'a prompt beyond its limit',
      { prompt: 'p'.repeat(1003) },
      {},
      /^promptTooLong: .*1003 characters.*takes 1000.*Shorten it by 3/,
    ],
    ['no reference', { operation: 'imageToImage' }, {}, /^badInput: Give a reference image/],
    ['no mask', { operation: 'inpaint', image: inputId }, {}, /^badInput: Give a mask/],
    ['a size too large', { width: 4096 }, {}, /^sizeNotSupported: The picture is 4096×1024.*64 to 2048/],
    ['a size too small', { height: 16 }, {}, /^sizeNotSupported: The picture is 1024×16/],
    ['a sampler it has not', { sampler: 'magic' }, {}, /^badInput: .*no sampler "magic".*euler, lcm/],
    ['a scheduler it has not', { scheduler: 'magic' }, {}, /^badInput: .*no scheduler "magic".*normal/],
    ['a LoRA it has not', { loras: [{ name: 'oil', weight: 1 }] }, {}, /^badInput: There is no LoRA "oil".*ink/],
  ])('refuses %s, with what to do instead', (_, request, changes, reason) => {
    expect(reasonOf(fitRequest(ask(request), model(changes), null))).toMatch(reason);
  });

  it('rounds a size down to what the model makes, and says so', () => {
    const { request, dropped } = fitted(fitRequest(ask({ width: 1023, height: 513 }), model(), null));
    expect([request.width, request.height]).toEqual([1016, 512]);
    expect(dropped).toEqual([{ parameter: 'size', note: expect.stringMatching(/multiples of 8.*1016×512/) as string }]);
  });

  it('follows the reference image, and says so where another width or another height was asked for', () => {
    const reference = { operation: 'imageToImage', image: inputId } as const;
    const size = { width: 640, height: 480 };
    expect(fitted(fitRequest(ask(reference), model(), size))).toMatchObject({ request: size, dropped: [] });
    for (const other of [{ width: 512 }, { height: 512 }]) {
      const { request, dropped } = fitted(fitRequest(ask({ ...reference, ...other }), model(), size));
      expect(request).toMatchObject(size);
      expect(dropped).toEqual([{ parameter: 'size', note: expect.stringContaining('640×480') as string }]);
    }
  });

  it('says where the reference image itself had to be rounded', () => {
    const { dropped } = fitted(
      fitRequest(ask({ operation: 'imageToImage', image: inputId }), model(), { width: 261, height: 259 }),
    );
    expect(dropped).toEqual([{ parameter: 'size', note: expect.stringContaining('256×256') as string }]);
  });
});

const anyModel = fc
  .record({
    parameters: fc.subarray([...parameters]),
    min: fc.integer({ min: 1, max: 600 }),
    span: fc.integer({ min: 0, max: 4000 }),
    multipleOf: fc.integer({ min: 1, max: 128 }),
    operations: fc.subarray([...operations], { minLength: 1 }),
    promptCharacters: fc.integer({ min: 1, max: 40 }),
    hasDefaults: fc.boolean(),
  })
  .map(({ min, span, multipleOf, promptCharacters, hasDefaults, ...rest }) =>
    model({
      ...rest,
      limits: { promptCharacters, imagesPerRequest: 1, side: { min, max: min + span, multipleOf } },
      ...(hasDefaults ? {} : { defaults: {} }),
    }),
  );
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const side = fc.integer({ min: 16, max: 5000 });
const anyRequest = fc
  .record({
    operation: fc.constantFrom(...operations),
    prompt: fc.string({ maxLength: 50 }),
    negativePrompt: maybe(fc.string({ maxLength: 10 })),
    width: maybe(side),
    height: maybe(side),
    steps: maybe(fc.integer({ min: 1, max: 100 })),
    guidance: maybe(fc.double({ min: 0, max: 100, noNaN: true })),
    sampler: maybe(fc.constantFrom('euler', 'lcm', 'magic')),
    scheduler: maybe(fc.constantFrom('normal', 'magic')),
    strength: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
    loras: maybe(fc.constantFrom([], [{ name: 'ink', weight: 1 }], [{ name: 'oil', weight: 1 }])),
    image: maybe(fc.constant(inputId)),
    mask: maybe(fc.constant(inputId)),
  })
  .map((request) => GenerationRequest.parse(request));
const anyInputSize = fc.option(fc.record({ width: side, height: side }));

describe('whatever is asked of whatever model', () => {
  it('a fitted request never breaks the limits of the model', () => {
    fc.assert(
      fc.property(anyRequest, anyModel, anyInputSize, (request, engine, inputSize) => {
        const fit = fitRequest(request, engine, inputSize);
        if (!fit.fits) return fit.reason !== '';
        const { min, max, multipleOf } = engine.limits.side;
        for (const pixels of [fit.request.width, fit.request.height]) {
          expect(pixels).toBeGreaterThanOrEqual(min);
          expect(pixels).toBeLessThanOrEqual(max);
          expect(pixels % multipleOf).toBe(0);
        }
        expect(fit.request.prompt.length).toBeLessThanOrEqual(engine.limits.promptCharacters);
        expect(engine.operations).toContain(request.operation);
        const sent = {
          ...fit.request,
          loras: fit.request.loras.length > 0 ? fit.request.loras : null,
          negativePrompt: fit.request.negativePrompt || null,
        };
        for (const name of [
          'steps',
          'guidance',
          'sampler',
          'scheduler',
          'strength',
          'loras',
          'negativePrompt',
        ] as const) {
          if (!engine.parameters.includes(name)) expect(sent[name]).toBeNull();
        }
        return true;
      }),
      { numRuns: 2000 },
    );
  });

  it('what was asked for and is not sent as it was is always among the dropped', () => {
    fc.assert(
      fc.property(anyRequest, anyModel, anyInputSize, (request, engine, inputSize) => {
        const fit = fitRequest(request, engine, inputSize);
        if (!fit.fits) return;
        const dropped = fit.dropped.map(({ parameter }) => parameter);
        for (const name of ['steps', 'guidance', 'sampler', 'scheduler', 'strength'] as const) {
          const isSent = request[name] === undefined || fit.request[name] === request[name];
          expect(dropped.includes(name), name).toBe(!isSent);
        }
        expect(dropped.includes('loras')).toBe(fit.request.loras.length !== request.loras.length);
        expect(dropped.includes('negativePrompt')).toBe(fit.request.negativePrompt !== request.negativePrompt);
        const isSizeSent =
          (request.width ?? fit.request.width) === fit.request.width &&
          (request.height ?? fit.request.height) === fit.request.height;
        if (!isSizeSent) expect(dropped).toContain('size');
        expect(dropped.includes('image')).toBe(request.image !== undefined && request.operation === 'textToImage');
        expect(dropped.includes('mask')).toBe(request.mask !== undefined && request.operation !== 'inpaint');
        expect(new Set(dropped).size).toBe(dropped.length);
        for (const { note } of fit.dropped) expect(note).toMatch(/\.$/);
      }),
      { numRuns: 2000 },
    );
  });
});
