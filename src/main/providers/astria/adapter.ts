import type { DroppedParameter } from '../../../shared/models/dropped-parameter.ts';
import { withCommonImages } from '../as-png.ts';
import { createHttp } from '../http.ts';
import type { Http } from '../http-types.ts';
import {
  ProviderError,
  type CallOptions,
  type ImageProvider,
  type ResultImage,
  type ProviderPlace,
  type Submission,
} from '../provider.ts';
import { Account, OnePrompt, Tune, type Prompt } from './answers.ts';
import { costOf, dollarsOf, explainLost, explainRefusal, failureOfPrompt } from './explain-failure.ts';
import { findPrompt } from './find-prompt.ts';
import { listModels } from './list-models.ts';
import { manifest } from './manifest.ts';
import { modelUseOf, promptBody, seedOf } from './prompt-body.ts';
import { timed } from './server-time.ts';
import { readTask, taskOf, type AstriaTask } from './task.ts';
import { trainingForm, trainingOf } from './training.ts';

const askAgainInMs = 5000;
/** Addresses of results lead to where the files lie. */
const redirects = 2;
/** A create call may take half a minute before the gateway gives up. */
const paidHeadersTimeoutMs = 60_000;

const isFinished = ({ images, user_error }: Prompt): boolean => images.length > 0 || user_error !== null;

/** Older than any create call can take. */
const surelyEarlierMs = 60_000;

async function readResults(
  http: Http,
  prompt: Prompt,
  task: AstriaTask,
  options: CallOptions,
): Promise<Extract<Submission, { state: 'finished' }>> {
  const all = prompt.images;
  const videos = all.filter((url) => /\.mp4($|\?)/i.test(url));
  // The first frame may lie beside its video.
  const urls = task.isVideo && videos.length > 0 ? videos : all;
  const files = await Promise.all(urls.map((url) => http.download(url, { ...options, redirects })));
  const told = task.seed === null ? null : (prompt.seed ?? task.seed);
  // Astria tells one seed for all and does not say how it goes on from there.
  const images = files.map((bytes, index): ResultImage => ({ bytes, seed: index === 0 ? told : null }));
  const missing = task.count - images.length;
  const dropped: DroppedParameter[] =
    missing > 0 ? [{ parameter: 'count', note: withheld(missing, prompt.user_error) }] : [];
  const cost = task.isRepeated ? ({ kind: 'reported', usd: 0 } as const) : costOf(prompt);
  return { state: 'finished', images, dropped, ...(cost ? { cost } : {}) };
}

function withheld(missing: number, words: string | null): string {
  const many = missing === 1 ? 'one of the pictures' : `${missing} of the pictures`;
  return words === null ? `Astria left out ${many}.` : `Astria left out ${many}: ${words}`;
}

/** Astria: base models, models of other makers, and models of one's own. */
export function createAstria({ url, credentials }: ProviderPlace): ImageProvider {
  const http = createHttp({
    baseUrl: url,
    name: 'Astria',
    remedy: 'It may be down for a moment. Try again later.',
    headers: { authorization: `Bearer ${credentials.apiKey ?? ''}` },
  });

  const handedOut = new Set<string>();

  /** Whether the account's idempotency gave back a prompt that was there before: all but its pictures is the same. */
  const isEarlier = (prompt: Prompt, serverNow: number | null): boolean =>
    handedOut.has(prompt.id) ||
    isFinished(prompt) ||
    (serverNow !== null && Date.parse(prompt.created_at ?? '') < serverNow - surelyEarlierMs);

  const readPrompt = async ({ remoteId }: AstriaTask, options: CallOptions): Promise<Prompt | null> => {
    try {
      return await http.get(`/prompts/${encodeURIComponent(remoteId)}`, OnePrompt, {
        ...options,
        explain: explainLost,
      });
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'task_lost') return null;
      throw error;
    }
  };

  const readAccount = (options: CallOptions) => http.get('/users', Account, { ...options, explain: explainRefusal });

  return {
    manifest,

    async submit(given, options) {
      const request = await withCommonImages(given);
      const { host } = modelUseOf(request.model.id);
      const body = await promptBody(request);
      const path = `/tunes/${host}/prompts`;
      const { value: prompt, serverNow } = await http.pay(path, body, timed(http, OnePrompt, true), {
        ...options,
        explain: explainRefusal,
        headersTimeoutMs: paidHeadersTimeoutMs,
      });
      const isRepeated = isEarlier(prompt, serverNow);
      handedOut.add(prompt.id);
      if (isRepeated && request.image !== null && request.operation !== 'video') {
        const message =
          'Astria gave back an earlier picture, because your account treats the same words and seed as the same request whatever the image. Change the seed.';
        throw new ProviderError('invalid_request', message);
      }
      // Sent in any case, so that two of an upscale are told apart; the picture then has none.
      const seed = request.model.parameters.includes('seed') ? seedOf(request.seed) : null;
      const task = taskOf(prompt, { ...request, seed }, isRepeated);
      return { state: 'pending', task, askAgainInMs };
    },

    async collect(stored, options) {
      const task = readTask(stored);
      const prompt = await readPrompt(task, options);
      if (!prompt) return { state: 'lost' };
      if (prompt.images.length > 0) return readResults(http, prompt, task, options);
      if (prompt.user_error !== null) throw failureOfPrompt(prompt, prompt.user_error);
      const isRunning = prompt.started_training_at !== null;
      const stage = isRunning ? 'Drawing at Astria' : 'Waiting at Astria';
      const progress = { fraction: null, stage, queuePosition: isRunning ? 0 : null };
      return { state: 'pending', task, askAgainInMs, progress };
    },

    async cancel(stored, options) {
      const task = readTask(stored);
      const prompt = await readPrompt(task, options);
      // What has ended is not stopped by deleting it: that would take away what was paid for.
      if (!prompt || isFinished(prompt)) return false;
      const path = `/prompts/${encodeURIComponent(task.remoteId)}`;
      return http.post(path, null, ({ status }) => status !== 404, {
        ...options,
        method: 'DELETE',
        alsoAccept: [404],
        explain: explainRefusal,
      });
    },

    async checkHealth(options) {
      await readAccount(options);
      return { version: null, message: 'Astria answers, and knows the key.' };
    },

    listModels: (options) => listModels(http, options),

    find: (sent, options) => findPrompt(http, sent, options),

    async readBalance(options) {
      const { usd_balance_mc: millicents } = await readAccount(options);
      if (millicents === null) throw new ProviderError('server', 'Astria did not tell the balance.');
      const usd = dollarsOf(millicents);
      return { amount: usd, unit: 'USD', usd };
    },

    async train(request, options) {
      const tune = await http.pay('/tunes', await trainingForm(request), Tune, { ...options, explain: explainRefusal });
      return trainingOf(tune, Date.now());
    },

    async collectTraining({ remoteId }, options) {
      try {
        const path = `/tunes/${encodeURIComponent(remoteId)}`;
        const tune = await http.get(path, Tune, { ...options, explain: explainLost });
        return trainingOf(tune, Date.now());
      } catch (error) {
        if (error instanceof ProviderError && error.code === 'task_lost') return { state: 'lost' };
        throw error;
      }
    },

    connections: () => http.connections(),
    close: () => http.close(),
  };
}
