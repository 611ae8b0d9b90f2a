import { describe, expect, it, vi } from 'vitest';
import type { KeysState as KeyStorage } from '../../../shared/models/keys.ts';
import { createKeysStore } from './keys-store.ts';

const storage = (change: Partial<KeyStorage> = {}): KeyStorage => ({
  storage: 'none',
  isLocked: false,
  keychainName: null,
  problem: null,
  ...change,
});

function setUp() {
  const keys = {
    state: vi.fn(() => Promise.resolve(storage())),
    set: vi.fn(() => Promise.resolve({ provider: 'openai', credentials: [] })),
    unlock: vi.fn(() => Promise.resolve(storage({ storage: 'vault' }))),
    lock: vi.fn(() => Promise.resolve(storage({ storage: 'vault', isLocked: true }))),
    export: vi.fn(() => Promise.resolve({ bundle: 'AGE' })),
    import: vi.fn(() => Promise.reject(new TypeError('no network'))),
  };
  const [notify, saveFile] = [vi.fn(), vi.fn()];
  return { keys, notify, saveFile, store: createKeysStore({ client: { keys } as never, notify, saveFile }) };
}

describe('the keys of the page', () => {
  it('shows where keys are kept as it was read, and as it is pushed later', async () => {
    const { store } = setUp();
    await store.getState().load();
    expect(store.getState().storage).toEqual(storage());
    store.getState().keysChanged(storage({ storage: 'vault' }));
    expect(store.getState().storage?.storage).toBe('vault');
  });

  it('keeps a key that was entered nowhere in the page', async () => {
    const { store, keys } = setUp();
    const key = { provider: 'openai', field: 'apiKey', value: 'sk-very-secret', forSession: false };
    expect(await store.getState().set(key)).toBeNull();
    expect(keys.set).toHaveBeenCalledWith(key);
    expect(JSON.stringify(store.getState())).not.toContain('secret');
  });

  it('does not let the answer of a call undo news that came while it was on its way', async () => {
    const { store, keys } = setUp();
    keys.unlock.mockImplementation(() => {
      store.getState().keysChanged(storage({ storage: 'vault', isLocked: true, problem: 'Changed elsewhere.' }));
      return Promise.resolve(storage({ storage: 'vault' }));
    });
    expect(await store.getState().unlock('four random words')).toBeNull();
    expect(store.getState().storage?.problem).toBe('Changed elsewhere.');
  });

  it('hands over the encrypted text as a file', async () => {
    const { store, saveFile, keys } = setUp();
    expect(await store.getState().exportBundle('four random words')).toBeNull();
    expect(saveFile).toHaveBeenCalledExactlyOnceWith('easel-keys.age', 'AGE');
    keys.export.mockRejectedValue(new Error('nothing'));
    expect(await store.getState().exportBundle('four random words')).toMatchObject({ message: 'nothing' });
    expect(saveFile).toHaveBeenCalledOnce();
  });

  it('answers with what went wrong, for the field, and tells a failed lock in a toast', async () => {
    const { store, keys, notify } = setUp();
    expect(await store.getState().importBundle('text', 'four random words')).toMatchObject({
      error: { code: 'offline' },
    });
    expect(notify).not.toHaveBeenCalled();
    keys.lock.mockRejectedValue(new Error('busy'));
    await store.getState().lock();
    expect(notify).toHaveBeenCalledWith({ kind: 'error', error: { code: 'internal', message: 'busy' } });
  });
});
