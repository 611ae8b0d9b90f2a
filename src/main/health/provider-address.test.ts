import { describe, expect, it } from 'vitest';
import { Settings } from '../../shared/models/settings.ts';
import { manifest as builtin } from '../providers/builtin/manifest.ts';
import { manifest as comfyui } from '../providers/comfyui/manifest.ts';
import { providerAddress, splitLogin, withoutCredentials } from './provider-address.ts';

const settings = Settings.parse({ providers: { comfyui: { url: 'http://10.0.0.2:8188' } } });

describe('providerAddress', () => {
  it('takes the environment before the settings, and those before the usual address', () => {
    const environment = { EASEL_COMFYUI_URL: 'http://10.0.0.1:8188', COMFYUI_URL: 'http://10.0.0.9:8188' };
    expect(providerAddress(comfyui, settings, environment)).toEqual({
      url: 'http://10.0.0.1:8188',
      source: 'environment',
      variable: 'EASEL_COMFYUI_URL',
      problem: null,
    });
    expect(providerAddress(comfyui, settings, { COMFYUI_URL: environment.COMFYUI_URL })).toMatchObject({
      url: 'http://10.0.0.9:8188',
      variable: 'COMFYUI_URL',
    });
    expect(providerAddress(comfyui, settings, {})).toEqual({
      url: 'http://10.0.0.2:8188',
      source: 'settings',
      variable: null,
      problem: null,
    });
    expect(providerAddress(comfyui, Settings.parse({}), {})).toEqual({
      url: 'http://127.0.0.1:8188',
      source: 'default',
      variable: null,
      problem: null,
    });
  });

  it.each(['http://a:1,http://b:2', ' http://a:1  http://b:2', ', http://a:1'])(
    'takes the first of several: %j',
    (text) => {
      expect(providerAddress(comfyui, settings, { COMFYUI_URL: text }).url).toBe('http://a:1');
    },
  );

  it.each(['', ' ', ','])('passes over a variable that says nothing: %j', (text) => {
    expect(providerAddress(comfyui, settings, { EASEL_COMFYUI_URL: text }).source).toBe('settings');
  });

  it.each(['localhost:8188', 'ftp://host/', 'file:///etc', 'nonsense'])(
    'does not fall back silently from %s, which is no address',
    (text) => {
      const address = providerAddress(comfyui, settings, { EASEL_COMFYUI_URL: text });
      expect(address).toMatchObject({ url: null, source: 'environment' });
      expect(address.problem).toBe(
        'EASEL_COMFYUI_URL is no address that can be used. Write it like http://127.0.0.1:8188.',
      );
    },
  );

  it('has none for a provider that needs no network', () => {
    expect(providerAddress(builtin, settings, { EASEL_BUILTIN_URL: 'http://a:1' })).toEqual({
      url: null,
      source: null,
      variable: null,
      problem: null,
    });
  });
});

describe('withoutCredentials', () => {
  it.each([
    ['http://user:word@host:8188/path', 'http://host:8188/path'],
    ['http://user@host:8188', 'http://host:8188/'],
    ['http://host:8188', 'http://host:8188'],
    ['nonsense', 'nonsense'],
    [null, null],
  ])('shows %s as %s', (address, shown) => {
    expect(withoutCredentials(address)).toBe(shown);
  });
});

describe('a login', () => {
  const withLogin = (url: string) => Settings.parse({ providers: { comfyui: { url, hasLogin: true } } });
  const login = () => 'me:s%3Aecret';

  it('comes back into the address that it was taken from, letter by letter', () => {
    const whole = 'https://me:s%3Aecret@host:8188/path';
    expect(splitLogin(whole)).toEqual({ address: 'https://host:8188/path', login: 'me:s%3Aecret' });
    expect(providerAddress(comfyui, withLogin('https://host:8188/path'), {}, login).url).toBe(whole);
  });

  it('is for the address in the settings alone', () => {
    const environment = { EASEL_COMFYUI_URL: 'http://10.0.0.1:8188' };
    expect(providerAddress(comfyui, withLogin('http://host'), environment, login).url).toBe('http://10.0.0.1:8188');
    expect(providerAddress(comfyui, Settings.parse({}), {}, login).url).toBe('http://127.0.0.1:8188');
    expect(providerAddress(comfyui, settings, {}, login).url).toBe('http://10.0.0.2:8188');
  });

  it.each(['http://host', 'http://host/@me', 'nonsense@x'])('is not found in %s', (address) => {
    expect(splitLogin(address)).toEqual({ address, login: null });
  });
});
