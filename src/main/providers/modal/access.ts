import { ProviderError, type ProviderPlace } from '../provider.ts';
import { placeholderUrl } from './manifest.ts';

/** Two headers for Modal's own door, one for an app that looks itself, none for an app that lets everybody in. */
export function accessHeaders({ credentials: { key, secret, apiKey } }: ProviderPlace): Record<string, string> {
  return {
    ...(key === undefined || secret === undefined ? {} : { 'modal-key': key, 'modal-secret': secret }),
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  };
}

/** Why nothing can be sent with what was entered; null where it can. */
export function problemOf({ url, credentials: { key, secret, apiKey } }: ProviderPlace): ProviderError | null {
  if (url === placeholderUrl) {
    const message = `Enter the address of your own Modal app in the settings. It looks like ${placeholderUrl}.`;
    return new ProviderError('invalid_request', message);
  }
  const isAccountToken = [key, secret, apiKey].some((value) => /^a[ks]-/.test(value ?? ''));
  if (isAccountToken) {
    return new ProviderError(
      'auth',
      'This is a token of your Modal account (ak-, as-), which opens no app. Make a proxy token (wk-, ws-) in the settings of your workspace.',
    );
  }
  if ((key === undefined) !== (secret === undefined)) {
    return new ProviderError(
      'auth',
      'A proxy token of Modal has two halves. Enter the key (wk-) and the secret (ws-).',
    );
  }
  if (key !== undefined && (!key.startsWith('wk-') || !secret?.startsWith('ws-'))) {
    return new ProviderError(
      'auth',
      'The key of a proxy token begins with wk-, its secret with ws-. Check which is which.',
    );
  }
  return null;
}
