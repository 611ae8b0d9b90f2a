import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import type { Image } from '../../shared/models/image.ts';
import type { Recall } from '../ui/recall.ts';
import type { Draft } from './draft.ts';
import { treatsImage } from './fit-draft.ts';

const sizeOf = (image: Image): Pick<Draft, 'aspect' | 'width' | 'height'> => ({
  aspect: 'custom',
  width: image.request.width ?? image.width,
  height: image.request.height ?? image.height,
});

/** As they were typed: the same seed draws the same from them. */
const wordsOf = ({ request, stages }: Image): Pick<Draft, 'prompt' | 'negativePrompt' | 'promptOptions'> => ({
  prompt: stages?.typed.prompt ?? request.prompt,
  negativePrompt: stages?.typed.negativePrompt ?? request.negativePrompt,
  promptOptions: stages?.options ?? noPromptOptions,
});

/** A reference recalled from a request has no known size until it is seen. */
const pictureOf = (id: string | undefined): Draft['image'] =>
  id === undefined ? null : { id, width: null, height: null };

function everythingButTheSeed(image: Image): Partial<Draft> {
  const { request } = image;
  return {
    ...wordsOf(image),
    // The size of a treated picture says nothing about the next picture.
    ...(treatsImage(request.operation) ? {} : sizeOf(image)),
    choice: { provider: image.provider, model: image.model },
    steps: request.steps ?? null,
    guidance: request.guidance ?? null,
    sampler: request.sampler ?? null,
    scheduler: request.scheduler ?? null,
    strength: request.strength ?? null,
    loras: request.loras,
    image: pictureOf(request.image),
    mask: pictureOf(request.mask),
    references: request.references.map((id) => ({ id, width: null, height: null })),
    style: request.style ?? null,
    outputFormat: request.outputFormat ?? null,
    scale: request.scale ?? null,
    seconds: request.seconds ?? null,
  };
}

/** What a recall changes in the draft. The project is the user's, not the image's; so is the count, save for the very same picture. */
export function recallImage(image: Image, what: Recall): Partial<Draft> {
  switch (what) {
    case 'prompt':
      return wordsOf(image);
    case 'seed':
      return { seed: image.seed };
    case 'size':
      return sizeOf(image);
    case 'all':
      // One picture again, though it was one of several.
      return { ...everythingButTheSeed(image), seed: image.seed, count: 1 };
    case 'remix':
      return { ...everythingButTheSeed(image), seed: null };
  }
}
