import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Abilities } from './abilities.ts';
import type { Faults } from './faults.ts';
import type { FileStore } from './file-store.ts';
import { createPromptQueue, toItem, type QueuedPrompt } from './prompt-queue.ts';
import { Interrupted, runPrompt, type NodeOutput, type RunResult } from './run-prompt.ts';
import type { Sockets } from './sockets.ts';

export interface WorkerSettings {
  /** Milliseconds of one sampling step; 0: at once. */
  stepMs: number;
  /** Milliseconds of silence while a model that isn't in memory is loaded. */
  loadMs: number;
  /** While true, nothing that runs goes on. */
  held: boolean;
  /** What the server was started with; a request may ask for something else. */
  previewMethod: string;
}

export interface HistoryEntry {
  readonly prompt: readonly unknown[];
  readonly outputs: Readonly<Record<string, NodeOutput>>;
  readonly status: {
    readonly status_str: string;
    readonly completed: boolean;
    readonly messages: RunResult['messages'];
  };
  readonly meta: Readonly<Record<string, object>>;
}

export interface WorkerContext {
  readonly abilities: Abilities;
  readonly settings: WorkerSettings;
  readonly faults: Faults;
  readonly files: FileStore;
  readonly die: () => void;
}

interface Run {
  readonly prompt: QueuedPrompt;
  node: string | null;
  isInterrupted: boolean;
  isForgotten: boolean;
}

function entryOf(prompt: QueuedPrompt, { outputs, messages, success }: RunResult): HistoryEntry {
  const meta = Object.keys(outputs).map((id) => [
    id,
    { node_id: id, display_node: id, parent_node: null, real_node_id: id },
  ]);
  return {
    prompt: toItem(prompt),
    outputs,
    status: { status_str: success ? 'success' : 'error', completed: success, messages },
    meta: success ? (Object.fromEntries(meta) as Record<string, object>) : {},
  };
}

/** The queue, the history and the one thread that runs prompts. */
export function createWorker(context: WorkerContext) {
  const { settings } = context;
  const queue = createPromptQueue();
  const history = new Map<string, HistoryEntry>();
  const cache = new Map<string, NodeOutput | null>();
  let current: Run | null = null;
  let isWorking = false;
  let sockets: Sockets;

  const pause = async (run: Run, milliseconds: number): Promise<void> => {
    const until = performance.now() + milliseconds;
    const isStopped = (): boolean => run.isInterrupted || run.isForgotten;
    while (!isStopped() && (settings.held || performance.now() < until)) {
      const left = Math.max(0, until - performance.now());
      await new Promise((resolve) => setTimeout(resolve, Math.min(5, settings.held ? 5 : left)));
    }
    await nextTurn();
    if (isStopped()) throw new Interrupted();
  };

  const showsPreviews = (prompt: QueuedPrompt): boolean => {
    const asked = context.abilities.previewMethod ? prompt.extraData.preview_method : undefined;
    const method = typeof asked === 'string' && asked !== 'default' ? asked : settings.previewMethod;
    return method !== 'none';
  };

  const runNext = async (prompt: QueuedPrompt): Promise<void> => {
    const run: Run = { prompt, node: null, isInterrupted: false, isForgotten: false };
    current = run;
    sockets.sendStatus();
    const result = await runPrompt(prompt, {
      sockets,
      files: context.files,
      cache,
      showsPreviews: showsPreviews(prompt),
      sendsProgressState: context.abilities.featureFlags,
      takeFault: () => context.faults.take('run'),
      die: context.die,
      step: (kind) => pause(run, kind === 'step' ? settings.stepMs : settings.loadMs),
      enter: (node) => {
        run.node = node;
      },
    });
    current = null;
    if (run.isForgotten) return;
    history.delete(prompt.id);
    history.set(prompt.id, entryOf(prompt, result));
    sockets.sendStatus();
    sockets.toOwner(prompt.clientId, 'executing', { node: null, prompt_id: prompt.id });
  };

  const work = async (): Promise<void> => {
    if (isWorking) return;
    isWorking = true;
    await nextTurn();
    for (let prompt = queue.pop(); prompt; prompt = queue.pop()) await runNext(prompt);
    isWorking = false;
  };

  return {
    history,
    settings,
    useSockets(these: Sockets): void {
      sockets = these;
    },
    pending: () => queue.pending(),
    running: (): QueuedPrompt | null => current?.prompt ?? null,
    runningNodeOf: (clientId: string): string | null => (current?.prompt.clientId === clientId ? current.node : null),
    remaining: () => queue.pending().length + (current ? 1 : 0),
    submit(prompt: QueuedPrompt): void {
      queue.push(prompt);
      sockets.sendStatus();
      void work();
    },
    remove(id: string): boolean {
      const removed = queue.remove(id);
      if (removed) sockets.sendStatus();
      return removed;
    },
    clear(): void {
      queue.clear();
      sockets.sendStatus();
    },
    /** Stops the prompt of this id, or whatever runs when no id is given. */
    interrupt(id: string | null): boolean {
      if (!current || (id !== null && current.prompt.id !== id)) return false;
      current.isInterrupted = true;
      return true;
    },
    forgetCache: () => cache.clear(),
    /** What a restart of the server does to queue and history. */
    forget(): void {
      if (current) current.isForgotten = true;
      queue.clear();
      history.clear();
      cache.clear();
    },
  };
}

export type Worker = ReturnType<typeof createWorker>;
