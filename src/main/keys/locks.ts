import { z } from 'zod';
import type { Sealing } from '../platform.ts';
import { isPassphraseFile, type Age } from './age.ts';
import { readTable, writeTable, type KeyTable } from './key-table.ts';

/**
 * `refused`: the passphrase is wrong, or the keychain does not open this. `newer`: a later Easel stored it. `damaged`: nothing
 * will open it.
 */
export type Opening =
  | { readonly kind: 'open'; readonly table: KeyTable }
  | { readonly kind: 'refused' }
  | { readonly kind: 'newer' }
  | { readonly kind: 'damaged' };

/** How a table of keys becomes the content of a file and comes back. */
export interface Lock {
  readonly storage: 'vault' | 'keychain';
  open(content: Uint8Array): Promise<Opening>;
  close(table: KeyTable): Promise<string>;
}

export function passphraseLock(age: Age, passphrase: string): Lock {
  return {
    storage: 'vault',
    open: async (content) => {
      if (!isPassphraseFile(content)) return { kind: 'damaged' };
      const answer = await age.decrypt(content, passphrase);
      if (answer.kind === 'done') return asOpening(answer.text);
      return { kind: answer.kind === 'wrongPassphrase' ? 'refused' : 'damaged' };
    },
    close: (table) => age.encrypt(writeTable(table), passphrase),
  };
}

const sealedVersion = 1;
const SealedFile = z.object({ version: z.literal(sealedVersion), sealed: z.base64() });

export function keychainLock(keychain: Sealing): Lock {
  return {
    storage: 'keychain',
    open: async (content) => {
      const file = parseSealed(Buffer.from(content).toString('utf8'));
      if (file === null) return { kind: 'damaged' };
      try {
        return asOpening(await keychain.unseal(Buffer.from(file.sealed, 'base64')));
      } catch {
        // Another user, another machine, or a keychain that is locked: they all look the same from here.
        return { kind: 'refused' };
      }
    },
    close: async (table) => {
      const sealed = Buffer.from(await keychain.seal(writeTable(table))).toString('base64');
      return `${JSON.stringify({ version: sealedVersion, sealed })}\n`;
    },
  };
}

function asOpening(text: string): Opening {
  const table = readTable(text);
  return typeof table === 'string' ? { kind: table } : { kind: 'open', table };
}

function parseSealed(text: string): z.infer<typeof SealedFile> | null {
  try {
    return SealedFile.parse(JSON.parse(text));
  } catch {
    // Reported as damaged.
    return null;
  }
}
