import { describe, expect, it, vi } from 'vitest';
import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import type { SavedPrompt } from '../../shared/models/saved-prompt.ts';
import { readPromptList } from '../../shared/prompt-text/prompt-list.ts';
import { exampleId } from '../ui/examples-for-tests.ts';
import type { Toast } from '../ui/toast.ts';
import { foundPrompts } from './found-prompts.ts';
import { savedRows } from './saved-rows.ts';
import { createSavedStore } from './saved-store.ts';

type Client = Parameters<typeof createSavedStore>[0]['client'];

const words = { prompt: 'a fox', negativePrompt: '', options: noPromptOptions };
const saved = (number: number, name: string, folder = ''): SavedPrompt => ({
  id: exampleId(number),
  folder,
  name,
  createdAt: 1,
  updatedAt: 1,
  version: { number: 1, at: 1, ...words },
});
const [ape, bee, cat] = [saved(1, 'ape', 'zoo'), saved(2, 'bee', 'zoo'), saved(3, 'cat')];

function setUp() {
  const notify = vi.fn<(toast: Toast) => void>();
  const calls = {
    saved: vi.fn(() => Promise.resolve({ prompts: [bee, ape, cat] })),
    versions: vi.fn(() => Promise.resolve({ versions: [{ ...cat.version }, { ...cat.version, number: 2 }] })),
    save: vi.fn(() => Promise.resolve(saved(4, 'auk', 'zoo'))),
    change: vi.fn(() => Promise.resolve({ ...cat, folder: 'home' })),
    remove: vi.fn(() => Promise.resolve({})),
    restore: vi.fn(() => Promise.resolve(ape)),
    importList: vi.fn(() => Promise.resolve({ added: 2, there: 1 })),
  };
  const saveFile = vi.fn<(name: string, text: string) => void>();
  const store = createSavedStore({ client: { prompts: calls } as unknown as Client, notify, saveFile });
  return { store, calls, notify, saveFile, names: () => store.getState().prompts.map(({ name }) => name) };
}

describe('saved prompts', () => {
  it('stand by folder and name', async () => {
    const { store, names } = setUp();
    await store.getState().load();
    expect(names()).toEqual(['cat', 'ape', 'bee']);
    expect(
      savedRows(store.getState().prompts).map((row) => (row.kind === 'folder' ? row.folder : row.prompt.name)),
    ).toEqual(['cat', 'zoo', 'ape', 'bee']);
  });

  it('are put where they belong when they are saved or moved', async () => {
    const { store, names } = setUp();
    await store.getState().load();
    expect(await store.getState().save({ folder: 'zoo', name: 'auk', ...words })).toBeNull();
    expect(names()).toEqual(['cat', 'ape', 'auk', 'bee']);
    expect(store.getState().selected).toBe(exampleId(4));
    await store.getState().save({ folder: 'home', name: 'cat', ...words }, cat.id);
    expect(store.getState().prompts[0]).toMatchObject({ name: 'cat', folder: 'home' });
  });

  it('give a form the reason why they can’t be saved', async () => {
    const { store, calls } = setUp();
    calls.save.mockRejectedValueOnce(new Error('This name is taken.'));
    const error = await store.getState().save({ folder: '', name: 'cat', ...words });
    expect(error).toMatchObject({ message: 'This name is taken.' });
  });

  it('are searched by words of name, folder and text, and one of those in sight is chosen', async () => {
    const { store } = setUp();
    await store.getState().load();
    const found = () => foundPrompts(store.getState().prompts, store.getState().search).map(({ name }) => name);
    expect(store.getState().selected).toBe(cat.id);
    store.getState().setSearch('ZOO fo');
    expect(found()).toEqual(['ape', 'bee']);
    expect(store.getState().selected).toBe(ape.id);
    await store.getState().remove(ape.id);
    expect(store.getState().selected).toBe(bee.id);
    store.getState().setSearch('zoo cat');
    expect(found()).toEqual([]);
    expect(store.getState().selected).toBeNull();
    // What has just been kept is seen, whatever was searched for.
    await store.getState().save({ folder: 'zoo', name: 'auk', ...words });
    expect(store.getState()).toMatchObject({ search: '', selected: exampleId(4) });
    expect(foundPrompts([saved(5, 'Café')], 'cafe')).toHaveLength(1);
  });

  it('are handed over as a file that can be read back, all of them', async () => {
    const { store, saveFile } = setUp();
    await store.getState().load();
    store.getState().setSearch('cat');
    store.getState().exportAll('csv');
    store.getState().exportAll('json');
    expect(saveFile.mock.calls.map(([name]) => name)).toEqual(['easel-prompts.csv', 'easel-prompts.json']);
    const [csv = '', json = ''] = saveFile.mock.calls.map(([, text]) => text);
    for (const listed of [readPromptList(csv, 'csv'), readPromptList(json, 'json')])
      expect(listed.map(({ folder, name }) => [folder, name])).toEqual([
        ['', 'cat'],
        ['zoo', 'ape'],
        ['zoo', 'bee'],
      ]);
  });

  it('come back after they were deleted', async () => {
    const { store, notify, names } = setUp();
    await store.getState().load();
    store.getState().select(ape.id);
    await store.getState().remove(ape.id);
    expect(names()).toEqual(['cat', 'bee']);
    expect(store.getState().selected).toBe(bee.id);
    const [toast] = notify.mock.calls[0] ?? [];
    toast?.action?.run();
    await vi.waitFor(() => expect(names()).toEqual(['cat', 'ape', 'bee']));
  });

  it('have their versions newest first, read anew after a change', async () => {
    const { store } = setUp();
    await store.getState().load();
    await store.getState().loadVersions(cat.id);
    expect(store.getState().versions[cat.id]?.map(({ number }) => number)).toEqual([2, 1]);
    await store.getState().save({ folder: '', name: 'cat', ...words }, cat.id);
    expect(store.getState().versions).toEqual({});
  });

  it('are read anew after an import, which says how many came', async () => {
    const { store, calls, notify } = setUp();
    expect(await store.getState().importList({ content: 'a\nb', format: 'text' }, 'zoo')).toBeNull();
    expect(notify).toHaveBeenCalledWith({
      kind: 'info',
      message: '2 prompts were saved, 1 were there already.',
    });
    expect(calls.saved).toHaveBeenCalledOnce();
  });
});
