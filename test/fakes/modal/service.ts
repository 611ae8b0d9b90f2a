import type { z } from 'zod';
import type { Exchange, FakeAnswer, FakeDefinition, FakeRoute } from '../kit/fake-types.ts';
import { faultOf, measure, models, PictureBody, TrainBody } from './bodies.ts';
import { describeJob, fractionOf, newJob, type Job } from './jobs.ts';
import { simpleRoutes } from './simple.ts';

const contractHeader = { 'X-Imagegen-Contract': '1' };
const pricePerSecond = 0.000542;
const workSeconds = 21.8;
/** The beginning of a ZIP archive. */
const zipSignature = 'PK\x03\x04';

function refuse(status: number, code: string, message: string, field?: string): FakeAnswer {
  const retryable = ['rate_limited', 'unavailable', 'internal'].includes(code);
  const error = { code, message, retryable, ...(field === undefined ? {} : { field }) };
  return { status, headers: contractHeader, json: { error } };
}

const answered = (json: unknown, status = 200): FakeAnswer => ({ status, headers: contractHeader, json });
const platform = (status: number, text: string): FakeAnswer => ({
  status,
  bytes: Buffer.from(`modal-http: ${text}`),
  type: 'text/plain',
});

/** An app on Modal that speaks `imagegen/1`, behind Modal's own door, and another one of a single function at `/simple`. */
export const fakeModal: FakeDefinition = {
  id: 'modal',
  basePath: '',
  keys: { key: 'wk-easel0test0key0modal0123456789', secret: 'ws-easel0test0secret0modal0abcdef' },
  isAuthorized: ({ headers }, { key, secret, apiKey }) => {
    if (apiKey !== undefined) return headers.authorization === `Bearer ${apiKey}`;
    if (key === undefined) return true;
    return (
      (headers['modal-key'] === key && headers['modal-secret'] === secret) ||
      headers.authorization === `Bearer ${key}.${secret ?? ''}`
    );
  },
  unauthorized: platform(401, 'missing credentials for proxy authorization'),
  create(kit): readonly FakeRoute[] {
    const jobs = new Map<string, Job>();
    const files = new Map<string, Buffer>();
    /** Answers that wait behind a 303, by the id in its address. */
    const later = new Map<string, FakeAnswer>();

    const begin = async (exchange: Exchange, body: PictureBody | TrainBody): Promise<FakeAnswer> => {
      const known = [...jobs.values()].find((job) => job.body.client_request_id === body.client_request_id);
      if (exchange.headers['idempotency-key'] !== body.client_request_id) {
        return refuse(400, 'invalid_request', 'Idempotency-Key and client_request_id differ', 'client_request_id');
      }
      if (known) {
        const isSame = JSON.stringify(known.body) === JSON.stringify(body);
        if (!isSame) return refuse(409, 'conflict', 'this id belongs to another request');
        return answered(await describeJob(kit, known));
      }
      const job = newJob(kit, body);
      jobs.set(job.id, job);
      const images = body.task === 'train' ? 0 : body.num_images;
      kit.charge({ id: job.id, usd: workSeconds * pricePerSecond, images, clientId: body.client_request_id });
      return answered(await describeJob(kit, job), 202);
    };

    const submit = async (exchange: Exchange): Promise<FakeAnswer> => {
      const json = exchange.json() as { task?: unknown };
      const schema: z.ZodType<PictureBody | TrainBody> = json.task === 'train' ? TrainBody : PictureBody;
      const parsed = schema.safeParse(json);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        return refuse(422, 'invalid_request', issue?.message ?? '', issue?.path.join('.'));
      }
      const body = parsed.data;
      if (body.task === 'train') {
        const archive = 'file_id' in body.dataset ? files.get(body.dataset.file_id) : undefined;
        if (archive?.toString('latin1', 0, zipSignature.length) !== zipSignature) {
          return refuse(422, 'invalid_request', 'the data set is no archive', 'dataset');
        }
        return begin(exchange, body);
      }
      const fault = faultOf(body);
      if (fault?.field === 'model') return refuse(404, 'not_found', fault.message);
      if (fault) return refuse(422, 'invalid_request', fault.message, fault.field);
      if (body.prompt.includes('forbidden')) return refuse(422, 'content_policy', 'the prompt is not allowed');
      try {
        for (const file of [body.image, body.mask]) if (file) await measure(file);
      } catch {
        return refuse(422, 'invalid_request', 'not an image', 'image');
      }
      const answer = await begin(exchange, body);
      if (!body.prompt.includes('cold start')) return answer;
      const id = `fc-${kit.id()}`;
      later.set(id, answer);
      return { status: 303, headers: { Location: `/v1/jobs?__modal_function_call_id=${id}` } };
    };

    const onJob = (act: (job: Job, exchange: Exchange) => Promise<FakeAnswer>) => (exchange: Exchange) => {
      const job = jobs.get(exchange.params.id ?? '');
      return job ? act(job, exchange) : refuse(404, 'not_found', 'no such job');
    };

    return [
      {
        method: 'GET',
        path: '/v1/health',
        kind: 'free',
        answer: () =>
          answered({
            status: 'ok',
            contract: 1,
            app: 'my-flux',
            gpu: 'L40S',
            price_per_second_usd: pricePerSecond,
            features: ['txt2img', 'img2img', 'inpaint', 'upscale', 'lora', 'train'],
          }),
      },
      { method: 'GET', path: '/v1/models', kind: 'free', answer: () => answered({ models }) },
      { method: 'POST', path: '/v1/jobs', kind: 'pay', answer: submit },
      {
        method: 'GET',
        path: '/v1/jobs',
        kind: 'poll',
        answer: async ({ query }) => {
          const callId = query.get('__modal_function_call_id');
          if (callId !== null) return later.get(callId) ?? platform(404, 'invalid function call');
          const found = [...jobs.values()].filter(
            ({ body }) => body.client_request_id === query.get('client_request_id'),
          );
          return answered({ jobs: await Promise.all(found.map((job) => describeJob(kit, job))) });
        },
      },
      {
        method: 'GET',
        path: '/v1/jobs/:id',
        kind: 'poll',
        answer: onJob(async (job) => answered(await describeJob(kit, job))),
      },
      {
        method: 'POST',
        path: '/v1/jobs/:id/cancel',
        kind: 'free',
        answer: onJob(async (job) => {
          if (fractionOf(kit, job) < 1) job.isCancelled = true;
          return answered(await describeJob(kit, job));
        }),
      },
      {
        method: 'GET',
        path: '/v1/jobs/:id/images/:index',
        kind: 'file',
        answer: onJob(async (job, { params }) => {
          const bytes = (await job.files)[Number(params.index)];
          if (!bytes || job.body.task === 'train') return refuse(404, 'not_found', 'no such image');
          return { headers: contractHeader, bytes, type: `image/${job.body.output_format}` };
        }),
      },
      {
        method: 'POST',
        path: '/v1/files',
        kind: 'free',
        answer: ({ body, headers }) => {
          const file_id = `file-${kit.id()}`;
          files.set(file_id, body);
          const expires_at = new Date(kit.now() + 86_400_000).toISOString();
          return answered({ file_id, size: body.length, content_type: headers['content-type'], expires_at }, 201);
        },
      },
      ...simpleRoutes(kit),
    ];
  },
};
