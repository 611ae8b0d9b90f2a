import { createHttp } from '../http.ts';
import type { Refusal } from '../http-failures.ts';
import {
  ProviderError,
  type CallOptions,
  type ImageProvider,
  type ProviderPlace,
  type ProviderRequest,
  type Submission,
} from '../provider.ts';
import { BalanceAnswer, EndpointHealth, Endpoints, JobAnswer } from './answers.ts';
import { explainPaidRefusalOf, explainRefusalOf, throwIfFailed } from './explain-failure.ts';
import { manifest } from './manifest.ts';
import { describeOwnEndpoint, ownEndpointOf, ownInput } from './own-worker.ts';
import { publicInput } from './public-input.ts';
import { readResults } from './results.ts';
import { askAgainInMs, progressOf, readTask, type RunpodTask } from './task.ts';

/** What `/run` takes. */
const largestRequest = 10_000_000;
/** Hosts beside the data plane, used only where that is RunPod's own. */
const elsewhere = {
  endpoints: { url: 'https://rest.runpod.io/v1/endpoints', path: '/rest/v1/endpoints' },
  graphql: { url: 'https://api.runpod.io/graphql', path: '/graphql' },
} as const;
const statuses = {
  waiting: ['IN_QUEUE', 'IN_PROGRESS', 'RUNNING'],
  done: 'COMPLETED',
  cancelled: 'CANCELLED',
} as const;

/** Where a failed generation is not charged; an endpoint of one's own costs whatever its worker did. */
const isPublic = (endpointId: string): boolean => manifest.models.some(({ id }) => id === endpointId);

/** RunPod: its public endpoints and one serverless endpoint of the user. */
export function createRunpod({ url, credentials }: ProviderPlace): ImageProvider {
  const isDefault = url === manifest.defaultUrls[0];
  const endpointId = credentials.endpointId ?? null;
  const checkpoint = credentials.checkpoint ?? null;
  const http = createHttp({
    baseUrl: url,
    name: 'RunPod',
    remedy: 'It may be down for a moment. Try again later.',
    headers: { authorization: `Bearer ${credentials.apiKey ?? ''}` },
    ...(isDefault ? { alsoTrusted: ['rest.runpod.io', 'api.runpod.io'] } : {}),
  });
  const addressOf = ({ url: whole, path }: { url: string; path: string }): string => (isDefault ? whole : path);
  const jobPath = ({ endpointId: endpoint, remoteId }: RunpodTask, verb: 'status' | 'cancel'): string =>
    `/${encodeURIComponent(endpoint)}/${verb}/${encodeURIComponent(remoteId)}`;

  /** The account's endpoints; null where the key may run jobs but not look at the account. */
  const readEndpoints = async (options: CallOptions): Promise<Endpoints | null> => {
    const mayNotLook = new ProviderError('auth', 'This key may not look at the account.');
    const explain = ({ status }: Refusal): ProviderError | null => (status === 403 ? mayNotLook : null);
    try {
      return await http.get(addressOf(elsewhere.endpoints), Endpoints, { ...options, explain });
    } catch (error) {
      if (error === mayNotLook) return null;
      throw error;
    }
  };

  return {
    manifest,

    async submit(request, options): Promise<Submission> {
      const own = ownEndpointOf(request.model.id);
      const endpoint = own?.endpointId ?? request.model.id;
      const input = own ? ownInput(request, own.worker, checkpoint) : publicInput(request);
      refuseTooLarge(request, input);
      const sentAt = Date.now();
      const { id } = await http.pay(`/${encodeURIComponent(endpoint)}/run`, { input }, JobAnswer, {
        ...options,
        explain: explainPaidRefusalOf(endpoint),
      });
      const seed = request.model.parameters.includes('seed') ? request.seed : null;
      const task: RunpodTask = { remoteId: id, endpointId: endpoint, seed, sentAt };
      return { state: 'pending', task, askAgainInMs: askAgainInMs(task, sentAt) };
    },

    async collect(stored, options): Promise<Submission> {
      const task = readTask(stored);
      let job: JobAnswer;
      try {
        job = await http.get(jobPath(task, 'status'), JobAnswer, { ...options, explain: explainLost });
      } catch (error) {
        if (error instanceof ProviderError && error.code === 'task_lost') return { state: 'lost' };
        throw error;
      }
      throwIfFailed(job, isPublic(task.endpointId));
      if (job.status === statuses.done) return readResults(http, job.output, task, options);
      if (!(statuses.waiting as readonly string[]).includes(job.status)) {
        throw new ProviderError('server', 'RunPod told a state of the job that Easel does not know.', {
          providerText: job.status,
        });
      }
      const now = Date.now();
      return { state: 'pending', task, askAgainInMs: askAgainInMs(task, now), progress: progressOf(job, task, now) };
    },

    async cancel(stored, options) {
      const task = readTask(stored);
      try {
        const { status } = await http.post(jobPath(task, 'cancel'), null, JobAnswer, {
          ...options,
          explain: explainLost,
        });
        return status === statuses.cancelled;
      } catch (error) {
        if (error instanceof ProviderError && error.code === 'task_lost') return false;
        throw error;
      }
    },

    async checkHealth(options) {
      if (endpointId === null) {
        const endpoints = await readEndpoints(options);
        const message =
          endpoints === null ? 'RunPod answers; this key may not look at the account.' : 'RunPod answers.';
        return { version: null, message };
      }
      const health = await http.get(`/${encodeURIComponent(endpointId)}/health`, EndpointHealth, {
        ...options,
        explain: explainRefusalOf(endpointId),
      });
      return { version: null, message: describeWorkers(health) };
    },

    async listModels(options) {
      if (endpointId === null) return manifest.models;
      const name = (await readEndpoints(options))?.find(({ id }) => id === endpointId)?.name ?? null;
      return [...manifest.models, describeOwnEndpoint(endpointId, checkpoint, name)];
    },

    async readBalance(options) {
      const query = 'query { myself { clientBalance currentSpendPerHr } }';
      const { data, errors } = await http.post(addressOf(elsewhere.graphql), { query }, BalanceAnswer, options);
      const amount = data?.myself?.clientBalance ?? null;
      if (amount !== null) return { amount, unit: 'USD', usd: amount };
      throw new ProviderError('invalid_request', 'RunPod tells the balance only to a key with full access.', {
        providerText: errors?.[0]?.message ?? null,
      });
    },

    connections: () => http.connections(),
    close: () => http.close(),
  };
}

/** Jobs are kept for half an hour after their end; what is unknown is either gone or never was. */
function explainLost({ status }: Refusal): ProviderError | null {
  return status === 404 ? new ProviderError('task_lost', 'RunPod does not know this job any more.') : null;
}

function refuseTooLarge({ image }: ProviderRequest, input: Record<string, unknown>): void {
  if (image === null || JSON.stringify({ input }).length <= largestRequest) return;
  throw new ProviderError(
    'invalid_request',
    'The pictures are too large for RunPod, which takes about 7 MB for all of them. Make them smaller first.',
  );
}

function describeWorkers({ workers, jobs }: EndpointHealth): string {
  const { idle, ready, running, initializing, throttled } = workers ?? {};
  const waiting = jobs?.inQueue ?? 0;
  const queue = waiting > 0 ? `, ${waiting} in its queue` : '';
  if ((throttled ?? 0) > 0) return `Your endpoint answers, but RunPod has no free graphics card for it now${queue}.`;
  const up = Math.max(ready ?? 0, (idle ?? 0) + (running ?? 0));
  if (up > 0) return `Your endpoint answers: workers ready: ${up}${queue}.`;
  if ((initializing ?? 0) > 0) return `Your endpoint answers; a worker is starting${queue}.`;
  return `Your endpoint answers; no worker is up, so the first picture takes longer${queue}.`;
}
