import { setTimeout as pause } from 'node:timers/promises';
import type { Ollama as Client } from 'ollama/browser';
import type { Agent } from 'undici';
import { AppError } from '../../shared/errors.ts';
import type { OllamaModel, OllamaStatus } from '../../shared/models/ollama.ts';
import type { ChatPiece, ChatWish } from './chat.ts';
import { hasCloudName, isSameModel } from './model-names.ts';
import { missingModel } from './ollama-problem.ts';
import { isThisMachine, type OllamaAddress } from './ollama-address.ts';
import { createModelList } from './model-list.ts';
import type { PullProgress } from './pull-model.ts';

/** One Ollama, wherever the address says that it is now. All calls throw AppError, or the reason of their signal. */
export interface Ollama {
  /** Asked anew each time; never throws. */
  status(): Promise<OllamaStatus>;
  models(): Promise<OllamaModel[]>;
  /** As of the last minute. */
  recentModels(): Promise<readonly OllamaModel[]>;
  pull(name: string, signal: AbortSignal): AsyncGenerator<PullProgress, void, void>;
  remove(name: string): Promise<void>;
  /** Streams an answer. Refuses a model of the cloud that is not allowed by name. */
  chat(wish: ChatWish): AsyncGenerator<ChatPiece, void, void>;
  /** Names of the models in memory. */
  loaded(): Promise<string[]>;
  /** Sends a model out of memory and waits until it has left, at most some seconds. */
  unload(model: string): Promise<void>;
  /** The same for the models that are in memory because of Easel; answers which these were. */
  unloadOwn(): Promise<string[]>;
  close(): Promise<void>;
}

export interface OllamaOptions {
  readonly address: () => OllamaAddress;
  /** Models of the cloud that may be used. */
  readonly allowedCloudModels: () => readonly string[];
  readonly now: () => number;
  /** How long a free question may take, in milliseconds. */
  readonly askMs?: number;
  /** After which a busy server is asked once more. */
  readonly busyMs?: number;
  /** How long to wait for a model to leave. */
  readonly unloadMs?: number;
}

/** Loading a large model, and waiting for others' answers, happens before the headers come. The calls have deadlines of their own. */
const longestSilenceMs = 1_800_000;
const unloadPollMs = 50;
/** How long a model stays in memory after an answer, unless it is sent away: enough for the next prompt, no more. */
const keepAliveMinutes = 5;
const minutes = 60_000;

/** The package and its connection are loaded with the first call. */
export function createOllama(options: OllamaOptions): Ollama {
  const { address, allowedCloudModels, now, askMs = 3000, busyMs = 2000, unloadMs = 10_000 } = options;
  let agent: Agent | null = null;
  /** By name, when it will have left by itself. */
  const own = new Map<string, number>();

  const place = async (): Promise<{ url: string; dispatcher: Agent }> => {
    const { url, problem } = address();
    if (url === null) throw new AppError('badInput', problem ?? 'There is no address of an Ollama.');
    const { Agent } = await import('undici');
    const wait = { headersTimeout: longestSilenceMs, bodyTimeout: longestSilenceMs };
    agent ??= new Agent({ ...wait, connect: { timeout: askMs } });
    return { url, dispatcher: agent };
  };
  const client = async (signal: AbortSignal, model?: string): Promise<Client> => {
    const { openClient } = await import('./one-client.ts');
    return openClient({ ...(await place()), signal, ...(model === undefined ? {} : { model }) });
  };
  /** A free question, with its time limit. */
  const ask = async <Answer>(question: (client: Client) => Promise<Answer>, model?: string): Promise<Answer> => {
    try {
      return await question(await client(AbortSignal.timeout(askMs), model));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      throw new AppError('timeout', `Ollama did not answer within ${Math.ceil(askMs / 1000)} s.`, {}, { cause: error });
    }
  };
  const list = createModelList({ ask, place: () => address().url ?? '', now });

  const loaded = async (): Promise<string[]> => (await list.running()).map(({ name }) => name);

  const unload = async (model: string): Promise<void> => {
    await ask((ollama) => ollama.chat({ model, messages: [], keep_alive: 0 }), model);
    const end = now() + unloadMs;
    while ((await loaded()).some((name) => isSameModel(name, model))) {
      if (now() > end) {
        throw new AppError('timeout', `Ollama keeps ${model} in memory: another program may be using it.`);
      }
      await pause(unloadPollMs);
    }
  };

  const refuseCloud = async (name: string): Promise<void> => {
    if (allowedCloudModels().some((allowed) => isSameModel(allowed, name))) return;
    const known = hasCloudName(name) ? null : await list.find(name);
    if (hasCloudName(name) || known?.isCloud === true) {
      const message = `${name} runs on computers of Ollama's vendor: your prompt would leave this machine. Allow it under Providers, Ollama, or choose another model.`;
      throw new AppError('forbidden', message, { model: name });
    }
  };

  /** Where the model is in memory now. Nobody needs to know it so badly that an answer should fail for it. */
  const isInMemory = async (model: string): Promise<boolean> => {
    const names = await loaded().catch((): string[] => []);
    return names.some((name) => isSameModel(name, model));
  };

  async function* answer(wish: ChatWish): AsyncGenerator<ChatPiece, void, void> {
    const { model, deadlines } = wish;
    await refuseCloud(model);
    const wasLoaded = await isInMemory(model);
    wish.signal?.throwIfAborted();
    if (!wasLoaded) await wish.beforeLoading?.();
    const { streamChat } = await import('./chat.ts');
    const isOwn = !wasLoaded || (own.get(model) ?? 0) > now();
    if (isOwn) own.set(model, now() + deadlines.coldMs + keepAliveMinutes * minutes);
    const firstPieceMs = wasLoaded ? deadlines.loadedMs : deadlines.coldMs;
    yield* streamChat(wish, { ...(await place()), firstPieceMs, keepAliveMinutes });
    if (isOwn) own.set(model, now() + keepAliveMinutes * minutes);
  }

  return {
    status: async () => {
      const { url, source, variable, problem } = address();
      const where = { url, source, variable, isThisMachine: url !== null && isThisMachine(url) };
      if (url === null) return { ...where, isReachable: false, version: null, problem };
      try {
        return { ...where, isReachable: true, version: await list.version(), problem: null };
      } catch (error) {
        const reason = error instanceof AppError ? error.message : 'Ollama could not be asked.';
        return { ...where, isReachable: false, version: null, problem: reason };
      }
    },
    models: () => list.read(),
    recentModels: () => list.recent(),
    async *pull(name, signal) {
      // Of a model of the cloud only its name is brought; using it needs the user's yes.
      const { pullModel } = await import('./pull-model.ts');
      try {
        yield* pullModel(name, { ...(await place()), signal });
      } finally {
        list.forget();
      }
    },
    remove: async (name) => {
      const known = await list.find(name);
      if (!known) throw missingModel(name);
      await ask((ollama) => ollama.delete({ model: known.name }), name);
      list.forget();
    },
    async *chat(wish) {
      let hasBegun = false;
      for (let isAgain = false; ; isAgain = true) {
        try {
          for await (const piece of answer(wish)) {
            hasBegun = true;
            yield piece;
          }
          return;
        } catch (error) {
          const isBusy = error instanceof AppError && error.code === 'rate_limit';
          if (!isBusy || isAgain || hasBegun) throw error;
          await pause(busyMs, undefined, wish.signal ? { signal: wish.signal } : {}).catch(() => undefined);
          wish.signal?.throwIfAborted();
        }
      }
    },
    loaded,
    unload,
    unloadOwn: async () => {
      const names = [...own].filter(([, until]) => until > now()).map(([name]) => name);
      own.clear();
      const there = names.length === 0 ? [] : await loaded();
      const leaving = names.filter((name) => there.some((other) => isSameModel(other, name)));
      for (const name of leaving) await unload(name);
      return leaving;
    },
    close: async () => {
      await agent?.destroy();
    },
  };
}
