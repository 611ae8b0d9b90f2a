import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AppEvent } from '../../shared/models/events.ts';
import type { ProviderManifest } from '../../shared/models/provider.ts';
import { createEvents } from '../events.ts';
import { openLog } from '../log.ts';
import type { Sealing } from '../platform.ts';
import { createKeys, type Keys } from './keys.ts';

export const passphrase = 'correct horse battery';
export const key = 'sk-test-0123456789abcdefWXYZ';
export const otherKey = 'sk-other-0123456789abcdefQRST';

const credential = { label: 'API key', environment: [], isSecret: true, isOptional: false, help: '' };

function manifest(id: string, credentials: ProviderManifest['credentials']): ProviderManifest {
  return {
    id,
    name: `The ${id}`,
    summary: '',
    kind: 'cloud',
    docsUrl: null,
    keysUrl: null,
    defaultUrls: [],
    credentials,
    limits: { perMinute: null, atOnce: 1 },
    abilities: {
      cancel: false,
      listModels: false,
      watch: false,
      ownTaskIds: false,
      find: false,
      balance: false,
      train: false,
    },
    keepsTasksForHours: null,
    notAi: false,
    pricesCheckedOn: null,
    models: [],
  };
}

export const manifests: readonly ProviderManifest[] = [
  manifest('painter', [{ ...credential, field: 'apiKey', environment: ['PAINTER_KEY', 'PAINTER_TOKEN'] }]),
  manifest('renderer', [
    { ...credential, field: 'endpoint', label: 'Endpoint', isSecret: false },
    { ...credential, field: 'apiKey' },
    { ...credential, field: 'webhook', isOptional: true },
  ]),
  manifest('sketcher', []),
];

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'easel-keys-'));
}

/** A keychain of a user on a computer: what it seals opens with it alone. */
export function newKeychain(): Sealing & { isLocked: boolean } {
  const key = randomBytes(32);
  const keychain = {
    name: 'The test’s keychain',
    isLocked: false,
    seal: (text: string) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Promise.resolve(Buffer.concat([nonce, cipher.getAuthTag(), sealed]));
    },
    unseal: (bytes: Uint8Array) =>
      new Promise<string>((resolve) => {
        if (keychain.isLocked) throw new Error('The keychain is locked');
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
        resolve(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'));
      }),
  };
  return keychain;
}

interface Opened extends Keys {
  readonly folder: string;
  readonly told: AppEvent[];
  readonly changed: string[][];
}

/** Keys over a real folder, with a cheap passphrase. When the test ends, they are closed and the folder is gone. */
export function openKeys(
  given: {
    folder?: string;
    keychain?: Sealing;
    environment?: Record<string, string>;
  } = {},
): Opened {
  const { folder = newFolder(), keychain, environment = {} } = given;
  const events = createEvents();
  const told: AppEvent[] = [];
  const changed: string[][] = [];
  events.listen((event) => told.push(event));
  const keys = createKeys({
    folder,
    sealing: keychain && (() => Promise.resolve(keychain)),
    environment,
    manifests,
    events,
    log: openLog(join(folder, 'logs')),
    now: Date.now,
    workFactor: 10,
  });
  keys.onChange((providers) => changed.push(providers));
  onTestFinished(async () => {
    await keys.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { ...keys, folder, told, changed };
}

/** Every file under a folder, by its path inside of it. */
export function filesIn(folder: string): { path: string; content: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, content: readFileSync(path) }));
}

/** The files that hold keys, whole or set aside. */
export function namesIn(folder: string): string[] {
  return filesIn(folder)
    .map(({ path }) => path.slice(folder.length + 1))
    .filter((name) => name.startsWith('keys'))
    .sort();
}
