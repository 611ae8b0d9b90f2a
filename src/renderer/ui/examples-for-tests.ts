import { GenerationRequest, type GenerationRequestInput } from '../../shared/models/generation-request.ts';
import type { Image, ImageSummary } from '../../shared/models/image.ts';
import type { Job } from '../../shared/models/job.ts';
import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import type { Standing } from '../../shared/models/routing.ts';
import { closedBreaker } from '../../shared/routing/breaker.ts';

/** Things to test with. Each takes what matters to the test and makes up the rest. */

export const exampleId = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export function exampleModel(change: Partial<Model> = {}): Model {
  return {
    id: 'sdxl',
    name: 'SDXL',
    family: 'sdxl',
    tier: 'standard',
    operations: ['textToImage', 'imageToImage', 'inpaint'],
    parameters: ['negativePrompt', 'size', 'seed', 'steps', 'guidance', 'sampler', 'scheduler', 'strength', 'loras'],
    limits: { promptCharacters: 10_000, imagesPerRequest: 4, side: { min: 256, max: 2048, multipleOf: 8 } },
    defaults: { width: 1024, height: 1024, steps: 28, guidance: 7 },
    choices: { samplers: ['euler', 'ddim'], schedulers: ['normal', 'karras'], loras: ['film.safetensors'] },
    price: null,
    typicalSeconds: 10,
    ...change,
  };
}

interface ProviderChange {
  readonly id?: string;
  readonly kind?: ProviderStatus['manifest']['kind'];
  readonly notAi?: boolean;
  readonly enabled?: boolean;
  readonly state?: ProviderStatus['health']['state'];
  readonly models?: Model[];
}

export function exampleProvider(change: ProviderChange = {}): ProviderStatus {
  const { id = 'comfyui', kind = 'local', notAi = false, enabled = true, state = 'ready' } = change;
  return {
    manifest: {
      id,
      name: id,
      summary: '',
      kind,
      docsUrl: null,
      keysUrl: null,
      defaultUrls: [],
      credentials: [],
      limits: { perMinute: null, atOnce: 1 },
      abilities: {
        cancel: true,
        listModels: true,
        watch: true,
        ownTaskIds: true,
        find: false,
        balance: false,
        train: false,
      },
      notAi,
      keepsTasksForHours: null,
      pricesCheckedOn: null,
      models: [],
    },
    url: null,
    urlSource: null,
    urlVariable: null,
    credentials: [],
    balance: null,
    enabled,
    health: { state, message: '', version: null, checkedAt: null },
    models: change.models ?? [exampleModel()],
  };
}

export function exampleStanding(change: Partial<Standing> = {}): Standing {
  return {
    provider: 'comfyui',
    breaker: closedBreaker,
    pausedUntil: null,
    running: 0,
    atOnce: 1,
    perMinute: null,
    startedLastMinute: 0,
    roomAt: null,
    tracks: [],
    ...change,
  };
}

export function exampleJob(
  number: number,
  change: Partial<Omit<Job, 'request'>> & { request?: GenerationRequestInput } = {},
): Job {
  return {
    id: exampleId(number),
    state: 'queued',
    position: number,
    createdAt: number,
    startedAt: null,
    endedAt: null,
    error: null,
    agreedUsd: null,
    imageIds: [],
    ...change,
    request: GenerationRequest.parse(change.request ?? { prompt: `prompt ${number}` }),
  };
}

export function exampleSummary(number: number): ImageSummary {
  return {
    id: exampleId(number),
    sequence: number,
    hash: 'a'.repeat(64),
    width: 64,
    height: 64,
    prompt: '',
    altText: null,
    rating: null,
  };
}

export function exampleImage(
  number: number,
  change: Partial<Omit<Image, 'request'>> & { request?: GenerationRequestInput } = {},
): Image {
  return {
    ...exampleSummary(number),
    jobId: null,
    attemptId: null,
    index: 0,
    bytes: 100,
    format: 'png',
    createdAt: number,
    project: 'default',
    provider: 'comfyui',
    model: 'sdxl',
    seed: 7,
    dropped: [],
    remoteId: null,
    cost: { kind: 'unknown' },
    generationMs: null,
    notAi: false,
    trashedAt: null,
    revisedPrompt: null,
    stages: null,
    path: `images/default/comfyui/${number}.png`,
    ...change,
    request: GenerationRequest.parse(change.request ?? {}),
  };
}

/** A Web Storage that forgets with the test. */
export function memoryStorage(): { readonly entries: Map<string, string> } & Pick<
  Storage,
  'getItem' | 'setItem' | 'removeItem'
> {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (name) => entries.get(name) ?? null,
    setItem: (name, value) => {
      entries.set(name, value);
    },
    removeItem: (name) => {
      entries.delete(name);
    },
  };
}
