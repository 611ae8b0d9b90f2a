import { describe, expect, it } from 'vitest';
import { key, newKeychain, openKeys, otherKey, passphrase } from './keys-for-tests.ts';

describe('a bundle', () => {
  it('carries keys, and says which ones it replaced', async () => {
    const first = openKeys({ keychain: newKeychain(), environment: { PAINTER_KEY: 'never-in-a-bundle-0123' } });
    await first.set('painter', 'apiKey', key);
    await first.set('renderer', 'endpoint', 'an endpoint');
    await first.set('renderer', 'webhook', otherKey, { forSession: true });
    const bundle = await first.exportBundle('the bundle’s own');
    expect(bundle).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    const second = openKeys({ keychain: newKeychain() });
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
    const keys = openKeys({ keychain: newKeychain() });
    await expect(keys.importBundle('hello', passphrase)).rejects.toMatchObject({ code: 'keysUnreadable' });
    await expect(keys.exportBundle(passphrase)).rejects.toMatchObject({ code: 'badInput' });
  });

  it('needs a place to go to', async () => {
    const first = openKeys({ keychain: newKeychain() });
    await first.set('painter', 'apiKey', key);
    const bundle = await first.exportBundle(passphrase);
    await expect(openKeys().importBundle(bundle, passphrase)).rejects.toMatchObject({ code: 'noKeyStorage' });
  });
});
