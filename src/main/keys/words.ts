/** What people read when keys can't be kept or opened. */
export const words = {
  locked: 'The vault with the keys is locked. Unlock it with its passphrase first.',
  noStorage:
    'There is no place to keep keys yet. Choose a passphrase for a vault, keep the key for this session only, or set it as an environment variable.',
  noKeychain: 'This computer has no keychain that Easel can use. Keep the keys in a vault with a passphrase.',
  noVault: 'There is no vault with a passphrase.',
  vaultExists: 'There is a vault already. Unlock it, or change its passphrase.',
  wrongPassphrase: 'This passphrase does not open it. Check capitals and the keyboard’s language, and try again.',
  passphraseChanged: 'The passphrase of the vault was changed by another Easel. Unlock it with the new one.',
  newer: 'The stored keys were written by a newer version of Easel. Update this one to use them; nothing was changed.',
  unreadable: 'The stored keys could not be read. The log has the details; nothing was changed.',
  keychainElsewhere:
    'Keys are stored in the keychain of the desktop program, which this program can’t open. Set them as environment variables, or move them to a vault in the desktop’s settings.',
  keychainRefuses: (name: string) =>
    `${name} did not open the stored keys: they belong to another user or computer, or it is locked. Unlock it and start Easel again, or enter the keys anew; the old file is then kept under another name.`,
  setAside: (aside: string, why: 'damaged' | 'unopened') =>
    why === 'damaged'
      ? `The stored keys were damaged and could not be read. The file was set aside as ${aside}; enter the keys anew or import a bundle.`
      : `The stored keys could not be opened by this computer’s keychain. They were set aside as ${aside}.`,
  busy: 'Another Easel keeps changing the keys. Try again.',
  damagedBundle:
    'This is no bundle of keys, or it is damaged. A bundle is a text that begins with "-----BEGIN AGE ENCRYPTED FILE-----".',
  newerBundle: 'This bundle was made by a newer version of Easel. Update this one to import it.',
  nothingToExport: 'There are no stored keys to export. Keys from environment variables stay where they are.',
  shortPassphrase: (least: number) =>
    `A passphrase needs at least ${least} characters. Four or five random words are a good one.`,
} as const;
