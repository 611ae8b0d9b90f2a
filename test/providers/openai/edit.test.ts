import { createCipheriv, createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { InputImage } from '../../../src/main/providers/provider.ts';
import { failureOf, makeInput, makeRequest, never } from '../comfyui/requests.ts';
import { finished, formOf, lastOf, modelNamed, useStand } from './stand.ts';

const start = useStand();
const square = { width: 1024, height: 1024 };
const standard = 'gpt-image-2.6-flare/medium';

const asInput = (bytes: Buffer, format: InputImage['format'], width: number, height: number): InputImage => ({
  bytes,
  hash: createHash('sha256').update(bytes).digest('hex'),
  format,
  width,
  height,
});

/** One pixel per number: how white it is. */
async function makeMask(width: number, height: number, pixels: readonly number[]): Promise<InputImage> {
  const raw = { width, height, channels: 1 as const };
  return asInput(await sharp(Buffer.from(pixels), { raw }).png().toBuffer(), 'png', width, height);
}

async function alphaOf(file: File): Promise<number[]> {
  const { data, info } = await sharp(await file.arrayBuffer())
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(4);
  return [...data].filter((_value, at) => at % 4 === 3);
}

const partOf = (form: FormData, name: string): File => {
  const part = form.get(name);
  if (part instanceof File) return part;
  throw new Error(`no file ${name}`);
};

describe('a picture from pictures, by OpenAI', () => {
  it('sends the picture byte for byte, with the fields of a generation and no fidelity', async () => {
    const { fake, provider } = await start();
    const image = makeInput(48, 32);
    const request = makeRequest(modelNamed(provider, 'gpt-image-1.5/high'), {
      ...square,
      operation: 'imageToImage',
      image,
    });
    expect(finished(await provider.submit(request, { signal: never() })).images).toHaveLength(1);
    expect(lastOf(fake).path).toBe('/images/edits');
    const form = await formOf(lastOf(fake));
    expect(Object.fromEntries([...form.entries()].filter(([, value]) => typeof value === 'string'))).toEqual({
      model: 'gpt-image-1.5',
      prompt: 'a lighthouse at dusk',
      n: '1',
      size: '1024x1024',
      quality: 'high',
      output_format: 'png',
    });
    expect(Buffer.from(await partOf(form, 'image').arrayBuffer())).toEqual(Buffer.from(image.bytes));
    expect(form.has('mask')).toBe(false);
  });

  it('sends further references behind the picture, and references alone as an edit too', async () => {
    const { fake, provider } = await start();
    const model = modelNamed(provider, standard);
    const references = [makeInput(32, 32, 2), makeInput(32, 32, 3)];
    const request = makeRequest(model, {
      ...square,
      operation: 'imageToImage',
      image: makeInput(32, 32, 1),
      references,
    });
    await provider.submit(request, { signal: never() });
    expect((await formOf(lastOf(fake))).getAll('image[]')).toHaveLength(3);
    await provider.submit(makeRequest(model, { ...square, references }), { signal: never() });
    expect((await formOf(lastOf(fake))).getAll('image[]')).toHaveLength(2);
  });

  it('makes another picture of another reference', async () => {
    const { provider } = await start();
    const model = modelNamed(provider, standard);
    const pictures = [];
    for (const seed of [1, 2]) {
      const request = makeRequest(model, { ...square, operation: 'imageToImage', image: makeInput(32, 32, seed) });
      pictures.push(finished(await provider.submit(request, { signal: never() })).images[0]!.bytes);
    }
    expect(pictures[0]).not.toEqual(pictures[1]);
  });

  it('turns a white mask into one that is transparent where it was white, with nothing in between', async () => {
    const { fake, provider } = await start();
    const mask = await makeMask(4, 2, [255, 254, 128, 127, 1, 0, 255, 0]);
    const request = makeRequest(modelNamed(provider, standard), {
      ...square,
      operation: 'inpaint',
      image: makeInput(4, 2),
      mask,
    });
    await provider.submit(request, { signal: never() });
    const sent = partOf(await formOf(lastOf(fake)), 'mask');
    expect(sent.type).toBe('image/png');
    expect(await alphaOf(sent)).toEqual([0, 0, 0, 255, 255, 255, 0, 255]);
  });

  it('turns a mask of any form: with colours, and with transparency, which counts as black', async () => {
    const { fake, provider } = await start();
    const pixels = Buffer.from([255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 255]);
    const bytes = await sharp(pixels, { raw: { width: 3, height: 1, channels: 4 } })
      .png()
      .toBuffer();
    const request = makeRequest(modelNamed(provider, standard), {
      ...square,
      operation: 'inpaint',
      image: makeInput(3, 1),
      mask: asInput(bytes, 'png', 3, 1),
    });
    await provider.submit(request, { signal: never() });
    expect(await alphaOf(partOf(await formOf(lastOf(fake)), 'mask'))).toEqual([0, 255, 255]);
  });

  it('keeps a noisy mask of 4K below four megabytes', async () => {
    const { fake, provider } = await start();
    const [width, height] = [3840, 2160];
    const noise = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(
      Buffer.alloc(width * height),
    );
    const raw = { width, height, channels: 1 as const };
    const image = await sharp({ create: { width, height, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer();
    const request = makeRequest(modelNamed(provider, standard), {
      ...square,
      operation: 'inpaint',
      image: asInput(image, 'jpg', width, height),
      mask: asInput(await sharp(noise, { raw }).png({ compressionLevel: 1 }).toBuffer(), 'png', width, height),
    });
    await provider.submit(request, { signal: never() });
    expect(partOf(await formOf(lastOf(fake)), 'mask').size).toBeLessThan(4_000_000);
  });

  it('sets a photo upright that lies on its side, so that its mask fits', async () => {
    const { fake, provider } = await start();
    const photo = await sharp({ create: { width: 4, height: 2, channels: 3, background: 'teal' } })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const request = makeRequest(modelNamed(provider, standard), {
      ...square,
      operation: 'inpaint',
      image: asInput(photo, 'jpg', 2, 4),
      mask: await makeMask(2, 4, [255, 0, 0, 0, 0, 0, 0, 0]),
    });
    await provider.submit(request, { signal: never() });
    const sent = partOf(await formOf(lastOf(fake)), 'image');
    expect(await sharp(await sent.arrayBuffer()).metadata()).toMatchObject({ format: 'png', width: 2, height: 4 });
  });

  it.each(['gif', 'avif'] as const)('sends a %s as PNG, since OpenAI takes none', async (format) => {
    const { fake, provider } = await start();
    const picture = sharp({ create: { width: 16, height: 16, channels: 3, background: 'teal' } });
    const bytes = await (format === 'gif' ? picture.gif() : picture.avif()).toBuffer();
    const request = makeRequest(modelNamed(provider, standard), {
      ...square,
      operation: 'imageToImage',
      image: asInput(bytes, format, 16, 16),
    });
    await provider.submit(request, { signal: never() });
    expect(partOf(await formOf(lastOf(fake)), 'image').type).toBe('image/png');
  });

  it('refuses a picture of 50 MB before anything is sent', async () => {
    const { fake, provider } = await start();
    const request = makeRequest(modelNamed(provider, standard), {
      ...square,
      operation: 'imageToImage',
      image: asInput(Buffer.alloc(50_000_000), 'png', 16, 16),
    });
    expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe('invalid_request');
    expect(fake.requests).toEqual([]);
  });
});
