import { toDataUrl } from '../encoded-bytes.ts';
import { ProviderError, type InputImage, type ProviderRequest } from '../provider.ts';
import { seedOf } from './task.ts';

/** The models of 2026 have their pictures in a group of their own; older ones take them beside the prompt. */
const groupsPictures = new Set(['runware:400@2', 'google:4@3', 'openai:gpt-image@2']);
const mostLoraWeight = 4;
const shortestPrompt = 2;

/** A request as a task of the service. */
export async function taskBodyOf(request: ProviderRequest): Promise<Record<string, unknown>> {
  const { attemptId, model, operation, outputFormat } = request;
  const common = {
    taskUUID: attemptId,
    model: model.id,
    outputType: 'URL',
    outputFormat: (outputFormat ?? 'png').toUpperCase(),
    deliveryMethod: 'async',
    includeCost: true,
  };
  switch (operation) {
    case 'textToImage':
    case 'imageToImage':
    case 'inpaint':
      return { taskType: 'imageInference', ...common, ...drawingOf(request), ...(await picturesOf(request)) };
    case 'upscale':
      return {
        taskType: 'upscale',
        ...common,
        inputs: { image: await dataUrlOf(required(request.image)) },
        upscaleFactor: request.scale ?? model.defaults.scale ?? 2,
      };
    case 'removeBackground':
      return { taskType: 'removeBackground', ...common, inputs: { image: await dataUrlOf(required(request.image)) } };
    case 'video':
      throw new ProviderError('invalid_request', 'Easel makes no videos with Runware.');
  }
}

function drawingOf(request: ProviderRequest): Record<string, unknown> {
  const { prompt, negativePrompt, width, height, count, steps, guidance, scheduler, loras } = request;
  const seed = seedOf(request);
  const heavy = loras.find(({ weight }) => Math.abs(weight) > mostLoraWeight);
  if (heavy) {
    throw new ProviderError(
      'invalid_request',
      `Runware takes weights of LoRAs from −${mostLoraWeight} to ${mostLoraWeight}; that of ${heavy.name} is ${heavy.weight}.`,
    );
  }
  return {
    // One character alone would be refused.
    positivePrompt: prompt.length < shortestPrompt ? `${prompt}.` : prompt,
    ...(negativePrompt === '' ? {} : { negativePrompt }),
    width,
    height,
    numberResults: count,
    ...(steps === null ? {} : { steps }),
    ...(guidance === null ? {} : { CFGScale: guidance }),
    ...(seed === null ? {} : { seed }),
    ...(scheduler === null ? {} : { scheduler }),
    ...(loras.length === 0 ? {} : { lora: loras.map(({ name, weight }) => ({ model: name, weight })) }),
  };
}

async function picturesOf(request: ProviderRequest): Promise<Record<string, unknown>> {
  const { operation, model, strength, references } = request;
  // Only what leaves a picture more or less as it is starts from one; the others look at it.
  const starts = operation === 'inpaint' || model.parameters.includes('strength');
  const image = operation === 'textToImage' ? null : required(request.image);
  const looksAt = await Promise.all([...(image && !starts ? [image] : []), ...references].map(dataUrlOf));
  const pictures = {
    ...(image && starts ? { seedImage: await dataUrlOf(image) } : {}),
    ...(operation === 'inpaint' ? { maskImage: await dataUrlOf(required(request.mask)) } : {}),
    ...(looksAt.length === 0 ? {} : { referenceImages: looksAt }),
  };
  if (Object.keys(pictures).length === 0) return {};
  const own = groupsPictures.has(model.id) ? { inputs: pictures } : pictures;
  return { ...own, ...(image && starts && strength !== null ? { strength } : {}) };
}

function required(image: InputImage | null): InputImage {
  if (image) return image;
  throw new ProviderError('invalid_request', 'This needs a reference image, and for inpainting a mask.');
}

async function dataUrlOf({ bytes, format }: InputImage): Promise<string> {
  switch (format) {
    case 'png':
    case 'webp':
      return toDataUrl(bytes, `image/${format}`);
    case 'jpg':
      return toDataUrl(bytes, 'image/jpeg');
    case 'gif':
    case 'avif': {
      // The service reads neither.
      const { default: sharp } = await import('sharp');
      return toDataUrl(await sharp(bytes).png().toBuffer(), 'image/png');
    }
  }
}
