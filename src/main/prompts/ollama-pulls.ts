import { AppError } from '../../shared/errors.ts';
import type { OllamaPull } from '../../shared/models/ollama.ts';
import type { Log } from '../log.ts';
import { isSameModel } from '../ollama/model-names.ts';
import type { Ollama } from '../ollama/ollama.ts';

/** Models that are being brought. They go on whoever looks or not, until they are cancelled or Easel ends. */
export interface OllamaPulls {
  /** Brings a model, or joins in; the state of it now and whenever it changes, until it has ended. */
  follow(model: string, signal?: AbortSignal): AsyncGenerator<OllamaPull, void, void>;
  list(): OllamaPull[];
  /** Throws AppError where it is not being brought. */
  cancel(model: string): OllamaPull;
  close(): Promise<void>;
}

interface Running {
  state: OllamaPull;
  readonly stop: AbortController;
  /** Settles when `state` is another one. */
  change: PromiseWithResolvers<void>;
  done: Promise<void>;
}

/** How many that have ended are remembered. */
const mostEnded = 20;

export function createOllamaPulls({
  ollama,
  log,
  now,
}: {
  ollama: Pick<Ollama, 'pull'>;
  log: Log;
  now: () => number;
}): OllamaPulls {
  /** Newest first. */
  let pulls: Running[] = [];

  const set = (pull: Running, change: Partial<OllamaPull>): void => {
    pull.state = { ...pull.state, ...change };
    const { resolve } = pull.change;
    pull.change = Promise.withResolvers();
    resolve();
  };

  const run = async (pull: Running): Promise<void> => {
    const { model } = pull.state;
    try {
      for await (const progress of ollama.pull(model, pull.stop.signal)) set(pull, progress);
      set(pull, { state: 'done', endedAt: now() });
      log.info('brought a model of Ollama', { model });
    } catch (error) {
      if (pull.state.state === 'cancelled') return;
      if (!(error instanceof AppError)) log.error('bringing a model of Ollama failed', error, { model });
      const message = 'Something went wrong inside Easel. The log has the details.';
      const report = error instanceof AppError ? error : new AppError('internal', message);
      set(pull, { state: 'failed', endedAt: now(), error: { code: report.code, message: report.message } });
    }
  };

  const start = (model: string): Running => {
    const there = pulls.find(({ state }) => state.state === 'running' && isSameModel(state.model, model));
    if (there) return there;
    const state: OllamaPull = {
      model,
      state: 'running',
      status: 'beginning',
      completedBytes: 0,
      totalBytes: null,
      startedAt: now(),
      endedAt: null,
      error: null,
    };
    const pull: Running = {
      state,
      stop: new AbortController(),
      change: Promise.withResolvers(),
      done: Promise.resolve(),
    };
    pull.done = run(pull);
    const others = pulls.filter((one) => !isSameModel(one.state.model, model));
    pulls = [pull, ...others.slice(0, mostEnded)];
    return pull;
  };

  const cancel = (pull: Running): void => {
    set(pull, { state: 'cancelled', endedAt: now() });
    pull.stop.abort();
  };

  return {
    async *follow(model, signal) {
      const pull = start(model);
      const left = Promise.withResolvers<never>();
      const leave = (): void => {
        left.reject(signal?.reason as Error);
      };
      left.promise.catch(() => undefined);
      if (signal?.aborted) leave();
      signal?.addEventListener('abort', leave, { once: true });
      try {
        for (;;) {
          const { state, change } = pull;
          yield state;
          if (state.state !== 'running') return;
          await Promise.race([change.promise, left.promise]);
        }
      } finally {
        signal?.removeEventListener('abort', leave);
      }
    },
    list: () => pulls.map(({ state }) => state),
    cancel: (model) => {
      const pull = pulls.find(({ state }) => isSameModel(state.model, model));
      if (!pull) throw new AppError('notFound', `${model} is not being brought.`);
      if (pull.state.state === 'running') cancel(pull);
      return pull.state;
    },
    close: async () => {
      const running = pulls.filter(({ state }) => state.state === 'running');
      running.forEach(cancel);
      await Promise.all(running.map(({ done }) => done));
    },
  };
}
