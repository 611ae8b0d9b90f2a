import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { Model } from '../../../shared/models/provider.ts';
import { describeGenerator } from '../comfyui/describe-model.ts';
import { buildGraph } from '../comfyui/graphs.ts';
import { guessFamilyByName } from '../comfyui/guess-family.ts';
import { stemOf } from '../comfyui/model-ids.ts';
import { takeLoraTags } from '../comfyui/prompt-loras.ts';
import { ProviderError, type ProviderRequest } from '../provider.ts';
import { dataUrlOf } from './public-input.ts';

/** The two official workers that an endpoint of one's own can run. */
export const workers = ['worker-sdxl', 'worker-comfyui'] as const;
export type Worker = (typeof workers)[number];

export interface OwnEndpoint {
  readonly worker: Worker;
  readonly endpointId: string;
}

const modelIdOf = ({ worker, endpointId }: OwnEndpoint): string => `${worker}/${endpointId}`;

/** Null for a model of a public endpoint. */
export function ownEndpointOf(modelId: string): OwnEndpoint | null {
  const worker = workers.find((each) => modelId.startsWith(`${each}/`));
  return worker ? { worker, endpointId: modelId.slice(worker.length + 1) } : null;
}

const sdxlSchedulers = [
  'DDIM',
  'PNDM',
  'KLMS',
  'K_EULER',
  'K_EULER_ANCESTRAL',
  'DPMSolverMultistep',
  'DPMSolverSinglestep',
];

/** The usual ones of a ComfyUI without additions; a worker can't be asked for its list. */
const comfyuiChoices = {
  samplers: ['euler', 'euler_ancestral', 'dpmpp_2m', 'dpmpp_2m_sde', 'dpmpp_sde', 'ddim', 'uni_pc', 'lcm', 'heun'],
  schedulers: ['normal', 'karras', 'simple', 'sgm_uniform', 'exponential', 'beta'],
  loras: [],
};

/** The endpoint of the user as a model. `checkpoint` is the file that a worker-comfyui loads, `name` the endpoint's own. */
export function describeOwnEndpoint(endpointId: string, checkpoint: string | null, name: string | null): Model {
  const shown = name ?? endpointId;
  if (checkpoint === null) return describeSdxl(endpointId, `SDXL on ${shown}`);
  const model = describeGenerator(
    { folder: 'checkpoints', file: checkpoint },
    guessFamilyByName(checkpoint),
    comfyuiChoices,
  );
  return {
    ...model,
    id: modelIdOf({ worker: 'worker-comfyui', endpointId }),
    name: `${stemOf(checkpoint)} on ${shown}`,
  };
}

function describeSdxl(endpointId: string, name: string): Model {
  return {
    id: modelIdOf({ worker: 'worker-sdxl', endpointId }),
    name,
    family: 'sdxl',
    tier: 'standard',
    operations: ['textToImage'],
    parameters: ['negativePrompt', 'size', 'seed', 'steps', 'guidance', 'scheduler'],
    limits: {
      promptCharacters: longestPrompt,
      // It can make two, but only the first of them can be drawn again from its seed.
      imagesPerRequest: 1,
      side: { min: 256, max: 2048, multipleOf: 8 },
    },
    defaults: { width: 1024, height: 1024, steps: 25, guidance: 7.5, scheduler: 'DDIM' },
    choices: { samplers: [], schedulers: sdxlSchedulers, loras: [] },
    price: null,
    typicalSeconds: null,
  };
}

/** The `input` of a job for an endpoint of one's own. Throws ProviderError. */
export function ownInput(request: ProviderRequest, worker: Worker, checkpoint: string | null): Record<string, unknown> {
  if (worker === 'worker-sdxl') return sdxlInput(request);
  if (checkpoint === null) {
    throw new ProviderError('invalid_request', 'Enter the checkpoint of your RunPod endpoint in the settings first.');
  }
  return comfyuiInput(request, checkpoint);
}

function sdxlInput(request: ProviderRequest): Record<string, unknown> {
  const { prompt, negativePrompt, width, height, seed, steps, guidance, scheduler } = request;
  return {
    prompt,
    ...(negativePrompt === '' ? {} : { negative_prompt: negativePrompt }),
    width,
    height,
    seed,
    ...(steps === null ? {} : { num_inference_steps: steps }),
    ...(guidance === null ? {} : { guidance_scale: guidance }),
    ...(scheduler === null ? {} : { scheduler }),
    num_images: 1,
  };
}

function comfyuiInput(request: ProviderRequest, checkpoint: string): Record<string, unknown> {
  const needsImage = request.operation !== 'textToImage';
  if (needsImage && !request.image) {
    throw new ProviderError('invalid_request', 'This needs an image to begin with. Add one.');
  }
  const positive = takeLoraTags(request.prompt);
  const image = needsImage && request.image ? { name: `image.${request.image.format}`, from: request.image } : null;
  const mask =
    request.operation === 'inpaint' && request.mask
      ? { name: `mask.${request.mask.format}`, from: request.mask }
      : null;
  const workflow = buildGraph(request, {
    model: { folder: 'checkpoints', file: checkpoint },
    prompt: positive.text,
    negativePrompt: takeLoraTags(request.negativePrompt).text,
    loras: [
      ...request.loras.map(({ name, weight }) => ({ name, modelWeight: weight, clipWeight: weight })),
      ...positive.loras,
    ],
    image: image?.name ?? null,
    mask: mask?.name ?? null,
    fluxFiles: null,
  });
  const images = [image, mask].flatMap((file) =>
    file === null ? [] : [{ name: file.name, image: dataUrlOf(file.from) }],
  );
  return { workflow, ...(images.length === 0 ? {} : { images }) };
}
