import { AppError } from '../../shared/errors.ts';
import type { CredentialStatus, ProviderManifest } from '../../shared/models/provider.ts';
import { didYouMean } from '../../shared/nearest-names.ts';

export type Credential = ProviderManifest['credentials'][number];

/** Shorter ones would give away too much of themselves. */
const leastLettersToShowSome = 12;
const shownLetters = 4;

/** A value in use: from where, and under which variable. */
export interface Found {
  readonly value: string;
  readonly source: NonNullable<CredentialStatus['source']>;
  readonly variable: string | null;
}

/** What the environment says: the first variable that is set wins. */
export function fromEnvironment(
  { environment: names }: Credential,
  environment: Readonly<Record<string, string | undefined>>,
): Found | null {
  for (const variable of names) {
    const value = usable(environment[variable]);
    if (value !== null) return { value, source: 'environment', variable };
  }
  return null;
}

/** A value as it is sent: without the line end that comes along when it is copied; null where nothing is left to send. */
export function usable(text: string | undefined): string | null {
  const value = text?.trim() ?? '';
  return value === '' || /\p{Cc}/u.test(value) ? null : value;
}

/** The same for what a person enters. Throws AppError, which never quotes it. */
export function entered(text: string, { label, isSecret }: Credential): string {
  const value = usable(text);
  if (value === null) throw new AppError('badInput', `${label}: enter one line that is not empty.`);
  if (isSecret && !/^[\x21-\x7e]+$/.test(value)) {
    const message = `${label}: there are spaces or special characters in it. Copy the key alone, without anything around it.`;
    throw new AppError('badInput', message);
  }
  return value;
}

export function credentialStatus({ field, isSecret }: Credential, found: Found | null): CredentialStatus {
  const { value, source = null, variable = null } = found ?? {};
  return {
    field,
    isSet: found !== null,
    source,
    variable,
    shown: value === undefined ? null : shownPart(value, isSecret),
  };
}

function shownPart(value: string, isSecret: boolean): string | null {
  if (!isSecret) return value;
  return value.length >= leastLettersToShowSome ? value.slice(-shownLetters) : null;
}

/** Throws AppError. What was asked for is not repeated: it may be a key in the wrong place. */
export function findManifest(manifests: readonly ProviderManifest[], provider: string): ProviderManifest {
  const found = manifests.find(({ id }) => id === provider);
  if (found) return found;
  const ids = manifests.map(({ id }) => id);
  throw new AppError(
    'unknownProvider',
    `There is no such provider.${didYouMean(provider, ids)} There are: ${ids.join(', ')}.`,
  );
}

/** Without a name it is the first secret one, else the first. Throws AppError, which does not repeat the name. */
export function findCredential({ name, credentials }: ProviderManifest, field: string | undefined): Credential {
  const fields = credentials.map((credential) => credential.field);
  const found =
    field === undefined
      ? (credentials.find(({ isSecret }) => isSecret) ?? credentials[0])
      : credentials.find((credential) => credential.field === field);
  if (found) return found;
  if (fields.length === 0) throw new AppError('badInput', `${name} needs no key.`);
  const message = `${name} has no such field.${didYouMean(field ?? '', fields)} There are: ${fields.join(', ')}.`;
  throw new AppError('badInput', message, { fields });
}
