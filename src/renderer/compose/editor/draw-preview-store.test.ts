import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { emptyDraft, type Draft } from '../draft.ts';
import { createDrawPreviewStore } from './draw-preview-store.ts';

function setup(resolve: (input: { prompt: string; seed?: number }) => Promise<{ prompt: string }>) {
  const compose = createStore<{ draft: Draft }>(() => ({ draft: emptyDraft }));
  let seed = 0;
  const asked = vi.fn(resolve);
  const store = createDrawPreviewStore({
    client: { prompts: { resolve: asked as never } },
    compose,
    randomSeed: () => (seed += 1),
  });
  return {
    store,
    asked,
    type: (prompt: string) => compose.setState({ draft: { ...compose.getState().draft, prompt } }),
  };
}

describe('the preview of a draw', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const pause = (): Promise<unknown> => vi.advanceTimersByTimeAsync(400);

  it('is made in a pause of typing, once, and only where something is drawn', async () => {
    const { store, asked, type } = setup(({ seed }) => Promise.resolve({ prompt: `drawn with ${seed}` }));
    type('a fox');
    await pause();
    expect(asked).not.toHaveBeenCalled();
    type('a {red');
    type('a {red|blue} fox');
    await pause();
    expect(asked).toHaveBeenCalledTimes(1);
    expect(store.getState().drawn).toEqual({ text: 'drawn with 1' });
    store.getState().drawAgain();
    await pause();
    expect(store.getState().drawn).toEqual({ text: 'drawn with 2' });
    type('a fox');
    await pause();
    expect(store.getState().drawn).toBeNull();
  });

  it('says in the words of the program what is missing', async () => {
    const { store, type } = setup(() => Promise.reject(new Error('There is no wildcard file "animal".')));
    type('a __animal__');
    await pause();
    expect(store.getState().drawn).toEqual({
      error: { code: 'internal', message: 'There is no wildcard file "animal".' },
    });
  });

  it('forgets an answer that comes after a newer question', async () => {
    const answers: ((text: { prompt: string }) => void)[] = [];
    const { store, type } = setup(() => new Promise((resolve) => answers.push(resolve)));
    type('{a|b}');
    await pause();
    type('{c|d}');
    await pause();
    answers[1]?.({ prompt: 'd' });
    answers[0]?.({ prompt: 'a' });
    await pause();
    expect(store.getState().drawn).toEqual({ text: 'd' });
  });
});
