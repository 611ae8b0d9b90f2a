import { asCommonImage } from '../as-png.ts';
import { toBase64 } from '../encoded-bytes.ts';
import { ProviderError, type InputImage, type ProviderRequest } from '../provider.ts';
import { partsOf, shapesOfClass } from './models.ts';
import { nearestShape } from './shapes.ts';

/** Of a whole request, in bytes. */
const largestBody = 20_000_000;
const seedCount = 2 ** 31;

export interface Body {
  readonly contents: readonly { readonly role: 'user'; readonly parts: readonly Part[] }[];
  readonly generationConfig: {
    readonly responseModalities: readonly ['IMAGE'];
    readonly imageConfig: { readonly aspectRatio: string; readonly imageSize?: string };
    readonly seed: number;
  };
}

type Part = { readonly text: string } | { readonly inlineData: { readonly mimeType: string; readonly data: string } };

/** What is sent for a request. Throws ProviderError for more pictures than the service takes. */
export async function buildBody(request: ProviderRequest): Promise<Body> {
  const { image, references, prompt, seed, model } = request;
  const { engine, sizeClass } = partsOf(model.id);
  const shape = nearestShape(shapesOfClass(engine, sizeClass), request);
  const hasSizes = engine.sizeClasses.length > 1;
  const inputs = [...(image && request.operation === 'imageToImage' ? [image] : []), ...references];
  const pictures = await Promise.all(inputs.map(partOf));
  const bytes = pictures.reduce((sum, { inlineData }) => sum + inlineData.data.length, 0) + 2 * prompt.length;
  if (bytes > largestBody) {
    const message =
      'Gemini takes 20 MB of pictures in all, written as text (15 MB as files). Use fewer or smaller ones.';
    throw new ProviderError('invalid_request', message);
  }
  return {
    contents: [{ role: 'user', parts: [...pictures, { text: prompt }] }],
    generationConfig: {
      responseModalities: ['IMAGE'],
      imageConfig: {
        aspectRatio: shape.ratio,
        // Models of one size may not know the field.
        ...(hasSizes ? { imageSize: shape.sizeName } : {}),
      },
      seed: seedToSend(seed),
    },
  };
}

/** In the service's range. */
export function seedToSend(seed: number): number {
  return seed % seedCount;
}

/** The service reads PNG, JPEG and WebP; everything else is made a PNG. */
async function partOf(image: InputImage): Promise<Extract<Part, { inlineData: unknown }>> {
  const { bytes, format } = await asCommonImage(image);
  return { inlineData: { mimeType: `image/${format === 'jpg' ? 'jpeg' : format}`, data: toBase64(bytes) } };
}
