import type { Image } from '../../shared/models/image.ts';
import type { Recall } from '../ui/recall.ts';
import type { Draft } from './draft.ts';

const sizeOf = (image: Image): Pick<Draft, 'aspect' | 'width' | 'height'> => ({
  aspect: 'custom',
  width: image.request.width ?? image.width,
  height: image.request.height ?? image.height,
});

const wordsOf = ({ request }: Image): Pick<Draft, 'prompt' | 'negativePrompt'> => ({
  prompt: request.prompt,
  negativePrompt: request.negativePrompt,
});

/** A reference recalled from a request has no known size until it is seen. */
const pictureOf = (id: string | undefined): Draft['image'] =>
  id === undefined ? null : { id, width: null, height: null };

function everythingButTheSeed(image: Image): Partial<Draft> {
  const { request } = image;
  return {
    ...wordsOf(image),
    // An upscale's own size says nothing about the next picture.
    ...(request.operation === 'upscale' ? {} : sizeOf(image)),
    choice: { provider: image.provider, model: image.model },
    steps: request.steps ?? null,
    guidance: request.guidance ?? null,
    sampler: request.sampler ?? null,
    scheduler: request.scheduler ?? null,
    strength: request.strength ?? null,
    loras: request.loras,
    image: pictureOf(request.image),
    mask: pictureOf(request.mask),
  };
}

/** What a recall changes in the draft. The count and the project are the user's, not the image's. */
export function recallImage(image: Image, what: Recall): Partial<Draft> {
  switch (what) {
    case 'prompt':
      return wordsOf(image);
    case 'seed':
      return { seed: image.seed };
    case 'size':
      return sizeOf(image);
    case 'all':
      return { ...everythingButTheSeed(image), seed: image.seed };
    case 'remix':
      return { ...everythingButTheSeed(image), seed: null };
  }
}
