import { setTimeout as pause } from 'node:timers/promises';
import { ProviderError, type CallOptions, type Submission, type TaskProgress, type WatchEvent } from '../provider.ts';
import type { Observer } from './observe-run.ts';

type Finished = Extract<Submission, { state: 'finished' }>;
type Listener = (event: WatchEvent) => void;

interface Run {
  readonly observer: Observer;
  readonly controller: AbortController;
  readonly listeners: Set<Listener>;
  progress: TaskProgress;
  /** The call has no answer yet. */
  isOpen: boolean;
  isCancelled: boolean;
  outcome: Finished | ProviderError | null;
}

/**
 * Calls that are silent until their pictures are ready, kept by the name of their task. They live as long as the adapter: the
 * server keeps no results, so after a restart a run is unknown and is made anew.
 */
export interface Runs {
  /** Lets `call` work in the background. It is given up only after `patienceMs` without a sign of life from the server. */
  start(name: string, observer: Observer, call: (signal: AbortSignal) => Promise<Finished>): void;
  isAnyOpen(): boolean;
  /** How it ended, its progress where it has not, or null for an unknown one. */
  outcomeOf(name: string): Finished | ProviderError | TaskProgress | null;
  watch(name: string, listener: Listener): () => void;
  /** Null for an unknown one. */
  cancel(name: string, options: CallOptions): Promise<boolean | null>;
  close(): void;
}

/** How long an outcome can be asked for again, where it could not be stored at first. */
const keepMs = 600_000;

const cancelled = (): ProviderError => new ProviderError('cancelled', 'This was stopped.', { isFinal: true });

/** The call is over, so asking again gives the same. */
function asFinal(error: unknown): ProviderError {
  if (!(error instanceof ProviderError)) {
    const message = 'AUTOMATIC1111 gave an answer that Easel does not understand.';
    return new ProviderError('server', message, { cause: error, isFinal: true });
  }
  const { code, message, providerText, retryAfterMs, cause } = error;
  return new ProviderError(code, message, { providerText, retryAfterMs, isFinal: true, cause });
}

export function createRuns(options: {
  readonly interrupt: (options: CallOptions) => Promise<void>;
  readonly pollMs: number;
  readonly patienceMs: number;
}): Runs {
  const { interrupt, pollMs, patienceMs } = options;
  const runs = new Map<string, Run>();

  const tell = ({ listeners }: Run, event: WatchEvent): void => {
    for (const listener of listeners) listener(event);
  };

  const forgetLater = (name: string): void => {
    setTimeout(() => runs.delete(name), keepMs).unref();
  };

  const settle = (run: Run, outcome: Finished | ProviderError): void => {
    run.outcome ??= outcome;
    tell(run, { kind: 'collectNow' });
  };

  /** Only what surely is ours is stopped: the server's interrupt stops whatever runs. */
  const lookOnce = async (run: Run, look: CallOptions): Promise<boolean> => {
    const sighting = await run.observer.look(run.listeners.size > 0, look);
    if (run.isCancelled && run.isOpen && sighting.ours === 'running') await interrupt(look);
    if (run.outcome !== null || !run.isOpen) return sighting.isAlive;
    run.progress = sighting.progress;
    tell(run, { kind: 'progress', progress: sighting.progress });
    if (sighting.preview) tell(run, { kind: 'preview', ...sighting.preview });
    return sighting.isAlive;
  };

  const giveUp = (run: Run): void => {
    const message = 'AUTOMATIC1111 gives no sign of life any more. Look at its window; restart it if it is stuck.';
    settle(run, new ProviderError('timeout', message, { isFinal: true }));
    run.controller.abort();
  };

  /** Until the call has ended, also after it was cancelled: work that waits for its turn can be stopped only then. */
  const observe = async (run: Run): Promise<void> => {
    const { signal } = run.controller;
    // Counted in looks, not by the clock: a computer that slept has missed nothing.
    let silentMs = 0;
    while (run.isOpen && !signal.aborted) {
      await pause(pollMs, undefined, { ref: false, signal });
      const isAlive = await lookOnce(run, { signal }).catch(() => false);
      silentMs = isAlive ? 0 : silentMs + pollMs;
      if (silentMs >= patienceMs) giveUp(run);
    }
  };

  return {
    start(name, observer, call) {
      const progress = { fraction: null, stage: 'Sent to AUTOMATIC1111', queuePosition: null };
      const controller = new AbortController();
      const run: Run = {
        observer,
        controller,
        listeners: new Set(),
        progress,
        isOpen: true,
        isCancelled: false,
        outcome: null,
      };
      runs.set(name, run);
      void call(controller.signal)
        .catch(asFinal)
        .then((outcome) => {
          run.isOpen = false;
          settle(run, outcome);
          if (run.isCancelled) forgetLater(name);
        });
      void observe(run).catch(() => undefined);
    },
    isAnyOpen: () => [...runs.values()].some(({ isOpen }) => isOpen),
    outcomeOf(name) {
      const run = runs.get(name);
      if (!run) return null;
      if (run.outcome === null) return run.progress;
      forgetLater(name);
      return run.outcome;
    },
    watch(name, listener) {
      const run = runs.get(name);
      if (!run) return () => undefined;
      run.listeners.add(listener);
      listener({ kind: 'progress', progress: run.progress });
      return () => {
        run.listeners.delete(listener);
      };
    },
    async cancel(name, look) {
      const run = runs.get(name);
      if (!run) return null;
      if (!run.isOpen || run.isCancelled) return false;
      run.isCancelled = true;
      // The interrupted call answers with a half-finished picture as if nothing had happened.
      settle(run, cancelled());
      // Where that fails, the observer goes on trying.
      await lookOnce(run, look).catch(() => false);
      return true;
    },
    close() {
      for (const { controller } of runs.values()) controller.abort();
      runs.clear();
    },
  };
}
