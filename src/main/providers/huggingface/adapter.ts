import type { DroppedParameter } from '../../../shared/models/dropped-parameter.ts';
import type { Parameter } from '../../../shared/models/provider.ts';
import { withCommonImages } from '../as-png.ts';
import { bytesOfBase64 } from '../encoded-bytes.ts';
import { createHttp } from '../http.ts';
import type { Peer } from '../http-failures.ts';
import type { AskOptions, Http } from '../http-types.ts';
import {
  ProviderError,
  type CallOptions,
  type ImageProvider,
  type ProviderPlace,
  type ProviderRequest,
  type Submission,
} from '../provider.ts';
import { WhoAmI } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';
import { listModels } from './list-models.ts';
import { manifest } from './manifest.ts';
import { createResolver, type Resolved } from './resolve-model.ts';
import type { Outcome, Wish } from './services/service.ts';
import { services } from './services/table.ts';
import { droppedOf, readTask, urlsOf, type RoutedTask } from './task.ts';

const healthTimeoutMs = 10_000;
/** Services that draw while the connection is silent, and models that are started first. */
const answerTimeoutMs = 300_000;
/** A base64 picture of the largest size, with room. */
const largestJson = 200_000_000;
/** Longer than any service behind the router promises to keep a result. */
const resultsLiveMs = 24 * 3_600_000;
const permission = 'inference.serverless.write';
const hubUrl = 'https://huggingface.co';

/** Hugging Face's router: it passes each request on to the service that runs the model, in that service's own words. */
export function createHuggingface({ url, credentials }: ProviderPlace): ImageProvider {
  const isOfficial = manifest.defaultUrls.includes(url.replace(/\/+$/, ''));
  const remedy = 'Check that this computer is online, or try again in a while.';
  const http = createHttp({
    baseUrl: url,
    name: manifest.name,
    remedy,
    headers: { authorization: `Bearer ${credentials.apiKey ?? ''}`, 'user-agent': 'Easel' },
    ...(isOfficial ? { alsoTrusted: ['huggingface.co'] } : {}),
    headersTimeoutMs: 60_000,
    largestJson,
  });
  const peer: Peer = { name: manifest.name, address: http.address, remedy };
  const hub = isOfficial ? hubUrl : '';
  const resolver = createResolver(http, hub);
  const billed: Record<string, string> = credentials.billTo ? { 'x-hf-bill-to': credentials.billTo } : {};

  const pay = async (request: ProviderRequest, resolved: Resolved, drop: Wish['drop'], options: CallOptions) => {
    const { service, serviceName } = resolved;
    const { path, body, headers } = service.call(wishOf(request, resolved, drop));
    const asking: AskOptions = {
      ...options,
      headers: { ...billed, ...headers },
      headersTimeoutMs: answerTimeoutMs,
      explain: (refusal) => {
        // Who serves a model changes without notice: the next request asks again.
        if (refusal.status === 400 || refusal.status === 404) resolver.forget(request.model.id);
        return explainRefusal(refusal);
      },
    };
    return http.pay(`/${serviceName}${path}`, body, (answer) => service.read(answer, peer), asking);
  };

  /** `base`: what is known of the task so far. */
  const submissionOf = async (outcome: Outcome, base: RoutedTask, options: CallOptions): Promise<Submission> => {
    switch (outcome.state) {
      case 'lost':
        return outcome;
      case 'bytes':
        return finished([outcome.bytes], base);
      case 'working': {
        const task = { ...base, remoteId: outcome.id, path: outcome.path };
        return { state: 'pending', task, askAgainInMs: askAgainInMs(task), progress: outcome.progress };
      }
      case 'urls': {
        const seed = outcome.seed ?? base.seed;
        const task = { ...base, remoteId: outcome.id, seed, urls: JSON.stringify(outcome.urls) };
        return finished(await download(http, outcome.urls, task, options), task);
      }
    }
  };

  return {
    manifest,

    async submit(given, options) {
      const request = await withCommonImages(given);
      const task = request.operation === 'imageToImage' ? 'image-to-image' : 'text-to-image';
      const resolved = await resolver.resolve(request.model.id, task, options);
      const dropped: DroppedParameter[] = [];
      const drop = (parameter: Parameter, note: string): void => void dropped.push({ parameter, note });
      const outcome = await pay(request, resolved, drop, options);
      const base: RoutedTask = {
        remoteId: '',
        service: resolved.serviceName,
        path: '',
        urls: '[]',
        seed: resolved.service.takes.includes('seed') ? request.seed : null,
        startedAt: Date.now(),
        dropped: JSON.stringify(dropped),
      };
      try {
        return await submissionOf(outcome, base, options);
      } catch (error) {
        if (outcome.state !== 'urls' || (error instanceof ProviderError && error.code === 'cancelled')) throw error;
        // Drawn and charged: it is fetched later instead of drawn again.
        const kept = { ...base, remoteId: outcome.id, seed: outcome.seed ?? base.seed };
        const held = { ...kept, urls: JSON.stringify(outcome.urls) };
        return { state: 'pending', task: held, askAgainInMs: askAgainInMs(held) };
      }
    },

    async collect(stored, options) {
      const task = readTask(stored, Date.now());
      const urls = urlsOf(task);
      if (urls.length > 0) return finished(await download(http, urls, task, options), task);
      const service = Object.hasOwn(services, task.service) ? services[task.service] : undefined;
      if (!service?.ask || task.path === '') return { state: 'lost' };
      const outcome = await service.ask(http, task, { ...options, headers: billed });
      return submissionOf(outcome, task, options);
    },

    async checkHealth(options) {
      const asking = { ...options, timeoutMs: healthTimeoutMs, explain: explainRefusal };
      const { name, auth } = await http.get(`${hub}/api/whoami-v2`, WhoAmI, asking);
      const scopes = auth?.accessToken?.fineGrained;
      const who = `Ready, signed in as ${name ?? 'somebody'}.`;
      const mayLack = scopes !== undefined && scopes !== null && !JSON.stringify(scopes).includes(permission);
      const hint = ' The token seems to lack the permission "Make calls to Inference Providers".';
      return { version: null, message: mayLack ? `${who}${hint}` : who };
    },

    listModels: (options) => listModels(http, hub, options),

    connections: () => http.connections(),
    close: () => http.close(),
  };
}

/** The request in neutral words, without what the service has no word for. */
function wishOf(request: ProviderRequest, { service, entry }: Resolved, drop: Wish['drop']): Wish {
  const take = <T>(parameter: Parameter, value: T | null): T | null => {
    if (value === null || !request.model.parameters.includes(parameter)) return null;
    if (service.takes.includes(parameter)) return value;
    drop(parameter, `The service that runs this model takes no ${parameter}.`);
    return null;
  };
  return {
    hubModel: request.model.id,
    entry,
    prompt: request.prompt,
    size: take('size', { width: request.width, height: request.height }),
    seed: take('seed', request.seed),
    steps: take('steps', request.steps),
    guidance: take('guidance', request.guidance),
    negativePrompt: take('negativePrompt', request.negativePrompt || null),
    image: request.operation === 'imageToImage' ? request.image : null,
    drop,
  };
}

/** Results lie with strangers, who get no token. */
async function download(
  http: Http,
  urls: readonly string[],
  { startedAt }: RoutedTask,
  options: CallOptions,
): Promise<readonly Uint8Array[]> {
  const fetchOne = async (url: string): Promise<Uint8Array> =>
    url.startsWith('data:') ? bytesOfBase64(url, manifest.name) : http.download(url, { ...options, redirects: 2 });
  return Promise.all(urls.map(fetchOne)).catch((error: unknown) => {
    const isGone = error instanceof ProviderError && error.code === 'server' && Date.now() > startedAt + resultsLiveMs;
    if (!isGone) throw error;
    const message = 'The service behind Hugging Face kept the result for a while only. It was made, but it is gone.';
    throw new ProviderError('server', message, { isFinal: true, cause: error });
  });
}

function finished(pictures: readonly Uint8Array[], task: RoutedTask): Submission {
  const dropped = droppedOf(task);
  return {
    state: 'finished',
    images: pictures.map((bytes) => ({ bytes, seed: task.seed })),
    ...(dropped.length === 0 ? {} : { dropped }),
  };
}

function askAgainInMs({ startedAt }: RoutedTask): number {
  return Date.now() - startedAt < 20_000 ? 1000 : 2500;
}
