import { describe, expect, it, vi } from 'vitest';
import type { AssistantEvent } from '../../shared/models/assistants.ts';
import { createAltTextStore } from './alt-text-store.ts';

type Run = Parameters<typeof createAltTextStore>[0]['client']['assistants']['run'];

function build(answer: (signal: AbortSignal | undefined) => AsyncGenerator<AssistantEvent>) {
  const run = vi.fn((_: unknown, options?: { signal?: AbortSignal }) => Promise.resolve(answer(options?.signal)));
  const store = createAltTextStore({ client: { assistants: { run: run as unknown as Run } } });
  return { store, run, offer: () => store.getState().offer };
}

const done: AssistantEvent = { kind: 'done', result: { text: 'A fox.', model: 'eye', digest: 'd', ms: 5 } };

describe('alternative text store', () => {
  it('asks for an alternative text of the picture, and offers what comes', async () => {
    const { store, run, offer } = build(async function* () {
      yield { kind: 'model', model: 'eye' };
      yield { kind: 'thinking' };
      yield { kind: 'text', text: '"A f' };
      yield { kind: 'text', text: 'ox."' };
      expect(offer()).toMatchObject({ model: 'eye', written: '"A fox."', text: null });
      yield await Promise.resolve(done);
    });
    await store.getState().suggest('first');
    expect(run.mock.calls[0]?.[0]).toEqual({ task: 'describe', as: 'alt', imageId: 'first' });
    expect(offer()).toEqual({ imageId: 'first', model: 'eye', written: 'A fox.', text: 'A fox.', error: null });
  });

  it('stops the model when it is put away, and takes nothing more from it', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const { store, offer } = build(async function* (signal) {
      signals.push(signal);
      yield { kind: 'model', model: 'eye' };
      store.getState().close();
      yield await Promise.resolve(done);
    });
    await store.getState().suggest('first');
    expect(signals[0]?.aborted).toBe(true);
    expect(offer()).toBeNull();
  });

  it('says why nobody can describe it', async () => {
    const { store, offer } = build(async function* () {
      yield await Promise.reject<AssistantEvent>(new Error('No model that sees is there.'));
    });
    await store.getState().suggest('first');
    expect(offer()).toMatchObject({ text: null, error: { message: 'No model that sees is there.' } });
  });

  it('goes on with the last picture that was asked for', async () => {
    const { store, offer } = build(async function* () {
      yield await Promise.resolve(done);
    });
    await Promise.all([store.getState().suggest('first'), store.getState().suggest('second')]);
    expect(offer()).toMatchObject({ imageId: 'second', text: 'A fox.' });
  });
});
