import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { KeysState } from '../../shared/models/keys.ts';
import type { Log } from '../log.ts';
import type { Sealing } from '../platform.ts';
import { isPassphraseFile, type Age } from './age.ts';
import { readKeyFile, removeKeyFile, setAside, writeKeyFile } from './key-file.ts';
import { merged, type KeyTable } from './key-table.ts';
import { keychainLock, passphraseLock, type Lock, type Opening } from './locks.ts';
import { words } from './words.ts';

/** The stored keys: in the vault where there is one, else in the keychain. Callers run one call after the other. */
export interface KeyStorage {
  state(): KeysState;
  /** Empty while locked. */
  table(): KeyTable;
  /** Looks at the disk again: another Easel may have changed something. Never throws for what it finds: `state` says so. */
  settle(): Promise<void>;
  change(edit: (table: KeyTable) => KeyTable): Promise<void>;
  unlock(passphrase: string): Promise<void>;
  lock(): void;
  usePassphrase(passphrase: string): Promise<void>;
  useKeychain(): Promise<void>;
  changePassphrase(passphrase: string, newPassphrase: string): Promise<void>;
}

interface OpenFile {
  readonly path: string;
  readonly lock: Lock;
  /** What was last read or written; null where there is no file yet. */
  readonly content: Buffer | null;
  readonly table: KeyTable;
}

const mostRetries = 5;

export function createKeyStorage(dependencies: {
  folder: string;
  sealing: (() => Promise<Sealing | null>) | undefined;
  age: Age;
  log: Log;
  now: () => number;
}): KeyStorage {
  const { folder, sealing, age, log, now } = dependencies;
  const vaultPath = join(folder, 'keys.age');
  const sealedPath = join(folder, 'keys.sealed');
  let storage: KeysState['storage'] = existsSync(vaultPath) ? 'vault' : existsSync(sealedPath) ? 'keychain' : 'none';
  let opened: OpenFile | null = null;
  let keychain: Promise<Sealing | null> | null = null;
  let keychainName: string | null = null;
  /** Why the file that is there can't be used now. */
  let unusable: { readonly kind: Opening['kind'] | 'unreadable'; readonly message: string } | null = null;
  /** What happened to a file that is no longer there. */
  let notice: string | null = null;

  const findKeychain = async (): Promise<Sealing | null> => {
    keychain ??= (sealing?.() ?? Promise.resolve(null)).catch((error: unknown) => {
      log.error('the keychain could not be asked for', error);
      return null;
    });
    const found = await keychain;
    keychainName = found?.name ?? null;
    return found;
  };

  const moveAside = async (path: string, why: 'damaged' | 'unopened'): Promise<void> => {
    const aside = await setAside(path, why, now());
    log.warn('stored keys were set aside', { why, aside });
    notice = words.setAside(aside, why);
  };

  /** Takes what a lock made of a file. Damaged ones are set aside; the others that did not open are remembered. */
  const take = async (path: string, lock: Lock, content: Buffer): Promise<Opening['kind']> => {
    const opening = await lock.open(content);
    opened = opening.kind === 'open' ? { path, lock, content, table: opening.table } : null;
    if (opening.kind === 'damaged') await moveAside(path, 'damaged');
    if (opening.kind === 'newer') unusable = { kind: 'newer', message: words.newer };
    return opening.kind;
  };

  const look = async (): Promise<void> => {
    const found = await findKeychain();
    unusable = null;
    storage = existsSync(vaultPath) ? 'vault' : found || existsSync(sealedPath) ? 'keychain' : 'none';
    const path = storage === 'vault' ? vaultPath : sealedPath;
    const content = await readKeyFile(path);
    if (storage === 'vault' && content !== null) {
      await lookAtVault(content);
      return;
    }
    if (storage === 'none' || found === null) {
      opened = null;
      if (content !== null) unusable = { kind: 'refused', message: words.keychainElsewhere };
      // Nothing can be kept here: the keys belong to a keychain that this program does not have.
      storage = 'none';
      return;
    }
    const lock = keychainLock(found);
    if (content === null) opened = { path, lock, content, table: {} };
    else if (opened?.path !== path || !sameContent(opened.content, content)) {
      const kind = await take(path, lock, content);
      if (kind === 'damaged') opened = { path, lock, content: null, table: {} };
      if (kind === 'refused') unusable = { kind, message: words.keychainRefuses(found.name) };
    }
  };

  const lookAtVault = async (content: Buffer): Promise<void> => {
    if (opened?.path !== vaultPath) {
      opened = null;
      if (!isPassphraseFile(content)) {
        await moveAside(vaultPath, 'damaged');
        await look();
      }
    } else if (!sameContent(opened.content, content)) {
      const kind = await take(vaultPath, opened.lock, content);
      if (kind === 'refused') unusable = { kind, message: words.passphraseChanged };
      if (kind === 'damaged') await look();
    }
  };

  const settle = async (): Promise<void> => {
    try {
      await look();
    } catch (error) {
      opened = null;
      if (!(error instanceof AppError)) log.error('the stored keys could not be looked at', error);
      unusable = { kind: 'unreadable', message: error instanceof AppError ? error.message : words.unreadable };
    }
  };

  /** The file that a change goes into. What a keychain does not open makes room, under another name. */
  const writable = async (): Promise<OpenFile> => {
    if (opened) return opened;
    const found = await findKeychain();
    if (storage === 'keychain' && found && unusable?.kind === 'refused') {
      await moveAside(sealedPath, 'unopened');
      unusable = null;
      return { path: sealedPath, lock: keychainLock(found), content: null, table: {} };
    }
    if (storage === 'vault' && (unusable === null || unusable.kind === 'refused'))
      throw new AppError('keysLocked', unusable?.message ?? words.locked);
    if (storage === 'none')
      throw new AppError('noKeyStorage', [unusable?.message, words.noStorage].filter(Boolean).join(' '));
    throw new AppError('keysUnreadable', unusable?.message ?? words.locked);
  };

  /** Writes unless somebody else did since it was read; answers whether it did. */
  const write = async (file: OpenFile, lock: Lock, table: KeyTable): Promise<boolean> => {
    const text = await lock.close(table);
    if (!sameContent(await readKeyFile(file.path), file.content)) return false;
    await writeKeyFile(file.path, text);
    opened = { path: file.path, lock, content: Buffer.from(text), table };
    return true;
  };

  const change = async (edit: (table: KeyTable) => KeyTable): Promise<void> => {
    for (let tried = 0; tried < mostRetries; tried += 1) {
      await settle();
      const file = await writable();
      if (await write(file, file.lock, edit(file.table))) return;
    }
    throw new AppError('wrongState', words.busy);
  };

  /** What is still in the keychain beside a vault: it was cut short, or the vault was made where there was no keychain. */
  const takeOverSealed = async (): Promise<void> => {
    const [found, content] = [await findKeychain(), await readKeyFile(sealedPath)];
    if (!found || !content) return;
    const opening = await keychainLock(found).open(content);
    if (opening.kind !== 'open') return;
    await change((table) => merged(opening.table, table));
    await removeKeyFile(sealedPath);
  };

  const vaultContent = async (): Promise<Buffer> => {
    await settle();
    const content = storage === 'vault' ? await readKeyFile(vaultPath) : null;
    if (content === null) throw new AppError('wrongState', notice ?? words.noVault);
    return content;
  };

  /** Opens the vault. Throws AppError. */
  const openVault = async (passphrase: string): Promise<OpenFile> => {
    const content = await vaultContent();
    const before = opened;
    const kind = await take(vaultPath, passphraseLock(age, passphrase), content);
    if (kind === 'refused') {
      // A slip of the fingers does not lock what is open.
      opened = before;
      throw new AppError('wrongPassphrase', words.wrongPassphrase);
    }
    if (kind === 'damaged') await settle();
    if (!opened || kind !== 'open') throw new AppError('keysUnreadable', unusable?.message ?? notice ?? words.locked);
    unusable = null;
    return opened;
  };

  return {
    state: () => ({
      storage,
      isLocked: storage !== 'none' && opened === null,
      keychainName,
      problem: unusable?.message ?? notice,
    }),
    table: () => opened?.table ?? {},
    settle,
    change,
    unlock: async (passphrase) => {
      await openVault(passphrase);
      await takeOverSealed();
    },
    lock: () => {
      if (storage !== 'vault') throw new AppError('wrongState', words.noVault);
      opened = null;
    },
    usePassphrase: async (passphrase) => {
      await settle();
      if (storage === 'vault') throw new AppError('wrongState', words.vaultExists);
      const before = opened;
      const file = {
        path: vaultPath,
        lock: passphraseLock(age, passphrase),
        content: null,
        table: before?.table ?? {},
      };
      if (!(await write(file, file.lock, file.table))) throw new AppError('wrongState', words.vaultExists);
      if (before?.content) await removeKeyFile(sealedPath);
      await settle();
    },
    useKeychain: async () => {
      await settle();
      const found = await findKeychain();
      if (!found) throw new AppError('noKeyStorage', words.noKeychain);
      if (storage === 'keychain') return;
      const vault = await writable();
      const left = await readKeyFile(sealedPath);
      const opening = left && (await keychainLock(found).open(left));
      if (left && opening?.kind !== 'open') await moveAside(sealedPath, 'unopened');
      const kept = opening?.kind === 'open' ? merged(opening.table, vault.table) : vault.table;
      await writeKeyFile(sealedPath, await keychainLock(found).close(kept));
      await removeKeyFile(vaultPath);
      await settle();
    },
    changePassphrase: async (passphrase, newPassphrase) => {
      const file = await openVault(passphrase);
      if (!(await write(file, passphraseLock(age, newPassphrase), file.table)))
        throw new AppError('wrongState', words.busy);
    },
  };
}

function sameContent(left: Uint8Array | null, right: Uint8Array | null): boolean {
  return left === null || right === null ? left === right : Buffer.compare(left, right) === 0;
}
