import { app, safeStorage } from 'electron';
import type { Sealing } from '../platform.ts';

const names: Partial<Record<string, string>> = {
  darwin: 'The macOS keychain',
  win32: 'Windows data protection',
  gnome_libsecret: 'The keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
};

/** The system's keychain, or null: what Electron calls `basic_text` is encrypted with a password that everybody knows. */
export async function openKeychain(): Promise<Sealing | null> {
  await app.whenReady();
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform;
  const name = names[backend];
  if (name === undefined || !(await safeStorage.isAsyncEncryptionAvailable())) return null;
  return {
    name,
    seal: (text) => safeStorage.encryptStringAsync(text),
    unseal: async (bytes) => (await safeStorage.decryptStringAsync(Buffer.from(bytes))).result,
  };
}
