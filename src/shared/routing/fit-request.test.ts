import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GenerationRequest, operations } from '../models/generation-request.ts';
import type { Model } from '../models/provider.ts';
import { parameters } from '../models/route-wishes.ts';
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

  it('says that a model takes no seed where one was chosen, and nothing of one that Easel drew', () => {
    const seedless = model({ parameters: ['size'] });
    expect(fitted(fitRequest(ask({ seed: 7 }), seedless, null)).dropped).toEqual([
      { parameter: 'seed', note: 'Model M takes no seed.' },
    ]);
    expect(fitted(fitRequest(ask({ seed: 7, isSeedDrawn: true }), seedless, null)).dropped).toEqual([]);
    expect(fitted(fitRequest(ask({ seed: 7 }), model(), null)).dropped).toEqual([]);
  });

  it('rounds a size to the nearest that the model makes, and says so', () => {
    const { request, dropped } = fitted(fitRequest(ask({ width: 1023, height: 513 }), model(), null));
    expect([request.width, request.height]).toEqual([1024, 512]);
    expect(dropped).toEqual([{ parameter: 'size', note: expect.stringMatching(/multiples of 8.*1024×512/) as string }]);
  });

  it('rounds within the limits of a side that is no multiple itself', () => {
    const odd = model({
      limits: { promptCharacters: 1000, imagesPerRequest: 1, side: { min: 60, max: 1020, multipleOf: 64 } },
    });
    const { request } = fitted(fitRequest(ask({ width: 1020, height: 60 }), odd, null));
    expect([request.width, request.height]).toEqual([960, 64]);
  });

  it.each([
    ['up where the pixels allow it', [1000, 1000], { min: 1, max: 1024 * 1024 }, [1024, 1024]],
    ['one side down where they do not', [1020, 1000], { min: 1, max: 1_000_000 }, [1024, 960]],
    ['both up where too few would be left', [520, 520], { min: 570 * 570, max: 4_000_000 }, [576, 576]],
  ] as const)('rounds %s', (_, [width, height], pixels, expected) => {
    const limits = {
      promptCharacters: 1000,
      imagesPerRequest: 1,
      side: { min: 64, max: 2048, multipleOf: 64 },
      pixels,
    };
    const { request } = fitted(fitRequest(ask({ width, height }), model({ limits }), null));
    expect([request.width, request.height]).toEqual(expected);
    expect(request.width * request.height).toBeLessThanOrEqual(pixels.max);
    expect(request.width * request.height).toBeGreaterThanOrEqual(pixels.min);
  });

  const reference = { operation: 'imageToImage', image: inputId } as const;

  it.each<[string, Partial<GenerationRequest>]>([
    ['image to image', reference],
    ['inpainting', { operation: 'inpaint', image: inputId, mask: inputId }],
  ])('makes the size that was asked for in %s, whatever the size of the reference', (_, fields) => {
    for (const inputSize of [
      { width: 640, height: 480 },
      { width: 4032, height: 3024 },
    ]) {
      expect(fitted(fitRequest(ask({ ...fields, width: 512, height: 768 }), model(), inputSize))).toMatchObject({
        request: { width: 512, height: 768 },
        dropped: [],
      });
    }
  });

  it('keeps the shape of the reference where only one side is asked for', () => {
    const inputSize = { width: 4000, height: 2000 };
    expect(fitted(fitRequest(ask({ ...reference, width: 800 }), model(), inputSize)).request).toMatchObject({
      width: 800,
      height: 400,
    });
    expect(fitted(fitRequest(ask({ ...reference, height: 800 }), model(), inputSize)).request).toMatchObject({
      width: 1600,
      height: 800,
    });
  });

  it('says in image to image, too, that a size was rounded or is beyond the model', () => {
    const inputSize = { width: 640, height: 480 };
    expect(fitted(fitRequest(ask({ ...reference, width: 515, height: 512 }), model(), inputSize)).dropped).toEqual([
      { parameter: 'size', note: expect.stringMatching(/multiples of 8.*512×512/) as string },
    ]);
    expect(reasonOf(fitRequest(ask({ ...reference, width: 4096 }), model(), inputSize))).toMatch(
      /^sizeNotSupported: .*64 to 2048/,
    );
  });

  it.each([
    ['a large photo to the pixels that the model is at its best with', [4032, 3024], [1184, 888]],
    ['a small one not at all', [640, 480], [640, 480]],
    ['a small one to what the model can make, never above it', [261, 259], [256, 256]],
    ['one below the minimum up to it', [32, 48], [64, 96]],
    ['a long one to the longest side', [20_000, 1000], [2048, 104]],
  ] as const)('without a size, scales %s, and has nothing to say about it', (_, [width, height], [wide, high]) => {
    const { request, dropped } = fitted(fitRequest(ask(reference), model(), { width, height }));
    expect([request.width, request.height]).toEqual([wide, high]);
    expect(dropped).toEqual([]);
  });

  it('says that a model takes no size where one was asked for', () => {
    const { request, dropped } = fitted(
      fitRequest(ask({ ...reference, width: 512 }), model({ parameters: [] }), { width: 640, height: 480 }),
    );
    expect(request).toMatchObject({ width: 640, height: 480 });
    expect(dropped).toEqual([{ parameter: 'size', note: expect.stringMatching(/takes no size.*640×480/) as string }]);
  });

  it('follows the reference when it is upscaled, and says so where another size was asked for', () => {
    const upscale = { operation: 'upscale', image: inputId } as const;
    const inputSize = { width: 640, height: 480 };
    expect(fitted(fitRequest(ask(upscale), model(), inputSize))).toMatchObject({ request: inputSize, dropped: [] });
    const { request, dropped } = fitted(fitRequest(ask({ ...upscale, width: 512 }), model(), inputSize));
    expect(request).toMatchObject(inputSize);
    expect(dropped).toEqual([{ parameter: 'size', note: expect.stringContaining('640×480') as string }]);
  });

  it('refuses a reference that the upscaler does not take, and says what helps', () => {
    const tooLarge = fitRequest(ask({ operation: 'upscale', image: inputId }), model(), { width: 4032, height: 300 });
    expect(reasonOf(tooLarge)).toMatch(/^sizeNotSupported: The reference image is 4032×300.*64 to 2048.*Scale it/);
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
    seed: maybe(fc.integer({ min: 0, max: 1000 })),
    isSeedDrawn: maybe(fc.boolean()),
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

describe('a prompt beyond the limit of a model', () => {
  it('is no reason against the model: it is shortened, and that is said', () => {
    const fit = fitRequest(GenerationRequest.parse({ prompt: 'p'.repeat(1003) }), model(), null);
    const note = 'Model M takes 1000 characters: the prompt of 1003 is shortened.';
    expect(fit).toMatchObject({ fits: true, dropped: [{ parameter: 'prompt', note }] });
  });
});

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
        const isAsked = request.width !== undefined && engine.parameters.includes('size');
        if (isAsked && request.operation !== 'upscale' && request.operation !== 'removeBackground') {
          const roundedBy = Math.abs(fit.request.width - (request.width ?? 0));
          // At a limit that is no multiple itself, the nearest lies further away.
          const isAtLimit = [min, max].some((limit) => Math.abs(limit - fit.request.width) < multipleOf);
          if (!isAtLimit) expect(roundedBy).toBeLessThanOrEqual(multipleOf / 2);
        }
        const isLong = request.prompt.length > engine.limits.promptCharacters;
        expect(fit.dropped.some(({ parameter }) => parameter === 'prompt')).toBe(isLong);
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

  it('a picture from a reference never has more pixels than the reference and the model call for', () => {
    const tolerance = 1.3;
    fc.assert(
      fc.property(side, side, fc.constantFrom(1, 8, 16, 64), (width, height, multipleOf) => {
        const engine = model({
          limits: { promptCharacters: 1000, imagesPerRequest: 1, side: { min: 64, max: 2048, multipleOf } },
        });
        const request = ask({ operation: 'imageToImage', image: inputId });
        const { request: made } = fitted(fitRequest(request, engine, { width, height }));
        expect(made.width).toBeLessThanOrEqual(Math.max(width, (64 * width) / Math.min(width, height) + multipleOf));
        expect(made.height).toBeLessThanOrEqual(Math.max(height, (64 * height) / Math.min(width, height) + multipleOf));
        expect(made.width * made.height).toBeLessThanOrEqual(1024 * 1024 * tolerance);
      }),
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
        const choseSeed = request.seed !== undefined && request.isSeedDrawn !== true;
        expect(dropped.includes('seed')).toBe(choseSeed && !engine.parameters.includes('seed'));
        expect(dropped.includes('loras')).toBe(fit.request.loras.length !== request.loras.length);
        expect(dropped.includes('negativePrompt')).toBe(fit.request.negativePrompt !== request.negativePrompt);
        const isSizeSent =
          (request.width ?? fit.request.width) === fit.request.width &&
          (request.height ?? fit.request.height) === fit.request.height;
        expect(dropped.includes('size')).toBe(!isSizeSent);
        expect(dropped.includes('image')).toBe(request.image !== undefined && request.operation === 'textToImage');
        expect(dropped.includes('mask')).toBe(request.mask !== undefined && request.operation !== 'inpaint');
        expect(new Set(dropped).size).toBe(dropped.length);
        for (const { note } of fit.dropped) expect(note).toMatch(/\.$/);
      }),
      { numRuns: 2000 },
    );
  });
});
