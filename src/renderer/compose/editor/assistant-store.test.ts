import { describe, expect, it, vi } from 'vitest';
import type { AssistantEvent, OptimizedPrompt, OptimizeEvent } from '../../../shared/models/assistants.ts';
import { createAssistantStore } from './assistant-store.ts';

/** A stream that is fed by hand. */
function stream<Event>() {
  const waiting: Event[] = [];
  let wake: () => void = () => undefined;
  let signal: AbortSignal | undefined;
  async function* events(): AsyncGenerator<Event> {
    for (;;) {
      const event = waiting.shift();
      if (event !== undefined) yield event;
      else if (signal?.aborted === true) throw signal.reason;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  return {
    ask: vi.fn((_wish: unknown, options: { signal: AbortSignal }) => {
      signal = options.signal;
      signal.addEventListener('abort', () => wake());
      return Promise.resolve(events());
    }),
    say: async (...said: Event[]) => {
      waiting.push(...said);
      wake();
      await new Promise((resolve) => setTimeout(resolve));
    },
    isStopped: () => signal?.aborted === true,
  };
}

function setup() {
  const optimize = stream<OptimizeEvent>();
  const run = stream<AssistantEvent>();
  const store = createAssistantStore({
    client: { assistants: { optimize: optimize.ask, run: run.ask, available: vi.fn() } as never },
  });
  return { store, optimize, run, work: () => store.getState().work };
}

const shortened: OptimizedPrompt = {
  text: 'a fox',
  by: 'local',
  model: null,
  digest: null,
  ms: 3,
  reason: 'Ollama is not running.',
  conceptsKept: 0.9,
  attempts: 0,
};

describe('the writing assistant', () => {
  it('shows the text as it is written, and begins anew when it is dropped', async () => {
    const { store, optimize, work } = setup();
    void store.getState().optimize({ prompt: 'a very long fox', limit: 100, locked: ['fox'] });
    await optimize.say({ kind: 'text', text: 'a ' }, { kind: 'text', text: 'dog' });
    expect(work()).toMatchObject({ task: 'optimize', before: 'a very long fox', written: 'a dog', result: null });
    await optimize.say({ kind: 'again', reason: 'The fox was gone.' }, { kind: 'text', text: 'a' });
    expect(work()).toMatchObject({ written: 'a', again: 'The fox was gone.' });
    await optimize.say({ kind: 'done', result: shortened });
    expect(work()).toMatchObject({
      written: 'a fox',
      result: { by: 'local', reason: 'Ollama is not running.', conceptsKept: 0.9 },
    });
    expect(optimize.ask.mock.calls[0]?.[0]).toEqual({ prompt: 'a very long fox', limit: 100, locked: ['fox'] });
  });

  it('stops the program when it is closed, and takes no word more', async () => {
    const { store, run, work } = setup();
    void store.getState().run({ task: 'expand', text: 'a fox' });
    await run.say({ kind: 'model', model: 'gpt-oss:20b' }, { kind: 'text', text: 'a red' });
    expect(work()).toMatchObject({ model: 'gpt-oss:20b', written: 'a red' });
    store.getState().close();
    expect(run.isStopped()).toBe(true);
    await run.say({ kind: 'text', text: ' fox' });
    expect(work()).toBeNull();
  });

  it('says why nothing came', async () => {
    const { store, work } = setup();
    const failing = createAssistantStore({
      client: { assistants: { run: () => Promise.reject(new Error('No model can see.')) } as never },
    });
    await failing.getState().run({ task: 'describe', text: '' });
    expect(failing.getState().work?.error?.message).toBe('No model can see.');
    expect(work()).toBeNull();
    expect(store.getState().available).toBeNull();
  });
});
