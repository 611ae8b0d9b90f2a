import { expect, it } from 'vitest';
import { memoryStorage } from '../examples-for-tests.ts';
import { composeWidths, createViewStore } from './view-store.ts';

it('remembers views and panels, and not what lay over them', () => {
  const storage = memoryStorage();
  const before = createViewStore(storage).getState();
  before.go('gallery');
  before.toggleCompose();
  before.setQueueOpen(true);
  before.setOverlay('help');
  expect(createViewStore(storage).getState()).toMatchObject({
    view: 'gallery',
    composeOpen: false,
    queueOpen: true,
    overlay: 'none',
  });
});

it('keeps the prompt panel usable, however far its edge is dragged', () => {
  const store = createViewStore(memoryStorage());
  store.getState().resizeCompose(10);
  expect(store.getState().composeWidth).toBe(composeWidths.least);
  store.getState().resizeCompose(10_000);
  expect(store.getState().composeWidth).toBe(composeWidths.most);
});

it('brings the keyboard to the search of the history once', () => {
  const storage = memoryStorage();
  const store = createViewStore(storage);
  store.getState().openPrompts('saved');
  store.getState().searchPrompts();
  expect(store.getState()).toMatchObject({ view: 'prompts', promptsPage: 'history', wantsPromptSearch: true });
  expect(createViewStore(storage).getState().wantsPromptSearch).toBe(false);
  store.getState().promptSearchShown();
  expect(store.getState().wantsPromptSearch).toBe(false);
});
