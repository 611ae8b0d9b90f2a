import { z } from 'zod';
import type { Exchange, FakeAnswer, FakeKit, FakeRoute } from '../kit/fake-types.ts';
import { charge, draw, type Wish } from './draw.ts';
import { isMapped } from './hub.ts';

interface Job {
  readonly wish: Wish;
  readonly startedAt: number;
  readonly name: string;
  url: string | null;
}

const side = z.int().min(64).max(2048);
const shared = {
  prompt: z.string().min(1),
  seed: z.int().optional(),
  num_inference_steps: z.int().min(1).max(50).optional(),
  guidance_scale: z.number().min(0).max(20).optional(),
  negative_prompt: z.string().optional(),
};
const loras = z.array(z.strictObject({ path: z.string(), scale: z.number() })).optional();
const dataUrl = z.string().regex(/^data:image\/\w+;base64,/);
const plainBase64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/);

const FalBody = z.strictObject({
  ...shared,
  image_size: z.strictObject({ width: side, height: side }).optional(),
  image_url: dataUrl.optional(),
  image_urls: z.array(dataUrl).optional(),
  loras,
  model_name: z.string().optional(),
});
const WavespeedBody = z.strictObject({
  ...shared,
  width: side.optional(),
  height: side.optional(),
  image: plainBase64.optional(),
  images: z.array(plainBase64).optional(),
  loras,
});
const ZaiBody = z.strictObject({ model: z.string(), prompt: z.string() });

/** Work that is begun, asked about and then fetched. */
function createJobs(kit: FakeKit) {
  const jobs = new Map<string, Job>();
  return {
    begin: (wish: Wish, name = ''): string => {
      const id = kit.id();
      jobs.set(id, { wish, name, startedAt: kit.now(), url: null });
      charge(kit, id);
      return id;
    },
    find: (id: string | undefined): Job | null => jobs.get(id ?? '') ?? null,
    fraction: ({ startedAt }: Job): number => kit.fraction(startedAt, 3),
    urlOf: async (job: Job): Promise<string> => (job.url ??= kit.addFile(await draw(kit, job.wish), 'image/jpeg')),
  };
}

const unsupported = (service: string, model: string): FakeAnswer => ({
  status: 400,
  json: { error: `Model ${model} not supported by provider ${service}` },
});

const invalid = (error: z.ZodError): object[] =>
  error.issues.map(({ path, message, code }) => ({ loc: ['body', ...path], msg: message, type: code }));

export function falRoutes(kit: FakeKit): readonly FakeRoute[] {
  const jobs = createJobs(kit);
  const notFound = { status: 404, json: { detail: 'Request not found' } };
  const ofQueue =
    (answer: (exchange: Exchange) => FakeAnswer | Promise<FakeAnswer>) =>
    (exchange: Exchange): FakeAnswer | Promise<FakeAnswer> =>
      exchange.query.get('_subdomain') === 'queue' ? answer(exchange) : { status: 404, json: { detail: 'Not Found' } };
  const jobOf = ({ params }: Exchange): Job | null => {
    const job = jobs.find(params.id);
    return job?.name === params.app ? job : null;
  };
  return [
    {
      method: 'GET',
      path: '/fal-ai/:app*/requests/:id/status',
      kind: 'poll',
      answer: ofQueue((exchange) => {
        const job = jobOf(exchange);
        if (!job) return notFound;
        const fraction = jobs.fraction(job);
        const status = fraction < 0.3 ? 'IN_QUEUE' : fraction < 1 ? 'IN_PROGRESS' : 'COMPLETED';
        return {
          json: { status, request_id: exchange.params.id, ...(status === 'IN_QUEUE' ? { queue_position: 0 } : {}) },
        };
      }),
    },
    {
      method: 'GET',
      path: '/fal-ai/:app*/requests/:id',
      kind: 'poll',
      answer: ofQueue(async (exchange) => {
        const job = jobOf(exchange);
        if (!job) return notFound;
        const { prompt, seed = 42 } = job.wish;
        if (jobs.fraction(job) < 1) return { status: 400, json: { detail: 'Request is still in progress' } };
        if (prompt.includes('forbidden')) {
          const msg = 'The content could not be processed because it contained material flagged by a content checker.';
          return {
            status: 422,
            json: { detail: [{ loc: ['body', 'prompt'], msg, type: 'content_policy_violation' }] },
          };
        }
        if (prompt.includes('breaks down')) {
          return { status: 500, json: { detail: 'Internal error', error_type: 'runner_server_error' } };
        }
        const images = [{ url: await jobs.urlOf(job), content_type: 'image/jpeg' }];
        return { json: { images, seed, has_nsfw_concepts: [prompt.includes('unsafe')], prompt } };
      }),
    },
    {
      method: 'POST',
      path: '/fal-ai/:model*',
      kind: 'pay',
      answer: ofQueue((exchange) => {
        const model = exchange.params.model ?? '';
        if (!isMapped('fal-ai', model)) return unsupported('fal-ai', model);
        const parsed = FalBody.safeParse(exchange.json());
        if (!parsed.success) return { status: 422, json: { detail: invalid(parsed.error) } };
        const { image_size: size, image_url: image, prompt, seed } = parsed.data;
        // What follows the second part of a model's name is dropped from then on.
        const app = model.split('/').slice(0, 2).join('/');
        const id = jobs.begin({ service: 'fal-ai', prompt, seed, image, ...size }, app);
        const url = `https://queue.fal.run/${app}/requests/${id}`;
        return { json: { request_id: id, status: 'IN_QUEUE', queue_position: 0, response_url: url } };
      }),
    },
  ];
}

export function wavespeedRoutes(kit: FakeKit): readonly FakeRoute[] {
  const jobs = createJobs(kit);
  return [
    {
      method: 'GET',
      path: '/wavespeed/api/v3/predictions/:id/result',
      kind: 'poll',
      answer: async ({ params }) => {
        const job = jobs.find(params.id);
        if (!job) return { status: 404, json: { code: 404, message: 'prediction not found' } };
        const fraction = jobs.fraction(job);
        const { prompt } = job.wish;
        const of = (data: object): FakeAnswer => ({
          json: { code: 200, message: 'success', data: { id: params.id, ...data } },
        });
        if (fraction < 1) return of({ status: fraction < 0.3 ? 'created' : 'processing', outputs: [] });
        if (prompt.includes('forbidden')) return of({ status: 'failed', error: 'Content flagged as sensitive.' });
        if (prompt.includes('breaks down')) return of({ status: 'failed', error: 'worker crashed' });
        const flags = [prompt.includes('unsafe')];
        return of({ status: 'completed', outputs: [await jobs.urlOf(job)], has_nsfw_contents: flags });
      },
    },
    {
      method: 'POST',
      path: '/wavespeed/api/v3/:model*',
      kind: 'pay',
      answer: (exchange) => {
        const model = exchange.params.model ?? '';
        if (!isMapped('wavespeed', model)) return unsupported('wavespeed', model);
        const parsed = WavespeedBody.safeParse(exchange.json());
        if (!parsed.success)
          return { status: 400, json: { code: 400, message: JSON.stringify(invalid(parsed.error)) } };
        if (parsed.data.prompt.includes('refused inside')) {
          return { json: { code: 5004, message: 'no worker for this model', data: null } };
        }
        const { prompt, seed, width, height, image } = parsed.data;
        const id = jobs.begin({ service: 'wavespeed', prompt, seed, width, height, image });
        const urls = { get: `https://api.wavespeed.ai/api/v3/predictions/${id}/result` };
        return { json: { code: 200, message: 'success', data: { id, urls, status: 'created' } } };
      },
    },
  ];
}

export function zaiRoutes(kit: FakeKit): readonly FakeRoute[] {
  const jobs = createJobs(kit);
  const isHuggingFace = ({ headers }: Exchange): boolean => headers['x-source-channel'] === 'hugging_face';
  const refused = { status: 400, json: { error: { code: '1210', message: 'x-source-channel is missing' } } };
  return [
    {
      method: 'POST',
      path: '/zai-org/api/paas/v4/async/images/generations',
      kind: 'pay',
      answer: (exchange) => {
        if (!isHuggingFace(exchange)) return refused;
        const parsed = ZaiBody.safeParse(exchange.json());
        if (!parsed.success) return { status: 400, json: { error: { code: '1210', message: parsed.error.message } } };
        if (!isMapped('zai-org', parsed.data.model)) return unsupported('zai-org', parsed.data.model);
        const id = jobs.begin({ service: 'zai-org', prompt: parsed.data.prompt });
        return { json: { id, model: parsed.data.model, task_status: 'PROCESSING' } };
      },
    },
    {
      method: 'GET',
      path: '/zai-org/api/paas/v4/async-result/:id',
      kind: 'poll',
      answer: async (exchange) => {
        if (!isHuggingFace(exchange)) return refused;
        const job = jobs.find(exchange.params.id);
        if (!job) return { status: 404, json: { error: { code: '1214', message: 'task not found' } } };
        if (jobs.fraction(job) < 1) return { json: { id: exchange.params.id, task_status: 'PROCESSING' } };
        const isRefused = /forbidden|unsafe/.test(job.wish.prompt);
        const error = { error: { code: '1301', message: 'The prompt may contain sensitive content.' } };
        if (isRefused) return { json: { task_status: 'FAIL', ...error } };
        return { json: { task_status: 'SUCCESS', image_result: [{ url: await jobs.urlOf(job) }] } };
      },
    },
  ];
}
