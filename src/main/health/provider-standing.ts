import type { KeysState } from '../../shared/models/keys.ts';
import type { CredentialStatus, ProviderHealth, ProviderManifest } from '../../shared/models/provider.ts';
import type { ProviderError } from '../providers/provider.ts';

/** What health asks of the keys. */
export interface ProviderKeys {
  of(provider: string): Readonly<Record<string, string>>;
  status(provider: string): CredentialStatus[];
  state(): KeysState;
  addressLogin(provider: string): string | null;
  setAddressLogin(provider: string, login: string | null): Promise<void>;
  onChange(listener: (providers: string[]) => void): () => void;
}

export const builtinHealth: ProviderHealth = {
  state: 'ready',
  message: 'Always there, needs no network.',
  version: null,
  checkedAt: 0,
};

/** What it needs is in a vault that waits for its passphrase. */
export const lockedHealth: ProviderHealth = {
  state: 'locked',
  message: 'The keys are locked. Unlock them with your passphrase.',
  version: null,
  checkedAt: null,
};

/** How a provider stands before anybody has asked it. */
export function uncheckedHealth(manifest: ProviderManifest): ProviderHealth {
  const { id, name, kind } = manifest;
  if (kind === 'builtin') return builtinHealth;
  const ownAddress = `Enter the address of your own ${name} app under Providers, or set EASEL_${id.toUpperCase()}_URL.`;
  const asked = kind === 'cloud' ? `${name} has not been asked yet.` : `${name} is not set up.`;
  const message = needsAddress(manifest) ? ownAddress : asked;
  return { state: 'notSetUp', message, version: null, checkedAt: null };
}

/** Why a provider can't even be asked: what it must be told is missing. Null where it can. */
export function missingKey(manifest: ProviderManifest, keys: ProviderKeys): ProviderHealth | null {
  const values = keys.of(manifest.id);
  const missing = manifest.credentials.filter(({ field, isOptional }) => !isOptional && values[field] === undefined);
  const [first] = missing;
  if (!first) return null;
  const more = { version: null, checkedAt: null };
  if (keys.state().isLocked) {
    return lockedHealth;
  }
  const [variable] = first.environment;
  const elsewhere = variable === undefined ? '' : `, or as ${variable}`;
  const message = `${manifest.name} needs its ${first.label}. Add it under Providers, with \`easel keys set ${manifest.id}\`${elsewhere}.`;
  return { state: 'keyMissing', message, ...more };
}

/** A cloud service of the user's own, which has no usual address and no key that it must have. */
export function needsAddress({ kind, credentials }: ProviderManifest): boolean {
  return kind === 'cloud' && credentials.every(({ isOptional }) => isOptional);
}

/** How a provider stands that was asked and did not answer as it should. */
export function healthAfter(failure: ProviderError, now: number): ProviderHealth {
  const state = failure.code === 'auth' ? 'keyRefused' : failure.code === 'offline' ? 'offline' : 'unreachable';
  return { state, message: failure.message, version: null, checkedAt: now };
}
