import { describe, expect, it, vi } from 'vitest';
import type { Toast } from '../ui/toast.ts';
import { createWildcardsStore } from './wildcards-store.ts';

type Client = Parameters<typeof createWildcardsStore>[0]['client'];

function setUp() {
  const files = new Map([['animal', 'fox\nowl']]);
  const notify = vi.fn<(toast: Toast) => void>();
  const calls = {
    wildcards: () =>
      Promise.resolve({
        folder: '/library/wildcards',
        wildcards: [...files.keys()].map((name) => ({ name, lines: 2, isBuiltIn: false, problem: null })),
      }),
    wildcard: ({ name }: { name: string }) => Promise.resolve({ name, text: files.get(name) ?? '', isBuiltIn: false }),
    writeWildcard: vi.fn(({ name, text, replace = false }: { name: string; text: string; replace?: boolean }) => {
      if (files.has(name) && !replace) return Promise.reject(new Error('There is one already.'));
      files.set(name, text);
      return Promise.resolve({ name });
    }),
    removeWildcard: ({ name }: { name: string }) => {
      files.delete(name);
      return Promise.resolve({ keptAs: `${name}.removed` });
    },
  };
  const store = createWildcardsStore({ client: { prompts: calls } as unknown as Client, notify });
  return { store, notify, files, names: () => store.getState().wildcards.map(({ name }) => name) };
}

describe('wildcards', () => {
  it('are changed in place when they are open', async () => {
    const { store, files } = setUp();
    await store.getState().open('animal');
    expect(await store.getState().write('animal', 'hen')).toBeNull();
    expect(files.get('animal')).toBe('hen');
    expect(store.getState().opened).toMatchObject({ name: 'animal', text: 'hen' });
  });

  it('never take the place of another when they are new', async () => {
    const { store, files } = setUp();
    store.getState().begin();
    expect(await store.getState().write('animal', 'hen')).toMatchObject({ message: 'There is one already.' });
    expect(files.get('animal')).toBe('fox\nowl');
    expect(await store.getState().write('bird', 'hen')).toBeNull();
    expect(store.getState().opened?.name).toBe('bird');
  });

  it('keep what was written and not saved, wherever one looks meanwhile', async () => {
    const { store, notify } = setUp();
    const { open, edit, begin, leave, load, discard, write } = store.getState();
    await load();
    await open('animal');
    edit({ text: 'fox\nowl\nhen' });
    begin();
    edit({ name: 'bird', text: 'wren' });
    await open('animal');
    leave();
    await load();
    await open('animal');
    expect(store.getState().drafts.get('animal')?.text).toBe('fox\nowl\nhen');
    begin();
    expect(store.getState().drafts.get('')).toEqual({ name: 'bird', text: 'wren' });
    begin('fox');
    expect(store.getState().drafts.get('')?.text).toBe('fox');
    notify.mock.calls[0]?.[0].action?.run();
    expect(store.getState().drafts.get('')?.text).toBe('wren');
    await write('bird', 'wren');
    expect([...store.getState().drafts.keys()]).toEqual(['animal']);
    await open('animal');
    discard();
    expect(store.getState().drafts.size).toBe(0);
  });

  it('have nothing to save where the text is again as it was', async () => {
    const { store } = setUp();
    await store.getState().open('animal');
    store.getState().edit({ text: 'fox' });
    store.getState().edit({ text: 'fox\nowl' });
    expect(store.getState().drafts.size).toBe(0);
  });

  it('come back after they were removed', async () => {
    const { store, notify, names } = setUp();
    await store.getState().load();
    await store.getState().open('animal');
    await store.getState().remove('animal');
    expect(names()).toEqual([]);
    expect(store.getState().opened).toBeNull();
    notify.mock.calls[0]?.[0].action?.run();
    await vi.waitFor(() => expect(names()).toEqual(['animal']));
  });
});
