import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions, type InputImage, type ProviderRequest } from '../provider.ts';
import { elementIdOf, lucidIds, phoenixId, serviceModelOf, styleIds } from './models.ts';
import { seedOf } from './task.ts';
import { uploadCanvas, uploadInitImage } from './upload-files.ts';

/** Where a request goes and with what; everything it needs has been uploaded. */
export interface Prepared {
  readonly interface: 'first' | 'second';
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const firstInterface = 'https://cloud.leonardo.ai/api/rest/v1';
const secondInterface = 'https://cloud.leonardo.ai/api/rest/v2';

/** The second interface lies beside the first one; at an address of the user's own, below it. */
export function addressOf({ interface: which, path }: Prepared, baseAddress: string): string {
  if (which === 'first') return path;
  return `${baseAddress === firstInterface ? secondInterface : '/v2'}${path}`;
}

type Prepare = (request: ProviderRequest, http: Http, options: CallOptions) => Promise<Prepared>;

const lucidGuide = 430;
const phoenixContrast = 3.5;
const initStrength = { min: 0.1, max: 0.9 } as const;
/** From "keep the reference" to "hardly look at it", for models that know words instead of numbers. */
const guideStrengths = ['Max', 'Ultra', 'High', 'Mid', 'Low'] as const;
const resolutions: Readonly<Record<number, string>> = {
  480: 'RESOLUTION_480',
  720: 'RESOLUTION_720',
  1080: 'RESOLUTION_1080',
};
/** The prices that are known are those of the best quality. */
const qualities: Readonly<Record<string, string>> = { 'gpt-image-2': 'HIGH' };

export const prepareRequest: Prepare = (request, http, options) => {
  const { operation, model } = request;
  switch (operation) {
    case 'textToImage':
    case 'imageToImage':
    case 'inpaint':
      // Only the second interface calls its models by names.
      return /^([0-9a-f-]{36}|element:\d+)$/.test(model.id)
        ? prepareFirst(request, http, options)
        : prepareSecond(request, http, options);
    case 'removeBackground':
      throw new ProviderError('invalid_request', 'Easel removes no backgrounds with Leonardo.');
    case 'upscale':
      return prepareUpscale(request, http, options);
    case 'video':
      return prepareVideo(request, http, options);
  }
};

const prepareFirst: Prepare = async (request, http, options) => {
  const { model, prompt, negativePrompt, width, height, count, steps, guidance, scheduler } = request;
  const seed = seedOf(request);
  const body = {
    prompt,
    ...(negativePrompt === '' ? {} : { negative_prompt: negativePrompt }),
    modelId: serviceModelOf(model),
    // Left out, the service makes four, 1024×768, and shows them to everybody.
    num_images: count,
    width,
    height,
    public: false,
    ...(steps === null ? {} : { num_inference_steps: steps }),
    ...(guidance === null ? {} : { guidance_scale: guidance }),
    ...(seed === null ? {} : { seed }),
    ...(scheduler === null ? {} : { scheduler }),
    ...styleFields(request),
    ...loraFields(request),
    ...(await pictureFields(request, http, options)),
  };
  return { interface: 'first', path: '/generations', body };
};

/** Alchemy is on unless it is switched off, and costs more: only the styles of Stable Diffusion need it. */
function styleFields({ model, style }: ProviderRequest): Record<string, unknown> {
  if (model.family === 'sdxl') return style === null ? { alchemy: false } : { alchemy: true, presetStyle: style };
  return {
    alchemy: false,
    ...(model.id === phoenixId ? { contrast: phoenixContrast } : {}),
    ...(style === null ? {} : { styleUUID: styleIds[style] ?? style }),
  };
}

/** Numbers are the user's own, everything else is of the public ones. */
function loraFields({ model, loras }: ProviderRequest): Record<string, unknown> {
  const isOwn = (name: string): boolean => /^\d+$/.test(name);
  const trained = elementIdOf(model.id);
  const own = [
    ...(trained === null ? [] : [{ userLoraId: trained, weight: 1 }]),
    ...loras.filter(({ name }) => isOwn(name)).map(({ name, weight }) => ({ userLoraId: Number(name), weight })),
  ];
  const shared = loras.filter(({ name }) => !isOwn(name)).map(({ name, weight }) => ({ akUUID: name, weight }));
  return {
    ...(own.length === 0 ? {} : { userElements: own }),
    ...(shared.length === 0 ? {} : { elements: shared }),
  };
}

async function pictureFields(
  { operation, model, image, mask, strength }: ProviderRequest,
  http: Http,
  options: CallOptions,
): Promise<Record<string, unknown>> {
  if (operation === 'textToImage') return {};
  const change = strength ?? 0.5;
  // Higher is closer to the picture there, and further away here.
  const closeness = Math.min(initStrength.max, Math.max(initStrength.min, Number((1 - change).toFixed(3))));
  if (operation === 'inpaint') {
    const { initId, maskId } = await uploadCanvas(http, required(image), required(mask), options);
    return {
      canvasRequest: true,
      canvasRequestType: 'INPAINT',
      canvasInitId: initId,
      canvasMaskId: maskId,
      init_strength: closeness,
    };
  }
  const id = await uploadInitImage(http, required(image), options);
  if (!lucidIds.includes(model.id)) return { init_image_id: id, init_strength: closeness };
  const strengthType = guideStrengths[Math.min(guideStrengths.length - 1, Math.floor(change * guideStrengths.length))];
  return {
    controlnets: [{ initImageId: id, initImageType: 'UPLOADED', preprocessorId: lucidGuide, strengthType }],
  };
}

const prepareSecond: Prepare = async (request, http, options) => {
  const { operation, model, prompt, width, height, count, style, references, image } = request;
  const seed = seedOf(request);
  const pictures = [...(operation === 'textToImage' ? [] : [required(image)]), ...references];
  const ids: string[] = [];
  for (const picture of pictures) ids.push(await uploadInitImage(http, picture, options));
  const guidances = {
    image_reference: ids.map((id) => ({ image: { id, type: 'UPLOADED' }, strength: 'MID' })),
  };
  const parameters = {
    prompt,
    quantity: count,
    width,
    height,
    prompt_enhance: 'OFF',
    ...(seed === null ? {} : { seed }),
    ...(style === null ? {} : { style_ids: [styleIds[style] ?? style] }),
    ...(qualities[model.id] === undefined ? {} : { quality: qualities[model.id] }),
    ...(ids.length === 0 ? {} : { guidances }),
  };
  return { interface: 'second', path: '/generations', body: { model: model.id, public: false, parameters } };
};

const prepareUpscale: Prepare = async ({ image, prompt, scale, style }, http, options) => {
  const body = {
    initImageId: await uploadInitImage(http, required(image), options),
    upscaleMultiplier: scale ?? 2,
    ...(style === null ? {} : { upscalerStyle: style }),
    ...(prompt === '' ? {} : { prompt }),
  };
  return { interface: 'first', path: '/variations/universal-upscaler', body };
};

const prepareVideo: Prepare = async (request, http, options) => {
  const { model, prompt, negativePrompt, height, seconds, image } = request;
  const seed = seedOf(request);
  const common = {
    model: model.id,
    prompt,
    isPublic: false,
    resolution: resolutions[height] ?? 'RESOLUTION_720',
    ...(negativePrompt === '' ? {} : { negativePrompt }),
    ...(seconds === null ? {} : { duration: seconds }),
    ...(seed === null ? {} : { seed }),
  };
  if (!image || model.startsFrom === 'prompt')
    return { interface: 'first', path: '/generations-text-to-video', body: common };
  const imageId = await uploadInitImage(http, image, options);
  return {
    interface: 'first',
    path: '/generations-image-to-video',
    body: { ...common, imageId, imageType: 'UPLOADED' },
  };
};

function required(image: InputImage | null): InputImage {
  if (image) return image;
  throw new ProviderError('invalid_request', 'This needs a reference image, and for inpainting a mask.');
}
