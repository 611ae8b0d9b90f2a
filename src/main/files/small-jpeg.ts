import { AppError } from '../../shared/errors.ts';
import { pixelLimits } from './inspect-image.ts';

const quality = 85;

/**
 * A picture as models look at it: JPEG, upright, on white, no side longer than `side` pixels, and without anything else that its
 * file said. `path` is absolute. Throws AppError `referenceUnreadable`.
 */
export async function smallJpeg(path: string, side: number): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  try {
    return await sharp(path, { limitInputPixels: pixelLimits.input.all })
      .autoOrient()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality })
      .toBuffer();
  } catch (error) {
    const message = 'The picture is damaged, or its file is gone. Choose another one.';
    throw new AppError('referenceUnreadable', message, {}, { cause: error });
  }
}
