import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileErrorCode } from './file-problem.ts';
import { makeFolder } from './make-folder.ts';

const libraryFolders = ['pending', 'images', 'thumbnails', 'trash', 'inputs'] as const;
const partEnding = '.part';

// Windows can't sync a folder, and NTFS journals names by itself.
const canSyncFolders = process.platform !== 'win32';

interface FolderSync {
  readonly running: Promise<void>;
  /** Begins after `running`, for everybody who changed the folder meanwhile. */
  next: Promise<void> | null;
}

const folderSyncs = new Map<string, FolderSync>();
let foldersMade: Promise<void> = Promise.resolve();

/**
 * Replaces the file at `path`, which is either wholly there or not at all after a power loss; when this resolves it is there.
 * The folder must exist. Throws Node's own error: `asFileProblem` puts it in words.
 */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}${partEnding}`;
  try {
    const file = await open(part, 'w');
    try {
      let written = 0;
      while (written < bytes.length) written += (await file.write(bytes, written)).bytesWritten;
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

/**
 * Moves a file to its place, making the folders on the way. May be repeated: it succeeds when `from` is gone and `to` is
 * there. Throws Node's own error.
 */
export async function moveDurably(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
    if (await exists(from)) {
      await makeFolderDurably(dirname(to));
      await rename(from, to);
    } else if (!(await exists(to))) {
      throw error;
    }
  }
  await foldersMade;
  await Promise.all([syncFolder(dirname(to)), syncFolder(dirname(from))]);
}

/** Drops what an interrupted `writeDurably` of this one file left. */
export async function removePartOf(path: string): Promise<void> {
  await rm(`${path}${partEnding}`, { force: true });
}

/** Drops what an interrupted `writeDurably` left directly in this folder, and says how many files that were. A missing folder has none. */
export async function removeParts(folder: string): Promise<number> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw error;
  });
  const parts = names.filter((name) => name.endsWith(partEnding));
  await Promise.all(parts.map((name) => rm(join(folder, name), { force: true, recursive: true })));
  return parts.length;
}

/** Makes the library's folder and those inside it, where they are missing. */
export async function makeFolders(root: string): Promise<void> {
  await Promise.all(libraryFolders.map((name) => makeFolderDurably(join(root, name))));
}

/**
 * `makeFolder`, durable. One after the other: who finds a folder that another call has just made waits for that call's
 * sync as well, by waiting for `foldersMade`.
 */
export function makeFolderDurably(path: string): Promise<void> {
  const made = foldersMade.then(async () => {
    for (const folder of makeFolder(path)) await syncFolder(dirname(folder));
  });
  foldersMade = made.catch(() => undefined);
  return made;
}

/** Makes the names in a folder durable. All who ask while a sync runs share the one that follows. */
function syncFolder(folder: string): Promise<void> {
  if (!canSyncFolders) return Promise.resolve();
  const current = folderSyncs.get(folder);
  if (current) {
    current.next ??= current.running.catch(() => undefined).then(() => startSync(folder));
    return current.next;
  }
  return startSync(folder);
}

function startSync(folder: string): Promise<void> {
  const sync: FolderSync = { running: syncNow(folder), next: null };
  folderSyncs.set(folder, sync);
  const forget = (): void => {
    if (sync.next === null) folderSyncs.delete(folder);
  };
  sync.running.then(forget, forget);
  return sync.running;
}

async function syncNow(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network and FUSE file systems have no sync for folders; they offer nothing better.
    if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR'].includes(fileErrorCode(error) ?? '')) throw error;
  } finally {
    await handle.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => {
      if (fileErrorCode(error) === 'ENOENT') return false;
      throw error;
    },
  );
}
