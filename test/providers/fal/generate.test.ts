import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import type { ProviderRequest } from '../../../src/main/providers/provider.ts';
import { makeInput, makeRequest, taskIn } from '../comfyui/requests.ts';
import { falModel, finishedOf, makeMask, options, paidInput, paidPaths, useFal } from './stand.ts';

const fal = useFal();

/** Draws with a model and answers what was sent. */
async function sent(id: string, fields: Partial<ProviderRequest>): Promise<Record<string, unknown>> {
  const { fake, provider } = await fal.start();
  const model = falModel(id);
  const first = await provider.submit(makeRequest(model, { width: 512, height: 512, steps: null, ...fields }), options);
  const { images } = await finishedOf(provider, first);
  expect(images.length).toBe(fields.count ?? 1);
  expect(fake.charges).toHaveLength(1);
  return paidInput(fake);
}

describe('text to image', () => {
  it('sends the bare input to the path of the endpoint and downloads what was made', async () => {
    const { fake, provider } = await fal.start({ largestSide: 2048 });
    const request = makeRequest(falModel('flux/dev'), {
      prompt: 'a tin robot watering tulips',
      width: 608,
      height: 416,
      count: 2,
      steps: 28,
      guidance: 3.5,
      seed: 7781,
      outputFormat: 'png',
    });
    const first = await provider.submit(request, options);
    expect(taskIn(first).remoteId).toMatch(/^[0-9a-f-]{36}$/);
    const { images, cost } = await finishedOf(provider, first);
    expect(paidPaths(fake)).toEqual(['/fal-ai/flux/dev']);
    expect(paidInput(fake)).toEqual({
      prompt: 'a tin robot watering tulips',
      image_size: { width: 608, height: 416 },
      num_images: 2,
      seed: 7781,
      num_inference_steps: 28,
      guidance_scale: 3.5,
      output_format: 'png',
    });
    expect(images.map(({ seed }) => seed)).toEqual([7781, null]);
    const made = await Promise.all(images.map(({ bytes }) => sharp(bytes).metadata()));
    expect(made.map(({ width, height, format }) => [width, height, format])).toEqual([
      [608, 416, 'png'],
      [608, 416, 'png'],
    ]);
    expect(Buffer.compare(Buffer.from(images[0]!.bytes), Buffer.from(images[1]!.bytes))).not.toBe(0);
    expect(cost).toEqual({ kind: 'reported', usd: (0.025 * 2 * 608 * 416) / 1_000_000 });
  });

  it('asks about a request below owner and alias only, with logs, as the answer says', async () => {
    const { fake, provider } = await fal.start();
    const first = await provider.submit(makeRequest(falModel('flux/dev'), { steps: 5 }), options);
    await finishedOf(provider, first);
    const polls = fake.requests.filter(({ kind }) => kind === 'poll');
    const id = taskIn(first).remoteId;
    expect(polls.at(0)).toMatchObject({ path: `/fal-ai/flux/requests/${id}/status`, query: '?logs=1' });
    expect(polls.at(-1)).toMatchObject({ path: `/fal-ai/flux/requests/${id}`, query: '' });
  });

  it.each([
    ['flux/schnell', 'output_format'],
    ['flux-2', 'output_format'],
    ['fast-sdxl', 'format'],
    ['lora', 'image_format'],
  ])('spells the file format as %s does: %s', async (id, field) => {
    const input = await sent(id, { outputFormat: 'jpg' });
    expect(Object.keys(input).filter((name) => name.includes('format'))).toEqual([field]);
    expect(input[field]).toBe('jpeg');
  });

  it('sends SDXL a negative prompt, LoRAs and a scheduler', async () => {
    const fields = {
      negativePrompt: 'blurry',
      scheduler: 'Euler A',
      loras: [{ name: 'https://example.org/paint.safetensors', weight: 0.8 }],
      guidance: 6,
      steps: 20,
    };
    expect(await sent('lora', fields)).toMatchObject({
      model_name: 'stabilityai/stable-diffusion-xl-base-1.0',
      negative_prompt: 'blurry',
      scheduler: 'Euler A',
      loras: [{ path: 'https://example.org/paint.safetensors', scale: 0.8 }],
      guidance_scale: 6,
      num_inference_steps: 20,
    });
  });

  it('names FLUX ultra a shape in place of a size', async () => {
    const input = await sent('flux-pro/v1.1-ultra', { width: 2752, height: 1536 });
    expect(input).toMatchObject({ aspect_ratio: '16:9' });
    expect(input).not.toHaveProperty('image_size');
  });

  it('never sends a number of pictures to FLUX.2 pro, which makes one', async () => {
    expect(await sent('flux-2-pro', {})).not.toHaveProperty('num_images');
  });

  it('draws with a model of one’s own through the endpoint for LoRAs', async () => {
    const { fake, provider } = await fal.start();
    const lora = 'https://v3.fal.media/files/lion/mine.safetensors';
    const model = { ...falModel('flux-lora'), id: `fal-ai/flux-lora#${lora}` };
    await finishedOf(provider, await provider.submit(makeRequest(model, { width: 512, height: 512 }), options));
    expect(paidPaths(fake)).toEqual(['/fal-ai/flux-lora']);
    expect(paidInput(fake).loras).toEqual([{ path: lora, scale: 1 }]);
  });

  it('tells the seed of the first picture only, whatever was withheld', async () => {
    const { provider } = await fal.start();
    const request = makeRequest(falModel('flux/dev'), { prompt: 'partly unsafe', count: 4, seed: 99 });
    const { images } = await finishedOf(provider, await provider.submit(request, options));
    expect(images.map(({ seed }) => seed)).toEqual([99, null]);
  });

  it('keeps the seed that was sent where the answer’s is larger than numbers keep exactly', async () => {
    const { provider } = await fal.start();
    const request = makeRequest(falModel('flux/dev'), { prompt: 'an enormous seed', seed: 99 });
    const { images } = await finishedOf(provider, await provider.submit(request, options));
    expect(images[0]?.seed).toBe(99);
  });
});

describe('from an image', () => {
  it.each(['flux/dev/image-to-image', 'flux-lora/image-to-image', 'fast-sdxl/image-to-image', 'flux-pro/kontext'])(
    'uploads the reference for %s, without the key at the storage, and the result depends on it',
    async (id) => {
      const { fake, provider } = await fal.start();
      const model = falModel(id);
      const draw = async (seed: number) => {
        const image = makeInput(512, 384, seed);
        const strength = model.parameters.includes('strength') ? 0.6 : null;
        const request = makeRequest(model, { width: 512, height: 384, image, strength, steps: null });
        return (await finishedOf(provider, await provider.submit(request, options))).images[0]!.bytes;
      };
      expect(Buffer.from(await draw(1)).equals(await draw(2))).toBe(false);
      const input = paidInput(fake);
      expect(input.image_url).toMatch(/^https:\/\/v3\.fal\.media\/files\//);
      expect(input.strength).toBe(model.parameters.includes('strength') ? 0.6 : undefined);
      expect('image_size' in input).toBe(model.parameters.includes('size'));
      const puts = fake.requests.filter(({ method, path }) => method === 'PUT' && path.startsWith('/upload/'));
      expect(puts).toHaveLength(2);
      expect(puts.every(({ headers }) => headers.authorization === undefined)).toBe(true);
      expect(puts[0]?.headers['content-type']).toBe('image/png');
    },
  );

  it.each(['flux-lora/inpainting', 'fast-sdxl/inpainting', 'flux-pro/v1/fill', 'flux-lora-fill'])(
    'uploads image and mask for %s',
    async (id) => {
      const image = makeInput(512, 512, 3);
      const mask = makeMask(512, 512);
      const input = await sent(id, { image, mask });
      expect(input.image_url).not.toBe(input.mask_url);
      expect(input.mask_url).toMatch(/^https:/);
    },
  );

  it.each([
    ['esrgan', 'scale', 4],
    ['aura-sr', 'upscale_factor', 4],
    ['clarity-upscaler', 'upscale_factor', 2],
  ])('upscales with %s, whose factor is called %s', async (id, field, scale) => {
    const { fake, provider } = await fal.start({ largestSide: 4096 });
    const image = makeInput(64, 48, 4);
    const request = makeRequest(falModel(id), { image, width: 64, height: 48, scale, steps: null, prompt: '' });
    const { images } = await finishedOf(provider, await provider.submit(request, options));
    expect(paidInput(fake)[field]).toBe(scale);
    expect(await sharp(images[0]!.bytes).metadata()).toMatchObject({ width: 64 * scale, height: 48 * scale });
  });

  it('makes a video, its length sent as a text', async () => {
    const model = falModel('kling-video/v2.1/standard/image-to-video');
    const input = await sent(model.id.slice('fal-ai/'.length), {
      image: makeInput(64, 64, 6),
      seconds: 10,
      steps: null,
    });
    expect(input.duration).toBe('10');
  });
});

describe('progress', () => {
  it('counts the place in the queue from those ahead, then tells how far the model is', async () => {
    const { provider } = await fal.start({ stepMs: 60 });
    const request = makeRequest(falModel('flux/schnell'), { steps: 4 });
    const tasks = [];
    for (let sent = 0; sent < 4; sent += 1) tasks.push(taskIn(await provider.submit(request, options)));
    const fourth = await provider.collect(tasks[3]!, options);
    expect(fourth).toMatchObject({ state: 'pending', askAgainInMs: 1000, progress: { queuePosition: 2 } });
    const second = await provider.collect(tasks[1]!, options);
    expect(second).toMatchObject({ state: 'pending', progress: { queuePosition: 0, stage: 'Working' } });
    expect(second.state === 'pending' && second.progress?.fraction).not.toBeNull();
    await Promise.all(tasks.map((task) => finishedOf(provider, { state: 'pending', task, askAgainInMs: 1 })));
  });

  it('asks less often after twenty seconds', async () => {
    const { provider } = await fal.start({ stepMs: 1000 });
    const task = taskIn(await provider.submit(makeRequest(falModel('flux/dev')), options));
    const later = await provider.collect({ ...task, startedAt: Date.now() - 21_000 }, options);
    expect(later).toMatchObject({ state: 'pending', askAgainInMs: 2000 });
  });
});

it('uploads a GIF as PNG, which every model of fal reads', async () => {
  const { fake, provider } = await fal.start();
  const image = {
    ...makeInput(64, 64),
    bytes: await sharp(makeInput(64, 64).bytes).gif().toBuffer(),
    format: 'gif',
  } as const;
  const request = makeRequest(falModel('flux/dev/image-to-image'), { image, strength: 0.5 });
  await finishedOf(provider, await provider.submit(request, options));
  const upload = fake.requests.find(({ path }) => path === '/storage/upload/initiate');
  expect(JSON.parse(upload?.body.toString() ?? '{}')).toMatchObject({ content_type: 'image/png' });
});
