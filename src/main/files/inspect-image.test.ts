import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImageFormat } from '../../shared/models/image.ts';
import { ImageProblem } from './image-problem.ts';
import { inspectImage, pixelLimits, type PixelLimits } from './inspect-image.ts';

const width = 37;
const height = 23;
const samples: { name: string; format: ImageFormat; bytes: Buffer }[] = [];

function picture(): Sharp {
  const pixels = Buffer.from(Array.from({ length: width * height * 3 }, (_, index) => (index * 7919) % 256));
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

function sample(name: string): Buffer {
  return samples.find((candidate) => candidate.name === name)!.bytes;
}

beforeAll(async () => {
  const withTransparency = picture().ensureAlpha(0.5);
  samples.push(
    { name: 'png', format: 'png', bytes: await picture().png().toBuffer() },
    {
      name: 'png with metadata',
      format: 'png',
      bytes: await picture()
        .withExif({ IFD0: { Artist: 'a' } })
        .png()
        .toBuffer(),
    },
    { name: 'jpeg', format: 'jpg', bytes: await picture().jpeg().toBuffer() },
    { name: 'progressive jpeg', format: 'jpg', bytes: await picture().jpeg({ progressive: true }).toBuffer() },
    { name: 'webp', format: 'webp', bytes: await picture().webp().toBuffer() },
    { name: 'lossless webp', format: 'webp', bytes: await picture().webp({ lossless: true }).toBuffer() },
    { name: 'transparent webp', format: 'webp', bytes: await withTransparency.webp().toBuffer() },
    { name: 'gif', format: 'gif', bytes: await picture().gif().toBuffer() },
    { name: 'avif', format: 'avif', bytes: await picture().avif({ effort: 0 }).toBuffer() },
    { name: 'transparent avif', format: 'avif', bytes: await withTransparency.avif({ effort: 0 }).toBuffer() },
  );
});

/** A small PNG whose header claims this size. */
function pngOf(claimedWidth: number, claimedHeight: number): Buffer {
  const png = Buffer.from(sample('png'));
  png.writeUInt32BE(claimedWidth, 16);
  png.writeUInt32BE(claimedHeight, 20);
  return png;
}

async function problem(bytes: Uint8Array, limits?: PixelLimits): Promise<ImageProblem> {
  const error = await inspectImage(bytes, limits).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ImageProblem);
  return error as ImageProblem;
}

describe('inspectImage', () => {
  it('tells format and size of every kind that Easel keeps', async () => {
    for (const { name, format, bytes } of samples) {
      expect(await inspectImage(bytes), name).toEqual({ format, width, height });
    }
  });

  it('reads a view into a larger buffer', async () => {
    for (const { bytes, format } of samples) {
      const room = new Uint8Array(bytes.length + 20).fill(0xff);
      room.set(bytes, 7);
      expect(await inspectImage(room.subarray(7, 7 + bytes.length))).toEqual({ format, width, height });
    }
  });

  it('accepts what some programs write behind the end of a picture', async () => {
    for (const name of ['png', 'jpeg', 'webp', 'gif']) {
      await expect(inspectImage(Buffer.concat([sample(name), Buffer.from('more')])), name).resolves.toMatchObject({
        width,
      });
    }
  });

  it('notices that the end is missing, wherever the file was cut', async () => {
    for (const { name, bytes } of samples) {
      for (let length = 0; length < bytes.length; length += 1) {
        const { reason } = await problem(bytes.subarray(0, length));
        // Less than its signature is not recognised as an image at all.
        if (length > 40) expect(reason, `${name} cut at ${length}`).toBe('truncated');
      }
    }
  });

  it('is not fooled by the end mark of a preview inside the metadata', async () => {
    const jpeg = sample('jpeg');
    const preview = Buffer.concat([Buffer.from([0xff, 0xe1, 0x00, 0x08, 0xff, 0xd8, 0xff, 0xd9, 0x00, 0x00])]);
    const withPreview = Buffer.concat([jpeg.subarray(0, 2), preview, jpeg.subarray(2)]);
    await expect(inspectImage(withPreview)).resolves.toMatchObject({ width, height });
    expect((await problem(withPreview.subarray(0, -2))).reason).toBe('truncated');
  });

  it('refuses what is too large before anything is decoded', async () => {
    for (const [limits, longest, tooMany] of [
      [pixelLimits.input, 16_384, 16_000],
      [pixelLimits.kept, 65_535, 32_000],
    ] as const) {
      expect((await problem(pngOf(longest + 1, 10), limits)).reason).toBe('tooLarge');
      await expect(inspectImage(pngOf(10, longest), limits)).resolves.toMatchObject({ height: longest });
      const { reason, message } = await problem(pngOf(tooMany, tooMany), limits);
      expect(reason).toBe('tooLarge');
      expect(message).toContain(`${tooMany} × ${tooMany}`);
    }
    expect((await problem(pngOf(0, 10))).reason).toBe('notAnImage');
  });

  it('keeps what a fourfold upscale of 4096 pixels a side gives, and refuses a header that lies', async () => {
    await expect(inspectImage(pngOf(16_384, 16_384))).resolves.toMatchObject({ width: 16_384, height: 16_384 });
    expect((await problem(pngOf(60_000, 60_000))).reason).toBe('tooLarge');
  });

  it('tells the size of a picture as viewers show it: turned where its camera was', async () => {
    for (const kind of ['jpeg', 'webp', 'png'] as const) {
      for (let orientation = 1; orientation <= 8; orientation += 1) {
        const bytes = await picture().withMetadata({ orientation }).toFormat(kind).toBuffer();
        const { autoOrient } = await sharp(bytes).metadata();
        const told = await inspectImage(bytes);
        expect({ width: told.width, height: told.height }, `${kind} ${orientation}`).toEqual(autoOrient);
        expect(told.width).toBe(orientation < 5 ? width : height);
      }
    }
  });

  it('reads the orientation in either byte order, and ignores what is no orientation', async () => {
    const exif = (isLittle: boolean, fields: readonly number[]): Buffer => {
      const view = new DataView(new ArrayBuffer(26));
      view.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
      const [tag = 0x0112, type = 3, value = 6, directory = 8, count = 1] = fields;
      view.setUint16(2, 42, isLittle);
      view.setUint32(4, directory, isLittle);
      view.setUint16(8, count, isLittle);
      view.setUint16(10, tag, isLittle);
      view.setUint16(12, type, isLittle);
      view.setUint32(14, 1, isLittle);
      view.setUint16(18, value, isLittle);
      return Buffer.from(view.buffer);
    };
    const withExif = (block: Buffer): Buffer => {
      const head = Buffer.from([0xff, 0xe1, 0, block.length + 8, ...Buffer.from('Exif\0\0')]);
      return Buffer.concat([sample('jpeg').subarray(0, 2), head, block, sample('jpeg').subarray(2)]);
    };
    for (const isLittle of [true, false]) {
      const widthWith = async (...fields: number[]): Promise<number> =>
        (await inspectImage(withExif(exif(isLittle, fields)))).width;
      expect(await widthWith()).toBe(height);
      expect(await widthWith(0x0111)).toBe(width);
      expect(await widthWith(0x0112, 2)).toBe(width);
      expect(await widthWith(0x0112, 3, 9)).toBe(width);
      expect(await widthWith(0x0112, 3, 6, 0xffff_fff0)).toBe(width);
      expect(await widthWith(0x0111, 3, 6, 8, 0xffff)).toBe(width);
    }
    expect((await inspectImage(withExif(Buffer.from('no block')))).width).toBe(width);
  });

  it('counts a GIF frame that is larger than its canvas', async () => {
    const gif = Buffer.from(sample('gif'));
    gif.writeUInt16LE(1, 6);
    gif.writeUInt16LE(1, 8);
    await expect(inspectImage(gif)).resolves.toEqual({ format: 'gif', width, height });
  });

  it('turns the size of an AVIF that asks to be turned', async () => {
    const turned = await picture().withMetadata({ orientation: 6 }).avif({ effort: 0 }).toBuffer();
    const { width: shownWidth, height: shownHeight, autoOrient } = await sharp(turned).metadata();
    const told = await inspectImage(turned);
    expect([
      { width: shownWidth, height: shownHeight },
      { width: autoOrient.width, height: autoOrient.height },
    ]).toContainEqual({ width: told.width, height: told.height });
  });

  it.each<[string, string | Buffer, ImageProblem['reason'], RegExp]>([
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'notAnImage', /web page/],
    ['a text answer', '{"error":"expired"}', 'notAnImage', /JSON/],
    ['anything', 'hello there, this is text', 'notAnImage', /not a picture/],
    ['SVG', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', 'unsupported', /SVG/],
    ['BMP', Buffer.from('BM000000000000'), 'unsupported', /BMP/],
    ['TIFF', Buffer.from('II*\0aaaaaaaaaa'), 'unsupported', /TIFF/],
    ['HEIC', Buffer.from('\0\0\0\x14ftypheic\0\0\0\0mif1'), 'unsupported', /HEIC/],
    ['half a video', Buffer.from('\0\0\0\x14ftypisom\0\0\0\0mp42'), 'truncated', /ends too early/],
  ])('says in plain words that %s is not kept', async (_name, content, reason, words) => {
    const error = await problem(Buffer.from(content));
    expect(error.reason).toBe(reason);
    expect(error.message).toMatch(words);
  });

  it('never throws anything but ImageProblem, whatever was changed in a real image', async () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
    const change = fc.record({ place, bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) });
    const cut = fc.oneof(fc.constant(1), place);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(samples.length - 1),
        fc.array(change, { maxLength: 6 }),
        cut,
        async (index, changes, kept) => {
          const bytes = Buffer.from(samples[index]!.bytes);
          // Most of what decides stands at the beginning.
          for (const { place: where, bytes: other } of changes)
            Buffer.from(other).copy(bytes, Math.floor(where ** 3 * bytes.length));
          const told = await inspectImage(bytes.subarray(0, Math.ceil(kept * bytes.length))).catch(
            (error: unknown) => error,
          );
          if (told instanceof Error) expect(told).toBeInstanceOf(ImageProblem);
          else expect(Object.keys(told as object).sort()).toEqual(['format', 'height', 'width']);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('never throws anything but ImageProblem, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
        await problem(bytes);
      }),
    );
  });
});
