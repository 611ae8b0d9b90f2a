import { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';
import { askSecret } from './keys-ask.ts';

/** A passphrase of the terminal: the variable that holds it, and how a person is asked for it. */
interface Passphrase {
  readonly variable: string;
  readonly question: string;
}

export const passphrases = {
  vault: { variable: 'EASEL_PASSPHRASE', question: 'Passphrase of the vault (not shown): ' },
  newVault: { variable: 'EASEL_PASSPHRASE', question: 'Passphrase for the new vault (not shown): ' },
  changedVault: { variable: 'EASEL_NEW_PASSPHRASE', question: 'New passphrase of the vault (not shown): ' },
  bundle: { variable: 'EASEL_BUNDLE_PASSPHRASE', question: 'Passphrase of the bundle (not shown): ' },
  newBundle: { variable: 'EASEL_BUNDLE_PASSPHRASE', question: 'Passphrase for the bundle (not shown): ' },
} satisfies Record<string, Passphrase>;

/** From the variable, or from the file that `<variable>_FILE` names; null where neither is set. Throws AppError. */
export async function givenPassphrase({ variable }: Passphrase): Promise<string | null> {
  const value = process.env[variable];
  if (value) return value;
  const path = process.env[`${variable}_FILE`];
  if (!path) return null;
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    const message = `The file that ${variable}_FILE names can't be read: ${path}. Check the path and its permissions.`;
    throw new AppError('badInput', message, {}, { cause: error });
  }
}

/** Given, or asked once. Throws AppError where it is neither. */
export async function readPassphrase(passphrase: Passphrase): Promise<string> {
  return (await givenPassphrase(passphrase)) ?? (await askSecret(passphrase.question)) ?? throwNobodyToAsk(passphrase);
}

/** Given, or asked twice. Throws AppError where it is neither, or where the two differ. */
export async function readNewPassphrase(passphrase: Passphrase): Promise<string> {
  const given = await givenPassphrase(passphrase);
  if (given !== null) return given;
  const first = (await askSecret(passphrase.question)) ?? throwNobodyToAsk(passphrase);
  const second = await askSecret('The same again: ');
  if (first !== second) throw new AppError('badInput', 'These were two different passphrases. Nothing was changed.');
  return first;
}

function throwNobodyToAsk({ variable }: Passphrase): never {
  throw new AppError(
    'keysLocked',
    `A passphrase is needed. Set ${variable}, or set ${variable}_FILE to a file that holds it, or run this in a terminal, where Easel asks for it.`,
  );
}
