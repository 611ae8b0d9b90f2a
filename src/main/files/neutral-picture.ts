import type { Sharp } from 'sharp';
import { AppError } from '../../shared/errors.ts';

/** Fast, not small: it is seen on this computer only. */
const compressionLevel = 3;

/**
 * The pixels of a picture and nothing else, as PNG: no words, no colour profile and no file format tell who made it. Decoding
 * and encoding run beside the main thread. `path` is absolute. Throws AppError where the file is gone or no picture.
 */
export async function neutralPicture(path: string): Promise<Buffer<ArrayBuffer>> {
  const { default: sharp } = await import('sharp');
  const picture: Sharp = sharp(path, { failOn: 'none' });
  try {
    const bytes = await picture.autoOrient().toColourspace('srgb').png({ compressionLevel }).toBuffer();
    return Buffer.from(bytes);
  } catch (error) {
    throw new AppError(
      'libraryMissing',
      'The file of this picture can not be read. Is its drive connected?',
      {},
      { cause: error },
    );
  }
}
