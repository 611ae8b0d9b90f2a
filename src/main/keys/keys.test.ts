import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createAge } from './age.ts';
import { filesIn, newFolder, newKeychain, openKeys, type Opened } from './keys-for-tests.ts';

const passphrase = 'correct horse battery';
const key = 'sk-test-0123456789abcdefWXYZ';
const otherKey = 'sk-other-0123456789abcdefQRST';

const opened: Opened[] = [];
const open: typeof openKeys = (given) => {
  const keys = openKeys(given);
  opened.push(keys);
  return keys;
};
afterEach(async () => {
  for (const keys of opened) await keys.close();
  for (const { folder } of opened.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const namesIn = (folder: string): string[] =>
  filesIn(folder)
    .map(({ path }) => path.slice(folder.length + 1))
    .filter((name) => name.startsWith('keys'))
    .sort();

describe('the environment', () => {
  it('is above what was entered, and says which variable', async () => {
    const keys = open({ keychain: newKeychain(), environment: { PAINTER_TOKEN: `${otherKey}\n` } });
    await keys.set('painter', 'apiKey', key);
    expect(keys.of('painter')).toEqual({ apiKey: otherKey });
    expect(keys.status('painter')).toEqual([
      { field: 'apiKey', isSet: true, source: 'environment', variable: 'PAINTER_TOKEN', shown: 'QRST' },
    ]);
  });

  it('offers the first of its variables that is not empty', () => {
    const keys = open({ environment: { PAINTER_KEY: ' ', PAINTER_TOKEN: otherKey } });
    expect(keys.of('painter')).toEqual({ apiKey: otherKey });
  });

  it('needs no storage, and nothing for a provider that is not known', () => {
    const keys = open();
    expect([keys.of('painter'), keys.of('nobody'), keys.of('__proto__')]).toEqual([{}, {}, {}]);
    expect(keys.state()).toEqual({ storage: 'none', isLocked: false, keychainName: null, problem: null });
  });
});

describe('what is shown', () => {
  it('is nothing of a short secret, the end of a long one, and all of what is none', async () => {
    const keys = open();
    await keys.set('renderer', 'apiKey', 'short-1234', { forSession: true });
    await keys.set('renderer', 'webhook', 'long-enough-1234', { forSession: true });
    await keys.set('renderer', 'endpoint', 'an endpoint', { forSession: true });
    expect(keys.status('renderer').map(({ shown }) => shown)).toEqual(['an endpoint', null, '1234']);
  });
});

describe('the keychain', () => {
  it('keeps keys for the next start', async () => {
    const keychain = newKeychain();
    const first = open({ keychain });
    await first.set('painter', undefined, ` ${key}\n`);
    const later = open({ folder: first.folder, keychain });
    expect(later.state().isLocked).toBe(true);
    await later.refresh();
    expect(later.of('painter')).toEqual({ apiKey: key });
    expect(later.state()).toEqual({ storage: 'keychain', isLocked: false, keychainName: keychain.name, problem: null });
    expect(later.changed).toEqual([['painter', 'renderer', 'sketcher']]);
  });

  it('of another computer does not open them, and nothing is lost when they are entered anew', async () => {
    const first = open({ keychain: newKeychain() });
    await first.set('painter', 'apiKey', key);
    const content = readFileSync(join(first.folder, 'keys.sealed'));
    const second = open({ folder: first.folder, keychain: newKeychain() });
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
    const first = open({ keychain });
    await first.set('painter', 'apiKey', key);
    const second = open({ folder: first.folder, keychain });
    keychain.isLocked = true;
    await second.refresh();
    expect(second.of('painter')).toEqual({});
    keychain.isLocked = false;
    await second.set('renderer', 'apiKey', otherKey);
    expect([second.of('painter'), second.of('renderer')]).toEqual([{ apiKey: key }, { apiKey: otherKey }]);
    expect(second.state().problem).toBeNull();
  });

  it('is named where a program without it finds its file', async () => {
    const desktop = open({ keychain: newKeychain() });
    await desktop.set('painter', 'apiKey', key);
    const terminal = open({ folder: desktop.folder });
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
    const here = open();
    await here.usePassphrase(passphrase);
    await here.set('painter', 'apiKey', key);
    await here.set('renderer', 'endpoint', 'an endpoint');
    const folder = newFolder();
    writeFileSync(join(folder, 'keys.age'), readFileSync(join(here.folder, 'keys.age')));
    const there = open({ folder });
    expect(there.state()).toMatchObject({ storage: 'vault', isLocked: true });
    await there.unlock(passphrase);
    expect([there.of('painter'), there.of('renderer')]).toEqual([{ apiKey: key }, { endpoint: 'an endpoint' }]);
    expect(there.status('painter')).toMatchObject([{ source: 'vault', shown: 'WXYZ' }]);
  });

  it.skipIf(process.platform === 'win32')('is for its owner only', async () => {
    const keys = open();
    await keys.usePassphrase(passphrase);
    expect(statSync(join(keys.folder, 'keys.age')).mode & 0o777).toBe(0o600);
  });

  it('stays locked for another passphrase, and open for a slip when it is open', async () => {
    const keys = open();
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
    const keys = open();
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
    const keys = open();
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
    const keys = open({ keychain: newKeychain() });
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
    await expect(open().useKeychain()).rejects.toMatchObject({ code: 'noKeyStorage' });
  });
});

describe('a damaged file', () => {
  const damages: [string, (content: Buffer) => Buffer][] = [
    ['cut short', (content) => content.subarray(0, content.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['full of zeros', (content) => Buffer.alloc(content.length)],
    ['something else', () => Buffer.from('{"painter":"hello"}')],
  ];

  it.each(damages)('is set aside as it is: %s', async (_, damage) => {
    const first = open();
    await first.usePassphrase(passphrase);
    await first.set('painter', 'apiKey', key);
    const path = join(first.folder, 'keys.age');
    const damaged = damage(readFileSync(path));
    writeFileSync(path, damaged);
    const keys = open({ folder: first.folder });
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
    const first = open();
    await first.usePassphrase(passphrase);
    await first.set('painter', 'apiKey', key);
    const path = join(first.folder, 'keys.age');
    const lines = readFileSync(path, 'utf8').split('\n');
    const last = lines.length - 3;
    lines[last] = (lines[last]!.startsWith('A') ? 'B' : 'A') + lines[last]!.slice(1);
    writeFileSync(path, lines.join('\n'));
    const keys = open({ folder: first.folder });
    const failure = await keys.unlock(passphrase).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'keysUnreadable', message: expect.stringContaining('damaged-') as string });
    expect(namesIn(first.folder)).toEqual([expect.stringMatching(/^keys\.age\.damaged-/)]);
  });

  it('of the keychain is set aside, and new keys have a place', async () => {
    const keychain = newKeychain();
    const folder = newFolder();
    writeFileSync(join(folder, 'keys.sealed'), '{"version":1,"sealed":');
    const keys = open({ folder, keychain });
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
    const keys = open({ folder });
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
    const keys = open({ folder, keychain });
    await expect(keys.set('painter', 'apiKey', key)).rejects.toMatchObject({ code: 'keysUnreadable' });
    expect(keys.state()).toMatchObject({ isLocked: true, problem: expect.stringContaining('newer') as string });
    expect(readFileSync(join(folder, 'keys.sealed'), 'utf8')).toBe(stored);
  });
});

describe('two programs on one data folder', () => {
  it('keep each other’s keys', async () => {
    const first = open();
    await first.usePassphrase(passphrase);
    const second = open({ folder: first.folder });
    await second.unlock(passphrase);
    await first.set('painter', 'apiKey', key);
    await second.set('renderer', 'apiKey', otherKey);
    await first.refresh();
    for (const keys of [first, second])
      expect([keys.of('painter'), keys.of('renderer')]).toEqual([{ apiKey: key }, { apiKey: otherKey }]);
  });

  it('keep all keys when several are entered at once', async () => {
    const keychain = newKeychain();
    const first = open({ keychain });
    const second = open({ folder: first.folder, keychain });
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
    const first = open({
      keychain: {
        ...keychain,
        seal: async (text) => {
          const sealed = await keychain.seal(text);
          await meanwhile();
          return sealed;
        },
      },
    });
    const second = open({ folder: first.folder, keychain });
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
    const { folder } = open();
    mkdirSync(join(folder, 'keys.age'), { recursive: true });
    const keys = open({ folder });
    await keys.refresh();
    expect(keys.state()).toMatchObject({ isLocked: true, problem: expect.stringContaining('permissions') as string });
    await expect(keys.set('painter', 'apiKey', key)).rejects.toMatchObject({ code: 'keysUnreadable' });
    expect(statSync(join(folder, 'keys.age')).isDirectory()).toBe(true);
  });

  it('notice that the other one has changed the passphrase', async () => {
    const first = open();
    await first.usePassphrase(passphrase);
    await first.set('painter', 'apiKey', key);
    const second = open({ folder: first.folder });
    await second.unlock(passphrase);
    await first.changePassphrase(passphrase, 'another passphrase');
    await expect(second.set('renderer', 'apiKey', otherKey)).rejects.toMatchObject({ code: 'keysLocked' });
    expect(second.state()).toMatchObject({ isLocked: true, problem: expect.stringContaining('changed') as string });
    await second.unlock('another passphrase');
    expect(second.of('painter')).toEqual({ apiKey: key });
    expect(second.state().problem).toBeNull();
  });
});

describe('a bundle', () => {
  it('carries keys, and says which ones it replaced', async () => {
    const first = open({ keychain: newKeychain(), environment: { PAINTER_KEY: 'never-in-a-bundle-0123' } });
    await first.set('painter', 'apiKey', key);
    await first.set('renderer', 'endpoint', 'an endpoint');
    await first.set('renderer', 'webhook', otherKey, { forSession: true });
    const bundle = await first.exportBundle('the bundle’s own');
    expect(bundle).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    const second = open({ keychain: newKeychain() });
    await second.set('painter', 'apiKey', otherKey);
    await second.set('renderer', 'apiKey', otherKey);
    await second.set('renderer', 'endpoint', 'an endpoint');
    await expect(second.importBundle(bundle, 'not the bundle’s')).rejects.toMatchObject({ code: 'wrongPassphrase' });
    expect(await second.importBundle(bundle, 'the bundle’s own')).toEqual({
      imported: [
        { provider: 'painter', field: 'apiKey', replaced: true },
        { provider: 'renderer', field: 'endpoint', replaced: false },
        { provider: 'renderer', field: 'webhook', replaced: false },
      ],
    });
    expect(second.of('painter')).toEqual({ apiKey: key });
    expect(second.of('renderer')).toEqual({ endpoint: 'an endpoint', apiKey: otherKey, webhook: otherKey });
  });

  it('is refused when it is none, and has nothing to do with an empty storage', async () => {
    const keys = open({ keychain: newKeychain() });
    await expect(keys.importBundle('hello', passphrase)).rejects.toMatchObject({ code: 'keysUnreadable' });
    await expect(keys.exportBundle(passphrase)).rejects.toMatchObject({ code: 'badInput' });
  });

  it('needs a place to go to', async () => {
    const first = open({ keychain: newKeychain() });
    await first.set('painter', 'apiKey', key);
    const bundle = await first.exportBundle(passphrase);
    await expect(open().importBundle(bundle, passphrase)).rejects.toMatchObject({ code: 'noKeyStorage' });
  });
});

describe('entering', () => {
  it('is refused in words that name what there is and never what was entered', async () => {
    const keys = open({ keychain: newKeychain() });
    const failures = await Promise.all(
      [
        keys.set('painter', 'apiKey', `${key} ${key}`),
        keys.set('painter', 'apiKey', ' \n'),
        keys.set('painter', 'apiKey', `${key}\n${key}`),
        keys.set('painter', key, 'x'),
        keys.set(key, 'apiKey', 'x'),
        keys.set('sketcher', undefined, key),
        keys.remove('painter', key),
        keys.remove(key),
      ].map((work) => work.then(() => null).catch((error: unknown) => error as Error)),
    );
    for (const failure of failures) {
      expect(failure?.name).toBe('AppError');
      expect(JSON.stringify([failure?.message, failure])).not.toContain(key);
    }
    expect(failures[3]?.message).toContain('apiKey');
    expect(failures[4]?.message).toContain('painter, renderer');
  });

  it('takes the first secret field where none is named', async () => {
    const keys = open({ keychain: newKeychain() });
    await keys.set('renderer', undefined, key);
    expect(keys.of('renderer')).toEqual({ apiKey: key });
  });

  it('is undone field by field or all at once', async () => {
    const keys = open({ keychain: newKeychain() });
    await keys.set('renderer', 'apiKey', key);
    await keys.set('renderer', 'endpoint', 'an endpoint');
    await keys.set('renderer', 'webhook', otherKey, { forSession: true });
    await keys.remove('renderer', 'endpoint');
    expect(keys.of('renderer')).toEqual({ apiKey: key, webhook: otherKey });
    await keys.remove('renderer');
    expect(keys.of('renderer')).toEqual({});
  });

  it('is told to everybody, without the value', async () => {
    const keys = open({ keychain: newKeychain() });
    await keys.set('painter', 'apiKey', key);
    await keys.set('painter', 'apiKey', key);
    expect(keys.changed.at(-1)).toContain('painter');
    expect(keys.told.map(({ kind }) => kind)).toEqual(['keysChanged']);
    expect(JSON.stringify(keys.told)).not.toMatch(/sk-|WXYZ/);
    await keys.remove('painter');
    expect(keys.changed.at(-1)).toEqual(['painter']);
  });
});

describe('the login of an address', () => {
  it('is kept beside the keys, told as set and nothing more, and can be forgotten by itself', async () => {
    const keys = open({ keychain: newKeychain() });
    await keys.refresh();
    await keys.set('painter', 'apiKey', key);
    await keys.setAddressLogin('painter', 'me:a-long-enough-secret');
    expect(keys.changed).toEqual([['painter'], ['painter']]);
    expect(keys.of('painter')).toEqual({ apiKey: key });
    expect(keys.status('painter')[1]).toMatchObject({ field: 'address', isSet: true, shown: null });
    expect(keys.addressLogin('sketcher')).toBeNull();
    await keys.remove('painter', 'address');
    expect([keys.addressLogin('painter'), keys.of('painter'), keys.status('painter')]).toMatchObject([
      null,
      { apiKey: key },
      { length: 1 },
    ]);
    await expect(keys.remove('painter', 'address')).rejects.toMatchObject({ code: 'badInput' });
    await expect(keys.setAddressLogin('nobody', 'me:x')).rejects.toMatchObject({ code: 'unknownProvider' });
  });

  it('travels in a bundle', async () => {
    const from = open({ keychain: newKeychain() });
    await from.refresh();
    await from.setAddressLogin('painter', 'me:secret');
    const bundle = await from.exportBundle(passphrase);
    expect(bundle).not.toContain('secret');
    const to = open({ keychain: newKeychain() });
    await to.importBundle(bundle, passphrase);
    expect(to.addressLogin('painter')).toBe('me:secret');
  });
});

describe('the data folder', () => {
  const forms = (value: string): string[] => [
    value,
    encodeURIComponent(value),
    // Without its ends, which depend on the neighbours.
    ...[0, 1, 2].map((shift) =>
      Buffer.from(' '.repeat(shift) + value)
        .toString('base64')
        .slice(4, -4),
    ),
    Buffer.from(value).toString('hex'),
    Array.from(value).reverse().join(''),
  ];

  it('never has a key in any readable form', async () => {
    const secret = 'sk/+=?&-0123456789-abcdef%WXYZ';
    const keys = open({ keychain: newKeychain() });
    const steps: (() => Promise<unknown>)[] = [
      () => keys.set('painter', 'apiKey', secret),
      () => keys.set('renderer', 'apiKey', secret, { forSession: true }),
      () => keys.usePassphrase(passphrase),
      () => keys.unlock('not the passphrase').catch(() => undefined),
      () => keys.changePassphrase(passphrase, 'another passphrase'),
      async () => writeFileSync(join(keys.folder, 'bundle.age'), await keys.exportBundle(passphrase)),
      () => keys.importBundle(readFileSync(join(keys.folder, 'bundle.age'), 'utf8'), passphrase),
      () => keys.set('painter', secret, secret).catch(() => undefined),
      () => keys.useKeychain(),
      () => keys.remove('renderer'),
      () => writeFile(join(keys.folder, 'keys.sealed'), 'damaged'),
      () => keys.refresh(),
    ];
    for (const [index, step] of steps.entries()) {
      await step();
      const files = filesIn(keys.folder);
      expect(files.length, `step ${index}`).toBeGreaterThan(0);
      for (const { path, content } of files)
        for (const form of forms(secret)) expect(content.includes(form), `step ${index}: ${path}`).toBe(false);
    }
    // The search does find what it looks for.
    writeFileSync(join(keys.folder, 'clear'), Buffer.from(`{"key":"${secret}"}`).toString('base64'));
    const [clear] = filesIn(keys.folder).filter(({ path }) => path.endsWith('clear'));
    expect(forms(secret).some((form) => clear!.content.includes(form))).toBe(true);
  });
});
