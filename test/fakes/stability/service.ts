import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Exchange, FakeAnswer, FakeDefinition, FakeKit, FakeRoute } from '../kit/fake-types.ts';
import { endpoints, type Endpoint } from './endpoints.ts';
import { readParts, type Parts } from './parts.ts';

interface Result {
  readonly bytes: Buffer;
  readonly format: string;
  readonly finishReason: 'SUCCESS' | 'CONTENT_FILTERED';
  readonly seed: number;
}

interface Job {
  readonly startedAt: number;
  /** The key it was begun with, as its header. */
  readonly owner: string | undefined;
  readonly result: Result;
}

const firstCredits = 2500;
const usdPerCredit = 0.01;
const largestBody = 10 * 1024 * 1024;
const keptForMs = 24 * 3_600_000;

const refusal = (status: number, name: string, ...errors: readonly string[]): FakeAnswer => ({
  status,
  json: { id: randomBytes(16).toString('hex'), name, errors },
});
const unauthorized = refusal(401, 'unauthorized', 'authorization: invalid or missing API key');
/** A key of another account. It opens everything, and finds nothing of what the usual one began. */
export const otherKey = 'sk-easel-test-key-stability-of-another-account';
const isAuthorized: FakeDefinition['isAuthorized'] = ({ headers }, keys) =>
  [keys.apiKey, otherKey].some((key) => headers.authorization === `Bearer ${key}`);

/** Stability AI, as its published document and reports of live calls describe it. */
export const fakeStability: FakeDefinition = {
  id: 'stability',
  basePath: '',
  keys: { apiKey: 'sk-easel-test-key-stability-0123456789abcdef' },
  isAuthorized,
  unauthorized,
  create(kit) {
    const jobs = new Map<string, Job>();
    const account = { credits: firstCredits };
    return [
      ...endpoints.map((endpoint) => routeOf(endpoint, { kit, jobs, account })),
      {
        method: 'GET',
        path: '/v2beta/results/:id',
        kind: 'poll',
        answer: (exchange) => collected(jobs.get(exchange.params.id ?? ''), exchange, kit),
      },
      { method: 'GET', path: '/v1/user/balance', kind: 'free', answer: () => ({ json: { credits: account.credits } }) },
      {
        method: 'GET',
        path: '/v1/user/account',
        kind: 'free',
        answer: () => ({
          json: {
            id: 'user-1',
            email: 'somebody@example.com',
            profile_picture: '',
            organizations: [{ id: 'org-1', name: 'Personal', role: 'MEMBER', is_default: true }],
          },
        }),
      },
    ];
  },
};

interface Service {
  readonly kit: FakeKit;
  readonly jobs: Map<string, Job>;
  readonly account: { credits: number };
}

function routeOf(endpoint: Endpoint, service: Service): FakeRoute {
  return {
    method: 'POST',
    path: `/v2beta/stable-image${endpoint.path}`,
    kind: 'pay',
    // Requests are checked before keys are.
    isPublic: true,
    answer: (exchange) => generate(endpoint, exchange, service),
  };
}

async function generate(endpoint: Endpoint, exchange: Exchange, service: Service): Promise<FakeAnswer> {
  const { kit, account, jobs } = service;
  if (exchange.body.length > largestBody) return refusal(413, 'payload_too_large', 'body: larger than 10 MiB');
  if (!exchange.headers['content-type']?.startsWith('multipart/form-data; boundary=')) {
    return refusal(400, 'bad_request', 'content-type: must be multipart/form-data');
  }
  const accept = exchange.headers.accept ?? '';
  if (!(endpoint.isSlow ? ['application/json', '*/*'] : ['application/json', 'image/*']).includes(accept)) {
    return refusal(400, 'bad_request', `accept: ${accept} is not supported`);
  }
  const parts = await readParts(await exchange.form(), endpoint.parts);
  const problem = parts.errors.length === 0 ? (endpoint.check?.(parts) ?? null) : null;
  const errors = problem === null ? parts.errors : [problem];
  if (errors.length > 0) return refusal(400, 'bad_request', ...errors);
  if (!isAuthorized(exchange, kit.options.keys)) return unauthorized;
  const { prompt = '' } = parts.texts;
  if (prompt.includes('forbidden')) return refusal(403, 'content_moderation', 'Your request was flagged.');
  if (prompt.includes('public figure')) return refusal(422, 'public_figure', 'A likeness of a public figure.');
  if (/[^\p{Script=Latin}\p{Script=Common}]/u.test(prompt)) {
    return refusal(422, 'invalid_language', 'prompt: English is the only supported language');
  }
  const credits = endpoint.credits(parts);
  if (account.credits < credits) return refusal(402, 'payment_required', 'You lack sufficient credits.');

  const result = await resultOf(endpoint, parts, kit);
  account.credits -= credits;
  const id = randomBytes(32).toString('hex');
  kit.charge({ id, usd: credits * usdPerCredit, images: 1, clientId: null });
  if (!endpoint.isSlow) return answerOf(result, accept);
  jobs.set(id, { startedAt: kit.now(), owner: exchange.headers.authorization, result });
  return { json: { id } };
}

async function resultOf(endpoint: Endpoint, parts: Parts, kit: FakeKit): Promise<Result> {
  const { texts, pictures } = parts;
  const wished = Number(texts.seed ?? 0);
  const seed = wished === 0 ? randomInt(1, 4_294_967_294) : wished;
  const inputs = Object.entries(pictures).map(([name, { bytes }]) => `${name} ${hashOf(bytes)}`);
  const format = texts.output_format ?? 'png';
  const bytes = await kit.picture({
    ...endpoint.size(parts),
    text: [endpoint.path, texts.prompt, texts.strength, ...inputs].join('\n'),
    seed,
    format: format === 'jpeg' ? 'jpg' : format === 'webp' ? 'webp' : 'png',
  });
  const isUnsafe = texts.prompt?.includes('unsafe') ?? false;
  return { bytes, format, seed, finishReason: isUnsafe ? 'CONTENT_FILTERED' : 'SUCCESS' };
}

function collected(job: Job | undefined, { headers }: Exchange, kit: FakeKit): FakeAnswer {
  const accept = headers.accept ?? '';
  if (!['*/*', 'application/json'].includes(accept)) return refusal(400, 'bad_request', 'accept: not supported');
  const isKept = job?.owner === headers.authorization && kit.now() <= (job?.startedAt ?? 0) + keptForMs;
  if (!job || !isKept) return refusal(404, 'generation_not_found', 'No such generation.');
  // Work that takes no time is done within the same millisecond.
  const isDone = kit.options.stepMs === 0 || kit.fraction(job.startedAt) >= 1;
  if (!isDone) return { status: 202, json: { status: 'in-progress' } };
  return answerOf(job.result, accept);
}

function answerOf({ bytes, format, seed, finishReason }: Result, accept: string): FakeAnswer {
  const type = `image/${format}`;
  if (accept === 'application/json') {
    const json = { image: bytes.toString('base64'), finish_reason: finishReason, seed };
    return { bytes: Buffer.from(JSON.stringify(json)), type: `application/json; type=${type}` };
  }
  const headers = {
    'finish-reason': finishReason,
    seed: String(seed),
    'x-request-id': randomBytes(16).toString('hex'),
  };
  return { bytes, type, headers };
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
