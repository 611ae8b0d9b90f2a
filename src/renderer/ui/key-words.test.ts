import { describe, expect, it } from 'vitest';
import type { CredentialStatus } from '../../shared/models/provider.ts';
import { keyPlaceOf, keySourceWords } from './key-words.ts';

const status = (source: CredentialStatus['source'], variable: string | null = null): CredentialStatus => ({
  field: 'apiKey',
  isSet: source !== null,
  source,
  variable,
  shown: null,
});

describe('words for keys', () => {
  it('name the variable a key comes from', () => {
    expect(keySourceWords(status('environment', 'OPENAI_API_KEY'), null)).toContain('OPENAI_API_KEY');
  });

  it('call the keychain what the system calls it, where it has a name', () => {
    expect(keySourceWords(status('keychain'), 'GNOME Keyring')).toContain('GNOME Keyring');
    expect(keySourceWords(status('keychain'), null)).not.toMatch(/null|undefined|\{\{/);
  });

  it('say that a key of this session goes with it', () => {
    expect(keySourceWords(status('session'), null)).toMatch(/session/);
  });

  it.each([
    [{ storage: 'none', isLocked: false }, 'none'],
    [{ storage: 'keychain', isLocked: false }, 'keychain'],
    [{ storage: 'keychain', isLocked: true }, 'unopened'],
    [{ storage: 'vault', isLocked: false }, 'open'],
    [{ storage: 'vault', isLocked: true }, 'locked'],
  ] as const)('tell %o as %s', (state, place) => {
    expect(keyPlaceOf({ ...state, keychainName: null, problem: null })).toBe(place);
  });
});
