import { EventPublisher } from '@orpc/server';
import type { AppEvent } from '../shared/models/events.ts';

/** Where facts are told after they have been committed. */
export interface Events {
  emit(event: AppEvent): void;
  /** Calls back for each event until the returned function is called. */
  listen(listener: (event: AppEvent) => void): () => void;
  /** The same as a stream; ends when the signal is aborted. */
  stream(signal: AbortSignal | undefined): AsyncGenerator<AppEvent, void, void>;
}

/** A reader that falls this far behind loses the oldest events; the interface then loads everything anew on reconnecting. */
const bufferedEvents = 10_000;

export function createEvents(): Events {
  const publisher = new EventPublisher<{ event: AppEvent }>({ maxBufferedEvents: bufferedEvents });
  return {
    emit: (event) => {
      publisher.publish('event', event);
    },
    listen: (listener) => publisher.subscribe('event', listener),
    stream: (signal) => publisher.subscribe('event', signal ? { signal } : {}),
  };
}
