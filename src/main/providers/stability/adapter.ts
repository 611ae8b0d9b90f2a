import { createHash } from 'node:crypto';
import { priceOf } from '../../../shared/routing/price.ts';
import { createHttp } from '../http.ts';
import { isUnsent, lostAnswer, somethingElse, type Peer } from '../http-failures.ts';
import type { Answer } from '../http-types.ts';
import {
  ProviderError,
  type ImageProvider,
  type ProviderPlace,
  type ProviderRequest,
  type Submission,
  type Task,
} from '../provider.ts';
import { Accepted, Balance } from './answers.ts';
import { buildCall, promptToSend, seedToSend } from './build-call.ts';
import { explainRefusal } from './explain-refusal.ts';
import { manifest } from './manifest.ts';
import { usdPerCredit } from './models.ts';
import { readPicture, type Asked } from './read-picture.ts';

const healthTimeoutMs = 10_000;
/** Whoever asks more often may be refused. */
const askAgainInMs = 10_000;
/** A 16-megapixel PNG in base64. */
const largestJson = 150_000_000;
const taskId = /^[0-9a-f]{64}$/;

/** Stability AI's Stable Image service. */
export function createStability({ url, credentials }: ProviderPlace): ImageProvider {
  const http = createHttp({
    baseUrl: url,
    name: manifest.name,
    remedy: 'Check that this computer is online.',
    headers: { authorization: `Bearer ${credentials.apiKey ?? ''}` },
    connectTimeoutMs: 10_000,
    largestJson,
  });
  const ownKey = fingerprintOf(credentials.apiKey ?? '');
  const peer: Peer = { name: manifest.name, address: http.address, remedy: '' };

  const acceptTask = (answer: Answer, asked: Asked): Submission => {
    const { data, error } = Accepted.safeParse(answer.json());
    if (!data) throw lostAnswer(peer, somethingElse(peer, error));
    return { state: 'pending', task: { remoteId: data.id, key: ownKey, ...asked }, askAgainInMs };
  };

  const submit: ImageProvider['submit'] = async (request, { signal }) => {
    const { path, form, isSlow, dropped } = await buildCall(request);
    const asked = askedOf(request);
    const read = (answer: Answer): Submission => {
      if (isSlow) return acceptTask(answer, asked);
      const picture = readPicture(answer, asked);
      if (!picture) throw lostAnswer(peer, somethingElse(peer));
      return { state: 'finished', images: [picture], dropped, ...revision(asked) };
    };
    // As bytes a picture costs a third less than inside JSON.
    const headers = { accept: isSlow ? 'application/json' : 'image/*' };
    return http.pay(path, form, read, { signal, headers, explain: explainRefusal });
  };

  const collect = async (task: Task, signal: AbortSignal): Promise<Submission> => {
    if (!taskId.test(task.remoteId)) return { state: 'lost' };
    const read = (answer: Answer): Submission => {
      if (answer.status === 404 && (task.key ?? ownKey) !== ownKey) throw anotherKey();
      if (answer.status === 404) return { state: 'lost' };
      if (answer.status === 202) {
        const progress = { fraction: null, stage: 'Working', queuePosition: null };
        return { state: 'pending', task, askAgainInMs, progress };
      }
      const asked = askedOfTask(task);
      const picture = readPicture(answer, asked);
      if (!picture) throw somethingElse(peer);
      return {
        state: 'finished',
        images: [picture],
        ...revision(asked),
        ...(asked.usd === null ? {} : { cost: { kind: 'estimated', usd: asked.usd } }),
      };
    };
    return http.get(`/v2beta/results/${task.remoteId}`, read, {
      signal,
      headers: { accept: '*/*' },
      alsoAccept: [404],
      explain: (refusal) => explainRefusal(refusal, { ofTask: true }),
    });
  };

  const readCredits = async (signal: AbortSignal): Promise<number> => {
    const options = { signal, timeoutMs: healthTimeoutMs, explain: explainRefusal };
    return (await http.get('/v1/user/balance', Balance, options)).credits;
  };

  return {
    manifest,
    submit,
    collect: (task, { signal }) =>
      collect(task, signal).catch((error: unknown) => {
        throw unhurried(error);
      }),
    checkHealth: async ({ signal }) => {
      const credits = await readCredits(signal);
      return { version: null, message: `Ready. ${credits.toLocaleString('en')} credits are left.` };
    },
    readBalance: async ({ signal }) => {
      const credits = await readCredits(signal);
      return { amount: credits, unit: 'credits', usd: credits * usdPerCredit };
    },
    connections: () => http.connections(),
    close: () => http.close(),
  };
}

/** Enough to tell one key from another, and nothing of the key itself. */
function fingerprintOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}

/** The service keeps results by key, and says of another one's only that it knows no such thing. */
function anotherKey(): ProviderError {
  const message = 'This was begun with another API key of Stability AI. Enter that one to fetch the picture.';
  return new ProviderError('auth', message);
}

/** A question that reached the service counts, however it was answered: the next one must not come sooner because of that. */
function unhurried(error: unknown): unknown {
  if (!(error instanceof ProviderError) || error.isFinal || isUnsent(error)) return error;
  const { code, message, providerText, cost, cause } = error;
  const retryAfterMs = Math.max(askAgainInMs, error.retryAfterMs ?? 0);
  return new ProviderError(code, message, { providerText, cost, cause, retryAfterMs });
}

function askedOf(request: ProviderRequest): Asked {
  const { model, prompt, seed, count, width, height, seconds } = request;
  const price = priceOf(model, { count, width, height, seconds });
  const sent = promptToSend(request);
  return {
    seed: model.parameters.includes('seed') ? seedToSend(seed) : null,
    usd: price.kind === 'unknown' ? null : price.usd,
    revisedPrompt: sent === prompt ? null : sent,
  };
}

function askedOfTask({ seed, usd, revisedPrompt }: Task): Asked {
  return {
    seed: typeof seed === 'number' ? seed : null,
    usd: typeof usd === 'number' ? usd : null,
    revisedPrompt: typeof revisedPrompt === 'string' ? revisedPrompt : null,
  };
}

function revision({ revisedPrompt }: Asked): { revisedPrompt?: string } {
  return revisedPrompt === null ? {} : { revisedPrompt };
}
