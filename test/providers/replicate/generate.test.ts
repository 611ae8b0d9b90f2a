import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { trainedModel } from '../../../src/main/providers/replicate/models.ts';
import type { ProviderRequest } from '../../../src/main/providers/provider.ts';
import type { Model } from '../../../src/shared/models/provider.ts';
import { makeInput, makeRequest, taskIn } from '../comfyui/requests.ts';
import { versionOf } from '../../fakes/replicate/models.ts';
import { finishedOf, makeLargeInput, modelNamed, options, paid, useReplicate } from './stand.ts';

const replicate = useReplicate();

/** Draws with a model and answers what was sent. */
async function sent(model: Model, fields: Partial<ProviderRequest>) {
  const { fake, provider } = await replicate.start();
  const request = makeRequest(model, { width: 1024, height: 1024, steps: null, ...fields });
  const end = await finishedOf(provider, await provider.submit(request, options));
  expect(end.images).toHaveLength(fields.count ?? 1);
  expect(fake.charges).toHaveLength(1);
  return { ...paid(fake), end, fake };
}

describe('text to image', () => {
  it('runs an official model by its name, the size as a shape, and does not wait for it', async () => {
    const { fake, provider } = await replicate.start({ largestSide: 2048, stepMs: 400 });
    const request = makeRequest(modelNamed('flux-dev'), {
      prompt: 'a tin robot watering tulips',
      width: 1216,
      height: 832,
      count: 2,
      steps: 28,
      guidance: 3,
      seed: 7781,
      outputFormat: 'png',
    });
    const first = await provider.submit(request, options);
    expect(first).toMatchObject({ state: 'pending', askAgainInMs: 1000, progress: { stage: 'Starting the model' } });
    const { images } = await finishedOf(provider, first);
    const { path, headers, ...body } = paid(fake);
    expect(path).toBe('/models/black-forest-labs/flux-dev/predictions');
    expect(headers.prefer).toBeUndefined();
    expect(headers['cancel-after']).toBe('20m');
    expect(body).toEqual({
      input: {
        prompt: 'a tin robot watering tulips',
        aspect_ratio: '3:2',
        num_outputs: 2,
        seed: 7781,
        num_inference_steps: 28,
        guidance: 3,
        output_format: 'png',
      },
    });
    expect(images.map(({ seed }) => seed)).toEqual([7781, null]);
    const made = await Promise.all(images.map(({ bytes }) => sharp(bytes).metadata()));
    expect(made.map(({ width, height, format }) => [width, height, format])).toEqual([
      [1216, 832, 'png'],
      [1216, 832, 'png'],
    ]);
  });

  it('sends FLUX 1.1 pro its size as custom, no number of pictures, and takes its one address', async () => {
    const { input } = await sent(modelNamed('flux-1.1-pro'), { width: 960, height: 1440, outputFormat: 'jpg' });
    expect(input).toMatchObject({ aspect_ratio: 'custom', width: 960, height: 1440, output_format: 'jpg' });
    expect(input).not.toHaveProperty('num_outputs');
  });

  it('sends FLUX 1.1 pro ultra a shape and one reference', async () => {
    const reference = makeInput(64, 64);
    const { input } = await sent(modelNamed('flux-1.1-pro-ultra'), {
      width: 2752,
      height: 1536,
      references: [reference],
    });
    expect(input.aspect_ratio).toBe('16:9');
    expect(input.image_prompt).toMatch(/^data:image\/png;base64,/);
  });

  it('runs a community model by its newest version, asked for once', async () => {
    const { fake, provider } = await replicate.start();
    const fields = { negativePrompt: 'blurry', scheduler: 'DDIM', guidance: 7.5, steps: 20, width: 512, height: 768 };
    const request = makeRequest(modelNamed('stability-ai/sdxl'), fields);
    await finishedOf(provider, await provider.submit(request, options));
    await finishedOf(provider, await provider.submit({ ...request, seed: 8 }, options));
    const { path, version, input } = paid(fake);
    expect([path, version]).toEqual(['/predictions', versionOf('stability-ai/sdxl')]);
    expect(version).toHaveLength(64);
    expect(input).toMatchObject({
      negative_prompt: 'blurry',
      scheduler: 'DDIM',
      guidance_scale: 7.5,
      num_inference_steps: 20,
      width: 512,
      height: 768,
    });
    expect(fake.requests.filter(({ path: asked }) => asked === '/models/stability-ai/sdxl')).toHaveLength(1);
  });

  it('sends two LoRAs with their weights, in the mode that does not multiply them', async () => {
    const loras = [
      { name: 'owner/style', weight: 0.8 },
      { name: 'huggingface.co/a/b', weight: -0.5 },
    ];
    const { input } = await sent(modelNamed('flux-dev-lora'), { loras });
    expect(input).toMatchObject({
      lora_weights: 'owner/style',
      lora_scale: 0.8,
      extra_lora: 'huggingface.co/a/b',
      extra_lora_scale: -0.5,
      go_fast: false,
    });
  });

  it('takes results that are inside the answer', async () => {
    const { end, fake } = await sent(modelNamed('flux-schnell'), { prompt: 'inline', steps: 4 });
    expect((await sharp(end.images[0]!.bytes).metadata()).format).toBe('png');
    expect(fake.requests.some(({ kind }) => kind === 'file')).toBe(false);
  });

  it('sends the key to the service alone, not to where results lie', async () => {
    const { fake } = await sent(modelNamed('flux-schnell'), { steps: 4 });
    const files = fake.requests.filter(({ kind }) => kind === 'file');
    expect(files).toHaveLength(1);
    expect(files[0]?.headers.authorization).toBeUndefined();
  });
});

describe('from an image', () => {
  it('sends a small reference inside the request, without a shape, and says where the shape differs', async () => {
    const image = makeInput(320, 96);
    const { input, end } = await sent(modelNamed('flux-dev'), {
      operation: 'imageToImage',
      image,
      strength: 0.6,
      width: 1024,
      height: 1024,
    });
    expect(input.image).toMatch(/^data:image\/png;base64,/);
    expect(input).toMatchObject({ prompt_strength: 0.6 });
    expect(input).not.toHaveProperty('aspect_ratio');
    expect(end.dropped).toEqual([{ parameter: 'size', note: expect.stringContaining('320×96') as string }]);
  });

  it('uploads a large one first', async () => {
    const image = await makeLargeInput();
    const { input, fake, end } = await sent(modelNamed('flux-dev'), {
      operation: 'imageToImage',
      image,
      strength: 0.6,
    });
    expect(input.image).toMatch(/\/v1\/files\/[0-9a-f-]+$/);
    const upload = fake.requests.find(({ path }) => path === '/files');
    expect(upload?.headers['content-type']).toMatch(/^multipart\/form-data/);
    expect(upload?.body.toString('latin1')).toContain('filename="ffffffffffffffff.png"');
    expect(end.dropped).toBeUndefined();
  });

  it('sends FLUX.2 the reference first and further ones after it', async () => {
    const [image, one, two] = [1, 2, 3].map((seed) => makeInput(32, 32, seed));
    const { input } = await sent(modelNamed('flux-2-pro'), {
      operation: 'imageToImage',
      image: image!,
      references: [one!, two!],
    });
    expect(input.input_images).toHaveLength(3);
    expect(input).toMatchObject({ aspect_ratio: 'custom', width: 1024, height: 1024 });
    expect((input.input_images as string[])[0]).toContain(Buffer.from(image!.bytes).toString('base64'));
  });

  it.each(['flux-fill-dev', 'stability-ai/sdxl'])('sends %s a mask, white painted anew as it is', async (id) => {
    const image = makeInput(64, 64, 1);
    const mask = makeInput(64, 64, 2);
    const { input } = await sent(modelNamed(id), { operation: 'inpaint', image, mask, width: 512, height: 512 });
    expect(input.mask).toContain(Buffer.from(mask.bytes).toString('base64'));
    expect(input.megapixels).toBe(id === 'flux-fill-dev' ? 'match_input' : undefined);
  });

  it.each([
    ['nightmareai/real-esrgan', 'scale'],
    ['philz1337x/clarity-upscaler', 'scale_factor'],
  ])('upscales with %s, whose factor is called %s', async (id, field) => {
    const { fake, provider } = await replicate.start({ largestSide: 4096 });
    const image = makeInput(48, 32);
    const request = makeRequest(modelNamed(id), { image, width: 48, height: 32, scale: 4, steps: null, prompt: '' });
    const { images } = await finishedOf(provider, await provider.submit(request, options));
    expect(paid(fake).input).toMatchObject({ [field]: 4 });
    expect(paid(fake).input).not.toHaveProperty('prompt');
    expect(await sharp(images[0]!.bytes).metadata()).toMatchObject({ width: 192, height: 128 });
  });

  it('makes different results of different references', async () => {
    const draw = async (seed: number) => {
      const fields = { operation: 'imageToImage', image: makeInput(64, 64, seed), strength: 0.5 } as const;
      return (await sent(modelNamed('flux-dev'), fields)).end.images[0]!.bytes;
    };
    expect(Buffer.from(await draw(1)).equals(await draw(2))).toBe(false);
  });
});

describe('progress', () => {
  it('is read from the bar in the logs', async () => {
    const { provider } = await replicate.start({ stepMs: 100 });
    const task = taskIn(await provider.submit(makeRequest(modelNamed('flux-schnell'), { steps: 4 }), options));
    await new Promise((resolve) => setTimeout(resolve, 90));
    const working = await provider.collect(task, options);
    expect(working).toMatchObject({ state: 'pending', progress: { stage: 'Working', queuePosition: 0 } });
    const fraction = working.state === 'pending' ? working.progress?.fraction : null;
    expect(fraction).toBeGreaterThan(0);
    expect(fraction).toBeLessThan(1);
    const later = await provider.collect({ ...task, startedAt: Date.now() - 11_000 }, options);
    expect(later).toMatchObject({ state: 'pending', askAgainInMs: 2500 });
  });
});

describe('a model of one’s own', () => {
  it('is told guidance by the name its family uses, and a free size', async () => {
    const { fake, provider } = await replicate.start();
    const model = trainedModel(`lighthouse/mine:${'a'.repeat(64)}`);
    const request = makeRequest(model, { width: 768, height: 1024, guidance: 3, strength: null });
    await provider.submit(request, options).catch(() => null);
    expect(paid(fake)).toMatchObject({
      path: '/predictions',
      version: 'a'.repeat(64),
      input: { aspect_ratio: 'custom', width: 768, height: 1024, guidance_scale: 3, model: 'dev', go_fast: false },
    });
  });
});

it('sends a GIF as PNG, which every model at Replicate reads', async () => {
  const { fake, provider } = await replicate.start();
  const image = {
    ...makeInput(64, 64),
    bytes: await sharp(makeInput(64, 64).bytes).gif().toBuffer(),
    format: 'gif',
  } as const;
  const request = makeRequest(modelNamed('flux-dev'), { operation: 'imageToImage', image, strength: 0.5 });
  await finishedOf(provider, await provider.submit(request, options));
  expect(paid(fake).input.image).toMatch(/^data:image\/png;base64,/);
});
