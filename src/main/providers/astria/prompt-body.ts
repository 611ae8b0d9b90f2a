import { FormData } from 'undici';
import { ProviderError, type InputImage, type ProviderRequest } from '../provider.ts';
import { parseModelId, type ModelUse } from './model-ids.ts';
import { shapeOf } from './shapes.ts';

/** Seeds end here. */
const seeds = 2 ** 32;

export const upscaleWords = 'upscale --only_upscale --upscale_v4';

export const seedOf = (seed: number): number => seed % seeds;

/** Throws ProviderError for an id that no model here can have. */
export function modelUseOf(id: string): ModelUse {
  const use = parseModelId(id);
  if (use) return use;
  throw new ProviderError('invalid_request', `Astria has no model "${id}". Choose another one.`);
}

/** LoRAs are chosen inside the text, by the number that their name here begins with. */
function mentionsOf({ loras, model }: ProviderRequest, { mention }: ModelUse): string[] {
  const chosen = loras.map(({ name, weight }) => {
    const id = /^\d+/.exec(name)?.[0];
    if (id !== undefined) return `<lora:${id}:${weight}>`;
    throw new ProviderError('invalid_request', `"${name}" is none of your models at Astria. Choose one of the list.`);
  });
  const all = [...(mention === null ? [] : [mention]), ...chosen];
  if (model.family !== 'flux' && all.length > 1)
    throw new ProviderError('invalid_request', 'With this model Astria takes one LoRA at a time. Choose one of them.');
  return all;
}

function textOf(request: ProviderRequest, use: ModelUse): string {
  return use.upscales ? upscaleWords : [...mentionsOf(request, use), request.prompt].join(' ').trim();
}

type Fields = Readonly<Record<string, string | number | undefined>>;

function sizeFields(request: ProviderRequest, { upscales, video }: ModelUse): Fields {
  if (upscales || video !== null) return {};
  if (!request.model.limits.sizes) return { w: request.width, h: request.height };
  return { ...shapeOf(request) };
}

function fieldsOf(request: ProviderRequest, use: ModelUse): Fields {
  const isVideo = use.video !== null;
  return {
    text: textOf(request, use),
    negative_prompt: request.negativePrompt || undefined,
    num_images: request.count,
    seed: seedOf(request.seed),
    steps: request.steps ?? undefined,
    cfg_scale: request.guidance ?? undefined,
    scheduler: request.scheduler ?? undefined,
    style: request.style ?? undefined,
    denoising_strength: request.strength ?? undefined,
    ...sizeFields(request, use),
    ...(isVideo
      ? { video_model: use.video, video_prompt: request.prompt, video_duration: request.seconds ?? undefined }
      : {}),
  };
}

/** One channel; white is painted anew. */
async function oneChannel(mask: InputImage): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  return sharp(mask.bytes).flatten({ background: '#000' }).toColourspace('b-w').png().toBuffer();
}

function fileOf(bytes: Uint8Array, format: InputImage['format']): Blob {
  return new Blob([new Uint8Array(bytes)], { type: `image/${format === 'jpg' ? 'jpeg' : format}` });
}

/** What is posted: JSON, or a form where files come along. Throws ProviderError for what can't be asked for. */
export async function promptBody(request: ProviderRequest): Promise<unknown> {
  const use = modelUseOf(request.model.id);
  const fields = fieldsOf(request, use);
  if (request.operation === 'textToImage' || request.operation === 'video') return { prompt: fields };
  const { image, mask, operation } = request;
  if (!image) throw new ProviderError('invalid_request', 'This needs an image to begin with. Add one, then try again.');
  if (operation === 'inpaint' && !mask)
    throw new ProviderError('invalid_request', 'Inpainting needs a mask. Paint over what is to be drawn anew.');
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) form.append(`prompt[${name}]`, String(value));
  }
  form.append('prompt[input_image]', fileOf(image.bytes, image.format), `image.${image.format}`);
  if (operation === 'inpaint' && mask)
    form.append('prompt[mask_image]', fileOf(await oneChannel(mask), 'png'), 'mask.png');
  return form;
}
