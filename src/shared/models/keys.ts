import { z } from 'zod';

/** Where keys are kept and whether they can be read; never a key (K2). */
export const KeysState = z.object({
  /** `none`: there is no keychain and no vault yet; keys come from the environment or last for this session. */
  storage: z.enum(['keychain', 'vault', 'none']),
  /** The stored keys can't be read: the vault waits for its passphrase, or the keychain has not opened. */
  isLocked: z.boolean(),
  /** What the system calls its keychain; null where there is none. */
  keychainName: z.string().nullable(),
  /** What is wrong and what to do, in plain words. */
  problem: z.string().nullable(),
});
export type KeysState = z.infer<typeof KeysState>;

/** A key that came in with a bundle. */
export const ImportedKey = z.object({
  provider: z.string(),
  field: z.string(),
  /** Another value was there before. */
  replaced: z.boolean(),
});
export type ImportedKey = z.infer<typeof ImportedKey>;
