import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { failureOf, makeInput } from '../comfyui/requests.ts';
import { generate, makeRequest, modelNamed, never, open, paidTask } from './setup.ts';

describe('drawing with Runware', () => {
  it('sends each parameter under the name the service has for it', async () => {
    const { fake, provider } = await open();
    const sdxl = (await provider.listModels?.({ signal: never() }))?.find(({ family }) => family === 'sdxl');
    if (!sdxl) throw new Error('no SDXL found');
    const request = {
      ...makeRequest('runware:101@1'),
      model: sdxl,
      negativePrompt: 'blurry',
      width: 640,
      height: 768,
      count: 2,
      seed: 41,
      steps: 12,
      guidance: 4.5,
      scheduler: 'Euler',
      loras: [{ name: 'civitai:1@2', weight: -0.5 }],
      outputFormat: 'webp' as const,
    };
    await generate(provider, request);
    expect(paidTask(fake)).toEqual({
      taskType: 'imageInference',
      taskUUID: request.attemptId,
      model: 'civitai:133005@782002',
      positivePrompt: 'a lighthouse at dusk',
      negativePrompt: 'blurry',
      width: 640,
      height: 768,
      numberResults: 2,
      steps: 12,
      CFGScale: 4.5,
      seed: 41,
      scheduler: 'Euler',
      lora: [{ model: 'civitai:1@2', weight: -0.5 }],
      outputType: 'URL',
      outputFormat: 'WEBP',
      deliveryMethod: 'async',
      includeCost: true,
    });
  });

  it('brings the pictures with the seeds and the price that the service names', async () => {
    const { fake, provider } = await open();
    const { images, cost, dropped } = await generate(provider, makeRequest('runware:100@1', { count: 3, seed: 5 }));
    expect(images.map(({ seed }) => seed)).toEqual([5, 6, 7]);
    expect((await sharp(images[0]!.bytes).metadata()).format).toBe('png');
    expect(cost).toEqual({ kind: 'reported', usd: 0.0018 });
    expect(dropped).toBeUndefined();
    expect(fake.charges).toMatchObject([{ usd: 0.0006 * 3, images: 3 }]);
  });

  it('sends seed 1 for seed 0, which the service does not take', async () => {
    const { fake, provider } = await open();
    const { images } = await generate(provider, makeRequest('runware:101@1', { seed: 0 }));
    expect(paidTask(fake).seed).toBe(1);
    expect(images[0]?.seed).toBe(1);
  });

  it('lengthens a prompt of one character, which the service would refuse', async () => {
    const { fake, provider } = await open();
    await generate(provider, makeRequest('runware:101@1', { prompt: '猫' }));
    expect(paidTask(fake).positivePrompt).toBe('猫.');
  });

  it('refuses a LoRA that is heavier than the service takes before anything is paid', async () => {
    const { fake, provider } = await open();
    const request = makeRequest('runware:101@1', { loras: [{ name: 'civitai:1@2', weight: 5 }] });
    expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe('invalid_request');
    expect(fake.requests).toHaveLength(0);
  });

  it('sends no seed, steps or strength to a model of a partner', async () => {
    const { fake, provider } = await open();
    await generate(provider, makeRequest('google:4@2', { steps: null }));
    expect(Object.keys(paidTask(fake)).filter((field) => ['seed', 'steps', 'CFGScale'].includes(field))).toEqual([]);
  });
});

describe('drawing from pictures', () => {
  it('starts from a picture, beside the prompt, and says how far to leave it', async () => {
    const { fake, provider } = await open();
    const request = makeRequest('runware:101@1', {
      operation: 'imageToImage',
      image: makeInput(64, 64),
      strength: 0.4,
    });
    await generate(provider, request);
    const task = paidTask(fake);
    expect(task).toMatchObject({ strength: 0.4, seedImage: expect.stringMatching(/^data:image\/png;base64,/) });
    expect(task.inputs).toBeUndefined();
  });

  it('makes another picture of another picture', async () => {
    const { provider } = await open();
    const from = (seed: number) =>
      generate(
        provider,
        makeRequest('runware:101@1', { operation: 'imageToImage', image: makeInput(64, 64, seed), strength: 0.4 }),
      );
    const [one, other] = await Promise.all([from(1), from(2)]);
    expect(Buffer.from(one.images[0]!.bytes).equals(Buffer.from(other.images[0]!.bytes))).toBe(false);
  });

  it('sends a mask as it is, since white means the same there', async () => {
    const { fake, provider } = await open();
    const [image, mask] = [makeInput(64, 64), makeInput(64, 64, 9)];
    await generate(provider, makeRequest('runware:102@1', { operation: 'inpaint', image, mask }));
    expect(paidTask(fake).maskImage).toBe(`data:image/png;base64,${Buffer.from(mask.bytes).toString('base64')}`);
    expect(paidTask(fake).seedImage).toBeDefined();
  });

  it('gives pictures to look at as references, the first one first', async () => {
    const { fake, provider } = await open();
    const image = makeInput(64, 64, 1);
    const references = [makeInput(64, 64, 2), makeInput(64, 64, 3)];
    await generate(provider, makeRequest('runware:400@1', { operation: 'imageToImage', image, references }));
    const urls = [image, ...references].map(
      ({ bytes }) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`,
    );
    expect(paidTask(fake).referenceImages).toEqual(urls);
    expect(paidTask(fake).strength).toBeUndefined();
  });

  it('groups the pictures for the models of 2026', async () => {
    const { fake, provider } = await open();
    const image = makeInput(64, 64);
    await generate(provider, makeRequest('google:4@3', { operation: 'imageToImage', image }));
    expect(paidTask(fake).inputs).toMatchObject({ referenceImages: [expect.any(String)] });
    expect(paidTask(fake).referenceImages).toBeUndefined();
  });

  it('turns a GIF, which the service can not read, into a PNG', async () => {
    const { fake, provider } = await open();
    const bytes = await sharp(makeInput(64, 64).bytes).gif().toBuffer();
    const image = { ...makeInput(64, 64), bytes, format: 'gif' as const };
    await generate(provider, makeRequest('runware:101@1', { operation: 'imageToImage', image, strength: 0.5 }));
    expect(paidTask(fake).seedImage).toMatch(/^data:image\/png;base64,/);
  });
});

describe('working on pictures', () => {
  it('upscales, whatever type and field names the answer has', async () => {
    const { fake, provider } = await open();
    const request = makeRequest('runware:504@1', { operation: 'upscale', image: makeInput(16, 16), scale: 4 });
    const { images, cost, dropped } = await generate(provider, request);
    expect(await sharp(images[0]!.bytes).metadata()).toMatchObject({ width: 64, height: 64 });
    expect(paidTask(fake)).toMatchObject({
      taskType: 'upscale',
      upscaleFactor: 4,
      inputs: { image: expect.any(String) },
    });
    expect(cost).toEqual({ kind: 'reported', usd: 0.0013 });
    expect(images[0]?.seed).toBeNull();
    expect(dropped).toBeUndefined();
  });

  it('notes that a large picture grew less than asked', async () => {
    const { provider } = await open();
    const request = makeRequest('runware:504@1', { operation: 'upscale', image: makeInput(1040, 16), scale: 4 });
    expect((await generate(provider, request)).dropped).toMatchObject([{ parameter: 'scale' }]);
  });

  it('offers only factor 4 where a model has no other', () => {
    expect(modelNamed('runware:504@1').choices.scales).toEqual([4]);
    expect(modelNamed('runware:503@1').choices.scales).toEqual([4]);
  });

  it('removes a background into a format with transparency', async () => {
    const { fake, provider } = await open();
    const request = makeRequest('runware:110@1', { operation: 'removeBackground', image: makeInput(32, 32) });
    expect((await generate(provider, request)).images).toHaveLength(1);
    expect(paidTask(fake)).toMatchObject({ taskType: 'removeBackground', outputFormat: 'PNG' });
  });
});
