import type { AppEvent } from '../../shared/models/events.ts';
import { isSignedOut } from './read-error.ts';

export type EventKind = AppEvent['kind'];
export type EventOf<Kind extends EventKind> = Extract<AppEvent, { kind: Kind }>;

/** One row for each kind of push: what it does to the stores. */
export type LiveUpdateHandlers = { readonly [Kind in EventKind]: (event: EventOf<Kind>) => void };

/**
 * `reconnecting`: the program is gone for now; `lost`: it has been gone for so long that it may be elsewhere, though tries
 * go on; `signedOut`: it does not know this browser.
 */
export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'lost' | 'signedOut';

export interface LiveUpdateOptions {
  readonly events: (options: { signal: AbortSignal }) => Promise<AsyncIterable<AppEvent>>;
  readonly handlers: LiveUpdateHandlers;
  /** Loads everything anew: nobody knows what was missed. Given up when the signal says so. */
  readonly loadAll: (signal: AbortSignal) => Promise<void>;
  readonly onConnection: (state: ConnectionState) => void;
  /** Waits so many milliseconds, or less where the user wants to try at once; null: until the user does. Rejects when stopped. */
  readonly wait: (milliseconds: number | null, signal: AbortSignal) => Promise<void>;
}

const firstRetryMs = 500;
const longestRetryMs = 10_000;

function apply<Kind extends EventKind>(handlers: LiveUpdateHandlers, event: EventOf<Kind>): void {
  const handle = handlers[event.kind] as (event: EventOf<Kind>) => void;
  handle(event);
}

/**
 * The one place where pushes enter. Subscribes first and loads then, so that nothing falls between; what arrives while
 * loading is applied after it. Reconnects until the returned function is called.
 */
export function startLiveUpdates(options: LiveUpdateOptions): () => void {
  const stop = new AbortController();

  const followOnce = async (signal: AbortSignal, onConnected: () => void): Promise<void> => {
    const stream = await options.events({ signal });
    const early: AppEvent[] = [];
    const progress = { loaded: false };
    const load = async (): Promise<void> => {
      await options.loadAll(signal);
      signal.throwIfAborted();
      onConnected();
      options.onConnection('connected');
      for (const event of early) apply(options.handlers, event);
      progress.loaded = true;
    };
    const listen = async (): Promise<void> => {
      for await (const event of stream) {
        signal.throwIfAborted();
        if (progress.loaded) apply(options.handlers, event);
        else early.push(event);
      }
      throw new Error('The stream of events ended.');
    };
    // A failed load ends this try as a broken stream does.
    await Promise.all([load(), listen()]);
  };

  /** Leaves nothing of a try behind: a browser allows six connections to one host, and each stream keeps one. */
  const tryOnce = async (onConnected: () => void): Promise<void> => {
    const over = new AbortController();
    try {
      await followOnce(AbortSignal.any([stop.signal, over.signal]), onConnected);
    } finally {
      over.abort();
    }
  };

  const follow = async (): Promise<void> => {
    options.onConnection('connecting');
    let retryMs = firstRetryMs;
    for (;;) {
      try {
        await tryOnce(() => (retryMs = firstRetryMs));
      } catch (error) {
        if (isSignedOut(error)) {
          options.onConnection('signedOut');
          // Nothing changes by itself; a link that was opened in another tab signs this one in, too.
          await options.wait(null, stop.signal);
          continue;
        }
      }
      if (stop.signal.aborted) return;
      // The waits before the longest come to a quarter of a minute: starting the program again takes less.
      options.onConnection(retryMs === longestRetryMs ? 'lost' : 'reconnecting');
      await options.wait(retryMs, stop.signal);
      retryMs = Math.min(retryMs * 2, longestRetryMs);
    }
  };

  // Only stopping rejects: `wait` gives up then.
  follow().catch(() => undefined);
  return () => stop.abort();
}
