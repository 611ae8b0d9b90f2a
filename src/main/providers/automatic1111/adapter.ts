import { createHttp } from '../http.ts';
import type { Read } from '../http-types.ts';
import { ProviderError, type CallOptions, type ImageProvider, type Submission } from '../provider.ts';
import type { ProviderPlace } from '../provider.ts';
import { DrawnAnswer, NamedList, UpscaledAnswer, type ModelFile } from './answers.ts';
import { describeModels } from './describe-model.ts';
import { explainRefusal } from './explain-refusal.ts';
import { manifest } from './manifest.ts';
import { parseModelId } from './model-ids.ts';
import { askServer, createObserver, isIdle } from './observe-run.ts';
import { ignoredTags } from './prompt-tags.ts';
import { readDrawn, readUpscaled } from './read-results.ts';
import { drawingCall, upscalingCall, type Call } from './request-body.ts';
import { createRuns } from './runs.ts';
import { createServerReader, type ServerFacts } from './server-facts.ts';

export interface Automatic1111Options {
  /** How often the server is asked how far it is. */
  readonly pollMs?: number;
  /** A silent call is given up after this long without a sign of life. Loading a large model is a sign. */
  readonly patienceMs?: number;
}

type Finished = Extract<Submission, { state: 'finished' }>;

/** The end of a run rings by itself. */
const askAgainInMs = 2000;
const healthTimeoutMs = 5000;
/** An upscaled picture, as text inside JSON. */
const largestAnswer = 400_000_000;

function basicAuthorization({ user = '', password = '' }: ProviderPlace['credentials']): Record<string, string> {
  if (user === '' && password === '') return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** One web UI: AUTOMATIC1111, Forge or SD.Next. */
export function createAutomatic1111(
  { url, credentials }: ProviderPlace,
  { pollMs = 1000, patienceMs = 300_000 }: Automatic1111Options = {},
): ImageProvider {
  const http = createHttp({
    baseUrl: url,
    name: 'AUTOMATIC1111',
    remedy: 'Start it with --api, or correct its address in the settings.',
    headers: basicAuthorization(credentials),
    allowsPlainHttp: true,
    secrets: [credentials.password ?? ''],
    largestJson: largestAnswer,
  });
  const server = createServerReader(http);
  const interrupt = async (options: CallOptions): Promise<void> => {
    await http.post('/sdapi/v1/interrupt', {}, () => null, { ...options, explain: explainRefusal });
  };
  const runs = createRuns({ interrupt, pollMs, patienceMs });

  /** Looked for before anything is sent: the server would take the model it has loaded, and not say so. */
  const findModel = async (name: string, options: CallOptions): Promise<{ model: ModelFile; facts: ServerFacts }> => {
    const find = ({ models }: ServerFacts): ModelFile | undefined =>
      models.find(({ model_name }) => model_name === name);
    let facts = await server.read(options);
    if (!find(facts)) facts = await server.refresh(options);
    const model = find(facts);
    if (model) return { model, facts };
    throw new ProviderError('invalid_request', `AUTOMATIC1111 has no model "${name}". Choose another one.`);
  };

  /** Somebody can press "Interrupt" in the web UI: what is answered then is a half-finished picture, too. */
  const throwIfInterrupted = async (options: CallOptions): Promise<void> => {
    const now = await askServer(http, false, options).catch(() => null);
    if (now?.state?.interrupted === true && isIdle(now))
      throw new ProviderError('cancelled', 'It was stopped in AUTOMATIC1111.');
  };

  /** Silent until it is done, however long that takes: the run's observer watches over it. */
  const send = <T>({ path, body }: Call, read: Read<T>, signal: AbortSignal): Promise<T> =>
    http.post(path, body, read, { signal, headersTimeoutMs: 0, explain: explainRefusal });

  return {
    manifest,

    async submit(request, options) {
      const named = parseModelId(request.model.id);
      if (!named) {
        const message = `AUTOMATIC1111 has no model "${request.model.id}". Choose another one.`;
        throw new ProviderError('invalid_request', message);
      }
      const remoteId = `task(${request.attemptId})`;
      const pending: Submission = { state: 'pending', task: { remoteId }, askAgainInMs };
      const wasIdle = !runs.isAnyOpen() && isIdle(await askServer(http, false, options));
      if (named.use === 'upscalers') {
        const call = upscalingCall(request, named.name);
        runs.start(
          remoteId,
          createObserver(http, { taskId: null, wasIdle, isTracked: false }),
          async (signal): Promise<Finished> => {
            return readUpscaled(await send(call, UpscaledAnswer, signal), request);
          },
        );
        return pending;
      }
      const { model, facts } = await findModel(named.name, options);
      const call = await drawingCall(request, model.model_name, { facts, taskId: remoteId });
      const ignored = ignoredTags(`${request.prompt} ${request.negativePrompt}`, facts.loras);
      const taskId = facts.kind === 'sdnext' ? null : remoteId;
      runs.start(
        remoteId,
        createObserver(http, { taskId, wasIdle, isTracked: true }),
        async (signal): Promise<Finished> => {
          const answer = await send(call, DrawnAnswer, signal);
          await throwIfInterrupted({ signal });
          return readDrawn(answer, request, { model, ignored });
        },
      );
      return pending;
    },

    collect(task) {
      const outcome = runs.outcomeOf(task.remoteId);
      if (outcome === null) return Promise.resolve({ state: 'lost' });
      if (outcome instanceof ProviderError) return Promise.reject(outcome);
      if ('state' in outcome) return Promise.resolve(outcome);
      return Promise.resolve({ state: 'pending', task, askAgainInMs, progress: outcome });
    },

    async cancel(task, options) {
      const isStopped = await runs.cancel(task.remoteId, options);
      if (isStopped !== null) return isStopped;
      // Sent by an earlier run of Easel: only a server that knows its id can tell that it is what runs.
      const earlier = createObserver(http, { taskId: task.remoteId, wasIdle: false, isTracked: true });
      const { ours } = await earlier.look(false, options);
      if (ours === 'running') await interrupt(options);
      return ours === 'running';
    },

    async checkHealth(options) {
      const ask = { ...options, timeoutMs: healthTimeoutMs, explain: explainRefusal };
      await http.get('/sdapi/v1/samplers', NamedList, ask);
      return { version: null, message: 'AUTOMATIC1111 is ready.' };
    },

    async listModels(options) {
      return describeModels(await server.refresh(options));
    },

    watch(task, listener) {
      return runs.watch(task.remoteId, listener);
    },

    connections: () => http.connections(),
    async close() {
      runs.close();
      await http.close();
    },
  };
}
