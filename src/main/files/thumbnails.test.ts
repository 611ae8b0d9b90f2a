import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ThumbnailSize } from '../../shared/models/image.ts';
import { makeFolders } from './durable-file.ts';
import { ImageProblem } from './image-problem.ts';
import { createThumbnails, type Thumbnails } from './thumbnails.ts';

const hash = (number: number): string => number.toString(16).padStart(64, '0');
let root: string;
let thumbnails: Thumbnails;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'easel-'));
  await makeFolders(root);
  thumbnails = createThumbnails({ root });
});
afterEach(async () => {
  await thumbnails.close();
  rmSync(root, { recursive: true, force: true });
});

function keep(bytes: Uint8Array, name = 'picture.png'): string {
  const path = join(root, 'images', name);
  writeFileSync(path, bytes);
  return path;
}

const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: 'grey', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  });

/** Black and white takes one bit a pixel, so that a large one is quick to make. */
function whitePng(side: number): Buffer {
  const chunk = (name: string, data: Uint8Array): Buffer => {
    const frame = Buffer.alloc(12 + data.length);
    frame.writeUInt32BE(data.length, 0);
    frame.write(name, 4, 'latin1');
    frame.set(data, 8);
    frame.writeUInt32BE(crc32(frame.subarray(4, 8 + data.length)), 8 + data.length);
    return frame;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rowLength = 1 + Math.ceil(side / 8);
  const rows = Buffer.alloc(rowLength * side, 0xff);
  for (let row = 0; row < side; row += 1) rows[row * rowLength] = 0;
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.of()),
  ]);
}

async function sizes(number: number): Promise<Record<ThumbnailSize, string>> {
  const size = async (name: ThumbnailSize): Promise<string> => {
    const { width, height, format } = await sharp(
      join(root, 'thumbnails', '00', `${hash(number)}-${name}.webp`),
    ).metadata();
    return `${format} ${width}×${height}`;
  };
  return { small: await size('small'), medium: await size('medium'), large: await size('large') };
}

describe('thumbnails', { timeout: 60_000 }, () => {
  it('come in three sizes with the shape of the picture, and leave nothing else behind', async () => {
    await thumbnails.makeAll(keep(await noise(1600, 800).png().toBuffer()), hash(1));
    expect(await sizes(1)).toEqual({ small: 'webp 160×80', medium: 'webp 320×160', large: 'webp 640×320' });
    expect(readdirSync(join(root, 'thumbnails'))).toEqual(['00']);
    expect(readdirSync(join(root, 'thumbnails', '00'))).toHaveLength(3);
  });

  it('are never larger than the picture', async () => {
    await thumbnails.makeAll(keep(await noise(200, 300).jpeg().toBuffer()), hash(2));
    expect(await sizes(2)).toEqual({ small: 'webp 107×160', medium: 'webp 200×300', large: 'webp 200×300' });
  });

  it('are made when one is asked for, and found again afterwards', async () => {
    const picture = keep(await noise(900, 900).webp().toBuffer());
    const path = await thumbnails.ensure(picture, hash(3), 'medium');
    expect(path).toBe(join(root, 'thumbnails', '00', `${hash(3)}-medium.webp`));
    expect((await sharp(path).metadata()).width).toBe(320);
    rmSync(picture);
    expect(await thumbnails.ensure(picture, hash(3), 'small')).toContain('-small.webp');
  });

  it('are made once for all who ask at the same time', async () => {
    let started = 0;
    const count = (name: unknown): void => {
      if (name === 'thumbnailing') started += 1;
    };
    subscribe('easel:step', count);
    const picture = keep(await noise(800, 600).png().toBuffer());
    await Promise.all([
      thumbnails.makeAll(picture, hash(4)),
      ...Array.from({ length: 10 }, () => thumbnails.ensure(picture, hash(4), 'small')),
    ]);
    await thumbnails.makeAll(picture, hash(4));
    unsubscribe('easel:step', count);
    expect(started).toBe(1);
  });

  it('leave alone what is there and add what is missing', async () => {
    const picture = keep(await noise(800, 600).png().toBuffer());
    await thumbnails.makeAll(picture, hash(5));
    const path = (name: ThumbnailSize): string => join(root, 'thumbnails', '00', `${hash(5)}-${name}.webp`);
    const before = statSync(path('large')).ino;
    rmSync(path('medium'));
    await thumbnails.makeAll(picture, hash(5));
    expect(statSync(path('large')).ino).toBe(before);
    expect((await sizes(5)).medium).toBe('webp 320×240');
  });

  it('stand upright and show the colours of the profile', async () => {
    const red = sharp({ create: { width: 400, height: 200, channels: 3, background: { r: 200, g: 30, b: 30 } } });
    const turned = await red.clone().withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer();
    await thumbnails.makeAll(keep(turned, 'turned.jpg'), hash(6));
    expect((await sizes(6)).small).toBe('webp 80×160');
    const wide = await red.clone().withIccProfile('p3').png().toBuffer();
    const path = await thumbnails.ensure(keep(wide, 'wide.png'), hash(7), 'small');
    const { channels } = await sharp(path).stats();
    expect(channels.map(({ mean }) => Math.round(mean / 10) * 10)).toEqual([200, 30, 30]);
  });

  it('keep what is transparent, and take sixteen bits and grey', async () => {
    const clear = await sharp({
      create: { width: 400, height: 400, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect((await sharp(await thumbnails.ensure(keep(clear, 'clear.png'), hash(8), 'small')).stats()).isOpaque).toBe(
      false,
    );
    const deep = await noise(400, 400).toColourspace('rgb16').png().toBuffer();
    const mean =
      (await sharp(await thumbnails.ensure(keep(deep, 'deep.png'), hash(9), 'small')).stats()).channels[0]?.mean ?? 0;
    expect(mean).toBeGreaterThan(110);
    expect(mean).toBeLessThan(146);
    const grey = await noise(400, 400).toColourspace('b-w').png().toBuffer();
    await expect(thumbnails.ensure(keep(grey, 'grey.png'), hash(10), 'small')).resolves.toContain('small');
  });

  it('of a broken picture are refused with the reason, and those of the next one are made all the same', async () => {
    const whole = await noise(700, 700).png().toBuffer();
    const damaged = Buffer.from(whole);
    damaged.fill(0x55, 200, 1200);
    const refused = async (bytes: Uint8Array, name: string, number: number): Promise<unknown> =>
      thumbnails.makeAll(keep(bytes, name), hash(number)).catch((error: unknown) => error);
    const problems = await Promise.all([
      refused(Buffer.from('<html>'), 'page.png', 11),
      refused(whole.subarray(0, 3000), 'cut.png', 12),
      refused(damaged, 'damaged.png', 13),
    ]);
    for (const problem of problems) expect(problem).toBeInstanceOf(ImageProblem);
    expect(problems.map((problem) => (problem as ImageProblem).reason)).toEqual([
      'notAnImage',
      'truncated',
      'notAnImage',
    ]);
    await thumbnails.makeAll(keep(whole, 'whole.png'), hash(14));
    expect((await sizes(14)).small).toBe('webp 160×160');
    expect(readdirSync(join(root, 'thumbnails', '00'))).toHaveLength(3);
  });

  it.each([
    ['empty', () => Buffer.alloc(0)],
    ['full of zeros', (whole: Buffer) => Buffer.alloc(whole.length)],
    ['cut', (whole: Buffer) => whole.subarray(0, whole.length - 20)],
  ])('are made again where a power failure left one %s', async (_, damage) => {
    const picture = keep(await noise(800, 600).png().toBuffer());
    const path = await thumbnails.ensure(picture, hash(20), 'medium');
    for (const again of [
      () => thumbnails.ensure(picture, hash(20), 'medium'),
      () => thumbnails.makeAll(picture, hash(20)),
    ]) {
      writeFileSync(path, damage(readFileSync(path)));
      await again();
      const { info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
      expect(info).toMatchObject({ width: 320, height: 240 });
    }
  });

  it('are made of what a fourfold upscale of 4096 pixels a side gives, and of nothing much larger', async () => {
    await thumbnails.makeAll(keep(whitePng(16_384)), hash(21));
    expect((await sizes(21)).large).toBe('webp 640×640');
    const problem = await thumbnails.makeAll(keep(whitePng(17_500)), hash(22)).catch((error: unknown) => error);
    expect(problem).toMatchObject({ name: 'ImageProblem', reason: 'tooLarge' });
    await thumbnails.makeAll(keep(await noise(20, 20).png().toBuffer()), hash(23));
    expect((await sizes(23)).small).toBe('webp 20×20');
  });

  it('say so when the picture or the library is gone', async () => {
    await expect(thumbnails.makeAll(join(root, 'images', 'gone.png'), hash(15))).rejects.toMatchObject({
      code: 'notFound',
    });
    const picture = keep(await noise(20, 20).png().toBuffer());
    rmSync(join(root, 'thumbnails'), { recursive: true });
    await expect(thumbnails.makeAll(picture, hash(16))).resolves.toBeUndefined();
    const elsewhere = mkdtempSync(join(tmpdir(), 'easel-'));
    writeFileSync(join(elsewhere, 'a.png'), await noise(20, 20).png().toBuffer());
    rmSync(root, { recursive: true });
    await expect(thumbnails.makeAll(picture, hash(17))).rejects.toMatchObject({ code: 'libraryMissing' });
    await expect(thumbnails.makeAll(join(elsewhere, 'a.png'), hash(18))).rejects.toMatchObject({
      code: 'libraryMissing',
    });
    expect(existsSync(root)).toBe(false);
    rmSync(elsewhere, { recursive: true });
  });

  it('of many pictures at once are all made', async () => {
    const picture = keep(await noise(300, 300).png().toBuffer());
    const numbers = Array.from({ length: 24 }, (_, index) => 100 + index);
    await Promise.all(numbers.map((number) => thumbnails.makeAll(picture, hash(number))));
    expect(readdirSync(join(root, 'thumbnails', '00'))).toHaveLength(72);
  });
});
