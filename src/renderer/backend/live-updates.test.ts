import { ORPCError } from '@orpc/client';
import { describe, expect, it, vi } from 'vitest';
import type { AppEvent } from '../../shared/models/events.ts';
import { startLiveUpdates, type ConnectionState, type EventKind, type LiveUpdateHandlers } from './live-updates.ts';

const removed = (id: string): AppEvent => ({ kind: 'jobsRemoved', ids: [id] });

/** A stream of events that a test feeds, ends or breaks. */
function feed() {
  const waiting: { event?: AppEvent; end?: true; error?: Error }[] = [];
  let wake: () => void = () => undefined;
  const push = (entry: (typeof waiting)[number]): void => {
    waiting.push(entry);
    wake();
  };
  async function* events(): AsyncGenerator<AppEvent> {
    for (;;) {
      const next = waiting.shift();
      if (next === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else if (next.error) throw next.error;
      else if (next.end) return;
      else if (next.event) yield next.event;
    }
  }
  return { events, push };
}

interface Change {
  readonly connect: (options: { signal: AbortSignal }) => Promise<AsyncIterable<AppEvent>>;
  readonly loadAll: (signal: AbortSignal) => Promise<void>;
}

function setUp(change: Partial<Change> = {}) {
  const stream = feed();
  const seen: AppEvent[] = [];
  const states: ConnectionState[] = [];
  const waits: (number | null)[] = [];
  const note = (event: AppEvent): void => {
    seen.push(event);
  };
  const kinds: EventKind[] = [
    'jobChanged',
    'jobsRemoved',
    'jobProgress',
    'queueChanged',
    'imageAdded',
    'imagesRemoved',
    'imagesRestored',
    'providerChanged',
    'settingsChanged',
    'libraryChanged',
  ];
  const stop = startLiveUpdates({
    events: change.connect ?? (() => Promise.resolve(stream.events())),
    handlers: Object.fromEntries(kinds.map((kind) => [kind, note])) as unknown as LiveUpdateHandlers,
    loadAll: change.loadAll ?? (() => Promise.resolve()),
    onConnection: (state) => states.push(state),
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
  });
  return { stream, seen, states, waits, stop };
}

describe('live updates', () => {
  it('hands each push to the handler of its kind', async () => {
    const { stream, seen, states, stop } = setUp();
    stream.push({ event: removed('a') });
    stream.push({ event: { kind: 'libraryChanged' } });
    await vi.waitFor(() => expect(seen).toEqual([removed('a'), { kind: 'libraryChanged' }]));
    expect(states).toEqual(['connecting', 'connected']);
    stop();
  });

  it('applies what came while loading only after it, so that old data never wins', async () => {
    let loaded: () => void = () => undefined;
    const { stream, seen, stop } = setUp({ loadAll: () => new Promise((resolve) => (loaded = resolve)) });
    stream.push({ event: removed('a') });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen).toEqual([]);
    loaded();
    await vi.waitFor(() => expect(seen).toEqual([removed('a')]));
    stop();
  });

  it('loads everything anew after the program was gone', async () => {
    const loadAll = vi.fn(() => Promise.resolve());
    const { stream, states, stop } = setUp({ loadAll });
    stream.push({ end: true });
    await vi.waitFor(() => expect(loadAll).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => expect(states).toEqual(['connecting', 'connected', 'reconnecting', 'connected']));
    stop();
  });

  it('waits longer after each failed try, and starts short again once connected', async () => {
    let tries = 0;
    const stream = feed();
    const connect = () => {
      tries += 1;
      return tries < 8 ? Promise.reject(new TypeError('fetch failed')) : Promise.resolve(stream.events());
    };
    const { waits, states, stop } = setUp({ connect });
    await vi.waitFor(() => expect(states.at(-1)).toBe('connected'));
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    const gone = [...Array<ConnectionState>(5).fill('reconnecting'), 'lost', 'lost'];
    expect(states, 'tries go on after it is told').toEqual(['connecting', ...gone, 'connected']);
    stream.push({ end: true });
    await vi.waitFor(() => expect(waits.at(-1)).toBe(500));
    stop();
  });

  it('tries again when loading fails while the stream lives', async () => {
    const loadAll = vi.fn(() => Promise.resolve()).mockRejectedValueOnce(new Error('busy'));
    const { states, stop } = setUp({ loadAll });
    await vi.waitFor(() => expect(states).toEqual(['connecting', 'reconnecting', 'connected']));
    stop();
  });

  it('ends the stream of a try that failed before it opens another, so that connections do not run out', async () => {
    const signals: AbortSignal[] = [];
    let openAtOnce = 0;
    const loadAll = vi
      .fn(() => Promise.resolve())
      .mockRejectedValueOnce(new Error('busy'))
      .mockRejectedValueOnce(new Error('busy'));
    const { states, stop } = setUp({
      loadAll,
      connect: ({ signal }) => {
        signals.push(signal);
        openAtOnce = Math.max(openAtOnce, signals.filter(({ aborted }) => !aborted).length);
        return Promise.resolve(feed().events());
      },
    });
    await vi.waitFor(() => expect(states.at(-1)).toBe('connected'));
    expect(signals).toHaveLength(3);
    expect(openAtOnce).toBe(1);
    stop();
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });

  it('applies nothing more once it was stopped', async () => {
    const { stream, seen, states, stop } = setUp();
    await vi.waitFor(() => expect(states.at(-1)).toBe('connected'));
    stop();
    stream.push({ event: removed('late') });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen).toEqual([]);
    expect(states.at(-1)).toBe('connected');
  });

  it('does not wait for a load when its stream is gone already', async () => {
    const given: AbortSignal[] = [];
    const loadAll = (signal: AbortSignal): Promise<void> => {
      given.push(signal);
      return given.length > 1 ? Promise.resolve() : new Promise(() => undefined);
    };
    const { stream, states, stop } = setUp({ loadAll });
    stream.push({ end: true });
    await vi.waitFor(() => expect(states).toEqual(['connecting', 'reconnecting', 'connected']));
    expect(given[0]?.aborted).toBe(true);
    stop();
  });

  it('waits for the user when the program does not know this browser', async () => {
    let isKnown = false;
    const { events } = feed();
    const connect = () =>
      isKnown ? Promise.resolve(events()) : Promise.reject(new ORPCError('notSignedIn', { status: 401 }));
    const { states, waits, stop } = setUp({ connect });
    await vi.waitFor(() => expect(states.slice(0, 3)).toEqual(['connecting', 'signedOut', 'signedOut']));
    expect(waits[0]).toBeNull();
    isKnown = true;
    await vi.waitFor(() => expect(states.at(-1)).toBe('connected'));
    expect(new Set(waits)).toEqual(new Set([null]));
    stop();
  });
});
