import type { Model } from '../../../shared/models/provider.ts';
import { ProviderError, type InputImage } from '../provider.ts';

/** Of a whole request, in bytes. */
const largestBody = 10 * 1024 * 1024;
const longestShape = 2.5;

/** Models whose pictures may be this many times longer than wide, and no more. */
const limitedShapes = new Set(['upscale-conservative', 'control-structure', 'control-sketch', 'control-style']);

/** Refuses, before anything is sent, what the service would refuse after a long upload. */
export function checkInput({ id, name, limits }: Model, image: InputImage, mask: InputImage | null): void {
  const { width, height } = image;
  const refuse = (why: string): never => {
    throw new ProviderError('invalid_request', `The image is ${width}×${height}, but ${name} takes ${why}.`);
  };
  const { min, max } = limits.pixels ?? { min: 4096, max: 9_437_184 };
  const leastSide = Math.min(64, limits.side.min);
  if (Math.min(width, height) < leastSide) refuse(`sides of ${leastSide} pixels and more`);
  if (width * height < min || width * height > max) {
    refuse(`${min.toLocaleString('en')} to ${max.toLocaleString('en')} pixels in all. Scale it to that first`);
  }
  const shape = Math.max(width / height, height / width);
  if (limitedShapes.has(id) && shape > longestShape) refuse(`shapes up to ${longestShape} to 1. Crop it first`);
  if (image.bytes.length + (mask?.bytes.length ?? 0) > largestBody * 0.99) {
    throw new ProviderError('invalid_request', 'Stability AI takes 10 MB at most. Use a smaller image.');
  }
}

/** A picture as a file part. The service reads PNG, JPEG and WebP; everything else is made a PNG. */
export async function inputFile({ bytes, format }: InputImage): Promise<Blob> {
  const isKnown = format === 'png' || format === 'jpg' || format === 'webp';
  if (isKnown) return new Blob([new Uint8Array(bytes)], { type: `image/${format === 'jpg' ? 'jpeg' : format}` });
  const { default: sharp } = await import('sharp');
  return new Blob([new Uint8Array(await sharp(bytes).png().toBuffer())], { type: 'image/png' });
}
