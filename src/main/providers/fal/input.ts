import type { ProviderRequest } from '../provider.ts';
import { ProviderError } from '../provider.ts';
import { endpointOf, readModelId } from './endpoints.ts';
import { ultraShapes } from './flux-models.ts';

/** Weights of LoRAs that fal takes. */
const loraWeights = [0, 4] as const;
const strengths = [0.01, 1] as const;

/** Addresses of what was uploaded. */
export interface UploadedFiles {
  readonly image: string | null;
  readonly mask: string | null;
}

/** The body of a request: the bare input of the endpoint. Only what its model declares is in the request. */
export function inputOf(request: ProviderRequest, files: UploadedFiles): Record<string, unknown> {
  const { model, negativePrompt, steps, guidance, strength, scheduler, scale, seconds, outputFormat } = request;
  const endpoint = endpointOf(model.id);
  const loras = lorasOf(request);
  return {
    ...endpoint.fixed,
    ...(endpoint.hasPrompt && request.prompt !== '' ? { prompt: request.prompt } : {}),
    ...(negativePrompt === '' ? {} : { negative_prompt: negativePrompt }),
    ...sizeOf(request),
    ...(endpoint.count === null ? {} : { [endpoint.count]: request.count }),
    ...(model.parameters.includes('seed') ? { seed: request.seed } : {}),
    ...(steps === null ? {} : { num_inference_steps: steps }),
    ...(guidance === null ? {} : { guidance_scale: guidance }),
    ...(strength === null ? {} : { strength }),
    ...(scheduler === null ? {} : { scheduler }),
    ...(loras.length === 0 ? {} : { loras }),
    ...(files.image === null ? {} : { image_url: files.image }),
    ...(files.mask === null ? {} : { mask_url: files.mask }),
    ...(scale === null || endpoint.scale === null ? {} : { [endpoint.scale]: scale }),
    // Lengths are texts here.
    ...(seconds === null ? {} : { duration: String(seconds) }),
    ...(outputFormat === null || endpoint.format === null
      ? {}
      : { [endpoint.format]: outputFormat === 'jpg' ? 'jpeg' : outputFormat }),
  };
}

function sizeOf({ model, width, height }: ProviderRequest): Record<string, unknown> {
  if (!model.parameters.includes('size')) return {};
  if (!model.limits.sizes) return { image_size: { width, height } };
  const shape = ultraShapes.find((known) => known.width === width && known.height === height);
  return { aspect_ratio: shape?.shape ?? '16:9' };
}

function lorasOf({ model, loras }: ProviderRequest): { path: string; scale: number }[] {
  const { lora } = readModelId(model.id);
  const chosen = loras.map(({ name, weight }) => ({ path: name, scale: weight }));
  return lora === null || chosen.some(({ path }) => path === lora) ? chosen : [{ path: lora, scale: 1 }, ...chosen];
}

/** Refuses what fal would refuse, before anything is uploaded: a refusal of theirs may be charged. */
export function checkRequest(request: ProviderRequest): void {
  const { model, steps, guidance, strength } = request;
  const endpoint = endpointOf(model.id);
  for (const [words, value, range] of [
    ['steps', steps, endpoint.steps],
    ['guidance', guidance, endpoint.guidance],
    ['strength', strength, strengths],
  ] as const) {
    if (value === null || range === undefined || (value >= range[0] && value <= range[1])) continue;
    throw refused(`${model.name} takes ${words} from ${range[0]} to ${range[1]}, not ${value}.`);
  }
  const loras = lorasOf(request);
  if (endpoint.mostLoras !== undefined && loras.length > endpoint.mostLoras) {
    throw refused(`${model.name} takes at most ${endpoint.mostLoras} LoRAs, not ${loras.length}.`);
  }
  const [lightest, heaviest] = loraWeights;
  const odd = loras.find(({ scale }) => scale < lightest || scale > heaviest);
  if (odd) throw refused(`fal takes LoRA weights from ${lightest} to ${heaviest}, not ${odd.scale}.`);
}

const refused = (message: string): ProviderError => new ProviderError('invalid_request', message);
