import { createHttp } from '../http.ts';
import {
  ProviderError,
  type CallOptions,
  type ImageProvider,
  type ProviderPlace,
  type Submission,
  type Task,
} from '../provider.ts';
import { accessHeaders, problemOf } from './access.ts';
import { HealthAnswer, Job, ModelsAnswer, type ModelEntry } from './answers.ts';
import { createApp } from './ask-app.ts';
import { describeModel } from './describe-model.ts';
import { explainJobRefusal, explainMissingContract, failureOfJob } from './explain-refusal.ts';
import { checkRanges, jobBody, readModelId } from './job-body.ts';
import { manifest } from './manifest.ts';
import { readResults } from './results.ts';
import { createSimpleApp } from './simple-app.ts';
import { askAgainInMs, named, progressOf, readTask, taskOf, type ModalTask } from './task.ts';
import { createTraining } from './training.ts';

/** Four pictures of 4096×4096 as base64. */
const largestJson = 300_000_000;
/** A container that has to start first needs this long. */
const connectTimeoutMs = 15_000;
/** The contract promises that results are kept so long. */
const keptForMs = (manifest.keepsTasksForHours ?? 24) * 3_600_000;

/** The user's own app on Modal: one that speaks `imagegen/1`, or a simple one. */
export function createModal(place: ProviderPlace): ImageProvider {
  const http = createHttp({
    baseUrl: place.url,
    name: 'Modal',
    remedy: 'Check the address of your app in the settings.',
    headers: accessHeaders(place),
    connectTimeoutMs,
    largestJson,
  });
  const problem = problemOf(place);
  if (place.credentials.kind?.toLowerCase() === 'simple') return createSimpleApp(http, problem);
  const app = createApp(http, problem);

  /** The job as it stands; null where the app does not know it. Throws where it has failed. */
  const standing = async (task: ModalTask, options: CallOptions): Promise<Job | null> => {
    const job = await readJob(task, options);
    if (job === null) return null;
    switch (job.status) {
      case 'expired':
        return null;
      case 'failed':
        throw failureOfJob(job.error);
      case 'canceled':
        throw new ProviderError('cancelled', 'It was stopped at Modal.', { isFinal: true });
      case 'queued':
      case 'running':
      case 'succeeded':
        return job;
      default:
        throw new ProviderError('server', 'Your Modal app told a state of the job that Easel does not know.', {
          providerText: job.status,
        });
    }
  };

  const readJob = async (task: ModalTask, options: CallOptions): Promise<Job | null> => {
    if (task.jobId === null) return app.find(task.clientRequestId, options);
    try {
      return await app.read(task.jobId, options);
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'task_lost') return null;
      throw error;
    }
  };

  const readPrice = async (options: CallOptions): Promise<number | null> => {
    const { price_per_second_usd } = await app.get('/v1/health', HealthAnswer, options);
    return price_per_second_usd ?? null;
  };

  /** What the app takes, by its models' ids; what is told with each list of models. */
  const limits = new Map<string, ModelEntry['limits']>();
  const readModels = async (options: CallOptions): Promise<readonly ModelEntry[]> => {
    const { models } = await app.get('/v1/models', ModelsAnswer, options);
    for (const { id, limits: own } of models) limits.set(id, own);
    return models;
  };
  const limitsOf = async (modelId: string, options: CallOptions): Promise<ModelEntry['limits']> => {
    const { model } = readModelId(modelId);
    if (!limits.has(model)) await readModels(options);
    return limits.get(model);
  };

  const cancel = async (stored: Task, options: CallOptions): Promise<boolean> => {
    const task = readTask(stored);
    const id = task.jobId ?? (await app.find(task.clientRequestId, options))?.id;
    if (id === undefined) return false;
    try {
      const asking = { ...options, explain: explainJobRefusal };
      const { status } = await app.post(`/v1/jobs/${encodeURIComponent(id)}/cancel`, null, Job, asking);
      return status === 'canceled';
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'task_lost') return false;
      throw error;
    }
  };

  return {
    manifest,
    taskFor: (request) => taskOf(request, Date.now()),

    async submit(request, options): Promise<Submission> {
      const isRanged = request.steps !== null || request.guidance !== null;
      if (isRanged) checkRanges(request, await limitsOf(request.model.id, options));
      const now = Date.now();
      const job = await app.begin(jobBody(request), request.attemptId, options);
      const task = named(taskOf(request, now), job);
      return { state: 'pending', task, askAgainInMs: askAgainInMs(task, now) };
    },

    async collect(stored, options): Promise<Submission> {
      const task = readTask(stored);
      const job = await standing(task, options);
      if (!job) return { state: 'lost' };
      if (job.status === 'succeeded') return readResults(http, job, task, options);
      const again = askAgainInMs(task, Date.now());
      return { state: 'pending', task: named(task, job), askAgainInMs: again, progress: progressOf(job) };
    },

    async find({ attemptId, count, sentAt }, options) {
      const job = await app.find(attemptId, options);
      if (!job) return { state: Date.now() - sentAt < keptForMs ? 'absent' : 'unsure' };
      const task: ModalTask = {
        remoteId: job.id,
        clientRequestId: attemptId,
        jobId: job.id,
        count,
        usdPerSecond: null,
        sentAt,
      };
      return { state: 'found', task };
    },

    cancel,
    cancelTraining: cancel,

    async checkHealth(options) {
      const {
        contract,
        app: name,
        gpu,
      } = await app.get('/v1/health', HealthAnswer, {
        ...options,
        explain: explainMissingContract,
      });
      if (contract !== 1) {
        const message = `Your Modal app speaks imagegen/${contract}; Easel speaks imagegen/1.`;
        throw new ProviderError('server', message);
      }
      return { version: null, message: `${name ?? 'Your app'} answers${gpu ? `, with ${gpu}` : ''}.` };
    },

    async listModels(options) {
      const usdPerSecond = await readPrice(options);
      const models = await readModels(options);
      return models.flatMap((entry, index) => describeModel(entry, index, usdPerSecond) ?? []);
    },

    ...createTraining(app, standing),
    connections: () => http.connections(),
    close: () => http.close(),
  };
}
