import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { key, namesIn, newFolder, newKeychain, openKeys, otherKey, passphrase } from './keys-for-tests.ts';

describe('the keychain', () => {
  it('keeps keys for the next start', async () => {
    const keychain = newKeychain();
    const first = openKeys({ keychain });
    await first.set('painter', undefined, ` ${key}\n`);
    const later = openKeys({ folder: first.folder, keychain });
    expect(later.state().isLocked).toBe(true);
    await later.refresh();
    expect(later.of('painter')).toEqual({ apiKey: key });
    expect(later.state()).toEqual({ storage: 'keychain', isLocked: false, keychainName: keychain.name, problem: null });
    expect(later.changed).toEqual([['painter', 'renderer', 'sketcher']]);
  });

  it('of another computer does not open them, and nothing is lost when they are entered anew', async () => {
    const first = openKeys({ keychain: newKeychain() });
    await first.set('painter', 'apiKey', key);
    const content = readFileSync(join(first.folder, 'keys.sealed'));
    const second = openKeys({ folder: first.folder, keychain: newKeychain() });
    await second.refresh();
    expect(second.of('painter')).toEqual({});
    expect(second.state()).toMatchObject({
      isLocked: true,
      problem: expect.stringContaining('did not open') as string,
    });
    await second.set('painter', 'apiKey', otherKey);
    expect(second.of('painter')).toEqual({ apiKey: otherKey });
    const [fresh, aside] = namesIn(first.folder);
    expect(fresh).toBe('keys.sealed');
    expect(aside).toMatch(/^keys\.sealed\.unopened-/);
    expect(readFileSync(join(first.folder, aside!))).toEqual(content);
  });

  it('that was locked for a while opens later by itself', async () => {
    const keychain = newKeychain();
    const first = openKeys({ keychain });
    await first.set('painter', 'apiKey', key);
    const second = openKeys({ folder: first.folder, keychain });
    keychain.isLocked = true;
    await second.refresh();
    expect(second.of('painter')).toEqual({});
    keychain.isLocked = false;
    await second.set('renderer', 'apiKey', otherKey);
    expect([second.of('painter'), second.of('renderer')]).toEqual([{ apiKey: key }, { apiKey: otherKey }]);
    expect(second.state().problem).toBeNull();
  });

  it('is named where a program without it finds its file', async () => {
    const desktop = openKeys({ keychain: newKeychain() });
    await desktop.set('painter', 'apiKey', key);
    const terminal = openKeys({ folder: desktop.folder });
    await terminal.refresh();
    expect(terminal.state()).toMatchObject({ storage: 'none', problem: expect.stringContaining('desktop') as string });
    await expect(terminal.set('painter', 'apiKey', key)).rejects.toMatchObject({ code: 'noKeyStorage' });
    await terminal.usePassphrase(passphrase);
    await terminal.set('renderer', 'apiKey', otherKey);
    // The desktop sees the vault, and brings the keys of both together when it is unlocked.
    await desktop.refresh();
    expect(desktop.state()).toMatchObject({ storage: 'vault', isLocked: true });
    await desktop.unlock(passphrase);
    expect([desktop.of('painter'), desktop.of('renderer')]).toEqual([{ apiKey: key }, { apiKey: otherKey }]);
    expect(namesIn(desktop.folder)).toEqual(['keys.age']);
  });
});

describe('the vault', () => {
  it('opens with its passphrase on another machine', async () => {
    const here = openKeys();
    await here.usePassphrase(passphrase);
    await here.set('painter', 'apiKey', key);
    await here.set('renderer', 'endpoint', 'an endpoint');
    const folder = newFolder();
    writeFileSync(join(folder, 'keys.age'), readFileSync(join(here.folder, 'keys.age')));
    const there = openKeys({ folder });
    expect(there.state()).toMatchObject({ storage: 'vault', isLocked: true });
    await there.unlock(passphrase);
    expect([there.of('painter'), there.of('renderer')]).toEqual([{ apiKey: key }, { endpoint: 'an endpoint' }]);
    expect(there.status('painter')).toMatchObject([{ source: 'vault', shown: 'WXYZ' }]);
  });

  it.skipIf(process.platform === 'win32')('is for its owner only', async () => {
    const keys = openKeys();
    await keys.usePassphrase(passphrase);
    expect(statSync(join(keys.folder, 'keys.age')).mode & 0o777).toBe(0o600);
  });

  it('stays locked for another passphrase, and open for a slip when it is open', async () => {
    const keys = openKeys();
    await keys.usePassphrase(passphrase);
    await keys.set('painter', 'apiKey', key);
    await expect(keys.unlock('wrong passphrase')).rejects.toMatchObject({ code: 'wrongPassphrase' });
    expect(keys.of('painter')).toEqual({ apiKey: key });
    await keys.lock();
    expect(keys.of('painter')).toEqual({});
    await expect(keys.unlock('wrong passphrase')).rejects.toMatchObject({ code: 'wrongPassphrase' });
    expect(keys.state()).toMatchObject({ storage: 'vault', isLocked: true, problem: null });
    expect(namesIn(keys.folder)).toEqual(['keys.age']);
    await keys.unlock(passphrase);
    expect(keys.of('painter')).toEqual({ apiKey: key });
  });

  it('takes nothing while it is locked, except for this session', async () => {
    const keys = openKeys();
    await keys.usePassphrase(passphrase);
    await keys.lock();
    await expect(keys.set('painter', 'apiKey', key)).rejects.toMatchObject({ code: 'keysLocked' });
    await expect(keys.exportBundle(passphrase)).rejects.toMatchObject({ code: 'keysLocked' });
    await keys.set('painter', 'apiKey', key, { forSession: true });
    expect(keys.status('painter')).toMatchObject([{ isSet: true, source: 'session' }]);
    await keys.unlock(passphrase);
    await keys.set('painter', 'apiKey', otherKey);
    expect(keys.status('painter')).toMatchObject([{ source: 'vault', shown: 'QRST' }]);
  });

  it('gets another passphrase from who knows the old one', async () => {
    const keys = openKeys();
    await keys.usePassphrase(passphrase);
    await keys.set('painter', 'apiKey', key);
    await expect(keys.changePassphrase('wrong passphrase', 'another passphrase')).rejects.toMatchObject({
      code: 'wrongPassphrase',
    });
    await expect(keys.changePassphrase(passphrase, 'short')).rejects.toMatchObject({ code: 'badInput' });
    await keys.changePassphrase(passphrase, 'another passphrase');
    await keys.set('renderer', 'apiKey', otherKey);
    await keys.lock();
    await expect(keys.unlock(passphrase)).rejects.toMatchObject({ code: 'wrongPassphrase' });
    await keys.unlock('another passphrase');
    expect([keys.of('painter'), keys.of('renderer')]).toEqual([{ apiKey: key }, { apiKey: otherKey }]);
  });

  it('takes over from the keychain and gives back to it', async () => {
    const keys = openKeys({ keychain: newKeychain() });
    await keys.set('painter', 'apiKey', key);
    await keys.usePassphrase(passphrase);
    expect(namesIn(keys.folder)).toEqual(['keys.age']);
    await expect(keys.usePassphrase(passphrase)).rejects.toMatchObject({ code: 'wrongState' });
    expect(keys.status('painter')).toMatchObject([{ source: 'vault' }]);
    await keys.useKeychain();
    expect(namesIn(keys.folder)).toEqual(['keys.sealed']);
    expect(keys.status('painter')).toMatchObject([{ source: 'keychain', shown: 'WXYZ' }]);
    await expect(keys.unlock(passphrase)).rejects.toMatchObject({ code: 'wrongState' });
  });

  it('is not made where a keychain is wanted and there is none', async () => {
    await expect(openKeys().useKeychain()).rejects.toMatchObject({ code: 'noKeyStorage' });
  });
});
