import { describe, expect, it, vi } from 'vitest';
import type { ListedStyle } from '../../../shared/models/prompt-style.ts';
import type { Toast } from '../../ui/toast.ts';
import { createStylesStore } from './styles-store.ts';

const style = (id: string, change: Partial<ListedStyle> = {}): ListedStyle => ({
  ...{ id, name: id, kind: 'style', positive: 'soft', sentence: '', negative: '' },
  ...{ isBuiltIn: false, isFavourite: false, ...change },
});

function setup(first: ListedStyle[]) {
  let shelf = first;
  const prompts = {
    styles: vi.fn(() => Promise.resolve({ styles: shelf, notice: null })),
    saveStyle: vi.fn((kept: Partial<ListedStyle>) => {
      const saved = style(kept.id ?? kept.name ?? '', kept);
      shelf = [...shelf.filter(({ id }) => id !== saved.id), saved];
      return Promise.resolve(saved);
    }),
    removeStyle: vi.fn(({ id }: { id: string }) => {
      shelf = shelf.filter((other) => other.id !== id);
      return Promise.resolve({});
    }),
    favouriteStyle: vi.fn(({ id, isFavourite }: { id: string; isFavourite: boolean }) => {
      shelf = shelf.map((other) => (other.id === id ? { ...other, isFavourite } : other));
      return Promise.resolve({});
    }),
    exportStyles: vi.fn(() => Promise.resolve({ content: 'name,prompt' })),
    importStyles: vi.fn(({ content }: { content: string }) => {
      shelf = [...shelf, style(content)];
      return Promise.resolve({ added: [style(content)] });
    }),
  };
  const toasts: Toast[] = [];
  const saveFile = vi.fn();
  const store = createStylesStore({
    client: { prompts } as never,
    notify: (toast) => toasts.push(toast),
    saveFile,
  });
  return { store, prompts, toasts, saveFile, ids: () => store.getState().styles.map(({ id }) => id) };
}

describe('the styles', () => {
  it('can be removed, and brought back as they were', async () => {
    const { store, toasts, ids } = setup([style('mist', { isFavourite: true, negative: 'sharp' })]);
    await store.getState().load();
    await store.getState().remove(style('mist', { isFavourite: true, negative: 'sharp' }));
    expect(ids()).toEqual([]);
    const [toast] = toasts;
    if (toast?.kind === 'info') toast.action?.run();
    await vi.waitFor(() => expect(ids()).toEqual(['mist']));
    expect(store.getState().styles[0]).toMatchObject({ isFavourite: true, negative: 'sharp' });
  });

  it('show a favourite at once, and take it back where it could not be kept', async () => {
    const { store, prompts, toasts } = setup([style('mist')]);
    await store.getState().load();
    prompts.favouriteStyle.mockRejectedValueOnce(new Error('The disk is full.'));
    const kept = store.getState().favourite('mist', true);
    expect(store.getState().styles[0]?.isFavourite).toBe(true);
    await kept;
    expect(store.getState().styles[0]?.isFavourite).toBe(false);
    expect(toasts).toMatchObject([{ kind: 'error', error: { message: 'The disk is full.' } }]);
  });

  it('are taken from a file and written into one', async () => {
    const { store, saveFile, ids } = setup([]);
    await store.getState().importFile(new Blob(['fog']));
    expect(ids()).toEqual(['fog']);
    await store.getState().exportOwn('a1111');
    expect(saveFile).toHaveBeenCalledWith('styles.csv', 'name,prompt');
  });

  it('say beside the form why one was not kept', async () => {
    const { store, prompts } = setup([]);
    prompts.saveStyle.mockRejectedValueOnce(new Error('There is one of that name.'));
    expect((await store.getState().save(style('mist')))?.message).toBe('There is one of that name.');
    expect(await store.getState().save(style('mist'))).toBeNull();
  });
});
