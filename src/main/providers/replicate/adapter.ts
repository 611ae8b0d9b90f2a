import { withCommonImages } from '../as-png.ts';
import { createHttp } from '../http.ts';
import {
  ProviderError,
  type CallOptions,
  type ImageProvider,
  type InputImage,
  type ProviderPlace,
  type ProviderRequest,
  type Submission,
  type Task,
} from '../provider.ts';
import { AccountAnswer, PredictionAnswer } from './answers.ts';
import { hasSucceeded } from './ended-work.ts';
import { explainPoll, explainRefusal } from './explain-refusal.ts';
import { findPrediction } from './find-prediction.ts';
import { checkRequest, inputOf } from './input.ts';
import { manifest } from './manifest.ts';
import { models } from './models.ts';
import { askAgainInMs, fetchResults, progressOf } from './results.ts';
import { readModelId, spellingOf } from './spelling.ts';
import { readTask, taskOf, type PredictionTask } from './task.ts';
import { createTraining, listTrained, trainingKind } from './training.ts';
import { fileOf, urlOf } from './upload.ts';
import { checkFields, createVersions } from './versions.ts';

const healthTimeoutMs = 10_000;
/** Queue and cold start included: what takes longer is stopped by the service before it costs more. */
const cancelAfter = '20m';

/**
 * Replicate, by predictions that are asked about: waiting for one inside its creation would hide its id, by which it can be
 * found again, until the end.
 */
export function createReplicate({ url, credentials }: ProviderPlace): ImageProvider {
  const http = createHttp({
    baseUrl: url,
    name: 'Replicate',
    remedy: 'Check the internet connection, or try again later.',
    headers: { authorization: `Bearer ${(credentials.apiKey ?? '').trim()}` },
  });
  const versions = createVersions(http);

  const place = (image: InputImage | null, options: CallOptions): Promise<string | null> =>
    image ? urlOf(http, fileOf(image), options) : Promise.resolve(null);

  /** Where a prediction is made, and what names the model there. Trained models carry their version. */
  const doorOf = async (
    { model }: ProviderRequest,
    input: Readonly<Record<string, unknown>>,
    options: CallOptions,
  ): Promise<{ path: string; version?: string }> => {
    const { name, version } = readModelId(model.id);
    if (version !== null) return { path: '/predictions', version };
    if (spellingOf(name).isOfficial) return { path: `/models/${name}/predictions` };
    const latest = await versions.latest(name, options);
    checkFields(name, latest, input);
    return { path: '/predictions', version: latest.id };
  };

  const pending = (task: PredictionTask, work: Parameters<typeof progressOf>[0]): Submission => ({
    state: 'pending',
    task,
    askAgainInMs: askAgainInMs(task),
    progress: progressOf(work),
  });

  const submit = async (given: ProviderRequest, options: CallOptions): Promise<Submission> => {
    checkRequest(given);
    const request = await withCommonImages(given);
    const [image, mask, ...references] = await Promise.all([
      place(request.image, options),
      place(request.mask, options),
      ...request.references.map((reference) => urlOf(http, fileOf(reference), options)),
    ]);
    const input = inputOf(request, { image, mask, references });
    const { path, ...named } = await doorOf(request, input, options);
    try {
      const answer = await http.pay(path, { ...named, input }, PredictionAnswer, {
        ...options,
        headers: { 'Cancel-After': cancelAfter },
        explain: explainRefusal,
      });
      return pending(taskOf(answer.id, request), answer);
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'invalid_request') {
        versions.forget(readModelId(request.model.id).name);
      }
      throw error;
    }
  };

  const collect = async (stored: Task, options: CallOptions): Promise<Submission> => {
    const task = readTask(stored);
    try {
      const path = `/predictions/${encodeURIComponent(task.remoteId)}`;
      const prediction = await http.get(path, PredictionAnswer, { ...options, explain: explainPoll });
      if (!hasSucceeded(prediction)) return pending(task, prediction);
      return await fetchResults(http, prediction, task, options);
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'task_lost') return { state: 'lost' };
      throw error;
    }
  };

  const cancel = (task: Task, options: CallOptions): Promise<boolean> => {
    const kind = task.kind === trainingKind ? 'trainings' : 'predictions';
    return http.post(
      `/${kind}/${encodeURIComponent(task.remoteId)}/cancel`,
      null,
      ({ status, json }) => status < 300 && !hasEnded(json()),
      { ...options, alsoAccept: [404], explain: explainRefusal },
    );
  };

  return {
    manifest,
    submit,
    collect,
    ...createTraining(http, versions),

    cancel,
    cancelTraining: cancel,

    async find(sent, options) {
      const found = await findPrediction(http, sent, options);
      if (found.state !== 'found') return found;
      const { seed, count, sentAt: startedAt } = sent;
      return { state: 'found', task: { remoteId: found.id, seed, count, usdEach: null, sizeNote: null, startedAt } };
    },

    async listModels(options) {
      return [...models, ...(await listTrained(http, options))];
    },

    async checkHealth(options) {
      const { username } = await http.get('/account', AccountAnswer, { ...options, timeoutMs: healthTimeoutMs });
      return { version: null, message: `Replicate answers; the token belongs to ${username}.` };
    },

    connections: () => http.connections(),
    close: () => http.close(),
  };
}

/** Whether there was nothing left to cancel. */
function hasEnded(json: unknown): boolean {
  const { data } = PredictionAnswer.pick({ status: true }).safeParse(json);
  return data !== undefined && ['succeeded', 'failed', 'aborted'].includes(data.status);
}
