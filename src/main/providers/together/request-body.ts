import type { DroppedParameter } from '../../../shared/models/dropped-parameter.ts';
import { toDataUrl } from '../encoded-bytes.ts';
import type { InputImage, ProviderRequest } from '../provider.ts';
import { editsOnePicture, isFlux2 } from './models.ts';

const mostLoras = 2;

function urlOf({ bytes, format }: InputImage): string {
  return toDataUrl(bytes, `image/${format === 'jpg' ? 'jpeg' : format}`);
}

/** One field or the other: the service refuses both together. */
function picturesOf({ image, references, model }: ProviderRequest): Record<string, unknown> {
  if (image && editsOnePicture(model)) return { image_url: urlOf(image) };
  const pictures = [...(image ? [image] : []), ...references];
  return pictures.length === 0 ? {} : { reference_images: pictures.map(urlOf) };
}

/** What is sent, each parameter by the name that this model knows it by, and what could not be. */
export function requestBody(request: ProviderRequest): {
  readonly body: Readonly<Record<string, unknown>>;
  readonly dropped: readonly DroppedParameter[];
} {
  const { model, steps, guidance, loras, negativePrompt } = request;
  const takes = (parameter: ProviderRequest['model']['parameters'][number]): boolean =>
    model.parameters.includes(parameter);
  const usedLoras = takes('loras') ? loras.slice(0, mostLoras) : [];
  const usedSteps = takes('steps') ? steps : (model.defaults.steps ?? null);
  const guidanceName = isFlux2(model) ? 'guidance' : 'guidance_scale';
  const body = {
    model: model.id,
    prompt: request.prompt,
    width: request.width,
    height: request.height,
    n: request.count,
    response_format: 'base64',
    ...(takes('seed') ? { seed: request.seed } : {}),
    ...(usedSteps === null ? {} : { steps: usedSteps }),
    ...(takes('guidance') && guidance !== null ? { [guidanceName]: guidance } : {}),
    ...(takes('negativePrompt') && negativePrompt !== '' ? { negative_prompt: negativePrompt } : {}),
    ...(takes('outputFormat') ? { output_format: request.outputFormat === 'jpg' ? 'jpeg' : 'png' } : {}),
    // Without it, FLUX.2 draws a prompt that it has rewritten.
    ...(isFlux2(model) ? { prompt_upsampling: false } : {}),
    ...(usedLoras.length > 0
      ? { image_loras: usedLoras.map(({ name, weight }) => ({ path: name, scale: weight })) }
      : {}),
    ...picturesOf(request),
  };
  const left = takes('loras') ? loras.length - usedLoras.length : 0;
  const note = `${model.name} takes ${mostLoras} LoRAs; ${left} of ${loras.length} were left out.`;
  return { body, dropped: left > 0 ? [{ parameter: 'loras', note }] : [] };
}
