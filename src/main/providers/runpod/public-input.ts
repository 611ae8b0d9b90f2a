import type { Lora } from '../../../shared/models/generation-request.ts';
import { toDataUrl } from '../encoded-bytes.ts';
import { ProviderError, type InputImage, type ProviderRequest } from '../provider.ts';
import { aspectSizes } from './public-models.ts';

/** How an endpoint wants to be told the size, the file format and the pictures: three conventions live side by side. */
interface Convention {
  readonly size: 'sides' | 'star' | 'aspect' | null;
  readonly format: 'image_format' | 'output_format' | null;
  readonly images: 'image' | 'images' | null;
}

const conventions: Readonly<Partial<Record<string, Convention>>> = {
  'black-forest-labs-flux-1-dev': { size: 'sides', format: 'image_format', images: null },
  'black-forest-labs-flux-1-schnell': { size: 'sides', format: 'image_format', images: null },
  'seedream-v4-t2i': { size: 'star', format: null, images: null },
  'z-image-turbo': { size: 'star', format: 'output_format', images: 'image' },
  'black-forest-labs-flux-1-kontext-dev': { size: 'star', format: 'output_format', images: 'image' },
  'p-image-t2i': { size: 'aspect', format: null, images: null },
  'qwen-image-t2i': { size: 'star', format: null, images: null },
  'qwen-image-t2i-lora': { size: 'star', format: null, images: null },
  'qwen-image-edit-2511-lora': { size: 'star', format: 'output_format', images: 'images' },
  'wan-2-6-t2i': { size: 'star', format: null, images: null },
  'nano-banana-edit': { size: null, format: null, images: 'images' },
};

/** The `input` of a job for a public endpoint. Throws ProviderError for what the endpoint can't be told. */
export function publicInput(request: ProviderRequest): Record<string, unknown> {
  const convention = conventions[request.model.id];
  if (!convention) {
    throw new ProviderError('invalid_request', `RunPod has no model "${request.model.id}". Choose another model.`);
  }
  const { parameters } = request.model;
  return {
    prompt: request.prompt,
    ...(request.negativePrompt === '' ? {} : { negative_prompt: request.negativePrompt }),
    ...sizeInput(request, convention),
    ...(request.steps === null ? {} : { num_inference_steps: request.steps }),
    ...(request.guidance === null ? {} : { guidance: request.guidance }),
    ...(parameters.includes('seed') ? { seed: request.seed } : {}),
    ...(request.strength === null ? {} : { strength: request.strength }),
    ...(request.loras.length === 0 ? {} : { loras: request.loras.map(loraInput) }),
    ...formatInput(request, convention),
    ...imagesInput(request, convention),
  };
}

function sizeInput({ width, height }: ProviderRequest, convention: Convention): Record<string, unknown> {
  switch (convention.size) {
    case 'sides':
      return { width, height };
    case 'star':
      return { size: `${width}*${height}` };
    case 'aspect': {
      const shape = aspectSizes.find((size) => size.width === width && size.height === height);
      return shape ? { aspect_ratio: shape.ratio } : {};
    }
    case null:
      return {};
  }
}

function formatInput({ outputFormat }: ProviderRequest, { format }: Convention): Record<string, unknown> {
  if (outputFormat === null || format === null) return {};
  return { [format]: outputFormat === 'jpg' ? 'jpeg' : outputFormat };
}

function imagesInput(request: ProviderRequest, { images }: Convention): Record<string, unknown> {
  if (request.operation !== 'imageToImage' || images === null) return {};
  if (!request.image) throw new ProviderError('invalid_request', 'This needs an image to begin with. Add one.');
  if (images === 'image') return { image: dataUrlOf(request.image) };
  return { images: [request.image, ...request.references].map(dataUrlOf) };
}

export function dataUrlOf({ bytes, format }: InputImage): string {
  return toDataUrl(bytes, `image/${format === 'jpg' ? 'jpeg' : format}`);
}

function loraInput({ name, weight }: Lora): { path: string; scale: number } {
  if (!name.startsWith('https://')) {
    throw new ProviderError('invalid_request', `RunPod loads LoRAs from https addresses only. "${name}" is none.`);
  }
  if (weight < 0 || weight > 1) {
    throw new ProviderError('invalid_request', `This model takes LoRA weights from 0 to 1, not ${weight}.`);
  }
  return { path: name, scale: weight };
}
