import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { failureOf, makeInput } from '../comfyui/requests.ts';
import {
  fluxDev,
  generate,
  lightning,
  lucidOrigin,
  makeRequest,
  modelNamed,
  never,
  open,
  paid,
  phoenix,
} from './setup.ts';

describe('drawing with Leonardo', () => {
  it('says all that the service would otherwise choose itself', async () => {
    const { fake, provider } = await open();
    await generate(provider, makeRequest(lucidOrigin, { seed: 12, style: 'Cinematic' }));
    expect(paid(fake)).toEqual({
      path: '/generations',
      body: {
        prompt: 'a lighthouse at dusk',
        modelId: lucidOrigin,
        num_images: 1,
        width: 1024,
        height: 1024,
        public: false,
        alchemy: false,
        seed: 12,
        styleUUID: 'a5632c7c-ddbb-4e2f-ba34-8456ab3ac436',
      },
    });
  });

  it('sends each control of a Stable Diffusion model under the name the service has for it', async () => {
    const { fake, provider } = await open();
    const request = makeRequest(lightning, {
      negativePrompt: 'blurry',
      steps: 20,
      guidance: 6.5,
      scheduler: 'DDIM',
      style: 'FILM',
      loras: [{ name: '0d8f5d0e-public', weight: 0.7 }],
      count: 4,
    });
    expect((await generate(provider, request)).images).toHaveLength(4);
    expect(paid(fake).body).toMatchObject({
      negative_prompt: 'blurry',
      num_inference_steps: 20,
      guidance_scale: 6.5,
      scheduler: 'DDIM',
      alchemy: true,
      presetStyle: 'FILM',
      elements: [{ akUUID: '0d8f5d0e-public', weight: 0.7 }],
      num_images: 4,
    });
  });

  it('makes no more at once than the service does of large pictures', () => {
    expect(modelNamed(lucidOrigin).limits.imagesPerRequest).toBe(4);
  });

  it('sends the contrast that Phoenix needs', async () => {
    const { fake, provider } = await open();
    await generate(provider, makeRequest(phoenix, { negativePrompt: 'rain' }));
    expect(paid(fake).body).toMatchObject({ contrast: 3.5, alchemy: false, negative_prompt: 'rain' });
  });

  it('keeps seeds in the range that each kind of model takes', async () => {
    const { fake, provider } = await open();
    await generate(provider, makeRequest(fluxDev, { seed: 2_147_483_638 + 5 }));
    expect(paid(fake).body.seed).toBe(5);
    const { images } = await generate(provider, makeRequest(lucidOrigin, { seed: 9_999_999_999 + 3 }));
    expect(paid(fake).body.seed).toBe(3);
    expect(images[0]?.seed).toBe(3);
  });

  it('names the seed of the first picture only, since the service tells one for all', async () => {
    const { provider } = await open();
    const { images } = await generate(provider, makeRequest(lucidOrigin, { seed: 8, count: 3 }));
    expect(images.map(({ seed }) => seed)).toEqual([8, null, null]);
  });

  it('does not call credits dollars', async () => {
    const { provider } = await open();
    expect((await generate(provider, makeRequest(lucidOrigin))).cost).toBeUndefined();
  });
});

describe('drawing from pictures', () => {
  it('uploads the picture without the key, and says how close to stay to it', async () => {
    const { fake, provider } = await open();
    const image = makeInput(64, 64);
    await generate(provider, makeRequest(lightning, { operation: 'imageToImage', image, strength: 0.3 }));
    const upload = fake.requests.find(({ path }) => path.startsWith('/storage/'));
    expect(upload?.headers.authorization).toBeUndefined();
    expect(upload?.body.includes(Buffer.from(image.bytes))).toBe(true);
    // Higher is closer there.
    expect(paid(fake).body).toMatchObject({ init_image_id: expect.any(String), init_strength: 0.7 });
  });

  it('stays within the strengths that the service takes', async () => {
    const { fake, provider } = await open();
    const image = makeInput(64, 64);
    for (const [strength, sent] of [
      [0, 0.9],
      [1, 0.1],
    ] as const) {
      await generate(provider, makeRequest(lightning, { operation: 'imageToImage', image, strength }));
      expect(paid(fake).body.init_strength).toBe(sent);
    }
  });

  it('gives Lucid a picture to go by, in words', async () => {
    const { fake, provider } = await open();
    const image = makeInput(64, 64);
    const strengths: unknown[] = [];
    for (const strength of [0, 0.5, 1]) {
      await generate(provider, makeRequest(lucidOrigin, { operation: 'imageToImage', image, strength }));
      const [guide] = paid(fake).body.controlnets as Record<string, unknown>[];
      expect(guide).toMatchObject({ preprocessorId: 430, initImageType: 'UPLOADED' });
      strengths.push(guide?.strengthType);
    }
    expect(strengths).toEqual(['Max', 'High', 'Low']);
  });

  it('uploads a picture and its mask for inpainting', async () => {
    const { fake, provider } = await open();
    const [image, mask] = [makeInput(64, 64), makeInput(64, 64, 5)];
    await generate(provider, makeRequest(lightning, { operation: 'inpaint', image, mask, strength: 0.5 }));
    expect(fake.requests.filter(({ path }) => path.startsWith('/storage/'))).toHaveLength(2);
    expect(paid(fake).body).toMatchObject({
      canvasRequest: true,
      canvasRequestType: 'INPAINT',
      canvasInitId: expect.any(String),
      canvasMaskId: expect.any(String),
    });
  });

  it('turns a GIF, which the service can not read, into a PNG', async () => {
    const { provider } = await open();
    const bytes = await sharp(makeInput(64, 64).bytes).gif().toBuffer();
    const image = { ...makeInput(64, 64), bytes, format: 'gif' as const };
    const request = makeRequest(lightning, { operation: 'imageToImage', image, strength: 0.5 });
    expect((await generate(provider, request)).images).toHaveLength(1);
  });
});

describe('the second interface', () => {
  it('begins work that is asked about on the first', async () => {
    const { fake, provider } = await open();
    const references = [makeInput(64, 64, 2)];
    const image = makeInput(64, 64, 1);
    const request = makeRequest('gemini-image-2', {
      operation: 'imageToImage',
      image,
      references,
      style: 'Dynamic',
      seed: 7,
      count: 2,
    });
    expect((await generate(provider, request)).images).toHaveLength(2);
    const reference = { image: { id: expect.any(String), type: 'UPLOADED' }, strength: 'MID' };
    expect(paid(fake)).toEqual({
      path: '/v2/generations',
      body: {
        model: 'gemini-image-2',
        public: false,
        parameters: {
          prompt: 'a lighthouse at dusk',
          quantity: 2,
          width: 1024,
          height: 1024,
          prompt_enhance: 'OFF',
          seed: 7,
          style_ids: ['111dc692-d470-4eec-b791-3475abac4c46'],
          guidances: { image_reference: [reference, reference] },
        },
      },
    });
    expect(fake.requests.some(({ path, kind }) => kind === 'poll' && path.startsWith('/generations/'))).toBe(true);
  });

  it('tells dollars where the account pays in them, as text', async () => {
    const { fake, provider } = await open();
    const { cost } = await generate(provider, makeRequest('gpt-image-2', { count: 2 }));
    expect(cost).toEqual({ kind: 'reported', usd: 0.11 });
    expect((paid(fake).body.parameters as Record<string, unknown>).quality).toBe('HIGH');
  });
});

describe('removing backgrounds', () => {
  it('is not offered: nobody knows the parameters of the model that would do it', async () => {
    const { fake, provider } = await open();
    expect(provider.manifest.models.flatMap(({ operations }) => operations)).not.toContain('removeBackground');
    const request = makeRequest('nano-banana-2', { operation: 'removeBackground', image: makeInput(64, 48) });
    expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe('invalid_request');
    expect(fake.requests).toEqual([]);
  });
});

describe('upscaling and videos', () => {
  it('enlarges an uploaded picture', async () => {
    const { fake, provider } = await open();
    const request = makeRequest('universal-upscaler', {
      operation: 'upscale',
      image: makeInput(32, 16),
      prompt: '',
      scale: 1.5,
      style: 'CINEMATIC',
    });
    const { images } = await generate(provider, request);
    expect(await sharp(images[0]!.bytes).metadata()).toMatchObject({ width: 48, height: 24 });
    expect(paid(fake)).toMatchObject({
      path: '/variations/universal-upscaler',
      body: { upscaleMultiplier: 1.5, upscalerStyle: 'CINEMATIC' },
    });
  });

  it('makes a video of a prompt, in the resolution of its size', async () => {
    const { fake, provider } = await open();
    const request = makeRequest('VEO3', { width: 1920, height: 1080, seconds: 6, negativePrompt: 'fog' });
    const { images } = await generate(provider, { ...request, operation: 'video' });
    expect(Buffer.from(images[0]!.bytes).includes('ftyp')).toBe(true);
    expect(paid(fake)).toEqual({
      path: '/generations-text-to-video',
      body: {
        model: 'VEO3',
        prompt: 'a lighthouse at dusk',
        isPublic: false,
        resolution: 'RESOLUTION_1080',
        negativePrompt: 'fog',
        duration: 6,
        seed: 7,
      },
    });
  });

  it('makes a video of a picture', async () => {
    const { fake, provider } = await open();
    const request = makeRequest('KLING2_1', { operation: 'video', height: 1080, image: makeInput(64, 64) });
    expect((await generate(provider, request)).images).toHaveLength(1);
    expect(paid(fake)).toMatchObject({
      path: '/generations-image-to-video',
      body: { imageType: 'UPLOADED', imageId: expect.any(String) },
    });
  });
});

describe('the models of Leonardo', () => {
  it('are those of the manifest that are still there, and more of the platform', async () => {
    const { provider } = await open();
    const models = (await provider.listModels?.({ signal: never() })) ?? [];
    const names = models.map(({ name }) => name);
    expect(names[0]).toBe('Lucid Origin');
    // The platform has it no more, and this one nobody knows how to ask.
    expect(names).not.toContain('Lucid Realism');
    expect(names).not.toContain('Something whose parameters nobody knows');
    expect(names).toContain('Nano Banana 2');
    expect(models.find(({ name }) => name === 'Leonardo Kino XL')).toMatchObject({ family: 'sdxl' });
    const kino = models.find(({ name }) => name === 'Leonardo Kino XL');
    expect((await generate(provider, { ...makeRequest(lightning), model: kino! })).images).toHaveLength(1);
  });
});
