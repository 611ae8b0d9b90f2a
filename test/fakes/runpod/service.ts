import { z } from 'zod';
import type { FakeAnswer, FakeDefinition } from '../kit/fake-types.ts';
import { ownEndpoints, WorkerRefusal, workFor, type Work } from './workers.ts';

const RunBody = z.strictObject({
  input: z.record(z.string(), z.unknown()),
  webhook: z.url().optional(),
  policy: z
    .strictObject({
      executionTimeout: z.int().min(5000).optional(),
      lowPriority: z.boolean().optional(),
      ttl: z.int().min(10_000).optional(),
    })
    .optional(),
  s3Config: z.looseObject({}).optional(),
});

interface Job {
  readonly id: string;
  readonly endpointId: string;
  readonly startedAt: number;
  readonly work: Work;
  /** How it ends, where not with its output. */
  readonly failure: { readonly status: 'FAILED' | 'TIMED_OUT'; readonly error?: string } | null;
  /** As far as it comes, where it never ends. */
  readonly stuckAt: number | null;
  isCancelled: boolean;
  output: Promise<unknown> | null;
}

const largestRun = 10_000_000;
const runningFrom = 0.3;
/** How many steps of work a job is. */
const steps = 8;

/** A worker's exception as the platform passes it on: JSON inside a string. */
function exception(type: string, message: string): string {
  return JSON.stringify({
    error_type: `<class '${type}'>`,
    error_message: message,
    error_traceback: `Traceback (most recent call last):\n${type}: ${message}`,
    hostname: 'h1',
    worker_id: 'w1',
    runpod_version: '1.7.9',
  });
}

/** Words in a prompt that make its job end badly. */
const endings: readonly (readonly [RegExp, NonNullable<Job['failure']>])[] = [
  [/unsafe/, { status: 'FAILED', error: exception('ValueError', 'NSFW content detected by the safety checker') }],
  [/too heavy/, { status: 'FAILED', error: exception('RuntimeError', 'CUDA out of memory') }],
  [
    /half told/,
    { status: 'FAILED', error: 'Generation failed {"code":1200,"message":"Model is overloaded, try again"}' },
  ],
  [/no reason/, { status: 'FAILED' }],
  [/endless/, { status: 'TIMED_OUT', error: 'job timed out after 1 retries' }],
];

/** RunPod's data plane, with the two control-plane routes that tell endpoints and balance below the same address. */
export const fakeRunpod: FakeDefinition = {
  id: 'runpod',
  basePath: '/v2',
  keys: { apiKey: 'easel-test-key-runpod-0123456789abcdef', endpointId: ownEndpoints.sdxl },
  isAuthorized: ({ headers }, { apiKey }) => headers.authorization === `Bearer ${apiKey ?? ''}`,
  unauthorized: { status: 401, bytes: Buffer.from('Unauthorized'), type: 'text/plain' },
  create(kit) {
    const jobs = new Map<string, Job>();
    let balance = 12.34;
    const notFound: FakeAnswer = { status: 404, bytes: Buffer.from('404 page not found'), type: 'text/plain' };
    const isOwn = (endpointId: string | undefined): boolean =>
      (Object.values(ownEndpoints) as (string | undefined)[]).includes(endpointId);

    const describeJob = async (job: Job): Promise<Record<string, unknown>> => {
      const { id, work, failure } = job;
      if (job.isCancelled) return { id, status: 'CANCELLED' };
      const fraction = job.stuckAt ?? kit.fraction(job.startedAt, steps);
      if (fraction < runningFrom) return { id, status: 'IN_QUEUE' };
      const times = { delayTime: 2188, workerId: 'oqk7ao1uomckye' };
      if (fraction < 1) return { id, status: 'IN_PROGRESS', ...times, output: work.progress };
      if (failure) return { id, ...times, executionTime: 120, ...failure };
      job.output ??= work.output();
      return { id, status: 'COMPLETED', ...times, executionTime: 4371, output: await job.output };
    };
    const find = (endpointId: string | undefined, id: string | undefined): Job | null => {
      const job = jobs.get(id ?? '');
      return job?.endpointId === endpointId ? (job ?? null) : null;
    };

    return [
      {
        method: 'POST',
        path: '/graphql',
        kind: 'free',
        answer: (exchange) => {
          const { query } = exchange.read(z.strictObject({ query: z.string() }));
          if (!/myself\s*\{[^}]*clientBalance/.test(query)) return { json: { errors: [{ message: 'Syntax Error' }] } };
          return { json: { data: { myself: { clientBalance: balance, currentSpendPerHr: 0 } } } };
        },
      },
      {
        method: 'GET',
        path: '/rest/v1/endpoints',
        kind: 'free',
        answer: () => ({ json: Object.entries(ownEndpoints).map(([name, id]) => ({ id, name: `my ${name}` })) }),
      },
      {
        method: 'GET',
        path: '/:endpoint/health',
        kind: 'free',
        answer: ({ params }) => {
          if (!isOwn(params.endpoint)) return notFound;
          const inQueue = [...jobs.values()].filter(({ stuckAt }) => stuckAt === 0).length;
          return {
            json: {
              jobs: { completed: jobs.size, failed: 0, inProgress: 0, inQueue, retried: 0 },
              workers: { idle: 1, initializing: 0, ready: 1, running: 0, throttled: 0, unhealthy: 0 },
            },
          };
        },
      },
      {
        method: 'POST',
        path: '/:endpoint/run',
        kind: 'pay',
        answer: async (exchange) => {
          const endpointId = exchange.params.endpoint ?? '';
          if (exchange.body.length > largestRun) return { status: 413 };
          const body = RunBody.safeParse(exchange.json());
          if (!body.success) return { status: 400, json: { error: 'bad request: input is missing or malformed' } };
          const id = `${kit.id()}-u1`;
          let work: Work | null;
          let refusal: WorkerRefusal | null = null;
          try {
            work = await workFor(kit, endpointId, body.data.input);
          } catch (error) {
            if (!(error instanceof WorkerRefusal)) throw error;
            if (error.isAtOnce) return { status: 400, json: { id, status: 'FAILED', error: error.message } };
            refusal = error;
            work = { prompt: '', usd: null, progress: undefined, output: () => Promise.resolve(null) };
          }
          if (!work) return notFound;
          const { prompt } = work;
          if (prompt.includes('forbidden')) {
            const error = 'The prompt was flagged by content moderation {"code":"content_policy"}';
            return { status: 400, json: { id, status: 'FAILED', error } };
          }
          const failure = refusal
            ? ({ status: 'FAILED', error: exception('ValueError', refusal.message) } as const)
            : (endings.find(([word]) => word.test(prompt))?.[1] ?? null);
          jobs.set(id, {
            id,
            endpointId,
            startedAt: kit.now(),
            work,
            failure,
            stuckAt: prompt.includes('no worker') ? 0 : prompt.includes('never done') ? 0.5 : null,
            isCancelled: false,
            output: null,
          });
          if (!failure) {
            balance -= work.usd ?? 0;
            kit.charge({ id, usd: work.usd, images: 1, clientId: null });
          }
          return { json: { id, status: 'IN_QUEUE' } };
        },
      },
      {
        method: 'GET',
        path: '/:endpoint/status/:id',
        kind: 'poll',
        answer: async ({ params }) => {
          const job = find(params.endpoint, params.id);
          return job ? { json: await describeJob(job) } : notFound;
        },
      },
      {
        method: 'POST',
        path: '/:endpoint/cancel/:id',
        kind: 'free',
        answer: async ({ params }) => {
          const job = find(params.endpoint, params.id);
          if (!job) return notFound;
          const hasEnded = job.stuckAt === null && kit.fraction(job.startedAt, steps) >= 1;
          if (!hasEnded) job.isCancelled = true;
          const { status } = await describeJob(job);
          return { json: { id: job.id, status } };
        },
      },
    ];
  },
};
