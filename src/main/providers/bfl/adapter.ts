import type { Cost } from '../../../shared/models/cost.ts';
import { withCommonImages } from '../as-png.ts';
import { createHttp } from '../http.ts';
import { failureOfStatus, somethingElse, type Peer } from '../http-failures.ts';
import type { Answer, Http } from '../http-types.ts';
import {
  ProviderError,
  type CallOptions,
  type ImageProvider,
  type ProviderPlace,
  type Submission,
} from '../provider.ts';
import { Credits, SubmitAnswer, TaskAnswer } from './answers.ts';
import { buildBody } from './build-body.ts';
import { explainRefusal } from './explain-refusal.ts';
import { manifest } from './manifest.ts';
import { failureOfTask, isAtWork, stageOf } from './read-status.ts';
import { droppedOf, readTask, resultPath, type BflTask } from './task.ts';

const creditsPerUsd = 100;
const healthTimeoutMs = 10_000;
/** A status that nobody knows is taken for work under way, but not for ever. */
const longestUnknownMs = 3_600_000;
/** The longest that a link is known to live. */
const longestLinkMs = 7_200_000;
/** Statuses under which a task's own answer has been seen. */
const taskStatuses = [400, 404, 422, 500, 502, 503] as const;

/** Black Forest Labs' API: each task is asked about at the address that its submission named. */
export function createBfl({ url, credentials }: ProviderPlace): ImageProvider {
  const isOfficial = /^https:\/\/([\w-]+\.)*bfl\.ai(\/|$)/.test(url);
  const remedy = 'Check that this computer is online, or try again in a while.';
  const http = createHttp({
    baseUrl: url,
    name: manifest.name,
    remedy,
    headers: { 'x-key': credentials.apiKey ?? '' },
    ...(isOfficial ? { alsoTrusted: ['*.bfl.ai'] } : {}),
  });
  const peer: Peer = { name: manifest.name, address: http.address, remedy };

  /** The service's regions hold each their own tasks; behind another address, everything goes through that. */
  const pollingPlace = (pollingUrl: string): string => {
    const place = URL.canParse(pollingUrl) ? new URL(pollingUrl) : null;
    if (!place || isOfficial || place.hostname === new URL(url).hostname) return pollingUrl;
    return `${place.pathname}${place.search}`;
  };

  const ask = (task: BflTask, options: CallOptions): Promise<TaskAnswer> =>
    http.get(
      pollingPlace(task.pollingUrl),
      (answer: Answer): TaskAnswer => {
        const isSuccess = answer.status >= 200 && answer.status < 300;
        const read = TaskAnswer.safeParse(jsonOf(answer, isSuccess));
        if (read.success) return read.data;
        if (isSuccess) throw somethingElse(peer, read.error);
        // Only a task's own words end it: a gateway's 404 or 422 says nothing of it.
        const text = answer.bytes.toString('utf8');
        throw failureOfStatus({ ...answer, json: null, text }, peer);
      },
      { ...options, alsoAccept: taskStatuses },
    );

  return {
    manifest,

    async submit(request, options) {
      const { path, body, dropped } = buildBody(await withCommonImages(request));
      const answer = await http.pay(path, body, SubmitAnswer, { ...options, explain: explainRefusal });
      const task: BflTask = {
        remoteId: answer.id,
        pollingUrl: answer.polling_url ?? resultPath(answer.id),
        seed: request.model.parameters.includes('seed') ? request.seed : null,
        credits: answer.cost ?? null,
        startedAt: Date.now(),
        isQuick: (request.model.typicalSeconds ?? Infinity) <= 5,
        prompt: request.prompt,
        dropped: JSON.stringify(dropped),
      };
      return { state: 'pending', task, askAgainInMs: askAgainInMs(task, Date.now()) };
    },

    async collect(stored, options): Promise<Submission> {
      const now = Date.now();
      const task = readTask(stored, now);
      const answer = await ask(task, options);
      if (answer.status === 'Task not found') return { state: 'lost' };
      const cost = costOf(answer.cost ?? task.credits);
      if (answer.status === 'Ready') return finish(http, task, answer, cost, options);
      const failure = failureOfTask(answer, costOf(answer.cost ?? null));
      if (failure) throw failure;
      if (!isAtWork(answer) && now - task.startedAt > longestUnknownMs) {
        throw new ProviderError('server', `Black Forest Labs says "${answer.status}" of this and nothing else.`, {
          isFinal: true,
          providerText: answer.status,
        });
      }
      const progress = { fraction: fractionOf(answer), stage: stageOf(answer), queuePosition: null };
      return { state: 'pending', task, askAgainInMs: askAgainInMs(task, now), progress };
    },

    async checkHealth(options) {
      const { credits } = await readCredits(http, options);
      return { version: null, message: `Ready, ${credits.toFixed(0)} credits left.` };
    },

    async readBalance(options) {
      const { credits } = await readCredits(http, options);
      return { amount: credits, unit: 'credits', usd: credits / creditsPerUsd };
    },

    connections: () => http.connections(),
    close: () => http.close(),
  };
}

async function finish(
  http: Http,
  task: BflTask,
  { result }: TaskAnswer,
  cost: Cost | null,
  options: CallOptions,
): Promise<Submission> {
  if (!result?.sample) {
    throw new ProviderError('server', 'Black Forest Labs finished without a picture.', { isFinal: true, cost });
  }
  const bytes = await http.download(result.sample, options).catch((error: unknown) => {
    // A link that has ended is no end of the task: asked again, the service may sign a new one. It does not for ever.
    const isGone =
      error instanceof ProviderError && error.code === 'server' && Date.now() > task.startedAt + longestLinkMs;
    if (!isGone) throw error;
    const message = 'Black Forest Labs keeps results for minutes, and this one is older. It was made, but it is gone.';
    throw new ProviderError('server', message, { isFinal: true, cost, cause: error });
  });
  const dropped = droppedOf(task);
  const revised = result.prompt ?? task.prompt;
  return {
    state: 'finished',
    images: [{ bytes, seed: result.seed ?? task.seed }],
    ...(cost === null ? {} : { cost }),
    ...(dropped.length === 0 ? {} : { dropped }),
    ...(revised === task.prompt ? {} : { revisedPrompt: revised }),
  };
}

function readCredits(http: Http, options: CallOptions): Promise<Credits> {
  return http.get('/v1/credits', Credits, { ...options, timeoutMs: healthTimeoutMs, explain: explainRefusal });
}

function jsonOf(answer: Answer, isSuccess: boolean): unknown {
  if (isSuccess) return answer.json();
  try {
    return answer.json();
  } catch {
    return null;
  }
}

function costOf(credits: number | null): Cost | null {
  return credits === null ? null : { kind: 'reported', usd: credits / creditsPerUsd };
}

function fractionOf({ progress }: TaskAnswer): number | null {
  return progress === null || progress === undefined ? null : Math.max(0, Math.min(1, progress));
}

/** Often at first, where most pictures are done; seldom for what takes minutes. */
function askAgainInMs({ startedAt, isQuick }: BflTask, now: number): number {
  const ageMs = now - startedAt;
  if (ageMs < 10_000) return isQuick ? 500 : 1000;
  return ageMs < 60_000 ? 2000 : 6000;
}
