import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodePng } from './encode-png.ts';

const pixelsOf = (width: number, height: number): Uint8Array =>
  Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * index * 31 + index * 7) % 256);

describe('encodePng', () => {
  it.each([
    [1, 1],
    [64, 64],
    [131, 7],
    [3, 200],
  ])('writes a picture of %i × %i that decodes to the same pixels', async (width, height) => {
    const pixels = pixelsOf(width, height);
    const { data, info } = await sharp(encodePng(pixels, width, height))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect({ width: info.width, height: info.height, channels: info.channels }).toEqual({ width, height, channels: 3 });
    expect(Buffer.from(data).equals(pixels)).toBe(true);
  });

  it('says nothing of when and where it was written', () => {
    const png = Buffer.from(encodePng(pixelsOf(20, 20), 20, 20));
    const names: string[] = [];
    for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
      names.push(png.toString('latin1', at + 4, at + 8));
    expect(names).toEqual(['IHDR', 'sRGB', 'IDAT', 'IEND']);
  });

  it('writes the same bytes on every machine', () => {
    expect(
      createHash('sha256')
        .update(encodePng(pixelsOf(50, 40), 50, 40))
        .digest('hex'),
    ).toBe('cdfd42d4e036073a0591a5f039795a59f5320d70e2a59377612d0cf5f90dcd4d');
  });
});
