import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fileKindOf } from '../../../src/main/providers/file-kind.ts';
import { knownModels } from '../../../src/main/providers/together/models.ts';
import { priceOf } from '../../../src/shared/routing/price.ts';
import { failureOf, makeInput, makeRequest, never } from '../comfyui/requests.ts';
import { finished, lastBodyOf, modelNamed, useStand } from './stand.ts';

const start = useStand();
const square = { width: 1024, height: 1024, steps: null };

describe('a picture from a prompt, by Together AI', () => {
  it('asks for base64 by the word that this service takes, and says who asks', async () => {
    const { fake, provider } = await start();
    const request = makeRequest(modelNamed(provider, 'FLUX.1-schnell'), {
      width: 1216,
      height: 832,
      count: 2,
      seed: 7781,
      steps: 4,
      negativePrompt: 'fog',
      guidance: 3,
    });
    const { images } = finished(await provider.submit(request, { signal: never() }));
    expect(lastBodyOf(fake)).toEqual({
      model: 'black-forest-labs/FLUX.1-schnell',
      prompt: 'a lighthouse at dusk',
      width: 1216,
      height: 832,
      n: 2,
      response_format: 'base64',
      seed: 7781,
      steps: 4,
      negative_prompt: 'fog',
    });
    expect(fake.requests[0]?.headers['user-agent']).toBe('Easel');
    expect(fake.requests.filter(({ kind }) => kind === 'file')).toEqual([]);
    expect(images.map(({ seed }) => seed)).toEqual([7781, null]);
  });

  it('tells FLUX.2 its guidance by the other name and keeps the prompt as it was written', async () => {
    const { fake, provider } = await start();
    const request = makeRequest(modelNamed(provider, 'FLUX.2-dev'), {
      ...square,
      steps: 24,
      guidance: 4.5,
      loras: [{ name: 'someone/ink-drawing', weight: 0.8 }],
    });
    await provider.submit(request, { signal: never() });
    expect(lastBodyOf(fake)).toMatchObject({
      guidance: 4.5,
      steps: 24,
      prompt_upsampling: false,
      output_format: 'png',
      image_loras: [{ path: 'someone/ink-drawing', scale: 0.8 }],
    });
    expect(lastBodyOf(fake)).not.toHaveProperty('guidance_scale');
  });

  it('sends two LoRAs at most and says what was left out', async () => {
    const { fake, provider } = await start();
    const loras = ['a/one', 'b/two', 'c/three'].map((name) => ({ name, weight: 1 }));
    const request = makeRequest(modelNamed(provider, 'FLUX.2-dev'), { ...square, loras });
    const { dropped } = finished(await provider.submit(request, { signal: never() }));
    expect(lastBodyOf(fake).image_loras).toHaveLength(2);
    expect(dropped).toEqual([{ parameter: 'loras', note: expect.stringContaining('1 of 3') as string }]);
  });

  it.each([
    ['png', 'png', 'png'],
    ['jpg', 'jpeg', 'jpg'],
    [null, 'png', 'png'],
  ] as const)('asks FLUX.2 for %s as %s', async (outputFormat, sent, kind) => {
    const { fake, provider } = await start();
    const request = makeRequest(modelNamed(provider, 'FLUX.2-max'), { ...square, outputFormat });
    const { images } = finished(await provider.submit(request, { signal: never() }));
    expect(lastBodyOf(fake).output_format).toBe(sent);
    expect(fileKindOf(images[0]!.bytes)?.kind).toBe(kind);
  });

  it('takes what comes from a model that chooses its own format', async () => {
    const { provider } = await start();
    const request = makeRequest(modelNamed(provider, 'FLUX.1.1-pro'), square);
    const { images } = finished(await provider.submit(request, { signal: never() }));
    expect(fileKindOf(images[0]!.bytes)?.kind).toBe('jpg');
  });

  it('is accepted for every model at the size it begins with', async () => {
    const { fake, provider } = await start();
    for (const model of provider.manifest.models) {
      const { operations, defaults } = model;
      const image = operations.includes('textToImage') ? null : makeInput(32, 32);
      const { steps = null, guidance = null } = defaults;
      await provider.submit(makeRequest(model, { ...square, steps, guidance, image }), { signal: never() });
    }
    expect(fake.charges).toHaveLength(provider.manifest.models.length);
  });

  it('puts pictures into their order, whatever order they come in', async () => {
    const { fake, provider } = await start();
    const b64 = (text: string): string => Buffer.from(text).toString('base64');
    const data = [
      { index: 1, b64_json: b64('second picture'), type: 'b64_json' },
      { index: 0, b64_json: b64('first picture'), type: 'b64_json' },
    ];
    fake.addFault({ on: 'pay', kind: 'status', status: 200, json: { id: 'x', object: 'list', data } });
    const request = makeRequest(modelNamed(provider, 'FLUX.2-dev'), { ...square, count: 2, seed: 5 });
    const { images } = finished(await provider.submit(request, { signal: never() }));
    expect(images.map(({ bytes, seed }) => [Buffer.from(bytes).toString(), seed])).toEqual([
      ['first picture', 5],
      ['second picture', null],
    ]);
  });

  it('fails without blaming the prompt when no picture is in the answer', async () => {
    const { fake, provider } = await start();
    fake.addFault({ on: 'pay', kind: 'status', status: 200, json: { id: 'x', object: 'list', data: [] } });
    const call = provider.submit(makeRequest(modelNamed(provider, 'FLUX.2-dev'), square), { signal: never() });
    const failure = await failureOf(call);
    expect(failure.code).toBe('server');
    expect(failure.message).not.toMatch(/prompt/);
  });

  it('keeps the pictures that came where some are missing, and says so', async () => {
    const { fake, provider } = await start();
    const data = [{ index: 0, b64_json: Buffer.from('a picture').toString('base64') }];
    fake.addFault({ on: 'pay', kind: 'status', status: 200, json: { data } });
    const request = makeRequest(modelNamed(provider, 'FLUX.2-dev'), { ...square, count: 2 });
    const { images, dropped } = finished(await provider.submit(request, { signal: never() }));
    expect(images).toHaveLength(1);
    expect(dropped).toEqual([{ parameter: 'count', note: expect.stringContaining('1 of 2') as string }]);
  });

  it('knows no task, so what was lost stays lost', async () => {
    const { provider } = await start();
    expect(await provider.collect({ remoteId: 'anything' }, { signal: never() })).toEqual({ state: 'lost' });
  });
});

describe('the price of a picture by Together AI', () => {
  it('is what is charged, however many steps were asked for: more would cost more', async () => {
    const { fake, provider } = await start();
    const model = modelNamed(provider, 'FLUX.1-schnell');
    expect(model.parameters).not.toContain('steps');
    const size = { width: 1920, height: 1080 };
    await provider.submit(makeRequest(model, { ...size, steps: 50 }), { signal: never() });
    expect(lastBodyOf(fake).steps).toBe(4);
    const price = priceOf(model, { ...size, count: 1, seconds: null });
    expect(price).toEqual({ kind: 'estimated', usd: expect.closeTo(fake.charges[0]!.usd!, 8) as number });
  });

  it('of FLUX.2 pro grows with its megapixels, and is never below that of one', () => {
    const model = knownModels.find(({ id }) => id.endsWith('/FLUX.2-pro'))!;
    const usd = (width: number, height: number): unknown => priceOf(model, { width, height, count: 1, seconds: null });
    expect(usd(512, 512)).toEqual({ kind: 'estimated', usd: 0.03 });
    expect(usd(3000, 3000)).toEqual({ kind: 'estimated', usd: expect.closeTo(0.27, 8) as number });
  });
});

describe('a picture from pictures, by Together AI', () => {
  it('is an edit of one picture by Kontext', async () => {
    const { fake, provider } = await start();
    const image = makeInput(32, 32);
    const request = makeRequest(modelNamed(provider, 'FLUX.1-kontext-pro'), {
      ...square,
      operation: 'imageToImage',
      image,
      steps: 28,
      guidance: 3.5,
    });
    await provider.submit(request, { signal: never() });
    const { image_url: url, reference_images: references, guidance_scale: guidance } = lastBodyOf(fake);
    expect(url).toBe(`data:image/png;base64,${Buffer.from(image.bytes).toString('base64')}`);
    expect(references).toBeUndefined();
    expect(guidance).toBe(3.5);
  });

  it.each(['FLUX.2-dev', 'FLUX.2-pro', 'FLUX.2-flex', 'gemini-3-pro-image'])(
    'goes by several of them with %s, and never by both fields at once',
    async (name) => {
      const { fake, provider } = await start();
      const model = modelNamed(provider, name);
      const references = [makeInput(32, 32, 2), makeInput(32, 32, 3)];
      const request = makeRequest(model, {
        ...square,
        operation: 'imageToImage',
        image: makeInput(32, 32),
        references,
      });
      await provider.submit(request, { signal: never() });
      expect(lastBodyOf(fake).reference_images).toHaveLength(3);
      expect(lastBodyOf(fake)).not.toHaveProperty('image_url');
    },
  );

  it.each(['gif', 'avif'] as const)('sends a %s as PNG, since hardly any service reads one', async (format) => {
    const { fake, provider } = await start();
    const picture = sharp(makeInput(32, 32).bytes);
    const bytes = await (format === 'gif' ? picture.gif() : picture.avif()).toBuffer();
    const image = { ...makeInput(32, 32), bytes, format };
    const request = makeRequest(modelNamed(provider, 'FLUX.2-dev'), { ...square, operation: 'imageToImage', image });
    await provider.submit(request, { signal: never() });
    expect(lastBodyOf(fake).reference_images).toEqual([expect.stringMatching(/^data:image\/png;base64,/)]);
  });

  it('is refused before anything is sent where it can not be read', async () => {
    const { fake, provider } = await start();
    const image = { ...makeInput(32, 32), bytes: Buffer.from('no picture'), format: 'avif' as const };
    const request = makeRequest(modelNamed(provider, 'FLUX.2-dev'), { ...square, operation: 'imageToImage', image });
    expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe('invalid_request');
    expect(fake.requests).toEqual([]);
  });

  it('is another one for another reference', async () => {
    const { provider } = await start();
    const pictures = [];
    for (const seed of [1, 2]) {
      const model = modelNamed(provider, 'FLUX.2-dev');
      const request = makeRequest(model, { ...square, operation: 'imageToImage', image: makeInput(32, 32, seed) });
      pictures.push(finished(await provider.submit(request, { signal: never() })).images[0]!.bytes);
    }
    expect(pictures[0]).not.toEqual(pictures[1]);
  });
});
