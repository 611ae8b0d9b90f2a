import { AppError } from '../../shared/errors.ts';
import type { OptimizeEvent } from '../../shared/models/assistants.ts';
import { longestPrompt } from '../../shared/models/generation-request.ts';
import type { OllamaModel, OllamaSettings, OllamaTest } from '../../shared/models/ollama.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { Log } from '../log.ts';
import { ollamaAddress } from '../ollama/ollama-address.ts';
import { createOllama, type Ollama } from '../ollama/ollama.ts';
import { createAssistants, type Assistants, type AssistantsOptions } from './assistants.ts';
import { createOllamaPulls, type OllamaPulls } from './ollama-pulls.ts';
import { createOptimizer, usualDeadlines, type Optimizer, type OptimizeWish } from './optimize-prompt.ts';
import { testModel } from './test-model.ts';

/** What of prompts a model of one's own machine does. */
export interface PromptTools {
  readonly ollama: Pick<Ollama, 'status' | 'models'>;
  readonly pulls: OllamaPulls;
  readonly optimizer: Optimizer;
  readonly assistants: Assistants;
  /** The optimizer, told as it goes. Throws AppError `promptTooLong`, or the reason of the signal. */
  optimizing(wish: Omit<OptimizeWish, 'onText' | 'onAgain'>): AsyncGenerator<OptimizeEvent, void, void>;
  /** Deletes a model from Ollama's disk; answers what is left. Throws AppError. */
  remove(model: string): Promise<OllamaModel[]>;
  /** Without a name, the one of the settings. Throws AppError. */
  test(model: string | undefined, signal: AbortSignal | undefined): Promise<OllamaTest>;
  /** To be waited for before a picture is made on this machine: sends away what Easel loaded. Never throws. */
  freeBeforeLocal(): Promise<void>;
  close(): Promise<void>;
}

interface PromptToolsOptions {
  readonly settings: () => OllamaSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly picture: AssistantsOptions['picture'];
  /** ComfyUI as it is now. */
  readonly comfyui: () => Pick<ProviderStatus, 'enabled' | 'url'>;
  readonly log: Log;
  readonly now: () => number;
}

export function createPromptTools({
  settings,
  environment,
  picture,
  comfyui,
  log,
  now,
}: PromptToolsOptions): PromptTools {
  const ollama = createOllama({
    address: () => ollamaAddress(environment, settings().address),
    allowedCloudModels: () => settings().allowedCloudModels,
    now,
  });

  /** A large model finds room only where ComfyUI's have left. That it stays full must not keep anybody from writing. */
  const beforeLoading = async (): Promise<void> => {
    const { enabled, url } = comfyui();
    if (!settings().freeComfyui || !enabled || url === null) return;
    try {
      const { freeComfyuiMemory } = await import('../providers/comfyui/free-memory.ts');
      await freeComfyuiMemory(url, AbortSignal.timeout(5000));
      log.info('asked ComfyUI to free its memory');
    } catch (error) {
      log.error('ComfyUI could not be asked to free its memory', error);
    }
  };

  const shared = { ollama, settings, now, beforeLoading };
  const pulls = createOllamaPulls({ ollama, log, now });
  const optimizer = createOptimizer({ ...shared, log });
  return {
    ollama,
    pulls,
    optimizer,
    assistants: createAssistants({ ...shared, picture }),
    optimizing: (wish) => toldAsItGoes(optimizer, wish),
    remove: async (model) => {
      await ollama.remove(model);
      return ollama.models();
    },
    test: (model, signal) => {
      const deadlines = { ...usualDeadlines, answerMs: settings().seconds * 1000 };
      return testModel({ ollama, model: model ?? settings().model, deadlines, now, signal });
    },
    freeBeforeLocal: async () => {
      if (!settings().freeMemoryBefore) return;
      try {
        for (const model of await ollama.unloadOwn()) log.info('sent a model of Ollama out of memory', { model });
      } catch (error) {
        log.error('a model of Ollama could not be sent out of memory', error);
      }
    },
    close: async () => {
      await pulls.close();
      await ollama.close();
    },
  };
}

async function* toldAsItGoes(
  optimizer: Optimizer,
  wish: Omit<OptimizeWish, 'onText' | 'onAgain'>,
): AsyncGenerator<OptimizeEvent, void, void> {
  const over = wish.prompt.length - longestPrompt;
  if (over > 0) {
    const message = `The prompt has ${wish.prompt.length} characters, ${over} more than the ${longestPrompt} that are possible. Shorten it.`;
    throw new AppError('promptTooLong', message, { length: wish.prompt.length, longest: longestPrompt });
  }
  const left = new AbortController();
  const waiting: OptimizeEvent[] = [];
  let arrived = Promise.withResolvers<null>();
  const tell = (event: OptimizeEvent): void => {
    waiting.push(event);
    arrived.resolve(null);
  };
  const work = optimizer.optimize({
    ...wish,
    signal: wish.signal ? AbortSignal.any([wish.signal, left.signal]) : left.signal,
    onText: (text) => {
      tell({ kind: 'text', text });
    },
    onAgain: (reason) => {
      tell({ kind: 'again', reason });
    },
  });
  work.then(
    (result) => {
      tell({ kind: 'done', result });
    },
    () => arrived.resolve(null),
  );
  try {
    for (;;) {
      await arrived.promise;
      arrived = Promise.withResolvers<null>();
      const events = waiting.splice(0);
      yield* events;
      // Nothing came although it was called: it has failed, or comes with the next turn.
      if (events.length === 0) await work;
      if (events.at(-1)?.kind === 'done') return;
    }
  } finally {
    // Whoever no longer listens wants no answer.
    left.abort();
  }
}
