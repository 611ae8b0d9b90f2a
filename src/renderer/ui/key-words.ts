import type { KeysState } from '../../shared/models/keys.ts';
import type { CredentialStatus, ProviderManifest } from '../../shared/models/provider.ts';
import { translate } from '../i18n/i18n.ts';

/** One thing a provider must be told. */
export type Credential = ProviderManifest['credentials'][number];

/** Where a key that is set comes from: "From the environment variable OPENAI_API_KEY". */
export function keySourceWords({ source, variable }: CredentialStatus, keychainName: string | null): string {
  switch (source) {
    case 'environment':
      return translate('providers:keySource.environment', { variable: variable ?? '' });
    case 'keychain':
      return translate('providers:keySource.keychain', { name: keychainName ?? translate('providers:keychain') });
    case 'vault':
      return translate('providers:keySource.vault');
    case 'session':
      return translate('providers:keySource.session');
    case null:
      return '';
  }
}

/** How the panel above the providers looks. `unopened`: a keychain that did not open. */
export type KeyPlace = 'none' | 'keychain' | 'unopened' | 'open' | 'locked';

export function keyPlaceOf({ storage, isLocked }: KeysState): KeyPlace {
  if (storage === 'none') return 'none';
  if (storage === 'keychain') return isLocked ? 'unopened' : 'keychain';
  return isLocked ? 'locked' : 'open';
}
