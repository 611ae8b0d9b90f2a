import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { asCommonImage, withCommonImages } from './as-png.ts';
import { ProviderError, type InputImage } from './provider.ts';

async function pictureIn(format: 'png' | 'gif' | 'avif'): Promise<InputImage> {
  const bytes = await sharp({ create: { width: 16, height: 8, channels: 3, background: 'teal' } })
    .toFormat(format)
    .toBuffer();
  return { bytes, hash: 'a'.repeat(64), format, width: 16, height: 8 };
}

describe('pictures for services', () => {
  it.each(['gif', 'avif'] as const)('become PNG of the same size where they are %s', async (format) => {
    const { bytes, ...rest } = await asCommonImage(await pictureIn(format));
    expect(rest).toEqual({ hash: 'a'.repeat(64), format: 'png', width: 16, height: 8 });
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 16, height: 8 });
  });

  it('stay as they are where every service reads them, in all places of a request', async () => {
    const [image, other] = [await pictureIn('png'), await pictureIn('gif')];
    const request = await withCommonImages({ image, mask: null, references: [other], prompt: 'x' });
    expect(request).toMatchObject({ image, mask: null, references: [{ format: 'png' }], prompt: 'x' });
    expect(request.image.bytes).toBe(image.bytes);
  });

  it('are refused in the words of an adapter where they are broken', async () => {
    const broken = { ...(await pictureIn('avif')), bytes: Buffer.from('no picture') };
    await expect(asCommonImage(broken)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(asCommonImage(broken)).rejects.toBeInstanceOf(ProviderError);
  });
});
