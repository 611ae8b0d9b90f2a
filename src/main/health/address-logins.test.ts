import { describe, expect, it } from 'vitest';
import { Settings } from '../../shared/models/settings.ts';
import { newKeychain, openKeys } from '../keys/keys-for-tests.ts';
import { silentLog } from '../log.ts';
import { createAddressLogins } from './address-logins.ts';

const passphrase = 'correct horse battery';
const clear = 'http://me:s%3Aecret@host:8188/path';
const shown = 'http://host:8188/path';

async function loginsOver(stored: Settings['providers'] = {}, withKeychain = true) {
  const keys = openKeys(withKeychain ? { keychain: newKeychain() } : {});
  await keys.refresh();
  let settings = Settings.parse({ providers: stored });
  const logins = createAddressLogins({
    keys,
    settings: {
      get: () => settings,
      updateProvider: (id, change) => {
        const next = change(settings.providers[id]);
        return next ? (settings = { ...settings, providers: { ...settings.providers, [id]: next } }) : settings;
      },
    },
    log: silentLog,
  });
  return { keys, logins, painter: () => settings.providers.painter, settings: () => JSON.stringify(settings) };
}

describe('an address with name and password', () => {
  it('is split: the settings hold the address, the keys the rest', async () => {
    const { keys, logins, painter, settings } = await loginsOver();
    await logins.choose('painter', { enabled: true, url: clear });
    expect(painter()).toEqual({ enabled: true, url: shown, hasLogin: true });
    expect(keys.addressLogin('painter')).toBe('me:s%3Aecret');
    expect(settings()).not.toMatch(/ecret|me:/);
    expect(keys.status('painter').at(-1)).toEqual({
      field: 'address',
      isSet: true,
      source: 'keychain',
      variable: null,
      shown: null,
    });
  });

  it('keeps them when it comes back as it was shown, and loses them with the address', async () => {
    const { keys, logins, painter } = await loginsOver();
    await logins.choose('painter', { enabled: true, url: clear });
    await logins.choose('painter', { enabled: false, url: shown });
    expect([painter(), keys.addressLogin('painter')]).toEqual([
      { enabled: false, url: shown, hasLogin: true },
      'me:s%3Aecret',
    ]);
    await logins.choose('painter', { enabled: true, url: 'http://elsewhere' });
    expect([painter(), keys.addressLogin('painter')]).toEqual([{ enabled: true, url: 'http://elsewhere' }, null]);
  });

  it('is refused where there is no place for them, and what was chosen before stays', async () => {
    const { logins, painter, settings } = await loginsOver({ painter: { enabled: true, url: shown } }, false);
    const refused = expect(logins.choose('painter', { enabled: true, url: 'http://me:secret@other' })).rejects;
    await refused.toMatchObject({
      code: 'noKeyStorage',
      message: expect.stringMatching(/kept with the keys.*Choose a passphrase for a vault/) as string,
    });
    expect(painter()).toEqual({ enabled: true, url: shown });
    expect(settings()).not.toContain('secret');
  });

  it('is refused while the vault is locked, and known to need it', async () => {
    const { keys, logins } = await loginsOver({}, false);
    await keys.usePassphrase(passphrase);
    await logins.choose('painter', { enabled: true, url: clear });
    expect(logins.isLocked('painter')).toBe(false);
    await keys.lock();
    expect(logins.isLocked('painter')).toBe(true);
    await expect(logins.choose('painter', { enabled: true, url: 'http://me:secret@other' })).rejects.toMatchObject({
      code: 'keysLocked',
    });
    // One without a login needs nothing of the vault.
    await logins.choose('painter', { enabled: true, url: 'http://other' });
    expect(logins.isLocked('painter')).toBe(false);
  });
});

describe('a login that stands in the settings already', () => {
  const nameOf = (id: string): string => `The ${id}`;

  it('moves to the keys', async () => {
    const { keys, logins, painter } = await loginsOver({ painter: { enabled: true, url: clear } });
    await logins.moveStored();
    expect(painter()).toEqual({ enabled: true, url: shown, hasLogin: true });
    expect([keys.addressLogin('painter'), logins.notices(nameOf)]).toEqual(['me:s%3Aecret', []]);
  });

  it('is told of until there is a place for it, and stays in use', async () => {
    const { keys, logins, painter } = await loginsOver(
      { unheardOf: { enabled: true, url: clear }, painter: { enabled: true, url: clear } },
      false,
    );
    await logins.moveStored();
    expect(painter()?.url).toBe(clear);
    expect(logins.notices(nameOf)[1]).toMatch(/address of The painter holds a password that is not encrypted/);
    // Switching it off and on needs no place.
    await logins.choose('painter', { enabled: false, url: shown });
    expect(painter()).toEqual({ enabled: false, url: clear });
    await keys.usePassphrase(passphrase);
    await logins.moveStored();
    expect(painter()).toEqual({ enabled: false, url: shown, hasLogin: true });
  });
});
