import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { key, newKeychain, openKeys, otherKey, passphrase } from './keys-for-tests.ts';

describe('two programs on one data folder', () => {
  it('keep each other’s keys', async () => {
    const first = openKeys();
    await first.usePassphrase(passphrase);
    const second = openKeys({ folder: first.folder });
    await second.unlock(passphrase);
    await first.set('painter', 'apiKey', key);
    await second.set('renderer', 'apiKey', otherKey);
    await first.refresh();
    for (const keys of [first, second])
      expect([keys.of('painter'), keys.of('renderer')]).toEqual([{ apiKey: key }, { apiKey: otherKey }]);
  });

  it('keep all keys when several are entered at once', async () => {
    const keychain = newKeychain();
    const first = openKeys({ keychain });
    const second = openKeys({ folder: first.folder, keychain });
    await Promise.all([first.set('painter', 'apiKey', key), first.set('renderer', 'apiKey', otherKey)]);
    await second.set('renderer', 'endpoint', 'an endpoint');
    await first.refresh();
    expect([first.of('painter'), first.of('renderer')]).toEqual([
      { apiKey: key },
      { apiKey: otherKey, endpoint: 'an endpoint' },
    ]);
  });

  it('keep a key that the other one stores between reading and writing', async () => {
    const keychain = newKeychain();
    const first = openKeys({
      keychain: {
        ...keychain,
        seal: async (text) => {
          const sealed = await keychain.seal(text);
          await meanwhile();
          return sealed;
        },
      },
    });
    const second = openKeys({ folder: first.folder, keychain });
    let isStored = false;
    const meanwhile = async (): Promise<void> => {
      if (isStored) return;
      isStored = true;
      await second.set('painter', 'apiKey', key);
    };
    await first.set('renderer', 'apiKey', otherKey);
    expect([first.of('painter'), first.of('renderer')]).toEqual([{ apiKey: key }, { apiKey: otherKey }]);
  });

  it('leave alone what can not be read', async () => {
    const { folder } = openKeys();
    mkdirSync(join(folder, 'keys.age'), { recursive: true });
    const keys = openKeys({ folder });
    await keys.refresh();
    expect(keys.state()).toMatchObject({ isLocked: true, problem: expect.stringContaining('permissions') as string });
    await expect(keys.set('painter', 'apiKey', key)).rejects.toMatchObject({ code: 'keysUnreadable' });
    expect(statSync(join(folder, 'keys.age')).isDirectory()).toBe(true);
  });

  it('notice that the other one has changed the passphrase', async () => {
    const first = openKeys();
    await first.usePassphrase(passphrase);
    await first.set('painter', 'apiKey', key);
    const second = openKeys({ folder: first.folder });
    await second.unlock(passphrase);
    await first.changePassphrase(passphrase, 'another passphrase');
    await expect(second.set('renderer', 'apiKey', otherKey)).rejects.toMatchObject({ code: 'keysLocked' });
    expect(second.state()).toMatchObject({ isLocked: true, problem: expect.stringContaining('changed') as string });
    await second.unlock('another passphrase');
    expect(second.of('painter')).toEqual({ apiKey: key });
    expect(second.state().problem).toBeNull();
  });
});
