import { thumbnailSide, type ThumbnailSize } from '../../shared/models/image.ts';

export type CellFit = 'cover' | 'contain';

/** A thumbnail may be this much smaller than what it fills before the next size is worth its bytes. */
const tolerance = 0.85;

/** The smallest thumbnail that looks sharp in a square cell. `side` is in device pixels. */
export function chooseThumbnail(
  image: { readonly width: number; readonly height: number },
  side: number,
  fit: CellFit,
): ThumbnailSize {
  const long = Math.max(image.width, image.height);
  const short = Math.max(1, Math.min(image.width, image.height));
  const needed = tolerance * (fit === 'contain' ? side : (side * long) / short);
  if (needed <= thumbnailSide.small) return 'small';
  return needed <= thumbnailSide.medium ? 'medium' : 'large';
}
