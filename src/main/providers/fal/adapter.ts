import { priceOf } from '../../../shared/routing/price.ts';
import { withCommonImages } from '../as-png.ts';
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
import { checkKey, createCostReader, listModels, readBalance } from './account.ts';
import { SubmitAnswer } from './answers.ts';
import { connect } from './connection.ts';
import { readModelId } from './endpoints.ts';
import { explainSubmission } from './explain-refusal.ts';
import { findRequest } from './find-request.ts';
import { checkRequest, inputOf } from './input.ts';
import { manifest } from './manifest.ts';
import { askAgainInMs, askRequest, cancelRequest, progressOf } from './poll.ts';
import { fetchResults, resultLifecycle } from './results.ts';
import { readTask, taskOf } from './task.ts';
import { createTraining } from './training.ts';
import { fileOf, upload } from './upload.ts';

/** fal.ai, by its queue. */
export function createFal({ url, credentials }: ProviderPlace): ImageProvider {
  const connection = connect({ url, apiKey: credentials.apiKey ?? '' });
  const { http } = connection;
  const readCost = createCostReader(connection);

  const place = (image: InputImage | null, options: CallOptions): Promise<string | null> =>
    image ? upload(connection, fileOf(image), options) : Promise.resolve(null);

  const submit = async (given: ProviderRequest, options: CallOptions): Promise<Submission> => {
    checkRequest(given);
    const request = await withCommonImages(given);
    const { endpoint } = readModelId(request.model.id);
    const [image, mask] = await Promise.all([place(request.image, options), place(request.mask, options)]);
    const input = inputOf(request, { image, mask });
    const answer = await http.pay(`/${endpoint}`, input, SubmitAnswer, {
      ...options,
      headers: { 'x-fal-object-lifecycle-preference': resultLifecycle },
      explain: explainSubmission,
    });
    const price = priceOf(request.model, request);
    const task = taskOf(connection, answer, {
      endpoint,
      seed: 'seed' in input ? request.seed : null,
      count: request.count,
      usd: price.kind === 'unknown' ? null : price.usd,
      startedAt: Date.now(),
    });
    const progress = progressOf({ status: 'IN_QUEUE', queue_position: answer.queue_position, error: null });
    return { state: 'pending', task, askAgainInMs: askAgainInMs(task), progress };
  };

  const collect = async (stored: Task, options: CallOptions): Promise<Submission> => {
    const task = readTask(stored);
    try {
      const asked = await askRequest(http, task, options);
      if (asked.state === 'pending') {
        return { state: 'pending', task, askAgainInMs: askAgainInMs(task), progress: progressOf(asked.status) };
      }
      return await fetchResults(http, asked.output, task, await readCost(task.remoteId, options), options);
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'task_lost') return { state: 'lost' };
      throw error;
    }
  };

  return {
    manifest,
    submit,
    collect,
    ...createTraining(connection, readCost),
    cancel: (stored, options) => cancelRequest(http, readTask(stored), options),
    cancelTraining: (stored, options) => cancelRequest(http, readTask(stored), options),
    find: (sent, options) => findRequest(connection, sent, options),
    readBalance: (options) => readBalance(connection, options),
    listModels: (options) => listModels(connection, options),
    async checkHealth(options) {
      await checkKey(connection, options);
      return { version: null, message: 'fal answers, and it knows the key.' };
    },
    connections: () => http.connections(),
    close: () => http.close(),
  };
}
