import { z } from 'zod';
import type { Exchange, FakeAnswer, FakeDefinition, FakeKit, FakeRoute } from '../kit/fake-types.ts';
import { inputs } from './endpoints.ts';
import { createJobs, type Job } from './jobs.ts';
import { platformRoutes } from './platform.ts';
import { createStorage } from './storage.ts';

const unknownRequest: FakeAnswer = { status: 404, json: { detail: 'Request not found' } };

function queueRoutes(kit: FakeKit): readonly FakeRoute[] {
  const storage = createStorage(kit);
  const jobs = createJobs(kit, storage);
  const ofJob =
    (answer: (job: Job, exchange: Exchange) => FakeAnswer | Promise<FakeAnswer>): FakeRoute['answer'] =>
    (exchange) => {
      const { owner = '', alias = '', id = '' } = exchange.params;
      const job = jobs.find(owner, alias, id);
      return job ? answer(job, exchange) : unknownRequest;
    };

  const submit: FakeRoute['answer'] = (exchange) => {
    const endpoint = exchange.path.slice(1);
    if (!(endpoint in inputs)) return { status: 404, json: { detail: `Application '${endpoint}' not found` } };
    const input = z.record(z.string(), z.unknown()).safeParse(exchange.json());
    if (!input.success) return { status: 422, json: { detail: 'The body must be an object.' } };
    const job = jobs.begin(endpoint, input.data);
    const path = `/${endpoint.split('/').slice(0, 2).join('/')}/requests/${job.id}`;
    if (JSON.stringify(input.data).includes('taken with an error')) {
      return { status: 500, headers: { 'x-fal-request-id': job.id }, json: { detail: 'Internal Server Error' } };
    }
    const isAbroad = JSON.stringify(input.data).includes('answers from abroad');
    const url = isAbroad ? `http://127.0.0.1:9${path}` : kit.urlOf(path);
    return {
      json: {
        status: 'IN_QUEUE',
        request_id: job.id,
        gateway_request_id: job.id,
        response_url: url,
        status_url: `${url}/status`,
        cancel_url: `${url}/cancel`,
        queue_position: aheadOf(job),
      },
    };
  };

  const aheadOf = (job: Job): number =>
    jobs.all.filter((other) => other.startsAt > kit.now() && other.sentAt <= job.sentAt && other !== job).length;

  const status = (job: Job, { query }: Exchange): FakeAnswer => {
    const now = kit.now();
    const base = { request_id: job.id };
    const isDone = job.isCancelled || now >= job.endsAt;
    if (!isDone && now < job.startsAt) {
      return { status: 202, json: { ...base, status: 'IN_QUEUE', queue_position: aheadOf(job) } };
    }
    const percent = Math.floor(((now - job.startsAt) / Math.max(1, job.endsAt - job.startsAt)) * 100);
    const message = `${percent}%|███       | 9/28 [00:01<00:02,  8.1it/s]`;
    const logs = query.get('logs') === '1' ? { logs: [{ message, level: 'INFO', source: 'USER', timestamp: '' }] } : {};
    if (!isDone) return { status: 202, json: { ...base, status: 'IN_PROGRESS', ...logs } };
    const type = job.isCancelled ? 'client_cancelled' : job.refusal?.type;
    const failure = type ? { error: 'The request failed.', error_type: type } : {};
    return { json: { ...base, status: 'COMPLETED', ...logs, metrics: { inference_time: 0.1 }, ...failure } };
  };

  const result = (job: Job): FakeAnswer | Promise<FakeAnswer> => {
    if (!job.isCancelled && kit.now() < job.endsAt) {
      return { status: 400, json: { detail: 'Request is still in progress' } };
    }
    return jobs.result(job);
  };

  const cancel = (job: Job): FakeAnswer => {
    if (job.isCancelled || kit.now() >= job.endsAt) return { status: 400, json: { status: 'ALREADY_COMPLETED' } };
    job.isCancelled = true;
    return { status: 202, json: { status: 'CANCELLATION_REQUESTED' } };
  };
  const notFound: FakeAnswer = { status: 404, json: { status: 'NOT_FOUND' } };

  return [
    ...storage.routes,
    ...platformRoutes(kit, jobs),
    { method: 'GET', path: '/:owner/:alias/requests/:id/status', kind: 'poll', answer: ofJob(status) },
    { method: 'GET', path: '/:owner/:alias/requests/:id', kind: 'poll', answer: ofJob(result) },
    {
      method: 'PUT',
      path: '/:owner/:alias/requests/:id/cancel',
      kind: 'free',
      answer: ({ params }) => {
        const job = jobs.find(params.owner ?? '', params.alias ?? '', params.id ?? '');
        return job ? cancel(job) : notFound;
      },
    },
    { method: 'POST', path: '/:owner/:alias/:rest*', kind: 'pay', answer: submit },
    { method: 'POST', path: '/:owner/:alias', kind: 'pay', answer: submit },
  ];
}

/**
 * fal.ai with all its hosts below one address. Words in a prompt bring about what can go wrong: "forbidden", "unsafe",
 * "partly unsafe", "fails with <type> <status>" (and "for good"), "fails without a name <status>", "taken with an error", "short-lived", "enormous seed", "answers from abroad".
 * A key that begins with "ordinary" is no admin's.
 */
export const fakeFal: FakeDefinition = {
  id: 'fal',
  basePath: '',
  keys: { apiKey: '5b6e8a52-9a59-4c5e-8f4b-2f6d0a4c1d77:0123456789abcdef0123456789abcdef' },
  isAuthorized: ({ headers }, keys) => headers.authorization === `Key ${keys.apiKey ?? ''}`,
  unauthorized: { status: 401, json: { detail: 'No user found for Key ID and Secret' } },
  create: queueRoutes,
};
