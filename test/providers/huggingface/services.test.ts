import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fileKindOf } from '../../../src/main/providers/file-kind.ts';
import { hubModels } from '../../fakes/huggingface/hub.ts';
import { makeInput } from '../../provider-kit/requests.ts';
import { failureOf, finish, lastPaid, requestOf, signal, startHuggingface } from './stand.ts';

const wish = { width: 640, height: 512, seed: 11, steps: 6, guidance: 2.5 };
const served = Object.keys(hubModels).filter((id) => id !== 'easel/nobody');

describe('a request through the router', () => {
  it.each(served)('is taken by the service that runs %s and becomes one picture, paid once', async (id) => {
    const { fake, provider } = await startHuggingface();
    const { images } = await finish(provider, await requestOf(id));
    expect(images).toHaveLength(1);
    expect(fileKindOf(images[0]!.bytes)?.kind).toBe('jpg');
    expect(fake.charges).toHaveLength(1);
  });

  it('reaches fal in its words, at exactly the path that the hub gave', async () => {
    const { fake, provider } = await startHuggingface();
    const { images } = await finish(provider, await requestOf('black-forest-labs/FLUX.1-dev', wish));
    expect(lastPaid(fake)).toMatchObject({ path: '/fal-ai/fal-ai/flux/dev', query: '?_subdomain=queue' });
    expect(lastPaid(fake).json).toEqual({
      prompt: 'a lighthouse at dusk',
      image_size: { width: 640, height: 512 },
      seed: 11,
      num_inference_steps: 6,
      guidance_scale: 2.5,
    });
    expect(images[0]!.seed).toBe(11);
    const polls = fake.requests.filter(({ kind }) => kind === 'poll').map(({ path }) => path);
    expect(polls[0]).toMatch(/^\/fal-ai\/fal-ai\/flux\/requests\/[\w-]+\/status$/);
    expect(polls.at(-1)).toMatch(/^\/fal-ai\/fal-ai\/flux\/requests\/[\w-]+$/);
  });

  it('reaches Replicate in its words: a shape, its guidance, its header', async () => {
    const { fake, provider } = await startHuggingface();
    const { dropped, images } = await finish(provider, await requestOf('easel/on-replicate', wish));
    expect(lastPaid(fake).path).toBe('/replicate/v1/models/black-forest-labs/flux-dev/predictions');
    expect(lastPaid(fake).headers.prefer).toBe('wait');
    expect(lastPaid(fake).json).toEqual({
      input: { prompt: 'a lighthouse at dusk', aspect_ratio: '5:4', seed: 11, num_inference_steps: 6, guidance: 2.5 },
    });
    expect(dropped).toEqual([{ parameter: 'size', note: expect.stringContaining('1088×896') }]);
    expect(images[0]!.seed).toBe(11);
  });

  it('names a version to Replicate where the hub gave one', async () => {
    const { fake, provider } = await startHuggingface();
    await finish(provider, await requestOf('easel/on-replicate-version', { ...wish, negativePrompt: 'fog' }));
    expect(lastPaid(fake).path).toBe('/replicate/v1/predictions');
    expect(lastPaid(fake).json).toMatchObject({
      version: '7762fd07cf82',
      input: { width: 640, height: 512, guidance_scale: 2.5, negative_prompt: 'fog' },
    });
  });

  it('reaches Together in its words, and asks for the bytes', async () => {
    const { fake, provider } = await startHuggingface();
    await finish(provider, await requestOf('easel/on-together', wish));
    expect(lastPaid(fake).json).toEqual({
      model: 'black-forest-labs/FLUX.1-schnell',
      prompt: 'a lighthouse at dusk',
      width: 640,
      height: 512,
      steps: 6,
      seed: 11,
      guidance_scale: 2.5,
      response_format: 'base64',
    });
  });

  it.each([
    ['easel/on-nscale', { response_format: 'b64_json' }],
    ['easel/on-deepinfra', { response_format: 'b64_json' }],
    ['easel/on-zai', {}],
  ])('tells %s the prompt only, and says what was left out', async (id, more) => {
    const { fake, provider } = await startHuggingface();
    const { dropped, images } = await finish(provider, await requestOf(id, wish));
    expect(lastPaid(fake).json).toEqual({ model: expect.any(String), prompt: 'a lighthouse at dusk', ...more });
    expect(dropped?.map(({ parameter }) => parameter)).toEqual(['size', 'seed', 'steps', 'guidance']);
    expect(images[0]!.seed).toBeNull();
  });

  it('sends Z.ai the headers without which it refuses, on each call', async () => {
    const { fake, provider } = await startHuggingface();
    await finish(provider, await requestOf('easel/on-zai'));
    const calls = fake.requests.filter(({ path }) => path.startsWith('/zai-org'));
    expect(calls.length).toBeGreaterThan(1);
    for (const { headers } of calls) expect(headers['x-source-channel']).toBe('hugging_face');
  });

  it('takes bytes, base64 and addresses from Hugging Face itself', async () => {
    const { fake, provider } = await startHuggingface();
    for (const prompt of ['a lighthouse', 'a lighthouse as text', 'a lighthouse as link']) {
      const { images } = await finish(provider, await requestOf('easel/on-hf', { ...wish, prompt }));
      expect(fileKindOf(images[0]!.bytes)?.kind).toBe('jpg');
      expect(lastPaid(fake).json).toMatchObject({ inputs: prompt, parameters: { seed: 11, width: 640 } });
    }
  });

  it('loads a LoRA repository in the way of each service', async () => {
    const { fake, provider } = await startHuggingface();
    await finish(provider, await requestOf('easel/lora-on-fal'));
    expect(lastPaid(fake).json).toMatchObject({
      loras: [{ path: 'https://huggingface.co/easel/lora-on-fal/resolve/main/paint.safetensors', scale: 1 }],
      model_name: 'stabilityai/stable-diffusion-xl-base-1.0',
    });
    await finish(provider, await requestOf('easel/lora-on-replicate'));
    expect(lastPaid(fake).json).toMatchObject({
      input: { lora_weights: 'https://huggingface.co/easel/lora-on-replicate' },
    });
    await finish(provider, await requestOf('easel/lora-on-wavespeed'));
    expect(lastPaid(fake).json).toMatchObject({ loras: [{ path: 'easel/lora-on-wavespeed', scale: 1 }] });
  });

  it('brings steps into the range of the service and says so', async () => {
    const { fake, provider } = await startHuggingface();
    const request = await requestOf('black-forest-labs/FLUX.1-schnell', { steps: 30 });
    const { dropped } = await finish(provider, request);
    expect(lastPaid(fake).json).toMatchObject({ num_inference_steps: 12 });
    expect(dropped).toEqual([{ parameter: 'steps', note: expect.stringContaining('at most 12') }]);
  });
});

describe('a picture to edit', () => {
  const dataUrl = /^data:image\/png;base64,/;
  it.each([
    ['black-forest-labs/FLUX.1-Kontext-dev', { image_url: dataUrl, image_urls: [dataUrl] }],
    ['easel/edit-on-together', { reference_images: [dataUrl] }],
    ['easel/kontext-on-together', { image_url: dataUrl }],
    ['easel/edit-on-wavespeed', { image: /^iVBOR/, images: [/^iVBOR/] }],
    ['easel/edit-on-hf', { inputs: /^iVBOR/ }],
  ] as const)('is sent under the names of the service that runs %s', async (id, fields) => {
    const { fake, provider } = await startHuggingface();
    const request = await requestOf(id);
    const one = await finish(provider, request);
    const sent = lastPaid(fake).json;
    for (const [name, pattern] of Object.entries(fields)) {
      const values = Array.isArray(sent[name]) ? (sent[name] as unknown[]) : [sent[name]];
      expect(values).toHaveLength(1);
      expect(values[0]).toMatch([pattern].flat()[0]!);
    }
    expect(Object.keys(sent)).not.toContain(id === 'easel/edit-on-together' ? 'image_url' : 'reference_images');
    const other = await finish(provider, { ...request, image: await makeInput(99) });
    expect(Buffer.from(one.images[0]!.bytes).equals(other.images[0]!.bytes)).toBe(false);
  });

  it('is sent to Replicate under all four names, because its models differ', async () => {
    const { fake, provider } = await startHuggingface();
    await finish(provider, await requestOf('easel/edit-on-replicate'));
    const { input } = lastPaid(fake).json as { input: Record<string, unknown> };
    expect(Object.keys(input)).toEqual(expect.arrayContaining(['image', 'images', 'input_image', 'input_images']));
  });

  it('that is no picture is refused', async () => {
    const { provider } = await startHuggingface();
    const request = await requestOf('easel/edit-on-hf');
    const image = { ...request.image!, bytes: new Uint8Array([1, 2, 3]) };
    expect((await failureOf(provider.submit({ ...request, image }, { signal }))).code).toBe('invalid_request');
  });
});

it('sends a GIF as PNG to whoever runs the model', async () => {
  const { fake, provider } = await startHuggingface();
  const request = await requestOf('black-forest-labs/FLUX.1-Kontext-dev');
  const bytes = await sharp(request.image!.bytes).gif().toBuffer();
  await finish(provider, { ...request, image: { ...request.image!, bytes, format: 'gif' } });
  expect(JSON.stringify(lastPaid(fake).json)).toContain('data:image/png;base64,');
});
