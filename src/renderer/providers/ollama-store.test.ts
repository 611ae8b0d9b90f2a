import { describe, expect, it, vi } from 'vitest';
import type { OllamaModel, OllamaPull, OllamaStatus } from '../../shared/models/ollama.ts';
import { createOllamaStore } from './ollama-store.ts';

type Client = Parameters<typeof createOllamaStore>[0]['client'];
type Calls = { [Name in keyof Client['ollama']]?: (...given: never[]) => unknown };

const status = (isReachable: boolean): OllamaStatus => ({
  url: 'http://127.0.0.1:11434',
  source: 'default',
  variable: null,
  isThisMachine: true,
  isReachable,
  version: isReachable ? '0.33.0' : null,
  problem: isReachable ? null : 'Nobody answers.',
});
const model = (name: string): OllamaModel => ({
  name,
  digest: 'd',
  sizeBytes: 1,
  parameterSize: '1B',
  quantization: 'Q4',
  abilities: ['completion'],
  isCloud: false,
  isLoaded: false,
  memoryBytes: null,
  vramBytes: null,
});
const pull = (change: Partial<OllamaPull> = {}): OllamaPull => ({
  model: 'gemma3:4b',
  state: 'running',
  status: 'pulling',
  completedBytes: 1,
  totalBytes: 4,
  startedAt: 1,
  endedAt: null,
  error: null,
  ...change,
});

/** A stream that is fed by hand. */
function feed() {
  let wake = Promise.withResolvers<OllamaPull | null>();
  const queue = [wake];
  return {
    push: (next: OllamaPull | null) => {
      const waiting = wake;
      wake = Promise.withResolvers();
      queue.push(wake);
      waiting.resolve(next);
    },
    async *events() {
      for (let at = 0; ; at += 1) {
        const next = await queue[at]?.promise;
        if (next === null || next === undefined) return;
        yield next;
      }
    },
  };
}

function setUp(calls: Calls = {}) {
  const notify = vi.fn();
  const usual: Calls = {
    status: () => Promise.resolve(status(true)),
    models: vi.fn(() => Promise.resolve({ models: [model('gpt-oss:20b')] })),
    pulls: () => Promise.resolve({ pulls: [] }),
  };
  const client = { ollama: { ...usual, ...calls } } as unknown as Client;
  return { store: createOllamaStore({ client, notify }), notify, calls: { ...usual, ...calls } };
}

describe('the page of Ollama', () => {
  it('asks for no models where nobody answers', async () => {
    const models = vi.fn();
    const { store } = setUp({ status: () => Promise.resolve(status(false)), models });
    await store.getState().load();
    expect(store.getState()).toMatchObject({ status: { isReachable: false }, models: [], isLoading: false });
    expect(models).not.toHaveBeenCalled();
  });

  it('keeps why it could not even ask', async () => {
    const { store } = setUp({ status: () => Promise.reject(new TypeError('Failed to fetch')) });
    await store.getState().load();
    expect(store.getState()).toMatchObject({ error: { code: 'offline' }, isLoading: false });
  });

  it('shows how far a pull is, and reads the models anew when it has ended', async () => {
    const stream = feed();
    const { store, calls } = setUp({ pull: () => Promise.resolve(stream.events()) });
    const pulled = store.getState().pull('gemma3:4b');
    stream.push(pull());
    await vi.waitFor(() => expect(store.getState().pulls).toEqual([pull()]));
    stream.push(pull({ state: 'done', completedBytes: 4 }));
    stream.push(null);
    await pulled;
    expect(store.getState().pulls).toEqual([]);
    expect(calls.models).toHaveBeenCalledOnce();
  });

  it('joins in where a model is being brought already, once', async () => {
    const stream = feed();
    const join = vi.fn(() => Promise.resolve(stream.events()));
    const { store } = setUp({ pulls: () => Promise.resolve({ pulls: [pull()] }), pull: join });
    await store.getState().load();
    await store.getState().load();
    expect(join).toHaveBeenCalledOnce();
    store.getState().leave();
    await store.getState().load();
    expect(join).toHaveBeenCalledTimes(2);
  });

  it('keeps a model that was cancelled, to go on with', async () => {
    const { store } = setUp({
      pulls: () => Promise.resolve({ pulls: [pull({ state: 'cancelled' }), pull({ model: 'done', state: 'done' })] }),
    });
    await store.getState().load();
    expect(store.getState().pulls.map(({ state }) => state)).toEqual(['cancelled']);
  });

  it('does not begin anew what was cancelled while the list was being read', async () => {
    const reading = Promise.withResolvers<{ pulls: OllamaPull[] }>();
    const begin = vi.fn();
    const { store } = setUp({
      pull: begin,
      pulls: vi
        .fn<() => Promise<{ pulls: OllamaPull[] }>>()
        .mockReturnValueOnce(reading.promise)
        .mockResolvedValue({ pulls: [pull({ state: 'cancelled' })] }),
      cancelPull: () => Promise.resolve(pull({ state: 'cancelled' })),
    });
    const loading = store.getState().load();
    await store.getState().cancelPull('gemma3:4b');
    reading.resolve({ pulls: [pull()] });
    await loading;
    expect(store.getState().pulls.map(({ state }) => state)).toEqual(['cancelled']);
    expect(begin).not.toHaveBeenCalled();
  });

  it('tells whether a model is gone', async () => {
    const { store, notify } = setUp({ remove: () => Promise.reject(new Error('It is in use.')) });
    await store.getState().load();
    expect(await store.getState().remove('gpt-oss:20b')).toBe(false);
    expect(notify).toHaveBeenCalledOnce();
    expect(store.getState().models).toHaveLength(1);
  });

  it('keeps what a test gave, or why there is nothing', async () => {
    const test = { model: 'gpt-oss:20b', text: 'Yes.', firstMs: 1, ms: 2, tokensPerSecond: 30 };
    const answer = vi
      .fn<() => Promise<typeof test>>()
      .mockResolvedValueOnce(test)
      .mockRejectedValueOnce(new Error('Too slow.'));
    const { store } = setUp({ test: answer });
    await store.getState().test('gpt-oss:20b');
    expect(store.getState().tests['gpt-oss:20b']).toEqual({ kind: 'done', test });
    await store.getState().test('gpt-oss:20b');
    expect(store.getState().tests['gpt-oss:20b']).toMatchObject({ kind: 'failed', error: { message: 'Too slow.' } });
  });
});
