import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAge } from './age.ts';
import { key, namesIn, newFolder, newKeychain, openKeys, otherKey, passphrase } from './keys-for-tests.ts';

describe('a damaged file', () => {
  const damages: [string, (content: Buffer) => Buffer][] = [
    ['cut short', (content) => content.subarray(0, content.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['full of zeros', (content) => Buffer.alloc(content.length)],
    ['something else', () => Buffer.from('{"painter":"hello"}')],
  ];

  it.each(damages)('is set aside as it is: %s', async (_, damage) => {
    const first = openKeys();
    await first.usePassphrase(passphrase);
    await first.set('painter', 'apiKey', key);
    const path = join(first.folder, 'keys.age');
    const damaged = damage(readFileSync(path));
    writeFileSync(path, damaged);
    const keys = openKeys({ folder: first.folder });
    await keys.refresh();
    const [aside, ...others] = namesIn(first.folder);
    expect(others).toEqual([]);
    expect(aside).toMatch(/^keys\.age\.damaged-/);
    expect(readFileSync(join(first.folder, aside!))).toEqual(damaged);
    expect(keys.state()).toMatchObject({ storage: 'none', problem: expect.stringContaining(aside!) as string });
    await keys.usePassphrase(passphrase);
    await keys.set('painter', 'apiKey', otherKey);
    expect(namesIn(first.folder)).toEqual(['keys.age', aside]);
  });

  it('is found out by the passphrase where it looks whole', async () => {
    const first = openKeys();
    await first.usePassphrase(passphrase);
    await first.set('painter', 'apiKey', key);
    const path = join(first.folder, 'keys.age');
    const lines = readFileSync(path, 'utf8').split('\n');
    const last = lines.length - 3;
    lines[last] = (lines[last]!.startsWith('A') ? 'B' : 'A') + lines[last]!.slice(1);
    writeFileSync(path, lines.join('\n'));
    const keys = openKeys({ folder: first.folder });
    const failure = await keys.unlock(passphrase).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'keysUnreadable', message: expect.stringContaining('damaged-') as string });
    expect(namesIn(first.folder)).toEqual([expect.stringMatching(/^keys\.age\.damaged-/)]);
  });

  it('of the keychain is set aside, and new keys have a place', async () => {
    const keychain = newKeychain();
    const folder = newFolder();
    writeFileSync(join(folder, 'keys.sealed'), '{"version":1,"sealed":');
    const keys = openKeys({ folder, keychain });
    await keys.set('painter', 'apiKey', key);
    expect(namesIn(folder)).toEqual(['keys.sealed', expect.stringMatching(/^keys\.sealed\.damaged-/)]);
    expect(keys.state().problem).toContain('damaged-');
    expect(keys.of('painter')).toEqual({ apiKey: key });
  });
});

describe('what a newer Easel has stored', () => {
  const content = JSON.stringify({ version: 2, somethingNew: true });

  it('stays as it is in the vault', async () => {
    const age = createAge(10);
    const folder = newFolder();
    const vault = await age.encrypt(content, passphrase);
    await age.close();
    writeFileSync(join(folder, 'keys.age'), vault);
    const keys = openKeys({ folder });
    await expect(keys.unlock(passphrase)).rejects.toMatchObject({ code: 'keysUnreadable' });
    await expect(keys.set('painter', 'apiKey', key)).rejects.toMatchObject({ code: 'keysLocked' });
    expect(readFileSync(join(folder, 'keys.age'), 'utf8')).toBe(vault);
  });

  it('stays as it is in the keychain', async () => {
    const keychain = newKeychain();
    const folder = newFolder();
    const sealed = Buffer.from(await keychain.seal(content)).toString('base64');
    const stored = JSON.stringify({ version: 1, sealed });
    writeFileSync(join(folder, 'keys.sealed'), stored);
    const keys = openKeys({ folder, keychain });
    await expect(keys.set('painter', 'apiKey', key)).rejects.toMatchObject({ code: 'keysUnreadable' });
    expect(keys.state()).toMatchObject({ isLocked: true, problem: expect.stringContaining('newer') as string });
    expect(readFileSync(join(folder, 'keys.sealed'), 'utf8')).toBe(stored);
  });
});
