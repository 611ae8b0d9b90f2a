import type { SafeStorage } from 'electron';
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { app } from './app.ts';
import { given } from './given.ts';

// The system's own secret, which every start of this user finds again.
const key = createHash('sha256').update('the double’s keychain').digest();
const nonce = Buffer.alloc(12);

function refuseBeforeReady(): void {
  if (!app.isReady()) throw new Error('safeStorage cannot be used before app is ready');
}

export const safeStorage = {
  isAsyncEncryptionAvailable: () => {
    refuseBeforeReady();
    return Promise.resolve(true);
  },
  getSelectedStorageBackend: () => (app.isReady() ? given.secretStorage : 'unknown'),
  encryptStringAsync: (text) => {
    refuseBeforeReady();
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    return Promise.resolve(Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]));
  },
  decryptStringAsync: (sealed) => {
    refuseBeforeReady();
    const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
    const result = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString('utf8');
    return Promise.resolve({ result, shouldReEncrypt: false });
  },
} satisfies Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>;
