import { runOrder, signatureOf, type Graph } from './graph.ts';
import { makePng, sizeOfPicture, type Size } from './pictures.ts';
import { isLink } from './graph.ts';
import type { Fault } from './faults.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import type { QueuedPrompt } from './prompt-queue.ts';
import type { Sockets } from './sockets.ts';

export type NodeOutput = Readonly<Record<string, readonly unknown[]>>;
export interface RunResult {
  readonly outputs: Readonly<Record<string, NodeOutput>>;
  readonly messages: readonly (readonly [string, object])[];
  readonly success: boolean;
}
export interface RunContext {
  readonly sockets: Sockets;
  readonly files: FileStore;
  /** What the run before left: a node's signature and, for output nodes, what it showed. */
  readonly cache: Map<string, NodeOutput | null>;
  readonly showsPreviews: boolean;
  readonly sendsProgressState: boolean;
  readonly takeFault: () => Fault | null;
  readonly die: () => void;
  /** Waits for one step; throws `interrupted` when the run is stopped. */
  readonly step: (kind: 'step' | 'load') => Promise<void>;
  readonly enter: (node: string | null) => void;
}

/** Thrown by `step` when somebody stopped the run. */
export class Interrupted extends Error {}

class NodeFailure extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

const loaders = new Set(['CheckpointLoaderSimple', 'UNETLoader', 'DualCLIPLoader', 'VAELoader', 'UpscaleModelLoader']);

function stepsOf(graph: Graph, id: string): number | null {
  const node = graph[id];
  if (node?.class_type === 'KSampler') return Number(node.inputs.steps);
  if (node?.class_type !== 'SamplerCustomAdvanced') return null;
  const sigmas = node.inputs.sigmas;
  return isLink(sigmas) ? Number(graph[sigmas[0]]?.inputs.steps) : 1;
}

function seedOf(graph: Graph): number {
  const seeds = Object.values(graph).map((node) => node.inputs.seed ?? node.inputs.noise_seed);
  return Number(seeds.find((seed) => seed !== undefined) ?? 0);
}

const inputThatSetsSize = ['samples', 'latent_image', 'pixels', 'image', 'images'];

async function sizeAt(graph: Graph, id: string, files: FileStore): Promise<Size> {
  const node = graph[id];
  if (!node) return { width: 64, height: 64 };
  const { width, height, image } = node.inputs;
  if (typeof width === 'number' && typeof height === 'number') return { width, height };
  if (typeof image === 'string') return sizeOfPicture(files.find(image) ?? Buffer.alloc(0));
  const parent = inputThatSetsSize.map((name) => node.inputs[name]).find(isLink);
  const size = parent ? await sizeAt(graph, parent[0], files) : { width: 64, height: 64 };
  if (node.class_type !== 'ImageUpscaleWithModel') return size;
  const model = node.inputs.upscale_model;
  const name = isLink(model) ? String(graph[model[0]]?.inputs.model_name) : '';
  const factor = Number(/(\d)x|x(\d)/i.exec(name)?.[0].replace(/x/i, '') ?? 4);
  return { width: size.width * factor, height: size.height * factor };
}

function batchOf(graph: Graph): number {
  return Math.max(1, ...Object.values(graph).map((node) => Number(node.inputs.batch_size ?? 1)));
}

async function save(prompt: QueuedPrompt, id: string, files: FileStore): Promise<NodeOutput> {
  const node = prompt.graph[id];
  const extra = (prompt.extraData.extra_pnginfo ?? {}) as Record<string, unknown>;
  const size = await sizeAt(prompt.graph, id, files);
  const isPreview = node?.class_type === 'PreviewImage';
  const prefix = isPreview ? 'ComfyUI_temp_abcde' : String(node?.inputs.filename_prefix);
  const images: StoredFile[] = [];
  for (let index = 0; index < batchOf(prompt.graph); index++) {
    const bytes = makePng(size, seedOf(prompt.graph) + index, { prompt: prompt.graph, ...extra });
    images.push(files.save(prefix, isPreview ? 'temp' : 'output', bytes));
  }
  return { images };
}

/** Runs one prompt and tells the sockets about it in the recorded order. The last `status` and `executing` are the worker's. */
export async function runPrompt(prompt: QueuedPrompt, context: RunContext): Promise<RunResult> {
  const { sockets, files, cache } = context;
  const { graph, id: promptId, clientId: owner } = prompt;
  const messages: (readonly [string, object])[] = [];
  const outputs: Record<string, NodeOutput> = {};
  const states: Record<string, object> = {};
  const executed: string[] = [];
  const order = runOrder(graph, prompt.outputs);
  const signatures = new Map(order.map((node) => [node, signatureOf(graph, node)]));
  const cached = order.filter((node) => cache.has(signatures.get(node) ?? ''));
  let current = order[0] ?? '';

  const tell = (type: string, data: object, toAll = false): void => {
    const message = { ...data, timestamp: Date.now() };
    messages.push([type, message]);
    if (toAll) sockets.toOwnerOrAll(owner, type, message);
    else sockets.toOwner(owner, type, message);
  };
  const progressState = (node: string, value: number, max: number, state: string): void => {
    if (!context.sendsProgressState) return;
    const ids = { node_id: node, prompt_id: promptId, display_node_id: node, parent_node_id: null, real_node_id: node };
    states[node] = { value, max, state, ...ids };
    sockets.toOwnerOrAll(owner, 'progress_state', { prompt_id: promptId, nodes: states });
  };
  const tellExecuted = (node: string, output: NodeOutput): void => {
    outputs[node] = output;
    sockets.toOwner(owner, 'executed', { node, display_node: node, output, prompt_id: promptId });
  };
  const fail = (fault: Fault): void => {
    if (fault.kind === 'die') {
      context.die();
      throw new Interrupted();
    }
    if (fault.kind === 'closeSockets') sockets.closeAll();
    if (fault.kind === 'error') throw new NodeFailure('RuntimeError', `${fault.message ?? 'Something broke'}\n`);
    if (fault.kind === 'outOfMemory') {
      throw new NodeFailure(
        'torch.OutOfMemoryError',
        'Allocation on device 0 would exceed allowed memory. (out of memory)\n',
      );
    }
  };

  const sample = async (node: string, steps: number, fault: Fault | null): Promise<void> => {
    for (let step = 1; step <= steps; step++) {
      await context.step('step');
      if (fault && step > (fault.afterSteps ?? 0)) {
        fail(fault);
        fault = null;
      }
      progressState(node, step, steps, 'running');
      const early = sockets.wantsMetadata(owner);
      if (context.showsPreviews && early) sockets.sendPreview(owner, promptId, node);
      sockets.toOwnerOrAll(owner, 'progress', { value: step, max: steps, prompt_id: promptId, node });
      if (context.showsPreviews && !early) sockets.sendPreview(owner, promptId, node);
    }
  };

  const runNode = async (node: string, fault: Fault | null): Promise<number> => {
    const className = graph[node]?.class_type ?? '';
    const steps = stepsOf(graph, node);
    if (loaders.has(className)) await context.step('load');
    if (steps !== null) await sample(node, steps, fault);
    if (className === 'ImageUpscaleWithModel') {
      await context.step('step');
      if (fault) fail(fault);
      progressState(node, 1, 1, 'running');
      sockets.toOwnerOrAll(owner, 'progress', { value: 1, max: 1, prompt_id: promptId, node });
    }
    if (className === 'SaveImage' || className === 'PreviewImage') {
      const output = fault?.kind === 'noOutputs' ? { images: [] } : await save(prompt, node, files);
      tellExecuted(node, output);
      if (fault?.kind === 'deleteFile') for (const file of output.images as StoredFile[]) files.remove(file);
    }
    cache.set(signatures.get(node) ?? '', outputs[node] ?? null);
    return steps ?? 1;
  };

  const finish = (success: boolean): RunResult => {
    context.enter(null);
    for (const key of cache.keys()) if (![...signatures.values()].includes(key)) cache.delete(key);
    return { outputs, messages, success };
  };

  try {
    tell('execution_start', { prompt_id: promptId });
    tell('execution_cached', { nodes: cached, prompt_id: promptId });
    const fault = context.takeFault();
    for (const node of cached) {
      const output = cache.get(signatures.get(node) ?? '');
      if (!output) continue;
      tellExecuted(node, output);
      progressState(node, 1, 1, 'finished');
    }
    for (const node of order.filter((id) => !cached.includes(id))) {
      current = node;
      context.enter(node);
      progressState(node, 0, 1, 'running');
      sockets.toOwner(owner, 'executing', { node, display_node: node, prompt_id: promptId });
      const max = await runNode(node, fault);
      progressState(node, max, max, 'finished');
      executed.push(node);
    }
    tell('execution_success', { prompt_id: promptId });
    return finish(true);
  } catch (error) {
    const where = { node_id: current, node_type: graph[current]?.class_type ?? '', executed };
    if (error instanceof Interrupted) {
      tell('execution_interrupted', { prompt_id: promptId, ...where }, true);
    } else if (error instanceof NodeFailure) {
      const traceback = ['  File "execution.py", line 545, in execute\n'];
      const what = { exception_message: error.message, exception_type: error.type, traceback };
      tell('execution_error', { prompt_id: promptId, ...where, ...what, current_inputs: {}, current_outputs: order });
    } else {
      throw error;
    }
    return finish(false);
  }
}
