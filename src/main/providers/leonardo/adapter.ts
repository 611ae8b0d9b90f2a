import { z } from 'zod';
import { createHttp } from '../http.ts';
import {
  ProviderError,
  type CallOptions,
  type ImageProvider,
  type ProviderPlace,
  type ProviderRequest,
} from '../provider.ts';
import { readAccount } from './account.ts';
import { StartedWork } from './answers.ts';
import { explainRefusal, failureOf, wordsOf } from './explain-refusal.ts';
import { findGeneration } from './find-generation.ts';
import { listModels } from './list-models.ts';
import { manifest } from './manifest.ts';
import { addressOf, prepareRequest, type Prepared } from './request-bodies.ts';
import { collectGeneration, collectVariation } from './results.ts';
import { askAgainMs, readTask, seedOf, usdOf, type LeonardoTask } from './task.ts';
import { collectTraining, train } from './training.ts';

const healthTimeoutMs = 10_000;

/** Leonardo: work is begun on either of its two interfaces, and asked about on the first. */
export function createLeonardo({ url, credentials }: ProviderPlace, now: () => number = Date.now): ImageProvider {
  const http = createHttp({
    baseUrl: url,
    name: 'Leonardo',
    remedy: 'Try again in a moment.',
    headers: { authorization: `Bearer ${credentials.apiKey ?? ''}` },
    headersTimeoutMs: 60_000,
  });
  const begin = async (prepared: Prepared, options: CallOptions): Promise<StartedWork> => {
    const answer = await http.pay(addressOf(prepared, http.address), prepared.body, z.unknown(), {
      ...options,
      explain: explainRefusal,
    });
    const words = wordsOf(answer);
    if (words) {
      throw failureOf({ ...words, isValidation: true }) ?? new ProviderError('invalid_request', words.text);
    }
    return StartedWork.safeParse(answer).data ?? {};
  };

  return {
    manifest,

    async submit(request, options) {
      const prepared = await prepareRequest(request, http, options);
      const started = await begin(prepared, options);
      return { state: 'pending', task: taskOf(request, started, now()), askAgainInMs: askAgainMs(now(), now()) };
    },

    collect(stored, options) {
      const task = readTask(stored);
      return task.kind === 'variation'
        ? collectVariation(http, task, now(), options)
        : collectGeneration(http, task, now(), options);
    },

    async checkHealth(options) {
      const { balance } = await readAccount(http, { ...options, timeoutMs: healthTimeoutMs });
      return { version: null, message: `Ready. The account has ${balance.amount} API credits.` };
    },

    readBalance: async (options) => (await readAccount(http, options)).balance,
    listModels: (options) => listModels(http, options),
    find: (sent, options) => findGeneration(http, sent, { ...options, now: now() }),
    train: (request, options) => train(http, request, options),
    collectTraining: (task, options) => collectTraining(http, task, options),
    connections: () => http.connections(),
    close: () => http.close(),
  };
}

function taskOf(request: ProviderRequest, started: StartedWork, sentAt: number): LeonardoTask {
  const work =
    started.sdGenerationJob ?? started.generate ?? started.motionVideoGenerationJob ?? started.universalUpscaler;
  const remoteId = work?.generationId ?? work?.id;
  if (!work || !remoteId) {
    throw new ProviderError('unknown_outcome', 'Leonardo took this without naming it, so it may have been charged.');
  }
  return {
    remoteId,
    kind: request.operation === 'upscale' ? 'variation' : 'generation',
    isVideo: request.operation === 'video',
    count: request.count,
    seed: seedOf(request),
    sentAt,
    usd: usdOf(work.cost),
  };
}
