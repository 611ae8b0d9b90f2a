import { AppError, errorTable, type ErrorCode } from '../../shared/errors.ts';
import type { ProviderHealth } from '../../shared/models/provider.ts';
import type { App } from '../app.ts';
import { askSecret } from './keys-ask.ts';
import { givenPassphrase, passphrases, readNewPassphrase, readPassphrase } from './keys-passphrase.ts';

/** Opens the vault where there is a locked one; the passphrase is given or asked for. Throws AppError. */
export async function unlock(app: App): Promise<void> {
  if (await isVaultLocked(app)) await app.keys.unlock(await readPassphrase(passphrases.vault));
}

/** The same without asking: what can't be opened stays locked. Throws AppError for a passphrase that is wrong. */
export async function unlockIfGiven(app: App): Promise<void> {
  if (!(await isVaultLocked(app))) return;
  const given = await givenPassphrase(passphrases.vault);
  if (given !== null) await app.keys.unlock(given);
}

/** For work that may need a key: of this provider, or of any where none is named. Throws AppError. */
export async function unlockFor(app: App, provider: string | undefined): Promise<void> {
  if (!(await isVaultLocked(app))) return;
  if (provider !== undefined) {
    const status = app.providers.list().find(({ manifest }) => manifest.id === provider);
    const credentials = status?.manifest.credentials ?? [];
    const known = app.keys.of(provider);
    const isBehindLock = status?.health.state === 'locked';
    if (isBehindLock || credentials.some(({ field, isOptional }) => !isOptional && known[field] === undefined))
      await unlock(app);
    // What need not be there may be there.
    else if (credentials.some(({ field }) => known[field] === undefined)) await unlockIfGiven(app);
    return;
  }
  const passphrase =
    (await givenPassphrase(passphrases.vault)) ??
    (await askSecret('Passphrase of the vault (not shown; Enter goes on without its keys): '));
  if (passphrase) await app.keys.unlock(passphrase);
  else
    process.stderr.write(
      'note: the vault stays locked, so only providers whose keys are in the environment are used.\n',
    );
}

/** A place to keep keys: the vault, unlocked or new. Throws AppError. */
export async function openKeyStorage(app: App): Promise<void> {
  await unlock(app);
  const { storage, problem } = app.keys.state();
  if (storage !== 'none') return;
  if (problem !== null) process.stderr.write(`note: ${problem}\n`);
  await app.keys.usePassphrase(await readNewPassphrase(passphrases.newVault));
}

/** What a command of the contract needs of the vault before it runs. */
export async function unlockForCommand(
  app: App,
  words: string,
  input: Readonly<Record<string, unknown>>,
): Promise<void> {
  switch (words) {
    case 'keys remove':
      return unlock(app);
    case 'keys test':
      return unlockFor(app, typeof input.provider === 'string' ? input.provider : undefined);
    case 'providers check':
    case 'providers reinitialize':
      return unlockFor(app, typeof input.id === 'string' ? input.id : undefined);
    case 'keys list':
    case 'providers':
    case 'models':
    case 'prices list':
    case 'health':
    case 'metrics':
    case 'training cancel':
      return unlockIfGiven(app);
    default:
  }
}

const healthCodes: Readonly<Record<ProviderHealth['state'], ErrorCode | null>> = {
  ready: null,
  unreachable: 'network',
  offline: 'offline',
  notSetUp: 'noProvider',
  keyMissing: 'auth',
  keyRefused: 'auth',
  locked: 'keysLocked',
  found: 'noProvider',
  checking: 'timeout',
};

/** The exit code of `keys test` and `providers check`: 0 only where the provider can be used. */
export function exitCodeOfHealth({ state }: ProviderHealth): number {
  const code = healthCodes[state];
  return code === null ? 0 : errorTable[code].exitCode;
}

async function isVaultLocked(app: App): Promise<boolean> {
  await app.keys.refresh();
  const { storage, isLocked, problem } = app.keys.state();
  if (storage === 'vault' && isLocked && problem !== null) throw new AppError('keysUnreadable', problem);
  return storage === 'vault' && isLocked;
}
