import type { Lora } from '../../../shared/models/generation-request.ts';
import { toBase64 } from '../encoded-bytes.ts';
import { ProviderError, type InputImage, type ProviderRequest } from '../provider.ts';
import type { ModelEntry } from './answers.ts';
import { tasks } from './describe-model.ts';

/** A model that was trained is its base with a LoRA: `flux-dev#vol://loras/my-lora.safetensors`. */
export const trainedModelId = (base: string, source: string): string => `${base}#${source}`;

export function readModelId(id: string): { model: string; loras: readonly Lora[] } {
  const at = id.indexOf('#');
  return at < 0 ? { model: id, loras: [] } : { model: id.slice(0, at), loras: [{ name: id.slice(at + 1), weight: 1 }] };
}

export function mimeTypeOf({ format }: InputImage): string {
  return `image/${format === 'jpg' ? 'jpeg' : format}`;
}

/** Refuses, before anything is sent, what the app would refuse: a job that fails in a container has cost something. */
export function checkRanges({ model, steps, guidance }: ProviderRequest, limits: ModelEntry['limits']): void {
  const refuse = (what: string, value: number | null, range: Range | null | undefined): void => {
    if (value === null || !range || (value >= range[0] && value <= range[1])) return;
    throw new ProviderError(
      'invalid_request',
      `${model.name} takes ${range[0]} to ${range[1]} for ${what}, not ${value}.`,
    );
  };
  refuse('steps', steps, limits?.steps);
  refuse('guidance', guidance, limits?.guidance);
}

type Range = readonly [number, number];

function inlineFile(image: InputImage | null): { data: string; content_type: string } | null {
  return image === null ? null : { data: toBase64(image.bytes), content_type: mimeTypeOf(image) };
}

/** The body of `POST /v1/jobs`. Null means that it is the app's choice. Throws ProviderError. */
export function jobBody(request: ProviderRequest): Record<string, unknown> {
  const { operation, outputFormat } = request;
  if (operation === 'removeBackground' || operation === 'video') {
    throw new ProviderError('invalid_request', 'A Modal app can not be asked for this.');
  }
  const isUpscale = operation === 'upscale';
  const { model, loras: own } = readModelId(request.model.id);
  const loras = [...own, ...request.loras];
  return {
    client_request_id: request.attemptId,
    task: tasks[operation],
    model,
    prompt: request.prompt,
    negative_prompt: request.negativePrompt === '' ? null : request.negativePrompt,
    width: isUpscale ? null : request.width,
    height: isUpscale ? null : request.height,
    num_images: request.count,
    steps: request.steps,
    guidance: request.guidance,
    seed: request.model.parameters.includes('seed') ? request.seed : null,
    scheduler: request.scheduler,
    image: operation === 'textToImage' ? null : inlineFile(request.image),
    mask: operation === 'inpaint' ? inlineFile(request.mask) : null,
    strength: request.strength,
    scale: request.scale,
    // A model without LoRAs refuses a list, though it be empty.
    loras: loras.length === 0 ? null : loras.map(({ name, weight }) => ({ source: name, scale: weight })),
    output_format: outputFormat === 'jpg' ? 'jpeg' : (outputFormat ?? 'png'),
    safety_checker: true,
  };
}
