import type { FakeAnswer, FakeKit, FakeRoute } from '../kit/fake-types.ts';

export type HubTask = 'text-to-image' | 'image-to-image';

export interface Mapping {
  readonly providerId: string;
  readonly task: HubTask;
  readonly status: 'live' | 'staging';
  readonly adapter?: 'lora';
  readonly adapterWeightsPath?: string;
}

const drawing = (providerId: string, more: Partial<Mapping> = {}): Mapping => ({
  status: 'live',
  providerId,
  task: 'text-to-image',
  ...more,
});
const editing = (providerId: string): Mapping => drawing(providerId, { task: 'image-to-image' });

/** Models and who runs them, in the user's order. The `easel/…` ones are run by one service each. */
export const hubModels: Readonly<Record<string, Readonly<Record<string, Mapping>>>> = {
  'black-forest-labs/FLUX.1-schnell': {
    'some-new-service': drawing('flux-schnell'),
    'fal-ai': drawing('fal-ai/flux/schnell'),
    together: drawing('black-forest-labs/FLUX.1-schnell'),
  },
  'black-forest-labs/FLUX.1-dev': {
    'fal-ai': drawing('fal-ai/flux/dev'),
    replicate: drawing('black-forest-labs/flux-dev'),
    wavespeed: drawing('wavespeed-ai/flux-dev'),
  },
  'Qwen/Qwen-Image': { 'fal-ai': drawing('fal-ai/qwen-image'), replicate: drawing('qwen/qwen-image') },
  'black-forest-labs/FLUX.1-Kontext-dev': { 'fal-ai': editing('fal-ai/flux-kontext/dev') },
  'easel/on-replicate': { replicate: drawing('black-forest-labs/flux-dev') },
  'easel/on-replicate-version': { replicate: drawing('someone/sdxl:7762fd07cf82') },
  'easel/on-together': { together: drawing('black-forest-labs/FLUX.1-schnell') },
  'easel/on-nscale': { nscale: drawing('stabilityai/stable-diffusion-xl-base-1.0') },
  'easel/on-deepinfra': { deepinfra: drawing('stabilityai/sdxl-turbo') },
  'easel/on-wavespeed': { wavespeed: drawing('wavespeed-ai/flux-dev') },
  'easel/on-zai': { 'zai-org': drawing('cogview-4') },
  'easel/on-hf': { 'hf-inference': drawing('easel/on-hf') },
  'easel/lora-on-fal': {
    'fal-ai': drawing('fal-ai/lora', { adapter: 'lora', adapterWeightsPath: 'paint.safetensors' }),
  },
  'easel/lora-on-replicate': {
    replicate: drawing('black-forest-labs/flux-dev-lora', { adapter: 'lora', adapterWeightsPath: 'w.safetensors' }),
  },
  'easel/lora-on-wavespeed': { wavespeed: drawing('wavespeed-ai/flux-dev-lora', { adapter: 'lora' }) },
  'easel/edit-on-replicate': { replicate: editing('black-forest-labs/flux-kontext-dev') },
  'easel/edit-on-together': { together: editing('black-forest-labs/FLUX.2-dev') },
  'easel/kontext-on-together': { together: editing('black-forest-labs/FLUX.1-kontext-dev') },
  'easel/edit-on-wavespeed': { wavespeed: editing('wavespeed-ai/qwen-edit') },
  'easel/edit-on-hf': { 'hf-inference': editing('easel/edit-on-hf') },
  'easel/staging-first': {
    together: drawing('staging-model', { status: 'staging' }),
    nscale: drawing('live-model'),
  },
  'easel/nobody': {},
};

/** Listed as an array, as the hub does for some. */
const asArray = new Set(['easel/on-together', 'easel/staging-first']);
const pageSize = 8;

export function isMapped(service: string, providerId: string): boolean {
  return Object.values(hubModels).some((mapping) => mapping[service]?.providerId === providerId);
}

function describe(id: string): object {
  const mapping = hubModels[id] ?? {};
  const list = Object.entries(mapping).map(([provider, entry]) => ({ provider, hfModelId: id, ...entry }));
  return { _id: `66aa${id.length}`, id, inferenceProviderMapping: asArray.has(id) ? list : mapping };
}

/** The hub's API, which the client asks before it draws. */
export function hubRoutes(kit: FakeKit): readonly FakeRoute[] {
  const list = (query: URLSearchParams): FakeAnswer => {
    const task = query.get('pipeline_tag');
    const providers = query.get('inference_provider')?.split(',') ?? [];
    const at = Number(query.get('cursor') ?? 0);
    const ids = Object.entries(hubModels)
      .filter(([, mapping]) =>
        Object.entries(mapping).some(([provider, entry]) => entry.task === task && providers.includes(provider)),
      )
      .map(([id]) => id);
    const next = new URLSearchParams(query);
    next.set('cursor', String(at + pageSize));
    const link = `<${kit.urlOf(`/api/models?${next.toString()}`)}>; rel="next"`;
    return {
      ...(at + pageSize < ids.length ? { headers: { Link: link } } : {}),
      json: ids.slice(at, at + pageSize).map(describe),
    };
  };
  return [
    { method: 'GET', path: '/api/models', kind: 'free', answer: ({ query }) => list(query) },
    {
      method: 'GET',
      path: '/api/models/:owner/:name',
      kind: 'free',
      answer: ({ params, query }) => {
        const id = `${params.owner ?? ''}/${params.name ?? ''}`;
        if (!Object.hasOwn(hubModels, id)) return { status: 404, json: { error: 'Repository not found' } };
        return { json: query.get('expand[]') === 'inferenceProviderMapping' ? describe(id) : { id } };
      },
    },
    {
      method: 'GET',
      path: '/api/whoami-v2',
      kind: 'free',
      answer: () => ({
        json: {
          type: 'user',
          name: 'tester',
          isPro: false,
          canPay: true,
          orgs: [],
          auth: { type: 'access_token', accessToken: { displayName: 'easel', role: 'read' } },
        },
      }),
    },
  ];
}
