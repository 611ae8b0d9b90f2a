import { FormData } from 'undici';
import { asCommonImage, asPng, type CommonImage } from '../as-png.ts';
import { ProviderError, type InputImage } from '../provider.ts';

const largestImage = 50_000_000;
const largestMask = 4_000_000;
const mimeTypes = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' } as const;

/** Loaded with the first picture that needs it: it takes long to load. */
const loadSharp = async () => (await import('sharp')).default;

/** Whether a picture lies on its side and says so, which its mask, drawn upright, could not follow. */
async function isTurned({ bytes }: InputImage): Promise<boolean> {
  const sharp = await loadSharp();
  return ((await sharp(bytes).metadata()).orientation ?? 1) > 1;
}

async function fileOf(image: InputImage, hasMask: boolean): Promise<CommonImage> {
  const file = await (hasMask && (await isTurned(image)) ? asPng(image) : asCommonImage(image));
  if (file.bytes.length < largestImage) return file;
  throw new ProviderError('invalid_request', 'OpenAI takes pictures of less than 50 MB. Use a smaller one.');
}

/**
 * A mask as OpenAI wants it: a PNG that is transparent where the picture is painted anew and opaque where it stays. What is at
 * least half white is painted anew: nothing in between has a meaning there.
 */
export async function toTransparentMask({ bytes, width, height }: InputImage): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const opaque = await sharp(bytes)
    .flatten({ background: 'black' })
    .threshold(128)
    .negate()
    .extractChannel(0)
    .raw()
    .toBuffer();
  const mask = await sharp({ create: { width, height, channels: 3, background: 'black' } })
    .joinChannel(opaque, { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 3 })
    .toBuffer();
  if (mask.length < largestMask) return mask;
  throw new ProviderError('invalid_request', 'OpenAI takes masks of less than 4 MB. Draw a simpler one.');
}

/** The parts of an edit: `fields` as they are, the pictures from the first, and the mask of the first. */
export async function editForm(
  fields: Readonly<Record<string, string | number>>,
  images: readonly InputImage[],
  mask: InputImage | null,
): Promise<FormData> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  const files = await Promise.all(images.map((image, index) => fileOf(image, mask !== null && index === 0)));
  files.forEach(({ bytes, format }, index) => {
    const name = files.length > 1 ? 'image[]' : 'image';
    form.append(name, new Blob([new Uint8Array(bytes)], { type: mimeTypes[format] }), `image-${index}.${format}`);
  });
  if (mask) {
    const bytes = await toTransparentMask(mask);
    form.append('mask', new Blob([new Uint8Array(bytes)], { type: mimeTypes.png }), 'mask.png');
  }
  return form;
}
