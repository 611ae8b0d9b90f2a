import { readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn, key, newKeychain, openKeys, otherKey, passphrase } from './keys-for-tests.ts';

describe('the environment', () => {
  it('is above what was entered, and says which variable', async () => {
    const keys = openKeys({ keychain: newKeychain(), environment: { PAINTER_TOKEN: `${otherKey}\n` } });
    await keys.set('painter', 'apiKey', key);
    expect(keys.of('painter')).toEqual({ apiKey: otherKey });
    expect(keys.status('painter')).toEqual([
      { field: 'apiKey', isSet: true, source: 'environment', variable: 'PAINTER_TOKEN', shown: 'QRST' },
    ]);
  });

  it('offers the first of its variables that is not empty', () => {
    const keys = openKeys({ environment: { PAINTER_KEY: ' ', PAINTER_TOKEN: otherKey } });
    expect(keys.of('painter')).toEqual({ apiKey: otherKey });
  });

  it('needs no storage, and nothing for a provider that is not known', () => {
    const keys = openKeys();
    expect([keys.of('painter'), keys.of('nobody'), keys.of('__proto__')]).toEqual([{}, {}, {}]);
    expect(keys.state()).toEqual({ storage: 'none', isLocked: false, keychainName: null, problem: null });
  });
});

describe('what is shown', () => {
  it('is nothing of a short secret, the end of a long one, and all of what is none', async () => {
    const keys = openKeys();
    await keys.set('renderer', 'apiKey', 'short-1234', { forSession: true });
    await keys.set('renderer', 'webhook', 'long-enough-1234', { forSession: true });
    await keys.set('renderer', 'endpoint', 'an endpoint', { forSession: true });
    expect(keys.status('renderer').map(({ shown }) => shown)).toEqual(['an endpoint', null, '1234']);
  });
});

describe('entering', () => {
  it('is refused in words that name what there is and never what was entered', async () => {
    const keys = openKeys({ keychain: newKeychain() });
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
    const keys = openKeys({ keychain: newKeychain() });
    await keys.set('renderer', undefined, key);
    expect(keys.of('renderer')).toEqual({ apiKey: key });
  });

  it('is undone field by field or all at once', async () => {
    const keys = openKeys({ keychain: newKeychain() });
    await keys.set('renderer', 'apiKey', key);
    await keys.set('renderer', 'endpoint', 'an endpoint');
    await keys.set('renderer', 'webhook', otherKey, { forSession: true });
    await keys.remove('renderer', 'endpoint');
    expect(keys.of('renderer')).toEqual({ apiKey: key, webhook: otherKey });
    await keys.remove('renderer');
    expect(keys.of('renderer')).toEqual({});
  });

  it('is told to everybody, without the value', async () => {
    const keys = openKeys({ keychain: newKeychain() });
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
    const keys = openKeys({ keychain: newKeychain() });
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
    const from = openKeys({ keychain: newKeychain() });
    await from.refresh();
    await from.setAddressLogin('painter', 'me:secret');
    const bundle = await from.exportBundle(passphrase);
    expect(bundle).not.toContain('secret');
    const to = openKeys({ keychain: newKeychain() });
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
    const keys = openKeys({ keychain: newKeychain() });
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
