import { z } from 'zod';
import { ImportedKey, KeysState } from '../models/keys.ts';
import { CredentialStatus, ProviderStatus } from '../models/provider.ts';
import { operation } from './operation.ts';

const Passphrase = z.string().min(1).max(10_000);
const provider = z.string().describe('Whose key it is');
const Credentials = z.object({ provider: z.string(), credentials: z.array(CredentialStatus) });

/** Keys go in and never come out: what is answered says whether there is one, from where, and its last four characters. */
export const keys = {
  state: operation({ summary: 'Where keys are kept', access: 'read', withoutLibrary: true }).output(KeysState),

  list: operation({
    summary: 'Show which keys are set',
    command: 'keys list',
    access: 'read',
    withoutLibrary: true,
  }).output(
    z.object({
      state: KeysState,
      providers: z.array(Credentials.extend({ name: z.string(), keysUrl: z.url().nullable() })),
    }),
  ),

  /** Without `field` it is the first secret one. `forSession`: kept in memory until Easel ends. */
  set: operation({ summary: 'Set a key', access: 'write', withoutLibrary: true })
    .input(
      z.object({
        provider,
        field: z.string().optional(),
        value: z.string().max(10_000),
        forSession: z.boolean().default(false),
      }),
    )
    .output(Credentials),

  remove: operation({
    summary: 'Forget a stored key',
    command: 'keys remove',
    positional: ['provider', 'field'],
    access: 'write',
    withoutLibrary: true,
  })
    .input(z.object({ provider, field: z.string().optional().describe('Which one; all of them when it is left out') }))
    .output(Credentials),

  test: operation({
    summary: 'Ask a provider whether it takes the key, free of charge',
    command: 'keys test',
    positional: ['provider'],
    access: 'read',
    withoutLibrary: true,
  })
    .input(z.object({ provider }))
    .output(ProviderStatus),

  unlock: operation({ summary: 'Unlock the vault', access: 'read', withoutLibrary: true })
    .input(z.object({ passphrase: Passphrase }))
    .output(KeysState),

  lock: operation({ summary: 'Lock the vault', access: 'read', withoutLibrary: true }).output(KeysState),

  /** Makes the vault, and moves into it what the keychain holds. */
  usePassphrase: operation({ summary: 'Keep keys in a vault', access: 'write', withoutLibrary: true })
    .input(z.object({ passphrase: Passphrase }))
    .output(KeysState),

  /** Moves the keys of the unlocked vault to the keychain. */
  useKeychain: operation({ summary: 'Keep keys in the keychain', access: 'write', withoutLibrary: true }).output(
    KeysState,
  ),

  changePassphrase: operation({ summary: 'Change the passphrase of the vault', access: 'write', withoutLibrary: true })
    .input(z.object({ passphrase: Passphrase, newPassphrase: Passphrase }))
    .output(KeysState),

  /** `bundle` is text in the age format that opens with its own passphrase. */
  export: operation({ summary: 'Export keys, encrypted', access: 'read', withoutLibrary: true })
    .input(z.object({ passphrase: Passphrase }))
    .output(z.object({ bundle: z.string() })),

  import: operation({ summary: 'Import keys from a bundle', access: 'write', withoutLibrary: true })
    .input(z.object({ bundle: z.string().max(10_000_000), passphrase: Passphrase }))
    .output(z.object({ imported: z.array(ImportedKey) })),
};
