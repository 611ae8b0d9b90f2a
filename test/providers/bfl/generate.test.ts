import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fileKindOf } from '../../../src/main/providers/file-kind.ts';
import { manifest } from '../../../src/main/providers/bfl/manifest.ts';
import { makeInput, requestFor } from '../../provider-kit/requests.ts';
import { failureOf, finish, lastBody, modelNamed, signal, startBfl } from './stand.ts';

describe('a request to Black Forest Labs', () => {
  it('is taken by the strict route of every model and operation, and becomes a file', async () => {
    const { fake, provider } = await startBfl();
    for (const model of manifest.models) {
      for (const operation of model.operations) {
        const { images, cost } = await finish(provider, await requestFor(model, operation));
        expect(images, model.id).toHaveLength(1);
        expect(fileKindOf(images[0]!.bytes), model.id).not.toBeNull();
        expect(cost, model.id).toEqual({ kind: 'reported', usd: fake.charges.at(-1)?.usd });
      }
    }
    expect(fake.requests.filter(({ kind }) => kind === 'pay')).toHaveLength(fake.charges.length);
  });

  it('names the model in the path and never in the body', async () => {
    const { fake, provider } = await startBfl();
    await finish(provider, await requestFor(modelNamed('flux-3-image@2k'), 'textToImage'));
    expect(fake.requests.find(({ kind }) => kind === 'pay')?.path).toBe('/v1/flux-3-image');
    expect(lastBody(fake)).toEqual({ prompt: 'a lighthouse at dusk', aspect_ratio: '1:1', resolution: '2k' });
  });

  it('tells FLUX.2 size, seed, format and every input by its number', async () => {
    const { fake, provider } = await startBfl();
    const references = [await makeInput(2), await makeInput(3)];
    const wish = { width: 640, height: 512, seed: 11, outputFormat: 'jpg', referenceImages: references } as const;
    const request = await requestFor(modelNamed('flux-2-pro'), 'imageToImage', wish);
    const { images } = await finish(provider, request);
    const base64 = [request.image!, ...references].map(({ bytes }) => Buffer.from(bytes).toString('base64'));
    expect(lastBody(fake)).toEqual({
      prompt: 'a lighthouse at dusk',
      input_image: base64[0],
      input_image_2: base64[1],
      input_image_3: base64[2],
      width: 640,
      height: 512,
      seed: 11,
      output_format: 'jpeg',
    });
    expect(images[0]!.seed).toBe(11);
    expect(fileKindOf(images[0]!.bytes)?.kind).toBe('jpg');
  });

  it('makes another picture from another input', async () => {
    const { provider } = await startBfl();
    const model = modelNamed('flux-kontext-pro');
    const request = await requestFor(model, 'imageToImage', { outputFormat: 'png' });
    const one = await finish(provider, request);
    const other = await finish(provider, { ...request, image: await makeInput(99) });
    expect(Buffer.from(one.images[0]!.bytes).equals(other.images[0]!.bytes)).toBe(false);
  });

  it('gives the mask as it is, because white means repaint there too', async () => {
    const { fake, provider } = await startBfl();
    const request = await requestFor(modelNamed('flux-pro-1.0-fill'), 'inpaint', { steps: 30, guidance: 40, seed: 3 });
    await finish(provider, request);
    const body = lastBody(fake);
    expect(body).toMatchObject({ steps: 30, guidance: 40, seed: 3 });
    const mask = await sharp(Buffer.from(body.mask as string, 'base64'))
      .greyscale()
      .raw()
      .toBuffer();
    expect(Math.max(...mask.subarray(0, 64))).toBe(0);
    expect(mask[(512 / 2) * 512 + 256]).toBe(255);
  });

  it('brings numbers into the range of the model and says so', async () => {
    const { fake, provider } = await startBfl();
    const wish = { steps: 90, guidance: 20 };
    const finished = await finish(provider, await requestFor(modelNamed('flux-2-flex'), 'textToImage', wish));
    expect(lastBody(fake)).toMatchObject({ steps: 50, guidance: 10 });
    expect(finished.dropped?.map(({ parameter }) => parameter)).toEqual(['steps', 'guidance']);
  });

  it('sends a shape, where the service knows no pixels', async () => {
    const { fake, provider } = await startBfl();
    const wish = { width: 1280, height: 720 };
    await finish(provider, await requestFor(modelNamed('flux-pro-1.1-ultra'), 'textToImage', wish));
    expect(lastBody(fake)).toMatchObject({ aspect_ratio: '16:9' });
    expect(lastBody(fake)).not.toHaveProperty('width');
  });

  it('reports no seed where the model has none', async () => {
    const { fake, provider } = await startBfl();
    const { images } = await finish(provider, await requestFor(modelNamed('flux-3-image'), 'textToImage'));
    expect(images[0]!.seed).toBeNull();
    expect(lastBody(fake)).not.toHaveProperty('seed');
  });

  it('tells the prompt as the service expanded it, and nothing where it did not', async () => {
    const { provider } = await startBfl();
    const pro = await finish(provider, await requestFor(modelNamed('flux-2-pro'), 'textToImage'));
    expect(pro.revisedPrompt).toBe('a lighthouse at dusk, with fine detail');
    const klein = await finish(provider, await requestFor(modelNamed('flux-2-klein-9b'), 'textToImage'));
    expect(klein).not.toHaveProperty('revisedPrompt');
  });

  it('asks for a video of whole seconds', async () => {
    const { fake, provider } = await startBfl();
    const { images } = await finish(provider, await requestFor(modelNamed('flux-3-video'), 'video', { seconds: 7 }));
    expect(lastBody(fake)).toEqual({ mode: 't2v', prompt: 'a lighthouse at dusk', duration: 7, resolution: 'hd' });
    expect(fileKindOf(images[0]!.bytes)?.kind).toBe('mp4');
  });

  it('refuses inputs beyond the limits before anything is sent', async () => {
    const { fake, provider } = await startBfl();
    const model = modelNamed('flux-3-image');
    const request = await requestFor(model, 'imageToImage');
    const small = { ...request.image!, width: 200 };
    const large = { ...request.image!, width: 5000, height: 5000 };
    const heavy = { ...request.image!, bytes: new Uint8Array(20_000_001) };
    for (const image of [small, large, heavy]) {
      const failure = await failureOf(provider.submit({ ...request, image }, { signal }));
      expect(failure.code).toBe('invalid_request');
    }
    expect(fake.requests).toHaveLength(0);
  });
});

it('sends Black Forest Labs a GIF as PNG', async () => {
  const { fake, provider } = await startBfl();
  const request = await requestFor(modelNamed('flux-2-pro'), 'imageToImage');
  const bytes = await sharp(request.image!.bytes).gif().toBuffer();
  await finish(provider, { ...request, image: { ...request.image!, bytes, format: 'gif' } });
  const sent = Buffer.from(lastBody(fake).input_image as string, 'base64');
  expect((await sharp(sent).metadata()).format).toBe('png');
});
