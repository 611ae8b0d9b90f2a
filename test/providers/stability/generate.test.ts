import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fileKindOf } from '../../../src/main/providers/file-kind.ts';
import { manifest } from '../../../src/main/providers/stability/manifest.ts';
import { largeSizes, normalSizes, ratioOf } from '../../../src/main/providers/stability/shapes.ts';
import type { ProviderRequest, Submission } from '../../../src/main/providers/provider.ts';
import { failureOf, makeInput, makeRequest, never } from '../comfyui/requests.ts';
import { model, sentParts, startStability } from './stand.ts';

function imagesOf(submission: Submission) {
  if (submission.state !== 'finished') throw new Error(`it is ${submission.state}`);
  return submission.images;
}

const fields: Partial<ProviderRequest> = {
  negativePrompt: 'fog',
  seed: 42,
  style: 'low-poly',
  outputFormat: 'webp',
  width: 1632,
  height: 912,
};

describe('a picture from a prompt', () => {
  it('comes at once, with the seed that the service names', async () => {
    const { fake, provider } = await startStability();
    const submission = await provider.submit(makeRequest(model('core'), fields), { signal: never() });
    const [image] = imagesOf(submission);
    expect(image?.seed).toBe(42);
    expect(fileKindOf(image!.bytes)?.kind).toBe('webp');
    expect(fake.charges).toMatchObject([{ usd: 0.03, images: 1 }]);
  });

  it('is asked for in parts of a form, although there is no file, with every parameter', async () => {
    const { fake, provider } = await startStability();
    await provider.submit(makeRequest(model('core'), fields), { signal: never() });
    const [sent] = fake.requests;
    expect(sent?.path).toBe('/v2beta/stable-image/generate/core');
    expect(sent?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(sent?.headers.accept).toBe('image/*');
    expect(await sentParts(fake)).toEqual({
      prompt: 'a lighthouse at dusk',
      negative_prompt: 'fog',
      seed: '42',
      style_preset: 'low-poly',
      output_format: 'webp',
      aspect_ratio: '16:9',
    });
  });

  it('leaves out what was not asked for', async () => {
    const { fake, provider } = await startStability();
    await provider.submit(makeRequest(model('core')), { signal: never() });
    expect(Object.keys(await sentParts(fake)).sort()).toEqual(['aspect_ratio', 'prompt', 'seed']);
  });

  it.each(['sd3.5-large', 'sd3.5-large-turbo', 'sd3.5-medium', 'sd3.5-flash'])('names the model %s', async (id) => {
    const { fake, provider } = await startStability();
    const request = makeRequest(model(id), { guidance: 5, width: 640, height: 1536, outputFormat: 'jpg' });
    const [image] = imagesOf(await provider.submit(request, { signal: never() }));
    expect(fileKindOf(image!.bytes)?.kind).toBe('jpg');
    expect(await sentParts(fake)).toMatchObject({
      model: id,
      mode: 'text-to-image',
      cfg_scale: '5',
      aspect_ratio: '9:21',
      output_format: 'jpeg',
    });
    expect(fake.charges[0]?.usd).toBeCloseTo(model(id).price!.usd, 6);
  });

  it('keeps the guidance within what the service takes and says so', async () => {
    const { fake, provider } = await startStability();
    const request = makeRequest(model('sd3.5-large'), { guidance: 20 });
    expect(await provider.submit(request, { signal: never() })).toMatchObject({
      dropped: [{ parameter: 'guidance', note: 'Stable Diffusion 3.5 Large takes 1 to 10, so it became 10.' }],
    });
    expect(await sentParts(fake)).toMatchObject({ cfg_scale: '10' });
  });

  it('can be repeated with seed 0, which the service would take as any seed', async () => {
    const { provider } = await startStability();
    const make = async () =>
      imagesOf(await provider.submit(makeRequest(model('core'), { seed: 0 }), { signal: never() }));
    const [one] = await make();
    const [other] = await make();
    expect(one!.seed).toBe(4_294_967_294);
    expect(Buffer.from(one!.bytes).equals(Buffer.from(other!.bytes))).toBe(true);
  });

  it('brings a seed that is too large into the range of the service', async () => {
    const { fake, provider } = await startStability();
    await provider.submit(makeRequest(model('core'), { seed: 4_294_967_295 + 9 }), { signal: never() });
    expect(await sentParts(fake)).toMatchObject({ seed: '9' });
  });

  it('is not paid for without a prompt', async () => {
    const { fake, provider } = await startStability();
    const failure = await failureOf(provider.submit(makeRequest(model('core'), { prompt: ' ' }), { signal: never() }));
    expect(failure.code).toBe('invalid_request');
    expect(fake.requests).toHaveLength(0);
  });
});

describe('a picture from a picture', () => {
  it('keeps its shape with Stable Diffusion 3.5, which refuses an aspect ratio then', async () => {
    const { fake, provider } = await startStability();
    const request = makeRequest(model('sd3.5-large'), {
      operation: 'imageToImage',
      image: makeInput(160, 90),
      strength: 0.4,
      width: 1024,
      height: 1024,
    });
    const submission = await provider.submit(request, { signal: never() });
    expect(submission).toMatchObject({ state: 'finished', dropped: [{ parameter: 'size' }] });
    const sent = await sentParts(fake);
    expect(sent).toMatchObject({ mode: 'image-to-image', image: 'image/png', strength: '0.4' });
    expect(sent).not.toHaveProperty('aspect_ratio');
  });

  it('takes a shape with Ultra', async () => {
    const { fake, provider } = await startStability();
    const image = makeInput(64, 64);
    const request = makeRequest(model('ultra'), {
      operation: 'imageToImage',
      image,
      strength: 0.4,
      width: 768,
      height: 1344,
    });
    await provider.submit(request, { signal: never() });
    expect(await sentParts(fake)).toMatchObject({ strength: '0.4', aspect_ratio: '9:16', image: 'image/png' });
  });

  it('is sent as PNG where the service can not read its format', async () => {
    const { fake, provider } = await startStability();
    const bytes = await sharp(makeInput(64, 64).bytes).gif().toBuffer();
    const image = { ...makeInput(64, 64), bytes, format: 'gif' as const };
    const request = makeRequest(model('ultra'), {
      operation: 'imageToImage',
      image,
      strength: 0.5,
      width: 1024,
      height: 1024,
    });
    imagesOf(await provider.submit(request, { signal: never() }));
    expect(await sentParts(fake)).toMatchObject({ image: 'image/png' });
  });

  it.each([
    ['control-structure', 'control_strength'],
    ['control-sketch', 'control_strength'],
    ['control-style', 'fidelity'],
  ])('is followed more closely by %s the less it is left', async (id, part) => {
    const { fake, provider } = await startStability();
    const request = makeRequest(model(id), {
      operation: 'imageToImage',
      image: makeInput(64, 64),
      strength: 0.3,
      width: 1024,
      height: 1024,
      style: 'anime',
    });
    imagesOf(await provider.submit(request, { signal: never() }));
    expect(await sentParts(fake)).toMatchObject({ [part]: '0.7', style_preset: 'anime' });
  });
});

describe('the sizes', () => {
  it('are named by shapes that lead back to themselves', () => {
    const names = normalSizes.map(ratioOf);
    expect(new Set(names).size).toBe(9);
    expect(largeSizes.map(ratioOf)).toEqual(names);
  });

  it('have about the pixels that the service makes', () => {
    const megapixels = (sizes: typeof normalSizes) => sizes.map(({ width, height }) => (width * height) / 1_000_000);
    expect(megapixels(normalSizes).every((pixels) => pixels > 0.95 && pixels < 1.07)).toBe(true);
    expect(megapixels(largeSizes).every((pixels) => pixels > 1.45 && pixels < 1.55)).toBe(true);
  });
});

describe('the price list', () => {
  it('is the one of the service, in dollars', () => {
    const prices = Object.fromEntries(manifest.models.map(({ id, price }) => [id, price?.usd]));
    expect(prices).toEqual({
      core: 0.03,
      'sd3.5-large': 0.065,
      'sd3.5-flash': 0.025,
      ultra: 0.08,
      'sd3.5-large-turbo': 0.04,
      'sd3.5-medium': 0.035,
      'control-structure': 0.05,
      'control-sketch': 0.05,
      'control-style': 0.05,
      inpaint: 0.05,
      'upscale-fast': 0.02,
      'upscale-conservative': 0.4,
      'upscale-creative': 0.6,
      'remove-background': 0.05,
    });
  });
});
