import { createHttp } from '../http.ts';
import { isUnsent } from '../http-failures.ts';
import {
  ProviderError,
  type CallOptions,
  type ImageProvider,
  type InputImage,
  type ProviderRequest,
  type Submission,
} from '../provider.ts';
import { PromptAnswer, readNodeErrors, SystemStats, UploadAnswer } from './answers.ts';
import { cancelPrompt } from './cancel-prompt.ts';
import { describeMissing } from './check-graph.ts';
import { describeVersion } from './comfyui-version.ts';
import { explainRefusal, failureOfNodes } from './explain-refusal.ts';
import { attemptField, findPrompt } from './find-prompt.ts';
import { classesOf, type Graph } from './graph.ts';
import { createListModels } from './list-models.ts';
import { createLiveRuns } from './live-runs.ts';
import { manifest } from './manifest.ts';
import { createNodeCatalogue } from './node-catalogue.ts';
import { prepareGraph } from './prepare-graph.ts';
import { downloadResults, throwIfFailed } from './results.ts';
import { readTask, taskOf, type ComfyuiTask } from './task.ts';

export interface ComfyuiOptions {
  /** `http://host:port`, with a path where a proxy puts it under one. */
  readonly url: string;
  /** How long the socket stays open after the last run was watched. */
  readonly socketIdleMs?: number;
  /** Silence after which an answer is given up. */
  readonly answerTimeoutMs?: number;
}

const healthTimeoutMs = 2000;
const socketWaitMs = 1500;
/** An upscaled picture can be hundreds of megabytes, and the work for it is done. */
const largestDownload = 1_000_000_000;
/** The socket tells when it is worth asking earlier; without it, asking is all there is. */
const askAgainMs = { withSocket: 2000, alone: 1000 } as const;

/** One ComfyUI server. */
export function createComfyui({ url, socketIdleMs = 30_000, answerTimeoutMs = 30_000 }: ComfyuiOptions): ImageProvider {
  const http = createHttp({
    baseUrl: url,
    name: 'ComfyUI',
    remedy: 'Start ComfyUI, or correct its address in the settings.',
    headersTimeoutMs: answerTimeoutMs,
    bodyTimeoutMs: answerTimeoutMs,
    largestDownload,
  });
  const catalogue = createNodeCatalogue(http);
  const live = createLiveRuns(http, socketIdleMs);

  const askAgainInMs = (): number => (live.isOpen() ? askAgainMs.withSocket : askAgainMs.alone);
  const pending = (task: ComfyuiTask): Submission => ({ state: 'pending', task, askAgainInMs: askAgainInMs() });

  const upload = async (image: InputImage, options: CallOptions): Promise<string> => {
    // Named by its content, a picture that is already there is recognised and stays one file.
    const fileName = `easel-${image.hash}.${image.format}`;
    const mimeType = `image/${image.format === 'jpg' ? 'jpeg' : image.format}`;
    const file = { field: 'image', fileName, mimeType, bytes: image.bytes };
    const { name, subfolder } = await http.upload('/upload/image', file, UploadAnswer, {
      ...options,
      explain: explainRefusal,
    });
    return subfolder ? `${subfolder}/${name}` : name;
  };

  const post = async (graph: Graph, task: ComfyuiTask, options: CallOptions): Promise<ComfyuiTask> => {
    const body = {
      prompt: graph,
      client_id: await live.clientId(socketWaitMs),
      prompt_id: task.attemptId,
      extra_data: { preview_method: 'auto', [attemptField]: task.attemptId },
    };
    const answer = await http.post('/prompt', body, PromptAnswer, { ...options, explain: explainRefusal });
    const named = { ...task, remoteId: answer.prompt_id };
    live.rename(task.attemptId, named.remoteId);
    const nodeErrors = readNodeErrors(answer.node_errors);
    if (nodeErrors) {
      // The server queued what was left of the graph, without saying so.
      await cancelPrompt(http, named, options);
      throw failureOfNodes(nodeErrors);
    }
    return named;
  };

  /** After an answer was lost: pending where the prompt arrived or nobody can tell, else the failure. */
  const lookForLost = async (failure: ProviderError, task: ComfyuiTask, options: CallOptions): Promise<Submission> => {
    try {
      const standing = await findPrompt(http, task, options);
      if (standing.at === 'nowhere') throw failure;
      return pending({ ...task, remoteId: standing.id });
    } catch (error) {
      if (error === failure || options.signal.aborted) throw error;
      return pending(task);
    }
  };

  const submit = async (request: ProviderRequest, options: CallOptions): Promise<Submission> => {
    const task = taskOf(request);
    const prepared = await prepareGraph(request, catalogue, options);
    const draft = prepared.build({ image: 'easel.png', mask: 'easel.png' });
    const missing = [...prepared.missing, ...(await catalogue.check(draft, options))];
    if (missing.length > 0) throw new ProviderError('invalid_request', describeMissing(missing));
    const [image, mask] = await Promise.all([
      request.image ? upload(request.image, options) : null,
      request.mask ? upload(request.mask, options) : null,
    ]);
    const graph = prepared.build({ image, mask });
    live.expect(task.attemptId, classesOf(graph));
    try {
      return pending(await post(graph, task, options));
    } catch (error) {
      const mayHaveArrived =
        error instanceof ProviderError && ['network', 'timeout'].includes(error.code) && !isUnsent(error);
      if (mayHaveArrived) return await lookForLost(error, task, options);
      live.forget(task.attemptId);
      throw error;
    }
  };

  return {
    manifest,
    submit,
    taskFor: taskOf,
    listModels: createListModels(http, catalogue),

    async collect(stored, options) {
      const task = readTask(stored);
      const standing = await findPrompt(http, task, options);
      if (standing.at === 'nowhere') {
        live.forget(task.attemptId);
        return { state: 'lost' };
      }
      const named = { ...task, remoteId: standing.id };
      live.rename(task.attemptId, standing.id);
      if (standing.at === 'pending') {
        const progress = { fraction: null, stage: 'Waiting in the queue of ComfyUI', queuePosition: standing.position };
        return { ...pending(named), progress } as Submission;
      }
      if (standing.at === 'running') {
        const progress = live.progressOf(task.attemptId) ?? { fraction: null, stage: 'Working', queuePosition: 0 };
        return { ...pending(named), progress } as Submission;
      }
      live.forget(task.attemptId);
      throwIfFailed(standing.status);
      return { state: 'finished', images: await downloadResults(http, standing.outputs, task.seed, options) };
    },

    cancel(stored, options) {
      const task = readTask(stored);
      live.forget(task.attemptId);
      return cancelPrompt(http, task, options);
    },

    async checkHealth(options) {
      const { system } = await http.get('/system_stats', SystemStats, {
        ...options,
        timeoutMs: healthTimeoutMs,
        explain: explainRefusal,
      });
      const version = system.comfyui_version ?? null;
      return { version, message: describeVersion(version) };
    },

    watch(stored, listener) {
      return live.watch(readTask(stored).attemptId, listener);
    },

    connections: () => http.connections(),
    async close() {
      live.close();
      await http.close();
    },
  };
}
