import { ProviderError, type InputImage, type ProviderRequest } from './provider.ts';

/** A picture in one of the formats that every service reads. */
export interface CommonImage extends InputImage {
  readonly format: 'png' | 'jpg' | 'webp';
}

const isCommon = (image: InputImage): image is CommonImage =>
  image.format === 'png' || image.format === 'jpg' || image.format === 'webp';

/** A picture as an upright PNG. Throws ProviderError for what is no picture. */
export async function asPng(image: InputImage): Promise<CommonImage> {
  // Loaded with the first picture that needs it: it takes long to load.
  const { default: sharp } = await import('sharp');
  try {
    const bytes = await sharp(image.bytes).autoOrient().png({ compressionLevel: 6 }).toBuffer();
    return { ...image, bytes, format: 'png' };
  } catch (error) {
    const message = 'The reference image can not be read. Save it as PNG or JPEG and choose it again.';
    throw new ProviderError('invalid_request', message, { cause: error });
  }
}

/** A picture as it is, or as PNG where its format is one that services don't read: GIF and AVIF. Throws ProviderError. */
export function asCommonImage(image: InputImage): Promise<CommonImage> {
  return isCommon(image) ? Promise.resolve(image) : asPng(image);
}

/** A request whose pictures every service reads. Throws ProviderError. */
export async function withCommonImages<Given extends Pick<ProviderRequest, 'image' | 'mask' | 'references'>>(
  request: Given,
): Promise<Given> {
  const asCommon = (image: InputImage | null): Promise<CommonImage | null> =>
    image === null ? Promise.resolve(null) : asCommonImage(image);
  const [image, mask, references] = await Promise.all([
    asCommon(request.image),
    asCommon(request.mask),
    Promise.all(request.references.map(asCommonImage)),
  ]);
  return { ...request, image, mask, references };
}
