import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { makeFolders } from './durable-file.ts';
import { inspectImage } from './inspect-image.ts';
import { fitMask, readInputFile, saveInputFile } from './input-files.ts';

let root: string;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'easel-'));
  await makeFolders(root);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const picture = (red: number): Promise<Buffer> =>
  sharp({ create: { width: 20, height: 10, channels: 3, background: { r: red, g: 0, b: 0 } } })
    .png()
    .toBuffer();

async function greyValues(
  bytes: Uint8Array,
): Promise<{ values: number[]; channels: number; width: number; height: number }> {
  const { channels, width, height } = await sharp(bytes).metadata();
  return { values: [...(await sharp(bytes).extractChannel(0).raw().toBuffer())], channels, width, height };
}

describe('saveInputFile', () => {
  it('keeps the bytes under a name made of their content', async () => {
    const bytes = await picture(200);
    const saved = await saveInputFile(root, bytes);
    expect(saved).toMatchObject({ width: 20, height: 10, format: 'png' });
    expect(saved.id).toMatch(/^[0-9a-f]{64}\.png$/);
    const read = await readInputFile(root, saved.id);
    expect(read).toMatchObject({ width: 20, height: 10, format: 'png', hash: saved.id.slice(0, 64) });
    expect(Buffer.from(read.bytes).equals(bytes)).toBe(true);
  });

  it('keeps one file however often and however simultaneously it is saved', async () => {
    const bytes = await picture(100);
    const saved = await Promise.all(Array.from({ length: 20 }, () => saveInputFile(root, bytes)));
    await saveInputFile(root, bytes);
    expect(new Set(saved.map(({ id }) => id)).size).toBe(1);
    expect(readdirSync(join(root, 'inputs'))).toEqual([saved[0]?.id]);
  });

  it('replaces a file that is not whole', async () => {
    const bytes = await picture(50);
    const { id } = await saveInputFile(root, bytes);
    writeFileSync(join(root, 'inputs', id), bytes.subarray(0, 40));
    await saveInputFile(root, bytes);
    expect((await readInputFile(root, id)).bytes).toHaveLength(bytes.length);
  });

  it.each(['jpeg', 'webp'] as const)('tells the upright size of a %s and keeps its bytes', async (kind) => {
    const bytes = await sharp({ create: { width: 80, height: 60, channels: 3, background: 'grey' } })
      .withMetadata({ orientation: 6 })
      .toFormat(kind)
      .toBuffer();
    const saved = await saveInputFile(root, bytes);
    expect(saved).toMatchObject({ width: 60, height: 80 });
    const read = await readInputFile(root, saved.id);
    expect(read).toMatchObject({ width: 60, height: 80 });
    expect(Buffer.from(read.bytes).equals(bytes)).toBe(true);
  });

  it('refuses a reference with more pixels than are decoded at once, though a result of that size is kept', async () => {
    const bytes = await picture(7);
    bytes.writeUInt32BE(16_000, 16);
    bytes.writeUInt32BE(16_000, 20);
    await expect(inspectImage(bytes)).resolves.toMatchObject({ width: 16_000 });
    await expect(saveInputFile(root, bytes)).rejects.toMatchObject({
      code: 'referenceUnreadable',
      message: expect.stringContaining('too large') as string,
    });
  });

  it('refuses what is no image in plain words', async () => {
    const problem = await saveInputFile(root, Buffer.from('<!doctype html><html></html>')).catch(
      (error: unknown) => error,
    );
    expect(problem).toBeInstanceOf(AppError);
    expect(problem).toMatchObject({ code: 'referenceUnreadable', message: expect.stringContaining('web page') });
    expect(readdirSync(join(root, 'inputs'))).toEqual([]);
  });

  it('says that the library is gone when it is', async () => {
    rmSync(root, { recursive: true });
    await expect(saveInputFile(root, await picture(1))).rejects.toMatchObject({ code: 'libraryMissing' });
  });
});

describe('readInputFile', () => {
  it('says that a reference is gone or damaged', async () => {
    const { id } = await saveInputFile(root, await picture(3));
    writeFileSync(join(root, 'inputs', id), 'something else');
    await expect(readInputFile(root, id)).rejects.toMatchObject({ code: 'referenceUnreadable' });
    rmSync(join(root, 'inputs', id));
    await expect(readInputFile(root, id)).rejects.toMatchObject({ code: 'referenceUnreadable' });
  });

  it('refuses an id that leads elsewhere', async () => {
    await expect(readInputFile(root, '../library.db')).rejects.toMatchObject({ code: 'badInput' });
  });
});

describe('fitMask', () => {
  const maskOf = (pixels: number[], channels: 1 | 4, width: number, height: number): Promise<Buffer> =>
    sharp(Buffer.from(pixels), { raw: { width, height, channels } }).png().toBuffer();

  it('makes greyscale of a mask and counts transparent pixels as black', async () => {
    const mask = await maskOf([255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0], 4, 2, 2);
    const { bytes, scaled } = await fitMask(mask, { width: 2, height: 2 });
    expect(scaled).toBe(false);
    expect(await greyValues(bytes)).toEqual({ values: [255, 0, 0, 0], channels: 1, width: 2, height: 2 });
  });

  it('scales a mask of another size and says so', async () => {
    const mask = await maskOf([255, 0], 1, 2, 1);
    const { bytes, scaled } = await fitMask(mask, { width: 8, height: 3 });
    const { values, channels, width, height } = await greyValues(bytes);
    expect({ scaled, channels, width, height }).toEqual({ scaled: true, channels: 1, width: 8, height: 3 });
    expect([values[0], values[7]]).toEqual([255, 0]);
  });

  it('puts a mask upright that its camera or program turned', async () => {
    const lying = await sharp(await maskOf([255, 255, 0, 0, 255, 255, 0, 0], 1, 4, 2))
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const { bytes, scaled } = await fitMask(lying, { width: 2, height: 4 });
    expect(scaled).toBe(false);
    expect(await greyValues(bytes)).toEqual({
      values: [255, 255, 255, 255, 0, 0, 0, 0],
      channels: 1,
      width: 2,
      height: 4,
    });
    expect((await sharp(bytes).metadata()).orientation).toBeUndefined();
  });

  it('takes a JPEG and a mask of sixteen bits', async () => {
    const jpeg = await sharp(await maskOf(Array<number>(64).fill(255), 1, 8, 8))
      .jpeg()
      .toBuffer();
    expect(
      (await greyValues((await fitMask(jpeg, { width: 8, height: 8 })).bytes)).values.every((value) => value > 250),
    ).toBe(true);
    const deep = await sharp(await maskOf([255, 0, 255, 0], 1, 2, 2))
      .toColourspace('grey16')
      .png()
      .toBuffer();
    expect((await greyValues((await fitMask(deep, { width: 2, height: 2 })).bytes)).values).toEqual([255, 0, 255, 0]);
  });

  it('refuses a mask that can not be decoded', async () => {
    const damaged = await sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        background: 'white',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .png()
      .toBuffer();
    damaged.fill(0x55, 60, damaged.length - 40);
    await expect(fitMask(damaged, { width: 2, height: 2 })).rejects.toMatchObject({ code: 'referenceUnreadable' });
    await expect(fitMask(Buffer.from('hello'), { width: 2, height: 2 })).rejects.toMatchObject({
      code: 'referenceUnreadable',
    });
  });
});
