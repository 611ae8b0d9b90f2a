import type { ImageFormat } from '../../shared/models/image.ts';
import { ImageProblem } from './image-problem.ts';
import { readAvifSize } from './image-headers/avif.ts';
import { readMp4Size } from './image-headers/mp4.ts';
import { readWebmSize } from './image-headers/webm.ts';
import { readGifSize } from './image-headers/gif.ts';
import { readJpegSize } from './image-headers/jpeg.ts';
import { readPngSize } from './image-headers/png.ts';
import { damaged, readBytes, truncated, type ByteReader, type PixelSize } from './image-headers/read-bytes.ts';
import { readWebpSize } from './image-headers/webp.ts';

export interface PixelLimits {
  readonly side: number;
  readonly all: number;
}

/**
 * How many pixels a picture may have. `kept`: work that is done is not thrown away for being large, so this only refuses what no
 * service draws, like a header that lies. `shown`: a 4× upscale of 4096 × 4096 and a little more is decoded for its thumbnails.
 * `input`: references and masks, which are decoded here or at a service at once.
 */
export const pixelLimits = {
  kept: { side: 65_535, all: 1_000_000_000 },
  shown: { side: 65_535, all: 300_000_000 },
  input: { side: 16_384, all: 200_000_000 },
} as const satisfies Record<string, PixelLimits>;

const headerReaders: Record<ImageFormat, (file: ByteReader, bytes: Uint8Array) => PixelSize> = {
  png: readPngSize,
  jpg: readJpegSize,
  webp: readWebpSize,
  gif: readGifSize,
  avif: readAvifSize,
  mp4: readMp4Size,
  webm: readWebmSize,
};

/** How known formats that Easel does not keep begin, read as Latin-1. */
const foreignBeginnings: readonly (readonly [beginning: string, name: string])[] = [
  ['BM', 'BMP'],
  ['II*\0', 'TIFF'],
  ['MM\0*', 'TIFF'],
  ['\xff\x0a', 'JPEG XL'],
  ['\0\0\0\x0cJXL ', 'JPEG XL'],
  ['\0\0\0\x0cjP  ', 'JPEG 2000'],
  ['8BPS', 'Photoshop'],
  ['\0\0\x01\0', 'icon'],
  ['v/1\x01', 'OpenEXR'],
];
const foreignPatterns: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^....ftyp(hei|hev|mif1|msf1)/s, 'HEIC'],
  [/^RIFF....AVI /s, 'video'],
  [/^[^<]{0,8}(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/is, 'SVG'],
];

/**
 * What a file from elsewhere is, told from its first bytes and its structure without decoding it. Sizes are pixels, as it is shown:
 * turned where its metadata ask for it. Without limits those for keeping it hold. Rejects with ImageProblem and nothing else. Cheap enough for the main thread: no pixel is touched.
 */
export function inspectImage(
  bytes: Uint8Array,
  limits: PixelLimits = pixelLimits.kept,
): Promise<{ format: ImageFormat; width: number; height: number }> {
  return new Promise((resolve) => {
    const format = formatOf(bytes);
    const { width, height } = headerReaders[format](readBytes(bytes), bytes);
    if (width === 0 || height === 0) throw damaged();
    if (Math.max(width, height) > limits.side || width * height > limits.all) throw tooLarge(width, height, limits);
    resolve({ format, width, height });
  });
}

function formatOf(bytes: Uint8Array): ImageFormat {
  if (bytes.length === 0) throw truncated();
  const beginning = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  if (beginning.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (beginning.startsWith('\xff\xd8\xff')) return 'jpg';
  if (/^GIF8[79]a/.test(beginning)) return 'gif';
  if (/^RIFF....WEBP/s.test(beginning)) return 'webp';
  if (isAvif(beginning)) return 'avif';
  if (beginning.startsWith('\x1aE\xdf\xa3')) return 'webm';
  if (beginning.slice(4, 8) === 'ftyp' && !foreignPatterns.some(([pattern]) => pattern.test(beginning))) return 'mp4';
  const foreign =
    foreignBeginnings.find(([start]) => beginning.startsWith(start)) ??
    foreignPatterns.find(([pattern]) => pattern.test(beginning));
  if (foreign) {
    const words = `This is a file of the kind ${foreign[1]}. Easel keeps PNG, JPEG, WebP, GIF and AVIF, and videos as MP4 or WebM.`;
    throw new ImageProblem('unsupported', words);
  }
  throw new ImageProblem('notAnImage', describeOther(beginning));
}

function isAvif(beginning: string): boolean {
  if (beginning.slice(4, 8) !== 'ftyp') return false;
  const end = Math.min(beginning.length, Buffer.from(beginning.slice(0, 4), 'latin1').readUInt32BE());
  const brands = [beginning.slice(8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(beginning.slice(at, at + 4));
  return brands.some((brand) => brand === 'avif' || brand === 'avis');
}

function describeOther(beginning: string): string {
  if (/<(!doctype html|html|head|body)\b/i.test(beginning))
    return 'This is a web page, not a picture. The address may have expired or need a sign-in.';
  if (/^\s*[{[]/.test(beginning)) return 'This is a text answer (JSON), not a picture.';
  return 'This is not a picture: its first bytes belong to no known image format.';
}

function tooLarge(width: number, height: number, limits: PixelLimits): ImageProblem {
  const megapixels = Math.round((width * height) / 1_000_000);
  return new ImageProblem(
    'tooLarge',
    `The picture is too large: ${width} × ${height} pixels (${megapixels} megapixels). The limit is ${limits.side} pixels a side and ${limits.all / 1_000_000} megapixels.`,
  );
}
